/**
 * All KPIs of the scope: value, interval, n, target, a small trend; with a comparison, the other side's value beside it.
 */
import { Text } from "@mantine/core";
import { useAnswer } from "../../api/use-answer.ts";
import { useScope } from "../../scope/use-scope.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { ChartFrame } from "../../ui/chart-frame.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ScopeLink } from "../../ui/scope-link.tsx";
import { type Compared, type Kpi, type KpiFacts, unitOf, useKpiFacts } from "./kpi-facts.ts";
import { KpiTable } from "./kpi-table.tsx";
import { targetStatus } from "./kpi-words.ts";

function columnsFor(facts: KpiFacts, compared: Compared | undefined): Column<Kpi>[] {
  const other = (kpi: Kpi): Kpi | undefined => compared?.kpis?.get(kpi.id);
  const status = (kpi: Kpi): string | null => {
    const { target } = facts.targetOf(kpi.id);
    return targetStatus(kpi, target, facts.define(kpi.id).better, unitOf(kpi))?.words ?? null;
  };
  return [
    { key: "kpi", title: "KPI", value: ({ id }) => facts.define(id).title },
    { key: "id", title: "Id", value: ({ id }) => id },
    { key: "value", title: "Value", align: "right", value: ({ value }) => value },
    { key: "low", title: "95 % from", align: "right", value: (kpi) => ("low" in kpi ? kpi.low : null) },
    { key: "high", title: "95 % to", align: "right", value: (kpi) => ("high" in kpi ? kpi.high : null) },
    { key: "n", title: "n", align: "right", value: ({ n }) => n },
    { key: "unit", title: "Unit", value: unitOf },
    ...(compared
      ? [
          {
            key: "other",
            title: compared.baseLabel,
            align: "right" as const,
            value: (kpi: Kpi) => other(kpi)?.value ?? null,
          },
        ]
      : []),
    { key: "target", title: "Target", value: status },
    { key: "lack", title: "What is missing", value: (kpi) => ("message" in kpi ? kpi.message : null) },
  ];
}

function useCompared(): Compared | undefined {
  const { input, compare } = useScope();
  const journey = input.journey === undefined ? {} : { journey: input.journey };
  const { data } = useAnswer("kpis", { ...journey, ...compare?.input }, { enabled: compare !== undefined });
  if (!compare) return undefined;
  const kpis = data && new Map(data.kpis.map((kpi) => [kpi.id, kpi]));
  return { label: compare.label, baseLabel: compare.baseLabel, kpis };
}

function NoEvents() {
  return (
    <EmptyState title="Nothing to measure yet" actions={<ScopeLink to="collect">Bring data in</ScopeLink>}>
      KPIs are counted from events. Bring an export in, and every number the data can answer stands here.
    </EmptyState>
  );
}

export function KpiList() {
  const { input } = useScope();
  const query = useAnswer("kpis", input);
  const facts = useKpiFacts();
  const compared = useCompared();
  return (
    <AnswerView query={query} height={640} empty={({ endOfData }) => (endOfData === null ? <NoEvents /> : undefined)}>
      {({ kpis }) => (
        <ChartFrame
          title="All KPIs"
          name="kpis"
          description={
            compared
              ? `${compared.label}, beside ${compared.baseLabel}`
              : "Open one for its definition, trend and breakdown."
          }
          table={{ columns: columnsFor(facts, compared), rows: kpis }}
          total={
            <Text span size="sm" c="dimmed">
              {kpis.length} KPIs; counts and sums are complete and have no interval.
            </Text>
          }
        >
          <KpiTable kpis={kpis} facts={facts} compared={compared} />
        </ChartFrame>
      )}
    </AnswerView>
  );
}
