/** Rows as blocks: the order of controls, treated units and periods, and each reason why rows are none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildBlockPanel, type PanelRow } from "./block-panel.ts";
import { isNoAnswer } from "./no-answer.ts";

/** Three units in four months; b changes in the third. */
const ROWS: readonly PanelRow[] = ["c", "b", "a"].flatMap((unit, at) =>
  ["2024-01", "2024-02", "2024-03", "2024-04"].map((time, period) => ({
    unit,
    time,
    value: 10 * at + period,
    treated: unit === "b" && period >= 2,
  })),
);

function reasonOf(rows: readonly PanelRow[]): string {
  const found = buildBlockPanel(rows);
  return isNoAnswer(found) ? `${found.noAnswer} ${found.field}: ${found.reason}` : "a block";
}

test("controls first, then the treated, each by name; periods in time", () => {
  expect(buildBlockPanel(ROWS)).toEqual({
    units: ["a", "c", "b"],
    periods: ["2024-01", "2024-02", "2024-03", "2024-04"],
    controls: 2,
    before: 2,
    values: Float64Array.of(20, 21, 22, 23, 0, 1, 2, 3, 10, 11, 12, 13),
  });
});

test("the order of the rows does not matter", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...ROWS], { minLength: ROWS.length }), (rows) => {
      expect(buildBlockPanel(rows)).toEqual(buildBlockPanel(ROWS));
    }),
    { numRuns: 20 },
  );
});

test("numbers are sorted as numbers", () => {
  const rows = ["a", "b"].flatMap((unit) =>
    [9, 10, 11].map((time) => ({ unit, time, value: time, treated: unit === "b" && time > 10 })),
  );
  expect(buildBlockPanel(rows)).toMatchObject({ periods: [9, 10, 11], before: 2 });
});

test("each reason why rows are no block names the place", () => {
  const change = (unit: string, time: string, to: Partial<PanelRow>) =>
    ROWS.map((row) => (row.unit === unit && row.time === time ? { ...row, ...to } : row));
  expect(reasonOf(ROWS.slice(1))).toMatch(/^not-a-block time: c has no row at 2024-01/);
  expect(reasonOf([...ROWS, ROWS[0] as PanelRow])).toMatch(/^not-a-block time: c has more than one row at 2024-01/);
  expect(reasonOf(change("a", "2024-02", { value: Number.NaN }))).toMatch(
    /^not-finite value: a has no number at 2024-02/,
  );
  expect(reasonOf(change("b", "2024-04", { treated: false }))).toMatch(/^not-a-block treated: The change of b ends/);
  expect(reasonOf(change("c", "2024-04", { treated: true }))).toMatch(/^not-a-block treated: c starts later/);
  expect(reasonOf(ROWS.map((row) => ({ ...row, treated: false })))).toMatch(
    /^too-few treated: No unit is ever treated/,
  );
  expect(reasonOf(ROWS.filter(({ unit }) => unit === "b"))).toMatch(/^too-few treated: Every unit is treated/);
  expect(reasonOf([])).toMatch(/^too-few treated: No unit/);
});
