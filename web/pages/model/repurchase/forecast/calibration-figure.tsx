/**
 * Whether the model is right for rare and for frequent buyers: orders in the hold-out by orders before, actual beside forecast.
 */
import { PlotFigure } from "../../../../charts/plot-figure.tsx";
import { calibrationPlot } from "../../../../charts/repurchase-plots.ts";
import { drawPlot } from "../../../../charts/svg-plot.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf } from "../../../../ui/format.ts";
import { formatMean, type RepurchaseReport } from "../views/repurchase-words.ts";

type Group = RepurchaseReport["calibrationByFrequency"][number];

const TITLE = "Is it right for rare and for frequent buyers?";

const nameGroup = ({ frequency, orMore }: Group) => `${frequency}${orMore ? " or more" : ""}`;

const mean = (key: "actual" | "low" | "high" | "expected", title: string): Column<Group> => ({
  ...{ key, title, align: "right" },
  value: (group) => group[key],
  format: (group) => formatMean(group[key]),
});

const COLUMNS: readonly Column<Group>[] = [
  { key: "frequency", title: "Repeat orders before", value: ({ frequency }) => frequency, format: nameGroup },
  {
    ...{ key: "customers", title: "Customers", align: "right" },
    value: ({ customers }) => customers,
    format: ({ customers }) => formatCount(customers),
  },
  mean("actual", "Orders in the hold-out, mean"),
  mean("low", "95 % from"),
  mean("high", "to"),
  mean("expected", "Forecast"),
];

function describeGroup(group: Group): string {
  const { actual, low, high, expected, customers } = group;
  return `${nameGroup(group)} repeat orders before: ${formatMean(actual)} orders (95 %: ${formatMean(low)} to ${formatMean(high)}), forecast ${formatMean(expected)}, n = ${formatCount(customers)}`;
}

export function CalibrationFigure({ report }: { readonly report: RepurchaseReport }) {
  const groups = report.calibrationByFrequency.filter(({ customers }) => customers > 0);
  if (groups.length === 0) return null;
  const inside = groups.filter(({ expected, low, high }) => expected >= low && expected <= high).length;
  const sentence = `In ${inside} of ${formatCountOf(groups.length, "group")} the forecast lies within the interval of what happened, n = ${formatCount(report.customers)} customers.`;
  const plot = calibrationPlot({
    ...{ title: TITLE, sentence, format: formatMean },
    upwards: "orders a customer in the hold-out, mean",
    by: "repeat orders before the hold-out",
    groups: groups.map((group) => ({ ...group, label: nameGroup(group), tip: describeGroup(group) })),
  });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-calibration"
      description="Customers by how often they had ordered again before the hold-out. Where the dashed line runs through the whiskers, the forecast fits."
      total={sentence}
      table={{ columns: COLUMNS, rows: groups }}
      svg={() => drawPlot(plot)}
    >
      <PlotFigure plot={plot} height={300} />
    </ChartFrame>
  );
}
