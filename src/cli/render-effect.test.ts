/**
 * How the effect of a change reads on a terminal: the sentence first, then groups and checks.
 * The numbers are tested in api/effect-from-csv.test.ts.
 */
import { expect, test } from "vitest";
import type { EffectReport } from "../api/effect-from-csv.ts";
import { renderEffect } from "./render-effect.ts";

const REPORT: EffectReport = {
  ...{ design: "randomised", method: "difference of shares", n: 42_613, confidence: 0.95, minEffect: 0.01 },
  ...{ estimate: 0.07659, low: 0.06995, high: 0.08322, p: 1e-30, verdict: "better" },
  relative: { estimate: 0.721, low: 0.638, high: 0.804 },
  checks: [{ id: "sample-ratio", passed: false, detail: "21306 : 21307 units." }],
  groups: [
    { name: "No E-Mail", role: "control", n: 21_306, mean: 0.1062, estimate: null, low: null, high: null },
    { name: "Mens E-Mail", role: "treatment", n: 21_307, mean: 0.1828, estimate: null, low: null, high: null },
  ],
};

test("one sentence, the method, groups, checks", () => {
  const lines = renderEffect(REPORT);
  expect(lines[0]).toBe(
    "Better: +0.07659, 95 % interval +0.06995 to +0.08322 (+72.1 %, +63.8 % to +80.4 %), p < 0.0001, 42,613 units.",
  );
  const text = lines.join("\n");
  expect(text).toMatch(/Mens E-Mail +treatment +21,307 +0\.1828/u);
  expect(text).toMatch(/sample-ratio +NO +21306 : 21307 units\./u);
});
