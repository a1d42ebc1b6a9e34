/**
 * Customers by group, each with the orders expected of it: segments by recency and frequency, and where they stand in time.
 * A name leads to the customers of the group.
 */
import { Stack, Text } from "@mantine/core";
import { LIFECYCLE_WORDS, type LifecycleState, type Segment } from "../../../../../src/domain/repurchase-words.ts";
import { drawBreakdown } from "../../../../charts/svg-breakdown.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { BreakdownBars } from "../../../measure/breakdown-bars.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";
import { describeDays, formatMean, keepTogether, type RepurchaseReport } from "../views/repurchase-words.ts";

interface GroupRow {
  readonly label: string;
  readonly customers: number;
  /** Orders of all of them together. */
  readonly expected: number;
  /** null: not told of this grouping. */
  readonly alive: number | null;
  readonly note: string;
  /** Parameters that show the group's customers. */
  readonly search: { readonly segment: Segment } | { readonly state: LifecycleState };
}

function columnsOf(noun: string): readonly Column<GroupRow>[] {
  return [
    { key: "label", title: noun, value: ({ label }) => label },
    {
      ...{ key: "customers", title: "Customers", align: "right" },
      value: ({ customers }) => customers,
      format: ({ customers }) => formatCount(customers),
    },
    {
      ...{ key: "expected", title: "Orders expected", align: "right" },
      value: ({ expected }) => expected,
      format: ({ expected }) => formatMean(expected),
    },
    {
      ...{ key: "alive", title: "Still customers", align: "right" },
      value: ({ alive }) => alive,
      format: ({ alive }) => formatShare(alive),
    },
    { key: "note", title: "Which means", value: ({ note }) => note },
  ];
}

interface GroupsFigureProps {
  readonly title: string;
  readonly name: string;
  readonly noun: string;
  readonly description: string;
  readonly rows: readonly GroupRow[];
  readonly search: RepurchaseSearch;
}

function GroupsFigure({ title, name, noun, description, rows: all, search }: GroupsFigureProps) {
  const rows = all.filter(({ customers }) => customers > 0);
  if (rows.length === 0) return null;
  const { holdout, horizon } = search;
  const byLabel = new Map(rows.map((row) => [row.label, row]));
  const bars = rows.map(({ label, customers }) => ({ label, value: customers, low: null, high: null, n: customers }));
  const orders = rows.reduce((sum, { expected }) => sum + expected, 0);
  const told = rows.filter(({ note }) => note !== "");
  return (
    <ChartFrame
      title={title}
      name={name}
      description={description}
      total={`${formatCountOf(
        rows.reduce((sum, { customers }) => sum + customers, 0),
        "customer",
      )}, ${formatCount(orders)} orders expected.`}
      table={{ columns: columnsOf(noun), rows }}
      svg={() => drawBreakdown({ title: `${title}: customers`, rows: bars, format: formatCount })}
    >
      <Stack gap="sm">
        <BreakdownBars
          rows={bars}
          unit="customers"
          format={formatCount}
          name={({ label }) => (
            <ScopeLink
              to="model/repurchase"
              search={{ side: "customers", holdout, horizon, ...byLabel.get(label)?.search }}
              inherit
            >
              {label}
            </ScopeLink>
          )}
          words={({ label }) => {
            const row = byLabel.get(label);
            if (!row) return "";
            const alive = row.alive === null ? "" : ` · ${formatShare(row.alive, 0)} still here`;
            return keepTogether(`customers · ${formatCount(row.expected)} orders${alive}`);
          }}
        />
        {told.map(({ label, note }) => (
          <Text key={label} size="xs" c="dimmed">
            <strong>{label}</strong>: {note}
          </Text>
        ))}
      </Stack>
    </ChartFrame>
  );
}

interface FiguresProps {
  readonly report: RepurchaseReport;
  readonly search: RepurchaseSearch;
}

const within = ({ outlook }: RepurchaseReport) => (outlook ? ` within ${describeDays(outlook.horizonDays)}` : "");

export function SegmentsFigure({ report, search }: FiguresProps) {
  return (
    <GroupsFigure
      title="Segments"
      name="repurchase-segments"
      noun="Segment"
      description={`Customers by fifths of how recently and how often they ordered, with the orders expected of them${within(report)}. A name shows who they are.`}
      rows={report.segments.map(({ segment, ...row }) => ({ ...row, label: segment, note: "", search: { segment } }))}
      search={search}
    />
  );
}

export function StatesFigure({ report, search }: FiguresProps) {
  return (
    <GroupsFigure
      title="Where customers stand"
      name="repurchase-states"
      noun="State"
      description={`Each customer is in one of them, by their own pace, with the orders expected${within(report)}.`}
      rows={report.states.map(({ state, ...row }) => {
        return { ...row, alive: null, label: state, note: LIFECYCLE_WORDS[state], search: { state } };
      })}
      search={search}
    />
  );
}
