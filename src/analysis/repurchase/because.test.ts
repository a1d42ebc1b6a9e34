import { describe, expect, it } from "vitest";
import { explainForecast } from "./because.ts";

const explain = (history: Partial<Parameters<typeof explainForecast>[0]>) =>
  explainForecast({
    ...{ model: "pareto-nbd", x: 6, recencyDays: 126, silentDays: 19, alive: 0.972, nobodyLeaves: false },
    ...history,
  });

describe("explainForecast", () => {
  it("tells the customer's own numbers, and what the model concludes", () => {
    expect(explain({})).toBe(
      "Bought 7 times, every 21 days on average, the last time 19 days before the data end: no longer than usual, and Pareto/NBD gives them 97 % to be a customer still.",
    );
    expect(explain({ silentDays: 50, alive: 0.995 })).toMatch(
      /: 2\.4 times as long as usual, and Pareto\/NBD gives them over 99 % /u,
    );
    expect(explain({ x: 1, recencyDays: 1, silentDays: 0, alive: 0.004 })).toBe(
      "Bought twice, 1 day apart, the last time on the last day of the data: Pareto/NBD gives them under 1 % to be a customer still.",
    );
  });

  it("explains a P(alive) of 1 that only the model's form makes", () => {
    const once = { x: 0, recencyDays: 0, silentDays: 200, alive: 1 };
    expect(explain({ ...once, model: "bg-nbd" })).toBe(
      "Bought once, 200 days before the data end: BG/NBD lets nobody leave before the first repeat, so P(alive) is 1 however long the silence; go by the expected orders.",
    );
    expect(explain({ ...once, model: "mbg-nbd", alive: 0.31 })).toContain("MBG/NBD gives them 31 %");
    expect(explain({ model: "nbd", alive: 1, nobodyLeaves: true })).toContain(
      "by NBD as fitted here nobody ever leaves",
    );
    expect(explain({ nobodyLeaves: true, alive: 1 })).toContain("by Pareto/NBD as fitted here nobody ever leaves");
  });
});
