/** Noise gives no claim, and one moment is the one of the list. The demo: moments-demo.test.ts; late parcels: kpis-real-data. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { analyzeMoment } from "./moment-detail.ts";
import { analyzeMoments } from "./moments.ts";
import { momentReportSchema, momentsReportSchema } from "./moments-schema.ts";

const DAY = 86_400_000;

/** Park and Miller's generator: the same noise in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("noise", () => {
  const names = ["A", "B", "C", "D", "Rated", "Order"];
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
    const random = noise(42);
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
    const events: SampleEvent[] = [];
    for (let customer = 0; customer < 600; customer++) {
      for (let step = 0; step < 8; step++) {
        const touchpoint = step % 4 === 3 ? "Rated" : pick(names.slice(0, 4));
        const ordinal = events.length + 1;
        events.push({
          ...{
            import: 1,
            ordinal,
            rowHash: ordinal,
            customer: `c${customer}`,
            time: (customer % 50) * DAY + step * 3_600_000,
          },
          ...{ touchpoint, channel: "web", value: null, objects: [], properties: { late: pick(["true", "false"]) } },
          ...(touchpoint === "Rated" ? { score: 1 + Math.floor(random() * 5), scale: "1-5" } : {}),
        });
      }
    }
    await fixture.load(events);
    await fixture.prepare([1], catalogueOf(names));
  });
  afterAll(() => fixture.close());

  it("as ratings gives no claim, on one table and on two shards", async () => {
    const asked = { journey: "life", outcome: 'touchpoint = "Rated"', of: "score" as const, withinMs: DAY };
    const report = momentsReportSchema.parse(await analyzeMoments(fixture.context(catalogueOf(names)), asked));
    expect(report.tested).toBeGreaterThanOrEqual(5);
    expect(report.claims).toEqual([]);
    expect(report.base).toBeCloseTo(3, 0);
    expect(report.minimumEffect).toBeCloseTo(0.2, 12);
    const own = { touchpoint: "A", contrast: "experience", property: "late" } as const;
    const one = momentReportSchema.parse(
      await analyzeMoment(fixture.context(catalogueOf(names)), { ...asked, ...own }),
    );
    expect(one.rejected).toEqual(
      report.rejected.find(({ where }) => where.startsWith('touchpoint = "A" and prop.late')),
    );
    const presence = { touchpoint: "A", contrast: "presence" } as const;
    const { instead } = await analyzeMoment(fixture.context(catalogueOf(names)), { ...asked, ...presence });
    expect(instead.map(({ touchpoint }) => touchpoint).sort()).toEqual(["B", "C", "D"]);
    expect(instead.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const sharded = await analyzeMoments(fixture.context(catalogueOf(names), "journeys_on_shards"), asked);
    expect(sharded.rejected.map(({ where }) => where)).toEqual(report.rejected.map(({ where }) => where));
    for (const [index, { effect, reach }] of sharded.rejected.entries()) {
      expect(reach).toBe(report.rejected[index]?.reach);
      if (effect !== null) expect(effect).toBeCloseTo(report.rejected[index]?.effect ?? Number.NaN, 9);
    }
  });
}, 60_000);
