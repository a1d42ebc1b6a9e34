/**
 * Cohorts of buyers as rows of a table with heat: what a cell shows under each choice, and what it says.
 */
import type { Answer } from "../../../../api/types.ts";
import { formatCount, formatCountOf, formatShare, formatValue, NONE } from "../../../../ui/format.ts";
import { describeInterval } from "../../../../ui/interval.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";
import { formatMean } from "../views/repurchase-words.ts";

export type CohortsReport = Answer<"repurchase-cohorts">;
type Cell = CohortsReport["all"]["cells"][number];
type Show = RepurchaseSearch["show"];

export const SHOW_WORDS: Readonly<
  Record<Show, { readonly choice: string; readonly title: string; readonly says: string }>
> = {
  repeated: {
    choice: "ordered again so far",
    title: "Who has ordered again, by when they began",
    says: "The share with a second order by the end of the period.",
  },
  active: {
    choice: "ordered in the period",
    title: "Who orders in which period, by when they began",
    says: "The share that ordered again within the period.",
  },
  orders: {
    choice: "orders so far",
    title: "Orders a customer, by when they began",
    says: "Mean orders a customer from the first to the end of the period, the first included.",
  },
  revenue: {
    choice: "revenue so far",
    title: "Revenue a customer, by when they began",
    says: "Mean revenue a customer from the first order to the end of the period, the first included.",
  },
};

/** Period 1 is days 1–30 after the first order. */
export function namePeriod(period: number): string {
  return `to day ${period * 30}`;
}

/** "January 2025", "Q1 2025". */
export function nameCohort(start: string, cohort: CohortsReport["cohort"]): string {
  const day = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  if (cohort === "quarter") return `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${day.getUTCFullYear()}`;
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(day);
}

export interface CohortRow {
  readonly key: string;
  readonly name: string;
  readonly customers: number;
  readonly cells: readonly Cell[];
}

export function toCohortRows({ cohorts, all, cohort }: CohortsReport): readonly CohortRow[] {
  return [
    ...cohorts.map(({ start, customers, cells }) => ({
      key: start,
      name: nameCohort(start, cohort),
      customers,
      cells,
    })),
    { key: "all", name: "All", ...all },
  ];
}

/** The number of a cell as it is shown. */
export function formatCell(value: number | null, show: Show, currency: string): string {
  if (value === null) return NONE;
  if (show === "orders") return formatMean(value);
  return show === "revenue" ? formatValue(Math.round(value), currency) : formatShare(value, 0);
}

const isShare = (show: Show) => show === "repeated" || show === "active";

/** The whole sentence of a cell, with n and, for shares in a period, the interval. */
export function describeCohortCell(cell: Cell, name: string, show: Show, currency: string): string {
  const { period, n } = cell;
  const place = `${name}, ${show === "active" ? `day ${(period - 1) * 30 + 1} to ${period * 30}` : namePeriod(period)}`;
  const value = cell[show];
  if (value === null) return `${place}: not over yet for anybody`;
  const ends = show === "active" ? cell : { low: cell.repeatedLow, high: cell.repeatedHigh };
  const interval = isShare(show) ? `, ${describeInterval({ low: ends.low, high: ends.high, unit: "share" })}` : "";
  const nouns = {
    repeated: " have ordered again",
    active: " ordered",
    orders: " orders a customer",
    revenue: " a customer",
  };
  const number = isShare(show) ? formatShare(value) : formatCell(value, show, currency);
  return `${place}: ${number}${nouns[show]} (of ${formatCountOf(n, "customer")} observed that long${interval})`;
}

/** Heat 0 … 1 of the largest cell; means of orders from 1, which everybody has. */
export function heatOf(rows: readonly CohortRow[], show: Show): (value: number | null) => number | null {
  const base = show === "orders" ? 1 : 0;
  const most = Math.max(1e-9, ...rows.flatMap(({ cells }) => cells.map((cell) => (cell[show] ?? base) - base)));
  return (value) => (value === null ? null : Math.max(0, value - base) / most);
}

/** A cohort's head: "1,204". */
export function describeSize({ name, customers }: CohortRow): string {
  return `${name}: ${formatCountOf(customers, "customer")} ordered for the first time`;
}

export function shortSize({ customers }: CohortRow): string {
  return formatCount(customers);
}
