/**
 * Where a KPI differs: by channel, stage, property or trait, each group with its interval and n.
 * Groups are compared by eye; a difference between overlapping intervals may be chance.
 */
import { Select, Text } from "@mantine/core";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { type BreakdownRow, drawBreakdown } from "../../charts/svg-breakdown.ts";
import { useScope } from "../../scope/use-scope.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { ChartFrame } from "../../ui/chart-frame.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatValue } from "../../ui/format.ts";
import { BreakdownBars } from "./breakdown-bars.tsx";
import { useKpiFacts } from "./kpi-facts.ts";
import { describeKpi } from "./kpi-words.ts";
import { useKpisSearch } from "./kpis-search.ts";

function quote(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name}"`;
}

/** What it can be broken down by, in the groups the data have. */
function choicesOf(fields: Answer<"fields"> | undefined, by: string) {
  const properties = fields?.properties.map(({ name }) => ({ value: `prop.${quote(name)}`, label: name })) ?? [];
  const traits = fields?.traits.map(({ name }) => ({ value: `customer.${quote(name)}`, label: name })) ?? [];
  const groups = [
    {
      group: "Where it happened",
      items: [
        { value: "channel", label: "Channel" },
        { value: "stage", label: "Stage" },
      ],
    },
    { group: "Property of the event", items: properties },
    { group: "Trait of the customer", items: traits },
  ].filter(({ items }) => items.length > 0);
  const known = groups.some(({ items }) => items.some(({ value }) => value === by));
  return known ? groups : [...groups, { group: "From the address", items: [{ value: by, label: by }] }];
}

function BySelect({ by }: { readonly by: string }) {
  const { set } = useScope();
  const { data: fields } = useAnswer("fields", {});
  return (
    <Select
      size="xs"
      label="Broken down by"
      data={choicesOf(fields, by)}
      value={by}
      allowDeselect={false}
      searchable
      w={240}
      onChange={(next) => next !== null && set({ by: next })}
    />
  );
}

type Row = Answer<"kpi-breakdown">["rows"][number];

const NAMES = { value: undefined, none: "not said", other: "all others" } as const;

function toRows(rows: readonly Row[]): BreakdownRow[] {
  return rows.map(({ value, kind, kpi }) => {
    const shared = { label: NAMES[kind] ?? value, n: kpi.n };
    if (kpi.value === null) return { ...shared, value: null, low: null, high: null, note: describeKpi(kpi, "") };
    return { ...shared, value: kpi.value, low: kpi.low, high: kpi.high };
  });
}

function columnsFor(unit: string): Column<BreakdownRow>[] {
  const cell = (value: number | null) => (value === null ? "–" : formatValue(value, unit));
  return [
    { key: "label", title: "Group", value: ({ label }) => label },
    { key: "value", title: "Value", align: "right", value: ({ value }) => value, format: ({ value }) => cell(value) },
    { key: "low", title: "95 % from", align: "right", value: ({ low }) => low, format: ({ low }) => cell(low) },
    { key: "high", title: "95 % to", align: "right", value: ({ high }) => high, format: ({ high }) => cell(high) },
    { key: "n", title: "n", align: "right", value: ({ n }) => n, format: ({ n }) => formatCount(n) },
    { key: "note", title: "Note", value: ({ note }) => note ?? "" },
  ];
}

interface FrameProps {
  readonly id: string;
  readonly by: string;
  readonly answer: Answer<"kpi-breakdown">;
}

function BreakdownFrame({ id, by, answer: { rows, unit, placement, adds } }: FrameProps) {
  const { define } = useKpiFacts();
  const bars = toRows(rows);
  const name = by.replace(/^(?:prop|customer)\./u, "").replaceAll('"', "");
  const format = (value: number): string => formatValue(value, unit);
  return (
    <ChartFrame
      title="Where it differs"
      name={`${id}-by-${by}`.replaceAll(/[^\w-]+/gu, "-")}
      description={`${placement} Groups may differ in many other ways as well: this shows where to look, not why.`}
      controls={<BySelect by={by} />}
      table={{ columns: columnsFor(unit), rows: bars }}
      svg={() => drawBreakdown({ title: `${define(id).title} by ${name}`, rows: bars, format })}
      total={
        <Text span size="sm" c="dimmed">
          {formatCountOf(bars.length, "group")} by {name}
          {bars.length === 1 && ": there is nothing to compare; another field may differ"}
          {adds ? "; together they are the whole." : "; they do not add up to the whole."}
        </Text>
      }
    >
      {bars.length === 0 ? (
        <Text c="dimmed">Nothing in this scope counts for this KPI.</Text>
      ) : (
        <BreakdownBars rows={bars} format={format} unit={unit} />
      )}
    </ChartFrame>
  );
}

export function Breakdown({ id }: { readonly id: string }) {
  const { input } = useScope();
  const { by } = useKpisSearch();
  const query = useAnswer("kpi-breakdown", { ...input, kpi: id, by });
  return (
    <>
      {query.isError && query.data === undefined && <BySelect by={by} />}
      <AnswerView query={query} height={260}>
        {(answer) => <BreakdownFrame id={id} by={answer.by} answer={answer} />}
      </AnswerView>
    </>
  );
}
