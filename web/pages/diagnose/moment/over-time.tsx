/**
 * Whether the effect was there all the time: by month, with its interval.
 */
import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import { drawTrend } from "../../../charts/svg-trend.ts";
import { describeTrend, type Trend } from "../../../charts/trend.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount } from "../../../ui/format.ts";
import { nameBucket } from "../../measure/kpi-words.ts";
import { effectUnit, formatEffectNumber } from "../views/effect-words.ts";
import { splitColumns, toSplitRow } from "../views/split-rows.ts";
import { candidateOf, isEstimated, type MomentReport } from "./moment-report.ts";

const TrendFigure = lazy(async () => ({ default: (await import("../../measure/trend-figure.tsx")).TrendFigure }));

const HEIGHT = 260;

export function effectTrend(report: MomentReport, title: string): Trend {
  const { overTime, of } = report;
  return {
    title,
    points: overTime.map(({ value, effect, low, high, n }) => ({
      label: nameBucket(value, "month"),
      value: effect,
      low,
      high,
      n,
      complete: true,
      ...(effect === null ? { note: `too few to estimate, n = ${formatCount(n)}` } : {}),
    })),
    lines: [{ title: "No effect", value: 0 }],
    marks: [],
    format: (value) => formatEffectNumber(value, of),
    fromZero: false,
  };
}

export function OverTime({ report }: { readonly report: MomentReport }) {
  const { overTime, of } = report;
  const candidate = candidateOf(report);
  if (overTime.length < 2 || !candidate || !isEstimated(report)) return null;
  const trend = effectTrend(report, `Effect of ${nameMoment(candidate)}, by month`);
  const lacking = overTime.filter(({ effect }) => effect === null).length;
  const rows = overTime.map((part) => toSplitRow({ ...part, value: nameBucket(part.value, "month") }, report));
  const missing =
    lacking === 0 ? "" : ` ${formatCount(lacking)} of ${formatCount(overTime.length)} months have too few.`;
  return (
    <ChartFrame
      title="Over time"
      name="effect-over-time"
      description={`By the month of the touch, in ${effectUnit(of)}; the band is the 95 % interval.${missing}`}
      table={{ columns: splitColumns(of, true), rows }}
      svg={() => drawTrend(trend)}
      total={
        <Text span size="sm" c="dimmed">
          {describeTrend(trend)}
        </Text>
      }
    >
      {lacking === overTime.length ? (
        <Text size="sm">No month has enough touches for an effect of its own.</Text>
      ) : (
        <Suspense fallback={<Skeleton height={HEIGHT} animate={false} aria-busy="true" />}>
          <TrendFigure trend={trend} height={HEIGHT} />
        </Suspense>
      )}
    </ChartFrame>
  );
}
