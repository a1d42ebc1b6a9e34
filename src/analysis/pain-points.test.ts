/**
 * Pain points of small worlds whose truth is known: what is claimed, counted and priced, on one table and on two shards.
 * Planted worlds of all kinds: waymark verify. Real desks: test/pain-points-real-data.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import type { Stage, Touchpoint } from "../domain/touchpoint.ts";
import { analyzePainPoints } from "./pain-points.ts";
import { type PainPointsReport, painPointsReportSchema } from "./pain-points-schema.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2025, 0, 6);

const STAGES: Readonly<Record<string, Stage | null>> = {
  Visit: "awareness",
  Browse: "consideration",
  Pay: "purchase",
  "Parcel Due": "setup",
  Rated: "loyalty",
  "Payment Failed": "purchase",
  Order: "purchase",
};
const CATALOGUE: Touchpoint[] = Object.entries(STAGES).map(([name, stage], index) => ({
  ...{ id: index + 1, name, stage, channel: null, owner: null, hidden: false, rawNames: [name] },
  role: name === "Order" ? "order" : null,
}));

/** Park and Miller's generator: the same world in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

class World {
  readonly events: SampleEvent[] = [];
  readonly random = noise(11);

  add(customer: string, time: number, touchpoint: string, more: Partial<SampleEvent> = {}): void {
    const ordinal = this.events.length + 1;
    this.events.push({
      ...{ import: 1, ordinal, rowHash: ordinal, customer, time, touchpoint, channel: "web", value: null },
      ...{ objects: [], properties: {}, ...more },
    });
  }
}

interface Attempt {
  readonly late: boolean;
  readonly bad: boolean;
  readonly ordered: boolean;
  /** When it was rated. */
  readonly at: number;
}

/** Late and a bad rating stand on one event: .2 and .15 fewer orders each, and late ones are rated badly more often. */
function playAttempts(world: World): Attempt[] {
  const { random } = world;
  const attempts: Attempt[] = [];
  for (let customer = 0; customer < 900; customer++) {
    for (let attempt = 0; attempt < 4; attempt++) {
      const begins = START + (attempt * 60 + (customer % 20)) * DAY;
      const late = random() < 0.25;
      const bad = random() < (late ? 0.6 : 0.2);
      const ordered = random() < 0.6 - (late ? 0.2 : 0) - (bad ? 0.15 : 0);
      const name = `c${customer}`;
      world.add(name, begins, random() < 0.5 ? "Visit" : "Browse");
      world.add(name, begins + HOUR, "Rated", {
        ...{
          score: bad ? 1 : 4,
          scale: "1-5",
          properties: { overdue: String(late), wrapped: random() < 0.3 ? "yes" : "no" },
        },
      });
      if (ordered) world.add(name, begins + 2 * DAY, "Order", { value: 40 + 20 * random(), properties: {} });
      else if (random() < 0.5) world.add(name, begins + 3 * DAY, "Browse");
      attempts.push({ late, bad, ordered, at: begins + HOUR });
    }
  }
  return attempts;
}

const mean = (some: readonly Attempt[]) => some.filter(({ ordered }) => ordered).length / some.length;

