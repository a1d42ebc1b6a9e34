/**
 * Customers with their forecasts on a terminal: how the forecast did before, then a line a customer.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { MODEL_WORDS } from "../domain/repurchase-words.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatMoney, formatNumber, formatShare } from "./format.ts";
import { formatBias, renderWarnings } from "./render-repurchase-fit.ts";
import { type Column, renderTable } from "./table.ts";

type CustomersAnswer = Answer<"repurchase-customers">;
type Row = CustomersAnswer["customers"][number];

const right = { align: "right" } as const;

function columnsOf({ currency, customers }: CustomersAnswer): Column<Row>[] {
  const money = (title: string, of: (row: Row) => number | null): Column<Row>[] =>
    customers.some((row) => of(row) !== null)
      ? [
          {
            title: currency === "" ? title : `${title}, ${currency}`,
            ...right,
            value: (row) => {
              const sum = of(row);
              return sum === null ? "" : formatMoney(sum);
            },
          },
        ]
      : [];
  return [
    { title: "Customer", value: ({ customer }) => customer },
    { title: "Orders", ...right, value: ({ frequency }) => formatNumber(frequency + 1) },
    { title: "Last", value: ({ lastOrder }) => lastOrder },
    { title: "Expected", ...right, value: ({ expectedOrders }) => expectedOrders.toFixed(2) },
    { title: "95 %", ...right, value: ({ low, high }) => `${low}–${high}` },
    { title: "At least one", ...right, value: ({ atLeastOne }) => formatShare(atLeastOne) },
    { title: "Still a customer", ...right, value: ({ pAlive }) => formatShare(pAlive) },
    ...money("Value", ({ expectedValue }) => expectedValue),
    { title: "Next due", value: ({ nextOrderDue }) => nextOrderDue ?? "–" },
    { title: "State", value: ({ state }) => state },
    { title: "Segment", value: ({ segment }) => segment },
  ];
}

function describeBackTest({ chosen, backTest, horizonDays, endOfData }: CustomersAnswer): string[] {
  if (chosen === null || backTest === null) return [];
  return [
    `  In the ${formatCount(horizonDays, "day")} after ${endOfData}, by ${MODEL_WORDS[chosen].name}. On the hold-out its total was off by ` +
      `${formatBias(backTest.bias)}; the tenth ranked first made ${formatShare(backTest.topDecileShare)} of all purchases.`,
    "",
  ];
}

export function renderRepurchaseCustomers(answer: CustomersAnswer): string[] {
  const { customers, total } = answer;
  return [
    ...renderBasis("Who will buy again", formatCount(total, "customer"), answer),
    ...describeBackTest(answer),
    ...(customers.length > 0 ? renderTable(columnsOf(answer), customers) : ["  Nobody is in this selection."]),
    ...(customers.length > 0 && customers.length < total
      ? ["", `  The first ${formatNumber(customers.length)} of ${formatNumber(total)} (--top lists more).`]
      : []),
    ...renderWarnings(answer.warnings),
  ];
}
