/** CUPED and a ratio on real rows, against numbers that another program (Python, exact sums) computed from the same file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { type ArmMoments, momentsOfRows } from "./arm-moments.ts";
import { adjustForBefore } from "./cuped.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { ratioOfArm } from "./ratio-metric.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

function readColumns(): (name: string) => string[] {
  const text = gunzipSync(readFileSync(join(REAL_DATA, "hillstrom/hillstrom.csv.gz"))).toString("utf8");
  const [header = "", ...lines] = text.trimEnd().split(/\r?\n/u);
  const names = header.split(",");
  // The second column may hold a quoted comma: those after it are counted from the end.
  const rows = lines.map((line) => line.split(","));
  return (name) => {
    const at = names.indexOf(name);
    return rows.map((row) => row.at(at < 2 ? at : at - names.length) ?? "");
  };
}

describe.skipIf(!hasRealData)(`hillstrom, men's e-mail against none${whySkipped}`, () => {
  const column = hasRealData ? readColumns() : () => [];
  const arms = column("segment").map((name) => ["No E-Mail", "Mens E-Mail"].indexOf(name));
  const numbers = (name: string) => column(name).map(Number);
  const armsOf = (rows: Parameters<typeof momentsOfRows>[0]) =>
    momentsOfRows(rows, arms, 2) as [ArmMoments, ArmMoments];

  it("spend, adjusted for last year's: .76744 (SE .145215), θ .00122290", () => {
    const pair = sure(adjustForBefore(...armsOf({ value: numbers("spend"), before: numbers("history") })));
    expect(pair.theta).toBeCloseTo(0.0012228965198244, 12);
    expect(pair.reduction).toBeCloseTo(0.00043394672973, 9);
    expect([pair.control.mean, pair.treatment.mean]).toEqual([
      expect.closeTo(0.6539837113719246, 9),
      expect.closeTo(1.4214222107997267, 9),
    ]);
    expect(sure(estimateEffect(pair, "absolute"))).toMatchObject({
      value: expect.closeTo(0.7674384994278022, 9),
      standardError: expect.closeTo(0.14521504219411455, 9),
    });
  });

  it("visits, adjusted for the months since the last purchase: .07678 (SE .003375), θ −.0080323", () => {
    const pair = sure(adjustForBefore(...armsOf({ value: numbers("visit"), before: numbers("recency") })));
    expect(pair.theta).toBeCloseTo(-0.008032294927055192, 10);
    expect(sure(estimateEffect(pair, "absolute"))).toMatchObject({
      value: expect.closeTo(0.07678191738208974, 9),
      standardError: expect.closeTo(0.003374777753530527, 9),
    });
  });

  it("spend per visit: 7.78420 against 6.14869, SE .98714", () => {
    const [control, treatment] = armsOf({ value: numbers("spend"), denominator: numbers("visit") }).map((arm) =>
      sure(ratioOfArm(arm)),
    );
    if (!control || !treatment) throw new Error("an arm is missing");
    expect([control.mean, treatment.mean]).toEqual([
      expect.closeTo(6.14868700265252, 9),
      expect.closeTo(7.784203903441192, 9),
    ]);
    expect(sure(estimateEffect({ control, treatment }, "absolute"))).toMatchObject({
      value: expect.closeTo(1.635516900788672, 9),
      standardError: expect.closeTo(0.9871405201714457, 9),
    });
  });
});
