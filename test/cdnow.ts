/**
 * CDNOW's purchases as customers' patterns: the data every model of purchase counts was published on.
 * What the models must say of them is in their tests.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PurchasePatterns } from "../src/stats/purchase/purchase-model.ts";
import { REAL_DATA } from "./real-data.ts";

const DAY = 86_400_000;
/** The end of the calibration of the papers, 39 weeks before the end of the data. */
const CALIBRATION_END = Date.UTC(1997, 8, 30) / DAY;

/** Days of purchase of each customer, in order, each day once. */
function readDays(file: string, column: number): number[][] {
  const customers = new Map<string, Set<number>>();
  for (const line of readFileSync(join(REAL_DATA, "cdnow", file), "utf8").split("\n")) {
    const cells = line.trim().split(/\s+/u);
    const date = cells[column] ?? "";
    if (!/^\d{8}$/u.test(date)) continue;
    const day = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / DAY;
    const days = customers.get(cells[0] ?? "") ?? new Set();
    customers.set(cells[0] ?? "", days.add(day));
  }
  return Array.from(customers.values(), (days) => Array.from(days).sort((a, b) => a - b));
}

function compress(customers: readonly (readonly number[])[]): PurchasePatterns {
  const rows = new Map<string, [number, number, number, number]>();
  let logGaps = 0;
  for (const days of customers) {
    const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
    for (const [at, day] of days.entries()) if (at > 0) logGaps += Math.log((day - (days[at - 1] ?? 0)) / 7);
    const [x, recency, age] = [days.length - 1, last - first, CALIBRATION_END - first];
    const row = rows.get(`${x} ${recency} ${age}`);
    if (row) row[3]++;
    else rows.set(`${x} ${recency} ${age}`, [x, recency / 7, age / 7, 1]);
  }
  const pick = (at: number) => Float64Array.from(rows.values(), (row) => row[at] ?? 0);
  return { x: pick(0), recency: pick(1), age: pick(2), customers: pick(3), logGaps };
}

/** Calibration patterns: 2,357 customers of the published sample, or all 23,570. */
export function readCdnow(which: "sample" | "master"): PurchasePatterns {
  const all = which === "sample" ? readDays("CDNOW_sample.txt", 2) : readDays("CDNOW_master.txt", 1);
  return compress(all.map((days) => days.filter((day) => day <= CALIBRATION_END)).filter((days) => days.length > 0));
}
