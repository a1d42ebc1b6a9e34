/**
 * Below which number of customers nothing is forecast, and the sentence that says so.
 * Above it a forecast may still be poor: that is what hold-outs are for.
 */
import { dayToDate } from "../calendar-day.ts";
import type { Lack, RepurchaseReport } from "../repurchase-schema.ts";
import { sumOver } from "./back-test.ts";
import type { CutPatterns } from "./read-patterns.ts";
import { sumLater } from "./scores.ts";

const REPEATERS = 300;
const RETURNING = 100;

export type Floor = RepurchaseReport["floor"];

export const NOBODY: Floor = {
  ...{ repeaters: 0, repeatersRequired: REPEATERS },
  ...{ returning: 0, returningRequired: RETURNING },
};

/** Customers with a second purchase day by the cut-off, and those of all who bought after it. */
export function measureFloor(cut: CutPatterns): Floor {
  const { x, customers } = cut.patterns;
  return {
    ...NOBODY,
    repeaters: sumOver(
      customers,
      x.map((repeats) => Number(repeats > 0)),
    ),
    returning: sumLater(cut).buyers.reduce((sum, count) => sum + count, 0),
  };
}

export function isBelow({ repeaters, returning }: Floor): boolean {
  return repeaters < REPEATERS || returning < RETURNING;
}

const count = (n: number) => n.toLocaleString("en-US");

/** Both numbers and both floors; `n` and `required` are of the first that is missed. */
export function explainFloor({ repeaters, returning }: Floor, { end, until }: CutPatterns["cutOff"]): Lack {
  const calibration = `${count(repeaters)} customers bought on a second day by ${dayToDate(end)} (${REPEATERS} are needed)`;
  const holdout = `${count(returning)} of those who had bought by then bought between ${dayToDate(end + 1)} and ${dayToDate(until)} (${RETURNING} are needed)`;
  const reason = `Not enough repeat purchases to test a forecast: ${calibration}, and ${holdout}.`;
  return repeaters < REPEATERS
    ? { reason, n: repeaters, required: REPEATERS }
    : { reason, n: returning, required: RETURNING };
}

/** Where there is no span to look at. */
export function explainNothing(hasOrders: boolean): Lack {
  const reason = hasOrders
    ? "Not enough repeat purchases to test a forecast: known customers must have ordered before the hold-out begins, in data of two weeks or more."
    : "No touchpoint has the role «order»; give it to the one that stands for an order.";
  return { reason, n: 0, required: REPEATERS };
}
