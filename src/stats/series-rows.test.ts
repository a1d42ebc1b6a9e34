/** Rows as a series, and what is checked of one before it is believed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SeriesQuestion } from "./interrupted-fit.ts";
import { estimateInterruption } from "./interrupted-series.ts";
import { isNoAnswer } from "./no-answer.ts";
import { checkSeries } from "./series-checks.ts";
import { orderSeries, type SeriesRow } from "./series-rows.ts";

const ROWS: readonly SeriesRow[] = [9, 10, 11, 12].map((time) => ({
  time,
  value: 2 * time,
  offset: time,
  treated: time > 10,
}));

test("rows in any order are one series", () => {
  const wanted = {
    times: [9, 10, 11, 12],
    values: Float64Array.of(18, 20, 22, 24),
    offset: Float64Array.of(9, 10, 11, 12),
    before: 2,
  };
  fc.assert(
    fc.property(fc.shuffledSubarray([...ROWS], { minLength: 4 }), (rows) => {
      expect(orderSeries(rows)).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
  const months = ROWS.map(({ time, value, treated }) => ({
    time: `2024-${String(time).padStart(2, "0")}`,
    value,
    treated,
  }));
  expect(orderSeries(months)).not.toHaveProperty("offset");
  expect(orderSeries(months)).toMatchObject({ before: 2 });
});

test("rows that are no series say why", () => {
  const reason = (rows: readonly SeriesRow[]) => {
    const found = orderSeries(rows);
    return isNoAnswer(found) ? `${found.noAnswer} ${found.field}: ${found.reason}` : "a series";
  };
  const [first, second, third, last] = ROWS as [SeriesRow, SeriesRow, SeriesRow, SeriesRow];
  expect(reason([...ROWS, last])).toMatch(/^not-a-block time: There is more than one row at 12/);
  expect(reason([first, second, last])).toMatch(/^not-a-block time: Periods are missing between 10 and 12/);
  expect(reason([first, second])).toMatch(/^too-few treated: No period/);
  expect(reason([third, last])).toMatch(/^too-few treated: Every period/);
  expect(reason([first, second, third, { ...last, treated: false }])).toMatch(
    /^not-a-block treated: The change ends at 12/,
  );
  expect(reason([])).toMatch(/^too-few treated/);
});

test("what is checked: seasons, errors that follow each other, a change made up before the real one", () => {
  const failed = (question: SeriesQuestion) => {
    const found = estimateInterruption(question);
    if (isNoAnswer(found)) throw new Error(found.reason);
    return checkSeries(question, found).flatMap(({ id, passed }) => (passed ? [] : [id]));
  };
  const wobble = (at: number) => [1, -1, 0.5, 0, -0.5][at % 5] ?? 0;
  const build = (course: (at: number) => number) => Array.from({ length: 40 }, (_, at) => 50 + course(at));
  const plain = { values: build(wobble), before: 30, family: "means" } as const;
  expect(failed(plain)).toEqual([]);
  expect(failed({ ...plain, season: { period: 20, pairs: 1 } })).toEqual(["seasons-before"]);
  expect(failed({ ...plain, values: build((at) => wobble(at) + (at >= 15 ? 9 : 0)) })).toContain("made-up-change");
  expect(failed({ ...plain, values: build((at) => 9 * Math.sin(at / 3)) })).toContain("serial-correlation");
});
