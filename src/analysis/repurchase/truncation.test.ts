import { describe, expect, it } from "vitest";
import type { PurchaseWeek } from "./study-span.ts";
import { detectTruncation } from "./truncation.ts";

/** First purchases and repeats by week. */
function weeksOf(counts: readonly (readonly [firsts: number, repeats: number])[]): PurchaseWeek[] {
  return counts.map(([firsts, repeats], week) => ({ from: 7 * week, to: 7 * week + 6, firsts, repeats, others: 0 }));
}

const weeks = (many: number, of: (week: number) => readonly [number, number]) =>
  weeksOf(Array.from({ length: many }, (_, week) => of(week)));

describe("detectTruncation", () => {
  it("sees old customers look new at the start, while sales hold", () => {
    const cutOff = weeks(26, (week) => [80 + Math.round(320 * 0.7 ** week), 300 - Math.round(250 * 0.7 ** week)]);
    expect(detectTruncation(cutOff)).toEqual({
      newAtStart: expect.closeTo(282.75, 2),
      newLater: expect.closeTo(80.4, 0),
    });
  });

  it("keeps quiet for a closed cohort, a shop that grows, one that shrinks, and a handful of customers", () => {
    expect(detectTruncation(weeks(39, (week) => [week < 12 ? 2000 : 0, week < 12 ? 60 * week : 600]))).toBeNull();
    expect(detectTruncation(weeks(80, (week) => [10 + 2 * week, Math.round(week / 2)]))).toBeNull();
    expect(detectTruncation(weeks(40, (week) => [400 - 9 * week, 100 - 2 * week]))).toBeNull();
    expect(detectTruncation(weeks(26, (week) => [week < 4 ? 3 : 1, 4]))).toBeNull();
    expect(detectTruncation(weeks(9, (week) => [week < 3 ? 400 : 50, 300]))).toBeNull();
  });
});
