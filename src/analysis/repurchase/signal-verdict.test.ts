import { describe, expect, it } from "vitest";
import type { MeasuredSignal, Side } from "./signal-effects.ts";
import { type Difference, judgeSignal, judgeSignals } from "./signal-verdict.ts";

const around = (value: number, half: number): Difference => ({ value, low: value - half, high: value + half });

describe("the verdict", () => {
  it.each([
    [around(0.061, 0.03), around(0.01, 0.0215), "does not survive"],
    [around(0.061, 0.03), around(0.031, 0.03), "survives"],
    [around(0.061, 0.03), around(0.08, 0.03), "survives"],
    // The adjusted interval leaves 0 out: it is there, however little of the plain one it is.
    [around(0.061, 0.03), around(0.03, 0.029), "weaker"],
    [around(0.061, 0.03), around(-0.03, 0.02), "reversed"],
    [around(0.01, 0.03), around(0.01, 0.03), "nothing there"],
    // Nothing to see plainly, something among customers alike.
    [around(0.01, 0.03), around(0.04, 0.03), "survives"],
    [around(-0.01, 0.03), around(0.04, 0.03), "reversed"],
    [around(-0.061, 0.03), around(-0.05, 0.03), "survives"],
    [around(-0.061, 0.03), around(-0.01, 0.03), "does not survive"],
    [around(0, 0.03), around(0.04, 0.03), "survives"],
  ] as const)("of plain %j and adjusted %j is %s", (crude, adjusted, verdict) => {
    expect(judgeSignal(crude, adjusted)).toBe(verdict);
  });
});

/** Customers of one cell: what is compared is the plain difference. */
function measure(name: string, own: Side, without: Side, effect: number, error: number): MeasuredSignal {
  return {
    candidate: {
      ...{ kind: "touchpoint", name, subject: `Customers with «${name}»` },
      ...{ source: { by: "touchpoint", touch: 1 }, code: 1, told: 0 },
    },
    ...{ with: own, without },
    matched: {
      ...{ effect, error, degreesOfFreedom: 1e6, n: own.n, high: own.high, otherN: without.n },
      otherHigh: without.high,
    },
  };
}

describe("signals in words", () => {
  const many: Side = { n: 1000, high: 300 };
  it("are surest first, say what is left, and what may be chance among many", () => {
    const found = judgeSignals([
      measure("A", { n: 1000, high: 310 }, many, 0.01, 0.02),
      measure("B", { n: 1000, high: 400 }, many, 0.09, 0.02),
      measure("C", { n: 1000, high: 240 }, many, -0.02, 0.009),
      measure("D", { n: 99, high: 40 }, many, 0.1, 0.01),
      measure("E", { n: 1000, high: 24 }, many, -0.2, 0.01),
      measure("F", { n: 0, high: 0 }, many, 0, 0.01),
    ]);
    expect(found.map(({ name, verdict }) => [name, verdict])).toEqual([
      ...[["B", "survives"] as const, ["C", "weaker"] as const, ["A", "nothing there"] as const],
      ...[["E", "too few"] as const, ["D", "too few"] as const],
    ]);
    const [b, c, a, e] = found;
    expect(b?.sentence).toBe(
      "Customers with «B» buy again more: +10.0 points. Among customers alike before it is +9.0 (+5.1 to +12.9): it survives.",
    );
    expect(c?.sentence).toBe(
      "Customers with «C» buy again less: −6.0 points. Among customers alike before it is −2.0 (−3.8 to −0.2): it is weaker, but still there.",
    );
    // p = .0263 at t = 2.2222, the second of three.
    expect(c?.q).toBeCloseTo(0.0263 * 1.5, 3);
    expect(a?.sentence).toBe(
      "Customers with «A» buy again about as often: +1.0 points (−3.0 to +5.0). Among customers alike before it is +1.0 (−2.9 to +4.9): nothing there.",
    );
    expect(e).toMatchObject({ adjusted: null, q: null, shareWith: 0.024 });
  });

  it("name the chance in it where too many were looked at", () => {
    const dull = Array.from({ length: 19 }, (_, index) => measure(`N${index}`, many, many, 0.001, 0.02));
    const [first] = judgeSignals([measure("C", { n: 1000, high: 240 }, many, -0.04, 0.018), ...dull]);
    expect(first).toMatchObject({ name: "C", verdict: "survives" });
    // p = .0263 of 20.
    expect(first?.sentence).toContain("Of 20 behaviours looked at some look so by chance (q = 0.53).");
  });
});
