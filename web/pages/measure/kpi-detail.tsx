/**
 * One KPI: its number, what it means, how it moved, where it differs, what it shall reach.
 */
import { Anchor, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { useAnswer } from "../../api/use-answer.ts";
import { useScope } from "../../scope/use-scope.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Annotations } from "./annotations.tsx";
import { Breakdown } from "./breakdown.tsx";
import { useKpiFacts } from "./kpi-facts.ts";
import { KpiHead } from "./kpi-head.tsx";
import { TargetForm } from "./target-form.tsx";
import { Trend } from "./trend.tsx";

/** The way back to all, and straight to another one. */
function KpiSwitch({ id, ids }: { readonly id: string; readonly ids: readonly string[] }) {
  const { set } = useScope();
  const { define } = useKpiFacts();
  const known = ids.includes(id) ? ids : [id, ...ids];
  return (
    <Group gap="sm">
      <Anchor component="button" type="button" onClick={() => set({ kpi: undefined, by: undefined, every: undefined })}>
        ← All KPIs
      </Anchor>
      <Select
        aria-label="KPI"
        data={known.map((value) => ({ value, label: define(value).title }))}
        value={id}
        allowDeselect={false}
        searchable
        w={300}
        onChange={(next) => next !== null && set({ kpi: next })}
      />
    </Group>
  );
}

export function KpiDetail({ id }: { readonly id: string }) {
  const { input, set } = useScope();
  const query = useAnswer("kpis", input);
  const unknown = (
    <EmptyState
      title="No such KPI here"
      actions={
        <Anchor component="button" type="button" onClick={() => set({ kpi: undefined })}>
          All KPIs
        </Anchor>
      }
    >
      «{id}» is not among the numbers that these data and this filter can answer.
    </EmptyState>
  );
  return (
    <Stack gap="md">
      <KpiSwitch id={id} ids={query.data?.kpis.map((kpi) => kpi.id) ?? []} />
      <AnswerView
        query={query}
        height={180}
        empty={({ kpis }) => (kpis.some((kpi) => kpi.id === id) ? undefined : unknown)}
      >
        {({ kpis }) => {
          const kpi = kpis.find((one) => one.id === id);
          return kpi && <KpiHead kpi={kpi} />;
        }}
      </AnswerView>
      {query.data?.kpis.some((kpi) => kpi.id === id) === true && (
        <>
          <Trend id={id} />
          <Breakdown id={id} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <TargetForm key={id} id={id} />
            <Annotations />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
