/**
 * Products on a terminal: how soon each is bought again, and how well next products are foretold.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type ProductsAnswer = Answer<"repurchase-products">;
type Row = ProductsAnswer["products"][number];

const right = { align: "right" } as const;

const COLUMNS: readonly Column<Row>[] = [
  { title: "Product", value: ({ product }) => product },
  { title: "Orders", ...right, value: ({ orders }) => formatNumber(orders) },
  { title: "Buyers", ...right, value: ({ buyers }) => formatNumber(buyers) },
  { title: "Bought again", ...right, value: ({ share }) => formatShare(share) },
  { title: "95 % interval", ...right, value: ({ low, high }) => formatShareInterval(low, high) },
  { title: "Days between", ...right, value: ({ replenishment }) => formatDays(replenishment?.days) },
  {
    title: "Middle 80 %",
    ...right,
    value: ({ replenishment: days }) => (days === null ? "" : `${formatDays(days.low)}–${formatDays(days.high)}`),
  },
  { title: "n", ...right, value: ({ replenishment }) => formatNumber(replenishment?.n) },
  { title: "Due", ...right, value: ({ due }) => formatNumber(due) },
];

function formatDays(days: number | undefined): string {
  return days === undefined ? "–" : formatNumber(Math.round(days));
}

function describeBackTest({ backTest }: ProductsAnswer): string[] {
  if (backTest === null)
    return ["", "  Under 100 customers ordered twice: how well next products are foretold is not known."];
  const { customers, recall, low, high, global } = backTest;
  return [
    "",
    `  Of the products in the last order of ${formatCount(customers, "customer")}, ${formatShare(recall)} ` +
      `(95 %: ${formatShareInterval(low, high)}) were among the ten foretold; ${formatShare(global)} among the ten that everybody buys.`,
  ];
}

export function renderRepurchaseProducts(answer: ProductsAnswer): string[] {
  const { products, total } = answer;
  return [
    ...renderBasis("When products are bought again", formatCount(total, "product"), answer),
    ...renderTable(COLUMNS, products),
    ...(products.length < total
      ? ["", `  The first ${formatNumber(products.length)} by orders (--top lists more).`]
      : []),
    ...describeBackTest(answer),
  ];
}
