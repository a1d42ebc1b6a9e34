/**
 * Whether it would have done so before: the same contest with the data ended earlier, the chosen model beside the best simple rule.
 */
import { BASELINE_WORDS } from "../../../../../src/domain/repurchase-words.ts";
import { drawBreakdown } from "../../../../charts/svg-breakdown.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import { type Column, DataTable } from "../../../../ui/data-table.tsx";
import { formatCount, formatDecimal } from "../../../../ui/format.ts";
import { Whole } from "../views/numbers.tsx";
import { formatBias, formatDate, type RepurchaseReport } from "../views/repurchase-words.ts";

type Split = RepurchaseReport["splits"][number];

const TITLE = "How it would have done earlier";

const number = (
  key: string,
  title: string,
  value: (split: Split) => number | null,
  show: (value: number | null) => string,
): Column<Split> => ({
  ...{ key, title, align: "right", value },
  format: (split) => <Whole>{show(value(split))}</Whole>,
});
const decimal = (value: number | null) => formatDecimal(value, 3);

const COLUMNS: readonly Column<Split>[] = [
  {
    ...{ key: "from", title: "Hold-out", value: ({ from }) => from },
    format: ({ from, to }) => (
      <Whole>
        {formatDate(from)} – {formatDate(to)}
      </Whole>
    ),
  },
  number("customers", "Customers", ({ customers }) => customers, formatCount),
  number("actual", "Orders", ({ actual }) => actual, formatCount),
  number("bias", "Total off by", ({ chosen }) => chosen.bias, formatBias),
  number("rmse", "RMSE", ({ chosen }) => chosen.rmse, decimal),
  number("auc", "AUC", ({ chosen }) => chosen.auc, decimal),
  { key: "baseline", title: "Best simple rule", value: ({ baseline }) => BASELINE_WORDS[baseline.id].name },
  number("baselineRmse", "its RMSE", ({ baseline }) => baseline.holdout.rmse, decimal),
  number("baselineAuc", "its AUC", ({ baseline }) => baseline.holdout.auc, decimal),
];

export function SplitsFigure({ report: { splits } }: { readonly report: RepurchaseReport }) {
  if (splits.length === 0) return null;
  const svg = () =>
    drawBreakdown({
      title: `${TITLE}: how far the total was off`,
      rows: splits.map(({ from, to, chosen, customers }) => {
        const label = `${formatDate(from)} – ${formatDate(to)}`;
        return { label, value: chosen.bias, low: null, high: null, n: customers, note: "nobody ordered" };
      }),
      format: formatBias,
    });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-splits"
      description="The model is fitted anew on what was known at each time and tried on what came then: a model that is right only once was lucky. The first is the hold-out above."
      table={{ columns: COLUMNS, rows: splits }}
      svg={svg}
    >
      <DataTable caption={TITLE} hideCaption columns={COLUMNS} rows={splits} rowKey={({ from }) => from} />
    </ChartFrame>
  );
}
