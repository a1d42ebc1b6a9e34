/**
 * Goals, each with the KPIs that show it and the initiatives that work on it.
 */
import { Button, Group, List, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import type { Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { useKpiFacts } from "../../measure/kpi-facts.ts";
import { GoalDialog } from "./goal-dialog.tsx";
import { describeKpiState, type GoalState, isReached, unitOf } from "./portfolio-words.ts";

export function NewGoalButton() {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        New goal
      </Button>
      <GoalDialog opened={opened} onClose={close} />
    </>
  );
}

interface GoalProps {
  readonly state: GoalState;
  readonly portfolio: Portfolio;
}

function GoalKpis({ state, portfolio }: GoalProps) {
  const { define } = useKpiFacts();
  if (state.kpis.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No KPI shows it yet.
      </Text>
    );
  }
  return (
    <List size="sm" spacing={2}>
      {state.kpis.map((kpi) => {
        const facts = define(kpi.kpi);
        const reached = isReached(kpi, facts);
        return (
          <List.Item key={kpi.kpi}>
            <ScopeLink to="measure/kpis" search={{ kpi: kpi.kpi }} inherit>
              {facts.title}
            </ScopeLink>{" "}
            {describeKpiState(kpi, unitOf(facts, portfolio.currency))}
            {reached === undefined ? "" : reached ? ": reached" : ": not reached yet"}
          </List.Item>
        );
      })}
    </List>
  );
}

function GoalCard({ state, portfolio }: GoalProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const { goal } = state;
  const working = portfolio.initiatives.filter(({ id }) => state.initiatives.includes(id));
  return (
    <Stack component="li" gap={6} data-goal={goal.id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Title order={3} style={{ overflowWrap: "anywhere" }}>
          {goal.title}
        </Title>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPencil size={14} aria-hidden />}
          aria-label={`Change the goal “${goal.title}”`}
          onClick={open}
          miw="max-content"
        >
          Change
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {goal.owner === null ? "nobody answers for it yet" : `${goal.owner} answers for it`}
      </Text>
      <GoalKpis state={state} portfolio={portfolio} />
      {working.length === 0 ? (
        <Text size="sm" c="dimmed">
          No initiative works on it yet.
        </Text>
      ) : (
        <Text size="sm">
          Initiatives:{" "}
          {working.map(({ id, title }, index) => (
            <span key={id}>
              {index > 0 && ", "}
              <ScopeLink to="deliver/initiative" search={{ id }} inherit>
                {title}
              </ScopeLink>
            </span>
          ))}
        </Text>
      )}
      <GoalDialog goal={goal} opened={opened} onClose={close} />
    </Stack>
  );
}

export function Goals({ portfolio }: { readonly portfolio: Portfolio }) {
  return (
    <Paper component="section" withBorder p="md" aria-label="Goals">
      <Title order={2} mb="sm">
        Goals
      </Title>
      {portfolio.goals.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet. A goal says in one sentence what the company wants, and which KPIs would show it: “New goal”.
        </Text>
      ) : (
        <SimpleGrid
          component="ul"
          cols={{ base: 1, md: 2 }}
          spacing="lg"
          m={0}
          p={0}
          style={{ listStyle: "none" }}
          data-testid="goals"
        >
          {portfolio.goals.map((state) => (
            <GoalCard key={state.goal.id} state={state} portfolio={portfolio} />
          ))}
        </SimpleGrid>
      )}
    </Paper>
  );
}
