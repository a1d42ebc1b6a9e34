/** What the other scope is, and how differences read. */
import { expect, test } from "vitest";
import { readVersus } from "./compare-commands.ts";
import { renderBreakdown, renderComparison, renderExits } from "./render-compare.ts";

const BASIS = {
  zone: "UTC",
  filter: { from: "2024-05-19", to: null, outside: false, where: null },
  dataVersion: 1,
};
const VS = { from: "2024-05-19", to: null, outside: true, where: "value > 1" };
const NONE = { emptied: 0, excluded: 0 };

test("the others differ in what is said; a period is taken as a whole", () => {
  const first = { from: "2024-05-19", to: "2024-06-08", where: "value > 1" };
  expect(readVersus(first)).toBeUndefined();
  expect(readVersus({ ...first, vsOutside: true })).toEqual({ ...first, outside: true });
  expect(readVersus({ ...first, vsTo: "2024-05-19" })).toEqual({ to: "2024-05-19", where: "value > 1" });
  expect(readVersus({ ...first, vsWhere: "value <= 1" })).toEqual({ ...first, where: "value <= 1" });
  expect(readVersus({ vsFrom: "2024-01-01", vsTo: "2024-02-01", vsOutside: true })).toEqual({
    from: "2024-01-01",
    to: "2024-02-01",
    outside: true,
  });
});

const side = (hits: number, n: number) => ({ transitions: hits, n, share: hits / n, low: 0.1, high: 0.3 });
const never = { transitions: 0, n: 0, share: null, low: null, high: null };
const lack = { value: null, reason: "insufficient-data", n: 0, required: 1 } as const;

test("a comparison shows both sides with their n, and the surest difference first", () => {
  const edge = { from: "A", medianSeconds: null, journeys: 1 };
  const text = renderComparison({
    ...BASIS,
    journey: "visit",
    vs: VS,
    a: { journeys: 40, customers: 10, other: NONE },
    b: { journeys: 1, customers: 1, other: NONE },
    nodes: [],
    edges: [
      { ...edge, to: "B", a: { ...side(1, 4), ...edge }, b: { ...never, ...edge }, difference: lack },
      {
        ...edge,
        to: "C",
        a: { ...side(1, 10), ...edge },
        b: { ...side(3, 10), ...edge },
        difference: { value: -0.2, low: -0.3, high: -0.0500001 },
      },
    ],
  }).join("\n");
  expect(text).toContain("40 visit journeys of 10 customers against 1 visit journey of 1 customer");
  expect(text).toContain("from 2024-05-19, no filter");
  expect(text).toContain("against B: before 2024-05-19, where value > 1");
  expect(text).toMatch(
    /A +C +10\.0 % of 10 +30\.0 % of 10 +−20\.0 \(−30\.0 … −5\.0\) \* +– +–\n.*A +B +25\.0 % of 4 +– of 0 +–/u,
  );
});

test("a breakdown without a second scope has no difference, and says when a field is empty everywhere", () => {
  const all = { a: side(2, 10) };
  const answer = { ...BASIS, journey: "life", step: { from: "A", to: "B" }, by: "prop.x", vs: null, other: null, all };
  const found = renderBreakdown({ ...answer, rows: [{ value: "web", ...all }] }).join("\n");
  expect(found).toContain("A → B by prop.x: 2 of 10 go on");
  expect(found).toMatch(/web +20\.0 % of 10 +10\.0–30\.0 %/u);
  expect(found).not.toContain("Difference");
  expect(found).not.toContain("is that its name?");
  expect(renderBreakdown({ ...answer, rows: [{ value: null, ...all }] }).join("\n")).toContain("is that its name?");
});

test("ways out add up to those who stop, also beyond the ones listed", () => {
  const next = Array.from({ length: 10 }, (_, nth) => {
    return { touchpoint: `T${nth}`, journeys: 1, share: 0.05, low: 0.01, high: 0.2 };
  });
  const step = { step: 0, touchpoint: "A", optional: false, count: 30, missed: "B", stopped: 20, ended: 10, next };
  const other = { ...NONE, notEntered: 5 };
  const text = renderExits({
    ...BASIS,
    journey: "life",
    per: "customer",
    total: 35,
    entrants: 30,
    steps: [step],
    other,
  });
  expect(text.join("\n")).toContain("A: 20 of 30 do not reach B");
  expect(text.find((line) => line.includes("(other)"))).toMatch(/2 +10\.0 %/u);
  expect(text.find((line) => line.includes("(ended)"))).toMatch(/10 +50\.0 %/u);
});
