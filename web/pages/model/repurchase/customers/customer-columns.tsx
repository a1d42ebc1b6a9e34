/**
 * A customer's forecast as a row: what is shown, and everything that goes into the file.
 */
import { Text } from "@mantine/core";
import type { Answer } from "../../../../api/types.ts";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatShare, formatValue } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";
import { Whole, WithSmall } from "../views/numbers.tsx";
import { describeAlive, formatChance, formatDate, formatMean, keepTogether } from "../views/repurchase-words.ts";

export type CustomersReport = Answer<"repurchase-customers">;
type Row = CustomersReport["customers"][number];

const formatDue = (day: string | null) => (day === null ? "not to be expected" : formatDate(day));

const FREQUENCY: Column<Row> = {
  ...{ key: "frequency", title: "Repeat orders", align: "right" },
  value: ({ frequency }) => frequency,
};
const LAST: Column<Row> = {
  ...{ key: "lastOrder", title: "Last order", value: ({ lastOrder }) => lastOrder },
  format: ({ lastOrder }) => <Whole>{formatDate(lastOrder)}</Whole>,
};
const EXPECTED: Column<Row> = {
  ...{ key: "expectedOrders", title: "Expected orders", align: "right" },
  value: ({ expectedOrders }) => expectedOrders,
  format: ({ expectedOrders, low, high }) => (
    <WithSmall value={formatMean(expectedOrders)} small={`95 %: ${formatCount(low)} to ${formatCount(high)}`} />
  ),
};
const SOME: Column<Row> = {
  ...{ key: "atLeastOne", title: "Orders at all", align: "right" },
  value: ({ atLeastOne }) => atLeastOne,
  format: ({ atLeastOne }) => <Whole>{formatChance(atLeastOne)}</Whole>,
};
const DUE: Column<Row> = {
  ...{ key: "nextOrderDue", title: "Next order due", value: ({ nextOrderDue }) => nextOrderDue },
  format: ({ nextOrderDue }) => (
    <Whole>{nextOrderDue === null ? "not to be expected" : formatDate(nextOrderDue)}</Whole>
  ),
};
const SEGMENT: Column<Row> = {
  ...{ key: "segment", title: "Segment", value: ({ segment }) => segment },
  format: ({ segment }) => <Whole>{segment}</Whole>,
};
const STATE: Column<Row> = {
  ...{ key: "state", title: "State", value: ({ state }) => state },
  format: ({ state }) => <Whole>{state}</Whole>,
};

/** Still a customer: the number, and the sentence that explains it. */
const ALIVE: Column<Row> = {
  ...{ key: "pAlive", title: "Still a customer", value: ({ pAlive }) => pAlive },
  format: ({ pAlive, because }) => (
    <div style={{ minWidth: 250, maxWidth: 420 }}>
      <Text span inherit>
        <Whole strong>{formatChance(pAlive)}</Whole> {describeAlive(pAlive)}
      </Text>
      <Text size="xs" c="dimmed">
        {keepTogether(because)}
      </Text>
    </div>
  ),
};

function nameColumn({ holdout, horizon }: RepurchaseSearch): Column<Row> {
  return {
    ...{ key: "customer", title: "Customer", value: ({ customer }) => customer },
    format: ({ customer }) => (
      <ScopeLink to="map/customer" search={{ customer, holdout, horizon }} inherit>
        {customer}
      </ScopeLink>
    ),
  };
}

function moneyColumn(key: "expectedValue" | "residualValue", title: string, currency: string): Column<Row> {
  return {
    ...{ key, title: currency === "" ? title : `${title}, ${currency}`, align: "right" },
    value: (row) => row[key],
    format: (row) => <Whole>{formatValue(row[key] === null ? null : Math.round(row[key]), "")}</Whole>,
  };
}

const hasValues = ({ customers }: CustomersReport) => customers.some(({ expectedValue }) => expectedValue !== null);

export function shownColumns(report: CustomersReport, search: RepurchaseSearch): readonly Column<Row>[] {
  const money = hasValues(report) ? [moneyColumn("expectedValue", "Expected value", report.currency)] : [];
  const due = {
    ...DUE,
    format: ({ nextOrderDue, lastOrder }: Row) => (
      <WithSmall value={formatDue(nextOrderDue)} small={`last ${formatDate(lastOrder)}`} />
    ),
  };
  const group = {
    ...SEGMENT,
    title: "Segment, state",
    format: ({ segment, state }: Row) => <WithSmall value={segment} small={state} />,
  };
  return [nameColumn(search), EXPECTED, SOME, ALIVE, ...money, due, group];
}

const number = (key: "recency" | "age" | "low" | "high", title: string): Column<Row> => ({
  ...{ key, title, align: "right" },
  value: (row) => row[key],
  format: (row) => formatMean(row[key]),
});

/** Every number there is, for the table and the file. */
export function allColumns(report: CustomersReport, search: RepurchaseSearch): readonly Column<Row>[] {
  const money = hasValues(report)
    ? [
        moneyColumn("expectedValue", "Expected value", report.currency),
        moneyColumn("residualValue", "Value still to come", report.currency),
      ]
    : [];
  const plain = { ...EXPECTED, format: ({ expectedOrders }: Row) => formatMean(expectedOrders) };
  const alive = { ...ALIVE, align: "right" as const, format: ({ pAlive }: Row) => formatShare(pAlive) };
  return [
    ...[nameColumn(search), plain, number("low", "95 % from"), number("high", "to"), SOME, alive, ...money, DUE],
    ...[
      SEGMENT,
      STATE,
      FREQUENCY,
      number("recency", "First to last order, weeks"),
      number("age", "Since the first order, weeks"),
    ],
    ...[LAST, { key: "because", title: "Why", value: ({ because }: Row) => because }],
  ];
}