describe("two frictions on one touch", () => {
  let fixture: JourneyFixture;
  let attempts: Attempt[];
  let report: PainPointsReport;
  let end: number;
  const asked = { journey: "life", outcome: 'touchpoint = "Order"', withinMs: 20 * DAY, worth: 50 };
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
    const world = new World();
    attempts = playAttempts(world);
    end = Math.max(...world.events.map(({ time }) => time));
    await fixture.load(world.events);
    await fixture.prepare([1], CATALOGUE);
    report = painPointsReportSchema.parse(await analyzePainPoints(fixture.context(CATALOGUE), asked));
  });
  afterAll(() => fixture.close());

  const find = (kind: string) => {
    const found = report.painPoints.find((one) => one.kind === kind && one.touchpoint === "Rated" && !one.incident);
    if (!found) throw new Error(`no ${kind} is claimed`);
    return found;
  };

  it("are both claimed, each with its own effect", () => {
    const [late, bad] = [find("wait"), find("bad-score")];
    expect(late).toMatchObject({
      property: "overdue",
      bad: '= "true"',
      name: "«Rated» overdue",
      label: "likely cause",
    });
    expect(bad).toMatchObject({ property: "score", bad: "<= 2" });
    expect(Math.abs((late.effect ?? 0) + 0.2)).toBeLessThan(0.05);
    expect(Math.abs((bad.effect ?? 0) + 0.15)).toBeLessThan(0.05);
    // Plainly each has a part of the other in it, and is what loops over the finished attempts give.
    const finished = attempts.filter(({ at }) => at + asked.withinMs <= end);
    expect(finished.length).toBeLessThan(attempts.length);
    for (const [point, read] of [
      [late, (one: Attempt) => one.late],
      [bad, (one: Attempt) => one.bad],
    ] as const) {
      const plain = mean(finished.filter(read)) - mean(finished.filter((one) => !read(one)));
      expect(point.crude).toBeCloseTo(plain, 12);
      expect(Math.abs(plain)).toBeGreaterThan(Math.abs(point.effect ?? 0) + 0.02);
      expect(point).toMatchObject({ events: attempts.filter(read).length, of: attempts.length });
      expect(point.perMonth).toBeCloseTo(attempts.filter(read).length / report.months, 9);
    }
  });

  it("cost what their union costs, in outcomes and in money", () => {
    const [late, bad] = [find("wait"), find("bad-score")];
    const union = attempts.reduce(
      (sum, one) => sum + (one.late ? -(late.effect ?? 0) : 0) + (one.bad ? -(bad.effect ?? 0) : 0),
      0,
    );
    const cost = (late.outcomesAtRisk.value ?? Number.NaN) + (bad.outcomesAtRisk.value ?? Number.NaN);
    expect(cost * report.months).toBeLessThanOrEqual(union + 1e-6);
    for (const { outcomesAtRisk, valueAtRisk } of [late, bad]) {
      const lost = outcomesAtRisk.value ?? Number.NaN;
      expect(valueAtRisk.value).toBeCloseTo(50 * lost, 9);
      expect(outcomesAtRisk.low).toBeLessThan(lost);
      expect(outcomesAtRisk.high).toBeGreaterThan(lost);
    }
  });

  it("stand alone: what does no harm is not claimed, and nobody says which side of «wrapped» is bad", () => {
    const all = [...report.painPoints, ...report.rejected];
    expect(all.some(({ property }) => property === "wrapped")).toBe(false);
    expect(report.painPoints.filter(({ kind }) => kind !== "drop-off")).toHaveLength(2);
    expect(all.filter(({ kind }) => kind === "rework")).toEqual([]);
  });

  it("are the same on two shards", async () => {
    const round = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(9)) : value);
    const sharded = await analyzePainPoints(fixture.context(CATALOGUE, "journeys_on_shards"), asked);
    expect(JSON.parse(JSON.stringify(sharded, round))).toEqual(JSON.parse(JSON.stringify(report, round)));
  });

  it("are only of the kinds that are asked for", async () => {
    const only = await analyzePainPoints(fixture.context(CATALOGUE), { ...asked, kinds: ["bad-score"] });
    const isBadScore = ({ kind }: { readonly kind: string }) => kind === "bad-score";
    // The numbers are those of the whole list: its other frictions are held equal, shown or not.
    expect(only.painPoints).toEqual(report.painPoints.filter(isBadScore));
    expect(only.rejected).toEqual(report.rejected.filter(isBadScore));
    expect([...only.painPoints, ...only.rejected]).not.toEqual([]);
  });

  it("of silence are neither waits nor drop-offs, and harm is what makes it more", async () => {
    const silent = await analyzePainPoints(fixture.context(CATALOGUE), { ...asked, outcome: "silence" });
    const all = [...silent.painPoints, ...silent.rejected];
    expect(all.some(({ kind }) => kind === "drop-off" || kind === "wait")).toBe(false);
    for (const { effect, incident } of silent.painPoints) if (!incident) expect(effect).toBeGreaterThan(0);
  });
});

describe("a workspace without events", () => {
  it("has no pain points, and says so in an answer like any other", async () => {
    const fixture = await JourneyFixture.open();
    const report = await analyzePainPoints(fixture.context(CATALOGUE), { outcome: 'touchpoint = "Order"' });
    expect(painPointsReportSchema.parse(report)).toMatchObject({ painPoints: [], rejected: [], base: null, n: 0 });
    await fixture.close();
  });
});
