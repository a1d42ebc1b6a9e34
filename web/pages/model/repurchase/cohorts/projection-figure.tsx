/**
 * How many customers are kept from period to period, and what is to come: the projection beside what it has not seen.
 */
import { PlotFigure } from "../../../../charts/plot-figure.tsx";
import { keptPlot } from "../../../../charts/repurchase-plots.ts";
import { drawPlot } from "../../../../charts/svg-plot.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCountOf, formatDecimal, formatPoints, formatShare } from "../../../../ui/format.ts";
import type { CohortsReport } from "./cohort-rows.ts";

type Projection = NonNullable<CohortsReport["projection"]>;
type Period = Projection["periods"][number];

const TITLE = "How many are kept, and how many will be";

const COLUMNS: readonly Column<Period>[] = [
  { key: "period", title: "Period of 90 days", align: "right", value: ({ period }) => period },
  {
    ...{ key: "observed", title: "Kept", align: "right" },
    value: ({ observed }) => observed,
    format: ({ observed }) => formatShare(observed),
  },
  {
    ...{ key: "expected", title: "Projected", align: "right" },
    value: ({ expected }) => expected,
    format: ({ expected }) => formatShare(expected),
  },
  {
    ...{ key: "fitted", title: "Part" },
    value: ({ fitted, observed }) => (fitted ? "learnt from" : observed === null ? "to come" : "held out"),
  },
];

/** A distance: it has no sign. */
const points = (share: number) => formatPoints(share).replace("+", "");

function describeError({ error, naive }: Projection): string {
  if (error === null) return "There is no later period to try it on.";
  const beside = naive === null ? "" : `, where “it stays as it was” is off by ${points(naive)}`;
  const verdict = naive === null ? "" : error < naive ? ": it does better than that" : ": it does no better than that";
  return `On the periods it had not seen it is off by ${points(error)} on average${beside}${verdict}.`;
}

function describePeriod({ period, observed, expected }: Period): string {
  const seen = observed === null ? "" : `${formatShare(observed)} kept, `;
  return `Period ${period}: ${seen}${formatShare(expected)} projected`;
}

export function ProjectionFigure({ report: { projection } }: { readonly report: CohortsReport }) {
  if (projection === null || projection.periods.length < 2) return null;
  const { periods, alpha, beta, customers } = projection;
  const sentence = describeError(projection);
  const plot = keptPlot({
    ...{ title: TITLE, sentence, upwards: "share kept so far", across: "periods of 90 days since the first order" },
    format: (share) => formatShare(share, 0),
    periods: periods.map((period) => ({ ...period, tip: describePeriod(period) })),
  });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-projection"
      description="A customer is kept as long as another order comes in the period or later. The projection (shifted-beta-geometric) assumes that each customer leaves with a chance of their own, the same in every period."
      total={`${formatCountOf(customers, "customer")} who could be watched long enough. ${sentence} α = ${formatDecimal(alpha, 3)}, β = ${formatDecimal(beta, 3)}.`}
      table={{ columns: COLUMNS, rows: periods }}
      svg={() => drawPlot(plot)}
    >
      <PlotFigure plot={plot} height={280} />
    </ChartFrame>
  );
}
