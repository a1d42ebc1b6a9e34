import { describe, expect, test } from "vitest";
import { badWaysOf } from "./moment-experiences.ts";

/** Counts of one property's values, the commonest last. */
function waysOf(name: string, counts: Readonly<Record<string, number>>) {
  const found = Object.entries(counts).map(([text, events]) => ({ text, events }));
  const numbers = found.filter(({ text }) => text !== "" && Number.isFinite(Number(text)));
  const sum = (few: typeof found) => few.reduce((total, { events }) => total + events, 0);
  const row = { touch: 1, name, events: sum(found), distinct: found.length, numbers: sum(numbers), found };
  const top = Math.max(...numbers.map(({ text }) => Number(text)));
  return badWaysOf({ ...row, highs: [], top }).map((when) =>
    when.kind === "equals" ? `= ${when.value}` : when.kind === "score" ? "score" : `> ${when.bound}`,
  );
}

describe("the ways a property can go badly", () => {
  test("a first and a second attempt are an amount; no and yes are not", () => {
    expect(waysOf("attempt", { 1: 900, 2: 100 })).toEqual(["> 1"]);
    expect(waysOf("attempt", { 1: 800, 2: 150, 3: 50 })).toEqual(["> 1", "> 2"]);
    expect(waysOf("overdue", { 0: 100, 1: 900 })).toEqual(["= 1"]);
  });

  test("of yes and no the bad side is known by the name: what is wished for went badly where it is not so", () => {
    expect(waysOf("onTime", { true: 900, false: 100 })).toEqual(["= false"]);
    expect(waysOf("slaMet", { no: 400, yes: 100 })).toEqual(["= no"]);
    expect(waysOf("overdue", { true: 900, false: 100 })).toEqual(["= true"]);
    expect(waysOf("giftWrap", { yes: 900, no: 100 })).toEqual(["= yes"]);
  });

  test("of two words the bad one, or else the rarer; of several each; an id or a single value none", () => {
    expect(waysOf("result", { failed: 900, paid: 100 })).toEqual(["= failed"]);
    expect(waysOf("checkout", { classic: 900, express: 100 })).toEqual(["= express"]);
    expect(waysOf("method", { card: 5, cash: 3, invoice: 2 })).toEqual(["= invoice", "= cash", "= card"]);
    expect(waysOf("orderId", { a: 1, b: 1 })).toEqual([]);
    expect(waysOf("method", { card: 9 })).toEqual([]);
  });
});
