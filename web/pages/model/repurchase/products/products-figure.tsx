/**
 * Products by orders: who buys them again, after how many days, and for how many customers they are due.
 */
import { Stack, Text } from "@mantine/core";
import type { Answer } from "../../../../api/types.ts";
import { drawBreakdown } from "../../../../charts/svg-breakdown.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import { type Column, DataTable } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatDecimal, formatShare, NONE } from "../../../../ui/format.ts";
import { describeInterval } from "../../../../ui/interval.tsx";
import { Whole, WithSmall } from "../views/numbers.tsx";
import { formatDate } from "../views/repurchase-words.ts";

type ProductsReport = Answer<"repurchase-products">;
type Product = ProductsReport["products"][number];

const TITLE = "What is bought again, and how soon";
/** As many bars as can be told apart. */
const MOST_BARS = 20;

const days = (value: number) => formatDecimal(value, value >= 10 ? 0 : 1);

const PRODUCT: Column<Product> = {
  ...{ key: "product", title: "Product", value: ({ product }) => product },
  format: ({ product }) => (
    <Text span inherit style={{ overflowWrap: "anywhere" }}>
      {product}
    </Text>
  ),
};

const count = (key: "orders" | "buyers" | "repeatBuyers" | "due", title: string): Column<Product> => ({
  ...{ key, title, align: "right" },
  value: (product) => product[key],
  format: (product) => formatCount(product[key]),
});

const SHOWN: readonly Column<Product>[] = [
  PRODUCT,
  count("orders", "Orders"),
  count("buyers", "Customers"),
  {
    ...{ key: "share", title: "Bought again by", align: "right" },
    value: ({ share }) => share,
    format: ({ share, low, high }) => (
      <WithSmall value={formatShare(share)} small={describeInterval({ low, high, unit: "share" })} />
    ),
  },
  {
    ...{ key: "replenishment", title: "Again after", align: "right" },
    value: ({ replenishment }) => replenishment?.days ?? null,
    format: ({ replenishment }) =>
      replenishment === null ? (
        <Whole>too few to say</Whole>
      ) : (
        <WithSmall
          value={`${days(replenishment.days)} days`}
          small={`80 %: ${days(replenishment.low)} to ${days(replenishment.high)}, n = ${formatCount(replenishment.n)}`}
        />
      ),
  },
  {
    ...count("due", "Due now, customers"),
    format: ({ due }) => <Whole>{due === null ? NONE : formatCount(due)}</Whole>,
  },
];

const again = (key: "days" | "low" | "high" | "n", title: string): Column<Product> => ({
  ...{ key, title, align: "right" },
  value: ({ replenishment }) => replenishment?.[key] ?? null,
  format: ({ replenishment }) => (replenishment === null ? NONE : days(replenishment[key])),
});
const share = (key: "share" | "low" | "high", title: string): Column<Product> => ({
  ...{ key: `share ${key}`, title, align: "right" },
  value: (product) => product[key],
  format: (product) => formatShare(product[key]),
});

const ALL: readonly Column<Product>[] = [
  ...[PRODUCT, count("orders", "Orders"), count("buyers", "Customers"), count("repeatBuyers", "Bought again")],
  ...[share("share", "Share bought again"), share("low", "95 % from"), share("high", "to")],
  ...[
    again("days", "Again after, days"),
    again("low", "80 % from"),
    again("high", "to"),
    again("n", "Repeat purchases"),
  ],
  count("due", "Due now, customers"),
];

export function ProductsFigure({ report }: { readonly report: ProductsReport }) {
  const { products, total, endOfData } = report;
  const bars = products
    .flatMap(({ product, replenishment }) => {
      if (replenishment === null) return [];
      return [
        {
          label: product,
          value: replenishment.days,
          low: replenishment.low,
          high: replenishment.high,
          n: replenishment.n,
        },
      ];
    })
    .slice(0, MOST_BARS);
  const svg = () =>
    drawBreakdown({ title: `${TITLE}: days, with the middle 80 % of customers`, rows: bars, format: days });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-products"
      description="The typical time until a customer buys the product again, and below it where that time lies for eight in ten customers. Due now: customers whose own time says so for the 14 days after the end of the data, or who are late by less than once their time."
      total={`${formatCount(products.length)} of ${formatCountOf(total, "product")}, the most ordered first; data until ${formatDate(endOfData)}.`}
      table={{ columns: ALL, rows: products }}
      svg={bars.length > 0 ? svg : undefined}
    >
      <Stack gap="sm">
        {bars.length === 0 && (
          <Text size="sm" c="dimmed">
            No product was bought again often enough (20 times) to say after how long.
          </Text>
        )}
        <DataTable
          caption={TITLE}
          hideCaption
          columns={SHOWN}
          rows={products}
          rowKey={({ product }) => product}
          maxHeight={640}
        />
      </Stack>
    </ChartFrame>
  );
}
