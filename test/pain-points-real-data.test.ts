/**
 * The pain points of real help desks: work done twice (on one table and on two shards), and where cases wait.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); the numbers are from plain Python.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { analyzePainPoints } from "../src/analysis/pain-points.ts";
import { type PainPointsReport, painPointsReportSchema } from "../src/analysis/pain-points-schema.ts";
import { hasRealData, readsLongData, whyLongSkipped, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

const SHARDS = [
  "CREATE VIEW journeys_shard AS SELECT * FROM journeys WHERE owner % 2 = shardNum() - 1",
  "CREATE TABLE journeys_on_shards AS remote('127.0.0.1,127.0.0.1', currentDatabase(), 'journeys_shard')",
];

/** Everything that was looked at, claimed or not; without the incidents. */
function listAll({ painPoints, rejected }: PainPointsReport) {
  return [...painPoints.filter(({ incident }) => !incident), ...rejected];
}

/** Sums of decimals may differ in their last digits with the order in which they are added. */
function roundAll(report: PainPointsReport): unknown {
  const round = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(9)) : value);
  return JSON.parse(JSON.stringify(report, round));
}

async function askTwice(context: AnalysisContext, outcome: string): Promise<PainPointsReport> {
  const report = painPointsReportSchema.parse(await analyzePainPoints(context, { journey: "case", outcome }));
  const sharded = await analyzePainPoints({ ...context, source: "journeys_on_shards" }, { journey: "case", outcome });
  expect(roundAll(sharded)).toEqual(roundAll(report));
  return report;
}

describe.skipIf(!hasRealData)(`helpdesk${whySkipped}`, () => {
  const desk = importRealData("helpdesk/helpdesk.csv.gz");
  beforeAll(async () => {
    for (const statement of SHARDS) await desk.platform().events.command(statement);
  });

  it("takes 623 tickets in charge again", async () => {
    const report = await askTwice(desk.context(), 'touchpoint = "Closed"');
    const again = listAll(report).find(
      ({ kind, touchpoint }) => kind === "rework" && touchpoint === "Take in charge ticket",
    );
    expect(again).toMatchObject({ journeys: 623, events: 775, of: 5_060, name: "«Take in charge ticket» again" });
    expect(report.window).toEqual({ from: "2010-01-13", to: "2014-01-04" });
  });
});

describe.skipIf(!readsLongData)(`bpic2013${whyLongSkipped}`, () => {
  // The proposal names its events by activity and state.
  const desk = importRealData("bpic2013/bpic2013_incidents.csv.gz");

  it("waits for the user most often and longest", async () => {
    const outcome = 'touchpoint in ("Completed/Resolved", "Completed/Closed", "Completed/In Call")';
    const report = await analyzePainPoints(desk.context(), { journey: "case", outcome });
    const waits = listAll(report).filter(({ kind }) => kind === "wait");
    const [user, ...others] = waits.toSorted((a, b) => b.perMonth - a.perMonth);
    expect(user).toMatchObject({ touchpoint: "Accepted/Wait - User", events: 1_562, of: 4_217 });
    // Of 28,241 gaps before the outcome that begin in the earlier half of the events, nine in ten are shorter.
    expect(user?.wait).toMatchObject({ from: "baseline", overHours: expect.closeTo(69.98889, 5) });
    expect(user?.wait?.medianHours).toBeCloseTo(26.116806, 5);
    expect((user?.perMonth ?? 0) * report.months).toBeCloseTo(1_407, 6);
    expect((user?.hoursPerMonth ?? 0) * report.months).toBeCloseTo(412_067.6, 0);
    expect(others).toHaveLength(10);
    for (const { hoursPerMonth } of others) expect(hoursPerMonth).toBeLessThan(user?.hoursPerMonth ?? 0);
    // By the bound over all 47,874 gaps, 43.17 h, it is the same.
    const promises = [{ touchpoint: "Accepted/Wait - User", property: "wait", atMost: 43.170_666, atLeast: null }];
    const promised = await analyzePainPoints({ ...desk.context(), promises }, { journey: "case", outcome });
    const late = listAll(promised).find(({ kind, touchpoint }) => kind === "wait" && touchpoint === user?.touchpoint);
    expect(late?.wait?.from).toBe("target");
    expect((late?.perMonth ?? 0) * promised.months).toBeCloseTo(1_745, 6);
  });
});
