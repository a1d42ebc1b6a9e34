import { describe, expect, it } from "vitest";
import { findLastSteps, type StepFollower } from "./moment-deciding.ts";

const [ENTRY, CART, CHECKOUT, PAYMENT] = [1, 2, 3, 4];
const [END, OTHER] = [0, 65_535];
const ALL = [ENTRY, CART, CHECKOUT, PAYMENT];
const rows = (...list: [step: number, next: number, often: number][]): StepFollower[] =>
  list.map(([step, next, often]) => ({ step, next, often }));

/** Touches that not everybody passes mostly follow each other. */
const shop = rows(
  [0, OTHER, 900],
  [0, CART, 60],
  [0, END, 40],
  [ENTRY, OTHER, 100],
  [CHECKOUT, PAYMENT, 80],
  [CHECKOUT, END, 20],
  [PAYMENT, END, 80],
);

describe("steps at the end of the way", () => {
  it("are those that only the end or another such step follows", () => {
    const cart = rows([CART, CHECKOUT, 40], [CART, OTHER, 20]);
    expect([...findLastSteps(ALL, [...shop, ...cart])]).toEqual([CHECKOUT, PAYMENT]);
  });

  it("are found through a chain of steps", () => {
    expect([...findLastSteps(ALL, [...shop, ...rows([CART, CHECKOUT, 60])])]).toEqual([CART, CHECKOUT, PAYMENT]);
  });

  it("may be followed by a touch now and then, not by one in ten of the usual", () => {
    const cart = (often: number) => rows([CART, CHECKOUT, 1000 - often], [CART, OTHER, often]);
    expect(findLastSteps(ALL, [...shop, ...cart(20)]).has(CART)).toBe(true);
    expect(findLastSteps(ALL, [...shop, ...cart(120)]).has(CART)).toBe(false);
  });

  it("are none where hardly anything else ever happens: detours are rare after every step", () => {
    const process = rows([ENTRY, CART, 96], [ENTRY, OTHER, 4], [CART, END, 96], [CART, OTHER, 4], [0, CART, 8]);
    expect(findLastSteps([ENTRY, CART], process).size).toBe(0);
    expect(findLastSteps([ENTRY], rows([ENTRY, END, 5])).size).toBe(0);
  });
});
