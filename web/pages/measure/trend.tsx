/**
 * How a KPI moved: asks for its buckets and puts target, baseline and annotations beside them.
 * Drawing on screen is trend-figure.tsx, which alone brings ECharts.
 */
import { SegmentedControl, Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { drawTrend } from "../../charts/svg-trend.ts";
import { describeTrend, type Trend as TrendData, type TrendPoint } from "../../charts/trend.ts";
import { useScope } from "../../scope/use-scope.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { ChartFrame } from "../../ui/chart-frame.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { formatCount, formatValue } from "../../ui/format.ts";
import { useKpiFacts } from "./kpi-facts.ts";
import { type Bucket, bucketOf, type Every, isCount, toTrendPoints } from "./kpi-words.ts";
import { useKpisSearch } from "./kpis-search.ts";

const TrendFigure = lazy(async () => ({ default: (await import("./trend-figure.tsx")).TrendFigure }));

const HEIGHT = 340;

const EVERY: readonly { readonly value: Every; readonly label: string }[] = [
  { value: "day", label: "Days" },
  { value: "week", label: "Weeks" },
  { value: "month", label: "Months" },
];

function columnsFor(unit: string): Column<TrendPoint>[] {
  const cell = (value: number | null) => (value === null ? "–" : formatValue(value, unit));
  return [
    { key: "label", title: "From", value: ({ label }) => label },
    { key: "value", title: "Value", align: "right", value: ({ value }) => value, format: ({ value }) => cell(value) },
    { key: "low", title: "95 % from", align: "right", value: ({ low }) => low, format: ({ low }) => cell(low) },
    { key: "high", title: "95 % to", align: "right", value: ({ high }) => high, format: ({ high }) => cell(high) },
    { key: "n", title: "n", align: "right", value: ({ n }) => n, format: ({ n }) => formatCount(n) },
    {
      key: "note",
      title: "Note",
      value: ({ complete, note }) => [note, complete ? undefined : "not yet complete"].filter(Boolean).join("; "),
    },
  ];
}

function EverySwitch({ every }: { readonly every: Every }) {
  const { set } = useScope();
  return (
    <SegmentedControl
      size="xs"
      aria-label="One point for each"
      data={[...EVERY]}
      value={every}
      onChange={(next) => set({ every: next })}
    />
  );
}

interface FrameProps {
  readonly id: string;
  readonly every: Every;
  readonly unit: string;
  readonly buckets: readonly Bucket[];
  readonly placement: string;
}

function useTrend({ id, every, unit, buckets }: FrameProps): TrendData {
  const { define, targetOf } = useKpiFacts();
  const { data } = useAnswer("annotations", {});
  const { target, baseline } = targetOf(id);
  const name = EVERY.find(({ value }) => value === every)?.label.toLowerCase() ?? every;
  const points = toTrendPoints(buckets, every);
  return {
    title: `${define(id).title}, by ${name}`,
    points,
    lines: [
      ...(target === null ? [] : [{ title: "Target", value: target }]),
      ...(baseline === null ? [] : [{ title: "Baseline", value: baseline }]),
    ],
    marks: (data?.annotations ?? [])
      .map(({ date, text }) => ({ index: bucketOf(buckets, date), text }))
      .filter(({ index }) => index >= 0),
    format: (value) => formatValue(value, unit),
    fromZero: isCount(points),
  };
}

function TrendFrame(props: FrameProps) {
  const trend = useTrend(props);
  const { id, every, unit } = props;
  const open = trend.points.some(({ complete, value }) => !complete && value !== null);
  const lacking = trend.points.filter(({ value }) => value === null).length;
  const notes = [
    props.placement,
    ...(trend.points.some(({ low }) => low !== null) ? ["The band is the 95 % interval."] : []),
    ...(open ? ["Dashed: not yet complete."] : []),
    ...(lacking > 0
      ? [`${formatCount(lacking)} of ${formatCount(trend.points.length)} have too little data for a value.`]
      : []),
  ];
  return (
    <ChartFrame
      title="How it moved"
      name={`${id.replaceAll(/[^\w-]+/gu, "-")}-by-${every}`}
      description={notes.join(" ")}
      controls={<EverySwitch every={every} />}
      table={{ columns: columnsFor(unit), rows: trend.points }}
      svg={() => drawTrend(trend)}
      total={
        <Text span size="sm" c="dimmed">
          {describeTrend(trend)}
        </Text>
      }
    >
      <Suspense fallback={<Skeleton height={HEIGHT} animate={false} aria-busy="true" />}>
        <TrendFigure trend={trend} height={HEIGHT} />
      </Suspense>
    </ChartFrame>
  );
}

export function Trend({ id }: { readonly id: string }) {
  const { input } = useScope();
  const { every } = useKpisSearch();
  const query = useAnswer("kpi-trend", { ...input, kpi: id, every });
  const nothing = (
    <EmptyState title="No trend">
      In this period and with this filter nothing happened. A longer period shows more.
    </EmptyState>
  );
  return (
    <>
      {query.isError && query.data === undefined && <EverySwitch every={every} />}
      <AnswerView
        query={query}
        height={HEIGHT + 120}
        empty={({ points }) => (points.length === 0 ? nothing : undefined)}
      >
        {({ points, unit, placement, every: shown }) => (
          <TrendFrame id={id} every={shown} unit={unit} buckets={points} placement={placement} />
        )}
      </AnswerView>
    </>
  );
}
