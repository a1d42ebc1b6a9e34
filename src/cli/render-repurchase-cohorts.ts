/**
 * Cohorts of buyers on a terminal: who repeated by a fixed age, orders and revenue a customer, the second order, a projection.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatMoney, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type CohortsAnswer = Answer<"repurchase-cohorts">;
type Cell = CohortsAnswer["all"]["cells"][number];

interface Row {
  readonly start: string;
  readonly customers: number;
  readonly cells: readonly Cell[];
}

const right = { align: "right" } as const;
const PERIOD_DAYS = 30;
/** Columns of the terminal's table; the JSON has every period. */
const SHOWN_PERIODS = [1, 2, 3, 6, 9, 12, 18, 24];
/** Points of the curve worth a line. */
const CURVE_DAYS = [30, 60, 90, 180, 365, 730];

function periodColumns(periods: number, show: (cell: Cell) => string): Column<Row>[] {
  return SHOWN_PERIODS.filter((period) => period <= periods).map((period) => ({
    title: `${period * PERIOD_DAYS} d`,
    ...right,
    value: ({ cells }) => {
      const cell = cells.find((one) => one.period === period);
      return cell === undefined || cell.n === 0 ? "" : show(cell);
    },
  }));
}

/** "1997-01", "1997 Q1" */
function nameCohort(start: string, unit: CohortsAnswer["cohort"]): string {
  return unit === "month" ? start.slice(0, 7) : `${start.slice(0, 4)} Q${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
}

function renderPart(title: string, answer: CohortsAnswer, show: (cell: Cell) => string): string[] {
  const cohorts = answer.cohorts.map(({ start, ...cohort }) => ({
    start: nameCohort(start, answer.cohort),
    ...cohort,
  }));
  const rows: Row[] = [...cohorts, { start: "all", ...answer.all }];
  const periods = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns: Column<Row>[] = [
    { title: "First order", value: ({ start }) => start },
    { title: "Customers", ...right, value: ({ customers }) => formatNumber(customers) },
    ...periodColumns(periods, show),
  ];
  return ["", title, ...renderTable(columns, rows)];
}

function renderSecondOrder({ secondOrder: { n, medianDays, curve } }: CohortsAnswer): string[] {
  const median =
    medianDays === null
      ? "less than half order a second time"
      : `half have ordered again after ${formatNumber(medianDays)} days`;
  const rows = CURVE_DAYS.flatMap((days) => curve.filter((point) => point.days === days));
  return [
    "",
    `Time to the second order (${formatCount(n, "customer")}): ${median}`,
    ...renderTable(
      [
        { title: "Days", ...right, value: ({ days }) => formatNumber(days) },
        { title: "Ordered again", ...right, value: ({ share }) => formatShare(share) },
        { title: "95 % interval", ...right, value: ({ low, high }) => formatShareInterval(low, high) },
        { title: "Still observed", ...right, value: ({ atRisk }) => formatNumber(atRisk) },
      ],
      rows,
    ),
  ];
}

function renderProjection({ projection }: CohortsAnswer): string[] {
  if (projection === null) return [];
  const { periods, error, naive } = projection;
  const columns: Column<(typeof periods)[number]>[] = [
    { title: "90-day period", ...right, value: ({ period }) => formatNumber(period) },
    { title: "Observed", ...right, value: ({ observed }) => formatShare(observed) },
    { title: "Projected", ...right, value: ({ expected }) => formatShare(expected) },
    { title: "", value: ({ observed, fitted }) => (observed !== null && !fitted ? "held out" : "") },
  ];
  return [
    "",
    "Customers kept (another purchase in the period or later), projected by sBG",
    ...renderTable(columns, periods),
    ...(error === null || naive === null
      ? []
      : [`  Off by ${formatShare(error)} on the held-out periods; «stays as it was» is off by ${formatShare(naive)}.`]),
  ];
}

export function renderRepurchaseCohorts(answer: CohortsAnswer): string[] {
  const { all, currency } = answer;
  const valued = all.cells.some(({ revenue }) => revenue !== null);
  const unit = currency === "" ? "" : `, ${currency}`;
  return [
    ...renderBasis("Cohorts of buyers", formatCount(all.customers, "customer"), answer),
    ...renderPart("Share that ordered again by this age", answer, ({ repeated }) => formatShare(repeated)).slice(1),
    ...renderPart("Orders a customer by this age", answer, ({ orders }) => (orders === null ? "" : orders.toFixed(2))),
    ...(valued
      ? renderPart(`Revenue a customer by this age${unit}`, answer, ({ revenue }) =>
          revenue === null ? "" : formatMoney(revenue),
        )
      : []),
    ...renderSecondOrder(answer),
    ...renderProjection(answer),
  ];
}
