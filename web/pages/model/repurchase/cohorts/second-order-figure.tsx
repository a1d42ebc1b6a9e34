/**
 * How long it takes until the second order: the share that has one by so many days, of all who could have.
 */
import { PlotFigure } from "../../../../charts/plot-figure.tsx";
import { growthPlot } from "../../../../charts/repurchase-plots.ts";
import { drawPlot } from "../../../../charts/svg-plot.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../../ui/format.ts";
import { describeInterval } from "../../../../ui/interval.tsx";
import type { CohortsReport } from "./cohort-rows.ts";

type Point = CohortsReport["secondOrder"]["curve"][number];

const TITLE = "How long until the second order";

const COLUMNS: readonly Column<Point>[] = [
  { key: "days", title: "Days since the first order", align: "right", value: ({ days }) => days },
  {
    ...{ key: "share", title: "Have ordered again", align: "right" },
    value: ({ share }) => share,
    format: ({ share }) => formatShare(share),
  },
  { key: "interval", title: "Interval", value: ({ low, high }) => describeInterval({ low, high, unit: "share" }) },
  {
    ...{ key: "atRisk", title: "Observed that long", align: "right" },
    value: ({ atRisk }) => atRisk,
    format: ({ atRisk }) => formatCount(atRisk),
  },
];

function describeCurve({ curve, medianDays, n }: CohortsReport["secondOrder"]): string {
  const last = curve.at(-1);
  const half =
    medianDays === null
      ? "Fewer than half order a second time within the data"
      : `Half have ordered a second time after ${formatCountOf(medianDays, "day")}`;
  const end = last ? `; after ${formatCountOf(last.days, "day")} ${formatShare(last.share)} have` : "";
  return `${half}${end}, n = ${formatCount(n)} customers.`;
}

export function SecondOrderFigure({ report: { secondOrder } }: { readonly report: CohortsReport }) {
  const { curve, medianDays } = secondOrder;
  if (curve.length < 2) return null;
  const sentence = describeCurve(secondOrder);
  const plot = growthPlot({
    ...{ title: TITLE, sentence, upwards: "share with a second order", across: "days since the first order" },
    format: (share) => formatShare(share, 0),
    points: curve.map((point) => ({
      ...point,
      tip: `${formatCountOf(point.days, "day")}: ${formatShare(point.share)}, ${describeInterval({ ...point, unit: "share" })}`,
    })),
    half: medianDays === null ? null : { days: medianDays, label: `half after ${formatCountOf(medianDays, "day")}` },
  });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-second-order"
      description="Who began late counts only as long as they could be watched (Kaplan–Meier), so that a young cohort does not pull the curve down."
      total={sentence}
      table={{ columns: COLUMNS, rows: curve }}
      svg={() => drawPlot(plot)}
    >
      <PlotFigure plot={plot} height={280} />
    </ChartFrame>
  );
}
