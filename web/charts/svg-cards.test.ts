import { expect, test } from "vitest";
import { drawCards } from "./svg-cards.ts";

test("a card a number, three a row, with its line only where there is one; what it says is escaped", () => {
  const point = (value: number) => ({ label: "January", value, low: value - 1, high: value + 1, n: 9, complete: true });
  const card = { title: "Orders & more", value: "1,234", basis: "n = 1,234", change: "+3 %" };
  const svg = drawCards("Headline numbers", "June against May", [
    { ...card, points: [point(3), point(5), point(4)] },
    { ...card, points: [point(3)] },
    { ...card, points: [] },
    { ...card, title: "Fourth", points: [] },
  ]);
  expect(svg.match(/<rect /gu)).toHaveLength(5);
  expect(svg.match(/<circle /gu)).toHaveLength(1);
  expect(svg).toContain("Orders &amp; more");
  expect(svg).toContain("translate(12 226)");
  expect(svg).not.toMatch(/NaN|undefined/u);
});
