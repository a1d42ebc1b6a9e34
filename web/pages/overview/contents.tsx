/**
 * What is in the workspace, in a row of facts: events, customers, period, imports, and journeys for each definition.
 */
import { Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { formatCount, formatCountOf, formatDay, formatMoment } from "../../ui/format.ts";
import { ScopeLink } from "../../ui/scope-link.tsx";
import classes from "./overview.module.css";
import type { Overview } from "./overview-page.tsx";

function Fact({
  name,
  value,
  children,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} fz="h3" fw={650} lh={1.3}>
        {value}
      </Text>
      <Text component="dd" m={0} size="xs" c="dimmed">
        {children}
      </Text>
    </div>
  );
}

function Journeys({ journeys }: { readonly journeys: Overview["journeys"] }) {
  return (
    <Group gap="xs" style={{ rowGap: 2 }}>
      <Text size="sm" c="dimmed">
        Journeys, by where one ends and the next begins:
      </Text>
      {journeys.map(({ name, journeys: count }) => (
        <Text size="sm" key={name}>
          <ScopeLink to="map/graph" search={{ journey: name }} inherit underline="always">
            {name}
          </ScopeLink>{" "}
          {formatCount(count)}
        </Text>
      ))}
    </Group>
  );
}

export function Contents({ overview }: { readonly overview: Overview }) {
  const { events, customers, anonymous, first, last, zone, imports, journeys } = overview;
  return (
    <Paper component="section" withBorder p="md" aria-label="What is in this workspace">
      <Stack gap="sm">
        <dl className={classes.facts}>
          <Fact name="Events" value={formatCount(events)}>
            from {formatCountOf(imports, "import")} ·{" "}
            <ScopeLink to="collect" inherit underline="always">
              see them
            </ScopeLink>
          </Fact>
          <Fact name="Customers" value={formatCount(customers)}>
            {anonymous === 0 ? "all of them known" : `${formatCount(anonymous)} of them without a customer id`}
          </Fact>
          <Fact name="Period" value={`${formatDay(first, zone)} – ${formatDay(last, zone)}`}>
            last event {formatMoment(last, zone)}, {zone}
          </Fact>
        </dl>
        <Journeys journeys={journeys} />
      </Stack>
    </Paper>
  );
}
