/**
 * The alive map: mean P(alive) and mean expected purchase days by days since the last purchase × purchase days.
 * Only cells with a customer are given; whose they are is asked by the cell's bounds (repurchase-customers.ts).
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { RepurchaseReport } from "../repurchase-schema.ts";
import type { PatternForecasts } from "./rfm.ts";

type AliveCell = RepurchaseReport["aliveMap"][number];

/** Where a band begins; it ends before the next one, the last is open. */
const SINCE_DAYS = [0, 7, 14, 30, 60, 90, 180, 365, 730];
const ORDERS = [1, 2, 3, 4, 6, 10, 20];

function findBand(bands: readonly number[], value: number): number {
  return bands.findLastIndex((from) => from <= value);
}

/** A cell with sums in the place of means. */
function openCell(since: number, orders: number): AliveCell {
  const next = ORDERS[orders + 1];
  return {
    sinceFrom: SINCE_DAYS[since] as number,
    sinceTo: SINCE_DAYS[since + 1] ?? null,
    ordersFrom: ORDERS[orders] as number,
    ordersTo: next === undefined ? null : next - 1,
    ...{ customers: 0, alive: 0, expected: 0 },
  };
}

/** The map over all customers of the patterns: means over customers, cells by silence, then by purchase days. */
export function mapAlive(patterns: PurchasePatterns, { alive, expected }: PatternForecasts): AliveCell[] {
  const { x, recency, age, customers } = patterns;
  const cells = SINCE_DAYS.map((_, since) => ORDERS.map((__, orders) => openCell(since, orders)));
  for (const [at, count] of customers.entries()) {
    const days = Math.round(7 * ((age[at] as number) - (recency[at] as number)));
    const cell = cells[findBand(SINCE_DAYS, days)]?.[findBand(ORDERS, (x[at] as number) + 1)];
    if (!cell) continue;
    cell.customers += count;
    cell.alive += count * (alive[at] as number);
    cell.expected += count * (expected[at] as number);
  }
  return cells
    .flat()
    .filter((cell) => cell.customers > 0)
    .map((cell) => ({ ...cell, alive: cell.alive / cell.customers, expected: cell.expected / cell.customers }));
}
