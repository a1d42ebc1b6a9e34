import { describe, expect, it } from "vitest";
import { isUnstaged, NEVER, type PanelColumns, readStagedPanel } from "./staged-panel.ts";
import { drawColumns, fitColumns, panelOf, withoutClusters } from "./staged-panels.case.ts";

type Row = readonly [unit: string, time: number, value: number, firstTreated: number, cluster?: string];

function columnsOf(rows: readonly Row[]): PanelColumns {
  return {
    unit: rows.map(([unit]) => unit),
    time: rows.map(([, time]) => time),
    value: rows.map(([, , value]) => value),
    firstTreated: rows.map(([, , , first]) => first),
    ...(rows[0]?.[4] === undefined ? {} : { cluster: rows.map(([, , , , cluster]) => cluster ?? "") }),
  };
}

const WHOLE: readonly Row[] = [
  ["b", 2, 5, 2],
  ["a", 1, 1, NEVER],
  ["a", 2, 2, NEVER],
  ["b", 1, 3, 2],
];

function why(rows: readonly Row[]) {
  const panel = readStagedPanel(columnsOf(rows));
  return isUnstaged(panel) ? [panel.unstaged, panel.field, panel.reason] : ["read"];
}

describe("readStagedPanel", () => {
  it("takes rows in any order", () => {
    const panel = panelOf(columnsOf(WHOLE));
    expect(panel.periods).toEqual([1, 2]);
    expect([...panel.values]).toEqual([3, 5, 1, 2]);
    expect([...panel.firstTreated]).toEqual([2, NEVER]);
    expect(panel).toMatchObject({ units: 2, cluster: null, notes: [] });
  });

  it("leaves out units that lack a period, and rows without a value, and says so", () => {
    const panel = panelOf(columnsOf([...WHOLE, ["c", 1, 9, 2], ["d", 1, 7, 2], ["d", 2, Number.NaN, 2]]));
    expect([panel.units, panel.values.length]).toEqual([2, 4]);
    expect(panel.notes.map(({ detail }) => detail)).toEqual([
      "1 rows without a value are left out.",
      "2 of 4 units lack a value in some period and are left out.",
    ]);
  });

  it("knows no period in which nobody has a value", () => {
    expect(panelOf(columnsOf([...WHOLE, ["a", 3, Number.NaN, NEVER]])).periods).toEqual([1, 2]);
  });

  it.each<[string, readonly Row[], string, string, RegExp]>([
    ["nothing", [], "no-rows", "unit", /no rows/u],
    ["two values in a period", [...WHOLE, ["a", 1, 4, NEVER]], "doubled", "time", /Unit a .* in period 1;/u],
    ["two starts", [...WHOLE, ["a", 3, 4, 3]], "contradiction", "firstTreated", /Unit a .* first treated period/u],
    ["no period", [["a", Number.NaN, 4, 3]], "not-a-number", "time", /Unit a .* row 1;/u],
    ["an infinite value", [["a", 1, Number.POSITIVE_INFINITY, 3]], "not-a-number", "value", /infinite/u],
    ["no start", [["a", 1, 4, Number.NaN]], "not-a-number", "firstTreated", /Unit a/u],
    ["one period", [["a", 1, 4, 3]], "too-few-periods", "time", /have 1/u],
    [
      "two shops",
      [
        ["a", 1, 4, 3, "x"],
        ["a", 2, 4, 3, "y"],
      ],
      "contradiction",
      "cluster",
      /more than one cluster/u,
    ],
    [
      "no whole unit",
      [
        ["a", 1, 4, 3],
        ["b", 2, 4, 3],
        ["c", 2, 4, 3],
      ],
      "never-whole",
      "unit",
      /period 1 .* 1 of 3/u,
    ],
  ])("says why rows with %s are no panel", (_, rows, problem, field, reason) => {
    expect(why(rows)).toEqual([problem, field, expect.stringMatching(reason)]);
  });

  it("refuses columns of different lengths", () => {
    expect(readStagedPanel({ unit: ["a"], time: [], value: [1], firstTreated: [1] })).toMatchObject({
      unstaged: "misshapen",
    });
  });
});

describe("groups that cannot be used", () => {
  const columns = withoutClusters(drawColumns(3, 40));

  function withUnits(firstTreated: number, units: readonly string[]): PanelColumns {
    const more = units.flatMap((unit, at) =>
      [1, 2, 3, 5, 6, 9].map((time): Row => [unit, time, time * at, firstTreated]),
    );
    const added = columnsOf(more);
    const both = <T>(a: ArrayLike<T>, b: ArrayLike<T>) => [...Array.from(a), ...Array.from(b)];
    return {
      unit: both(columns.unit, added.unit),
      time: both(columns.time, added.time),
      value: both(columns.value, added.value),
      firstTreated: both(columns.firstTreated, added.firstTreated),
    };
  }

  it("are left out when treated from the first period on", () => {
    const staged = fitColumns(withUnits(1, ["x", "y"]));
    expect(staged.notes[0]).toMatchObject({ id: "treated-from-start", detail: expect.stringContaining("2 units") });
    expect(staged.effects).toEqual(fitColumns(columns).effects);
  });

  it("are left out when they are one unit, which shows no spread", () => {
    const staged = fitColumns(withUnits(5, ["x"]));
    expect(staged.notes[0]).toMatchObject({ id: "lone-group", detail: expect.stringContaining("first treated in 5") });
    expect(staged.effects).toEqual(fitColumns(columns).effects);
  });

  it("are kept with a note when they are small, and have wide intervals", () => {
    const staged = fitColumns(withUnits(5, ["x", "y"]));
    expect(staged.notes[0]).toMatchObject({ id: "small-group", detail: expect.stringContaining("Only 2 units") });
    const [own] = staged.effects.filter(({ firstTreated, time }) => firstTreated === 5 && time === 9);
    expect(own?.degreesOfFreedom).toBeLessThan(2);
  });

  it("count as never treated when treated after the data end", () => {
    const after = { ...columns, firstTreated: Array.from(columns.firstTreated, (g) => (g === NEVER ? 12 : g)) };
    const [staged, never] = [fitColumns(after), fitColumns(columns)];
    expect(staged.effects.map(({ value, error }) => [value, error])).toEqual(
      never.effects.map(({ value, error }) => [value, error]),
    );
  });
});
