/**
 * The stories that are planted in the shop clicks, dated: payments that failed for three weeks, a bug of the checkout on phones.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); the numbers are from plain Python.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { analyzePainPoints } from "../src/analysis/pain-points.ts";
import type { PainPoint } from "../src/analysis/pain-points-schema.ts";
import { hasRealData, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

const DAY_MS = 86_400_000;
/** The first day after is not part of it. */
const PAYMENT = { from: "2024-05-19", to: "2024-06-08" };
const BUG = { from: "2024-04-09", to: "2024-05-10" };

type Window = PainPoint["window"];
const daysOf = ({ from, to }: Window) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** Days that two windows share, of all days of either. */
function overlapOf(a: Window, b: Window): number {
  const [from] = [a.from, b.from].sort().slice(-1);
  const [to] = [a.to, b.to].sort();
  const shared = daysOf({ from: from ?? "", to: to ?? "" });
  return shared / (daysOf(a) + daysOf(b) - shared);
}

describe.skipIf(!hasRealData)(`dated incidents in ecom${whySkipped}`, () => {
  const ecom = importRealData("ecom/ecom.csv.gz");
  let whole: AnalysisContext;
  let incidents: readonly PainPoint[];
  beforeAll(async () => {
    whole = ecom.context();
    const { painPoints } = await analyzePainPoints(whole, { journey: "visit", outcome: 'touchpoint = "purchase"' });
    incidents = painPoints.filter(({ incident }) => incident);
  });
  const find = (kind: string, touchpoint: string) =>
    incidents.filter((one) => one.kind === kind && one.touchpoint === touchpoint);

  test("payments failed for three weeks, on every platform", () => {
    const [error, ...others] = find("error-event", "payment_error");
    expect(others).toEqual([]);
    expect(error).toMatchObject({ segment: null, events: 115, of: 5_686, p: 0.001, label: "dated incident" });
    expect(overlapOf(error?.window ?? PAYMENT, PAYMENT)).toBeGreaterThan(0.8);
    expect(error?.excess).toMatchObject({ events: 115, usual: expect.closeTo((4 / (31_106 - 5_686)) * 5_686, 6) });
  });

  test("who came to pay in those weeks left without a purchase more often", () => {
    const [exits, ...others] = find("drop-off", "payment_details");
    expect(others).toEqual([]);
    expect(exits?.segment).toBeNull();
    expect(overlapOf(exits?.window ?? BUG, PAYMENT)).toBeGreaterThan(0.8);
    const { excess, outcomesAtRisk, effect } = exits as PainPoint;
    // Attempts: what is beyond the usual is lost.
    expect(excess?.outcomes.value).toBeCloseTo((excess?.events ?? 0) - (excess?.usual ?? 0), 9);
    expect(excess?.outcomes.low).toBeGreaterThan(40);
    expect(outcomesAtRisk.value).toBeCloseTo((excess?.outcomes.value ?? 0) / ((21 * 12) / 365.25), 9);
    expect(effect).toBeGreaterThan(0.3);
    // Who cannot pay had put something into the cart before: it is told once.
    expect(incidents.filter(({ kind }) => kind === "drop-off")).toHaveLength(1);
  });

  test("the bug of the checkout was on phones", () => {
    const [bug, ...others] = find("error-event", "checkout_bug");
    expect(others).toEqual([]);
    expect(bug).toMatchObject({ segment: 'channel = "mobile"', events: 44, of: 3_293, p: 0.001 });
    expect(bug?.excess).toMatchObject({ events: 44, usual: 0 });
    expect(overlapOf(bug?.window ?? PAYMENT, BUG)).toBeGreaterThan(0.8);
  });

  test("nothing else is one", () => {
    expect(incidents).toHaveLength(3);
  });
});
