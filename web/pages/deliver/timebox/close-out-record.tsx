/**
 * How a timebox ended: what was delivered of what was planned, who accepted it, what was learnt, where the rest went.
 */
import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { PRIORITIES, PRIORITY_NAMES } from "../../../../src/domain/dsdm/moscow.ts";
import { ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { formatMoment, formatShare } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Byline, Section, Words } from "../initiative/section.tsx";
import { useTimebox } from "./timebox-context.ts";
import { formatAmount } from "./timebox-words.ts";

type CloseOut = NonNullable<Timebox["closeOut"]>;

interface Delivered {
  readonly name: string;
  readonly planned: number;
  readonly delivered: number;
}

function listDelivered({ planned, delivered }: CloseOut): Delivered[] {
  return PRIORITIES.filter((priority) => priority !== "wont").map((priority) => ({
    name: PRIORITY_NAMES[priority],
    planned: planned[priority],
    delivered: delivered[priority],
  }));
}

const shareOf = ({ planned, delivered }: Delivered) => (planned > 0 ? delivered / planned : null);

function columnsFor(unit: string): readonly Column<Delivered>[] {
  return [
    { key: "name", title: "Priority", value: ({ name }) => name },
    {
      key: "planned",
      title: `Planned, ${unit}`,
      align: "right",
      value: ({ planned }) => planned,
      format: ({ planned }) => formatAmount(planned),
    },
    {
      key: "delivered",
      title: `Delivered, ${unit}`,
      align: "right",
      value: ({ delivered }) => delivered,
      format: ({ delivered }) => formatAmount(delivered),
    },
    { key: "share", title: "Share", align: "right", value: shareOf, format: (row) => formatShare(shareOf(row), 0) },
  ];
}

function Undone({ undone }: Pick<CloseOut, "undone">) {
  const { initiative } = useTimebox();
  if (undone.length === 0) return <Text size="sm">Nothing was left undone.</Text>;
  const titleOf = (id: number) => initiative.requirements.find((one) => one.id === id)?.title ?? "";
  const placeOf = (to: number | null) =>
    to === null ? "back to the list" : `into “${initiative.timeboxes.find(({ id }) => id === to)?.title ?? to}”`;
  return (
    <div>
      <Text size="sm" fw={600}>
        Undone
      </Text>
      <List size="sm">
        {undone.map(({ requirement, to }) => (
          <List.Item key={requirement}>
            {requirement} {titleOf(requirement)}: {placeOf(to)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Failed({ closeOut: { planned, delivered } }: { readonly closeOut: CloseOut }) {
  if (delivered.must >= planned.must) return null;
  return (
    <Alert color="red" variant="light" title="This timebox failed">
      A Must was not delivered. The business case is to be looked at again.
    </Alert>
  );
}

export function CloseOutRecord() {
  const { timebox, initiative, zone } = useTimebox();
  const { closeOut } = timebox;
  if (!closeOut) return null;
  const { accepters, retrospective, undone, at, author } = closeOut;
  const accepted = accepters.map(({ person, role }) => `${person} (${ROLE_FACTS[role].name.toLowerCase()})`);
  return (
    <Section title="Close-out">
      <Byline>
        Closed by {author}, {formatMoment(at, zone)}
      </Byline>
      <Failed closeOut={closeOut} />
      <Group align="flex-start" gap="xl" data-testid="delivered">
        <Stack gap={0} flex="1 1 280px" miw={0}>
          <DataTable
            caption="What was delivered of what was planned"
            columns={columnsFor(initiative.effortUnit)}
            rows={listDelivered(closeOut)}
          />
        </Stack>
        <Stack gap="xs" flex="1 1 280px">
          <Text size="sm">{accepted.length === 0 ? "Nobody accepted it." : `Accepted by ${accepted.join(", ")}.`}</Text>
          <Undone undone={undone} />
        </Stack>
      </Group>
      <div>
        <Text size="sm" fw={600}>
          Retrospective
        </Text>
        <Words>{retrospective ?? "None was noted."}</Words>
      </div>
      <Text size="sm">
        <ScopeLink
          to="deliver/initiative"
          search={{ id: initiative.id, tab: "documents", document: "timebox-review", timebox: timebox.id }}
          inherit
        >
          The timebox review, to print
        </ScopeLink>
      </Text>
    </Section>
  );
}
