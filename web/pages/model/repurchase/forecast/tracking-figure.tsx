/**
 * Repeat orders week by week or added up: what happened beside what the chosen model says, with the hold-out marked.
 */
import { counterfactualPlot } from "../../../../charts/effect-plots.ts";
import { PlotFigure } from "../../../../charts/plot-figure.tsx";
import { drawPlot } from "../../../../charts/svg-plot.ts";
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf } from "../../../../ui/format.ts";
import { Choice } from "../../../map/views/choice.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";
import { formatDate, formatMean, type RepurchaseReport } from "../views/repurchase-words.ts";
import { addUp, type Week } from "./add-up.ts";

const COLUMNS: readonly Column<Week>[] = [
  { key: "day", title: "Week from", value: ({ day }) => day, format: ({ day }) => formatDate(day) },
  { key: "period", title: "Period", value: ({ holdout }) => (holdout ? "hold-out" : "learnt from") },
  {
    key: "actual",
    title: "Orders",
    align: "right",
    value: ({ actual }) => actual,
    format: ({ actual }) => formatCount(actual),
  },
  {
    ...{ key: "expected", title: "Expected", align: "right" },
    value: ({ expected }) => expected,
    format: ({ expected }) => formatMean(expected),
  },
  {
    ...{ key: "actualSum", title: "Orders so far", align: "right" },
    value: ({ actualSum }) => actualSum,
    format: ({ actualSum }) => formatCount(actualSum),
  },
  {
    ...{ key: "expectedSum", title: "Expected so far", align: "right" },
    value: ({ expectedSum }) => expectedSum,
    format: ({ expectedSum }) => formatMean(expectedSum),
  },
];

interface TrackingFigureProps {
  readonly report: RepurchaseReport;
  readonly search: RepurchaseSearch;
}

/** The end of the curve in a sentence. */
function describeEnd(weeks: readonly Week[]): string {
  const seen = weeks.filter(({ holdout }) => !holdout).at(-1);
  const last = weeks.at(-1);
  if (!last) return "";
  const before = seen
    ? ` While it learnt: ${formatCount(seen.actualSum)} orders, ${formatCount(seen.expectedSum)} expected.`
    : "";
  return `By ${formatDate(last.day)} there were ${formatCount(last.actualSum)} repeat orders, where the model expected ${formatCount(last.expectedSum)}.${before}`;
}

export function TrackingFigure({ report, search: { tracking } }: TrackingFigureProps) {
  const set = useSetSearch();
  const weeks = addUp(report.tracking);
  const first = weeks.find(({ holdout }) => holdout);
  if (weeks.length < 2) return null;
  const summed = tracking === "cumulative";
  const title = summed
    ? "Repeat orders so far: forecast against actual"
    : "Repeat orders by week: forecast against actual";
  const plot = counterfactualPlot({
    title,
    sentence: describeEnd(weeks),
    upwards: summed ? "repeat orders so far" : "repeat orders in the week",
    format: formatCount,
    points: weeks.map((week) => ({
      ...{ at: Date.parse(week.day), label: formatDate(week.day), low: null, high: null },
      actual: summed ? week.actualSum : week.actual,
      expected: summed ? week.expectedSum : week.expected,
    })),
    switchOn: first ? Date.parse(first.day) : Number.POSITIVE_INFINITY,
    mark: "from here on not seen by the model",
    expectedWords: "what the model expects",
    interval: "",
    fromZero: true,
  });
  return (
    <ChartFrame
      title={title}
      name="repurchase-tracking"
      description="Orders after the first of each customer, days with several orders counted once. Right of the dotted line the model has seen nothing: there it shows what it can do."
      total={`${describeEnd(weeks)} ${formatCountOf(report.customers, "customer")}.`}
      table={{ columns: COLUMNS, rows: weeks }}
      svg={() => drawPlot(plot)}
      controls={
        <Choice
          label="Show"
          value={tracking}
          options={[
            { value: "cumulative", label: "added up" },
            { value: "weekly", label: "week by week" },
          ]}
          onChange={(next) => set({ tracking: next })}
        />
      }
    >
      <PlotFigure plot={plot} />
    </ChartFrame>
  );
}
