/**
 * What to do next, from what is there and what is missing; at most four, the most useful first.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import { formatCountOf } from "../../ui/format.ts";
import { ScopeLink } from "../../ui/scope-link.tsx";
import type { Overview } from "./overview-page.tsx";

export interface Step {
  readonly to: string;
  readonly search?: Readonly<Record<string, unknown>>;
  readonly title: string;
  readonly why: string;
}

/** The steps for a workspace with events. */
export function nextSteps({ coverage, journeys }: Pick<Overview, "coverage" | "journeys">): readonly Step[] {
  const { unmapped, stages } = coverage;
  const gaps = stages.filter(({ events }) => events === 0).map(({ stage }) => stage);
  const [object] = journeys
    .filter(({ name, journeys: count }) => !["life", "visit", "order-cycle"].includes(name) && count > 0)
    .toSorted((a, b) => b.journeys - a.journeys);
  const steps: (Step | false)[] = [
    unmapped.touchpoints > 0 && {
      to: "collect/touchpoints",
      title: `Give ${formatCountOf(unmapped.touchpoints, "touchpoint")} a stage`,
      why: "Then maps can be read by stage, and coverage says what is missing.",
    },
    {
      to: "map/graph",
      ...(object ? { search: { journey: object.name } } : {}),
      title: object ? `See the measured journey of one ${object.name}` : "See the measured journey",
      why: "What really happens, step by step, and where journeys end.",
    },
    {
      to: "map/paths",
      title: "Find the commonest path and its detours",
      why: "Which ways journeys take, and who takes the long one.",
    },
    {
      to: "diagnose/moments",
      title: "Find the moments of truth",
      why: "Which touchpoints make or break an order, and which only look as if they did.",
    },
    gaps.length > 0 &&
      unmapped.touchpoints === 0 && {
        to: "collect",
        title: "Fill a gap",
        why: `Nothing yet from ${gaps.join(", ")}. Several exports together make one journey.`,
      },
    { to: "measure/kpis", title: "Set what a KPI shall reach", why: "Targets stand on every trend and in the list." },
  ];
  return steps.filter((step) => step !== false).slice(0, 4);
}

export function NextSteps({ overview }: { readonly overview: Overview }) {
  return (
    <Paper component="section" withBorder p="md" aria-label="What to do next">
      <Title order={2} mb="xs">
        What to do next
      </Title>
      <Stack component="ul" gap={6} m={0} pl="lg">
        {nextSteps(overview).map(({ to, search, title, why }) => (
          <li key={title}>
            <Text size="sm">
              <ScopeLink to={to} search={search} inherit fw={600}>
                {title}
              </ScopeLink>
              <br />
              {why}
            </Text>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}
