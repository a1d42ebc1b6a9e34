/**
 * Since when: the share of touches with the friction month by month, and the month from which it was more than usual.
 */
import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { drawTrend } from "../../../charts/svg-trend.ts";
import { describeTrend, type Trend } from "../../../charts/trend.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatShare } from "../../../ui/format.ts";
import { nameBucket } from "../../measure/kpi-words.ts";
import type { Friction, PainDetail } from "../views/pain-report.ts";
import { partColumns } from "./who.tsx";

const TrendFigure = lazy(async () => ({ default: (await import("../../measure/trend-figure.tsx")).TrendFigure }));

const HEIGHT = 260;

export function shareTrend({ overTime, since }: Pick<PainDetail, "overTime" | "since">, title: string): Trend {
  const index = since === null ? -1 : overTime.findIndex(({ value }) => value.slice(0, 10) === since.slice(0, 10));
  return {
    title,
    points: overTime.map(({ value, share, of }) => ({
      label: nameBucket(value, "month"),
      ...{ value: share, low: null, high: null, n: of, complete: true },
      ...(share === null ? { note: "no touches" } : {}),
    })),
    lines: [],
    marks: index === -1 ? [] : [{ index, text: "more than usual since" }],
    format: (value) => formatShare(value),
    fromZero: true,
  };
}

export function describeSince(since: string | null): string {
  return since === null
    ? "In no month it became clearly more than in the months before: it always was so, or the data say too little."
    : `Since ${nameBucket(since, "month")} it happens more often than was usual in the months before.`;
}

export function SinceWhen({ report, friction }: { readonly report: PainDetail; readonly friction: Friction }) {
  const { overTime, since } = report;
  if (overTime.length < 2) return null;
  const trend = shareTrend(report, `${friction.name}, by month`);
  return (
    <ChartFrame
      title="Since when"
      name="pain-over-time"
      description={`Of the touches with ${friction.touchpoint}, the share with it, by month. ${describeSince(since)}`}
      table={{
        columns: partColumns("Month", report),
        rows: overTime.map((part) => ({ ...part, value: nameBucket(part.value, "month") })),
      }}
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
