/** Chance alone in a log that is cut out of longer lives: what is not seen at its ends makes no incident of all the rest. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../../test/journey-fixture.ts";
import { scanSeries } from "../../stats/scan-statistic.ts";
import { openSeededRandom } from "../../stats/seeded-random.ts";
import type { AnalysisContext } from "../context.ts";
import { compileOutcome } from "../moment-outcome.ts";
import { buildMomentRows } from "../moment-rows.ts";
import { momentsQuerySchema } from "../moments-schema.ts";
import type { Friction, FrictionSign } from "./friction.ts";
import { toScanSeries } from "./incident-choice.ts";
import { readHorizons } from "./incident-horizons.ts";
import { readWeeklyCounts } from "./weekly-counts.ts";

const DAY = 86_400_000;
/** A Monday. */
const START = Date.UTC(2025, 0, 6);
const DAYS = 364;
const WITHIN = 60 * DAY;
const NAMES = ["Pay", "Call", "Order"];
const friction = (touchpoint: string, kind: Friction["kind"], sign: FrictionSign): Friction => ({
  ...{ kind, touch: NAMES.indexOf(touchpoint) + 1, touchpoint, property: null, bad: null, sign },
});
const FRICTIONS: readonly Friction[] = [
  friction("Pay", "rework", { by: "again", later: [] }),
  friction("Call", "wait", { by: "gap", overMs: 20 * DAY, from: "baseline" }),
  friction("Call", "repeat-contact", { by: "contact", topic: null, withinMs: 30 * DAY }),
  friction("Pay", "error-event", { by: "property", when: { kind: "equals", property: "state", value: "failed" } }),
];

/** People who come every 25 days at random, all year and long before; only the year is in the log. */
function makeEvents(): SampleEvent[] {
  const random = openSeededRandom(11);
  const events: SampleEvent[] = [];
  for (let customer = 0; customer < 900; customer++) {
    for (let time = START - 25 * DAY * Math.log(1 / random()); ; ) {
      time += 25 * DAY * -Math.log(1 - random());
      if (time >= START + DAYS * DAY) break;
      const what = random();
      const touchpoint = what < 0.6 ? "Pay" : what < 0.98 ? "Call" : "Order";
      const state = random() < 0.2 ? "failed" : "ok";
      if (time < START) continue;
      const ordinal = events.length + 1;
      events.push({
        ...{ import: 1, ordinal, rowHash: ordinal, customer: `c${customer}`, time: Math.floor(time), touchpoint },
        ...{ value: null, channel: "web", objects: [], properties: { state } },
      });
    }
  }
  return events;
}

/** Repeats and gaps of one touchpoint, by hand: what follows another event of the attempt, and how long after it. */
function lagsOf(events: readonly SampleEvent[]) {
  const [again, gaps]: [[at: number, ms: number][], [at: number, ms: number][]] = [[], []];
  const lives = new Map<string, SampleEvent[]>();
  for (const event of events) lives.set(event.customer, [...(lives.get(event.customer) ?? []), event]);
  for (const life of lives.values()) {
    let last: number | null = null;
    for (const [index, { time, touchpoint }] of life.entries()) {
      const before = life[index - 1];
      if (!before || before.touchpoint === "Order" || time - before.time > WITHIN) last = null;
      if (before?.touchpoint === "Call" && time - before.time <= WITHIN) gaps.push([before.time, time - before.time]);
      if (touchpoint !== "Pay") continue;
      if (last !== null) again.push([time, time - last]);
      last = time;
    }
  }
  return { again, gaps };
}

function reachOf(lags: readonly (readonly [number, number])[], is: (at: number) => boolean): number {
  const sorted = lags.flatMap(([at, ms]) => (is(at) ? [ms] : [])).sort((a, b) => a - b);
  return (sorted[Math.floor(0.99 * sorted.length)] ?? 0) / DAY;
}

describe("where the log begins and ends", () => {
  const events = makeEvents();
  const catalogue = catalogueOf(NAMES);
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.openFilled(events, catalogue);
  });
  afterAll(() => fixture.close());
  const open = async (source: "journeys" | "journeys_on_shards") => {
    const context: AnalysisContext = { ...fixture.context(catalogue, source), zone: "UTC" };
    const asked = { journey: "life", outcome: 'touchpoint = "Order"', withinMs: WITHIN };
    const outcome = await compileOutcome(context, momentsQuerySchema.parse(asked));
    return { context, rows: buildMomentRows(outcome, WITHIN, START + DAYS * DAY) };
  };

  it.each(["journeys", "journeys_on_shards"] as const)("one sees as far as plain loops say, in %s", async (source) => {
    const { context, rows } = await open(source);
    const firstDay = START / DAY;
    const span = { firstDay, lastDay: firstDay + DAYS - 1, oneIn: 1 };
    const horizons = await readHorizons(context, rows, FRICTIONS, span);
    const { again, gaps } = lagsOf(events);
    const middle = START + (DAYS / 2) * DAY;
    expect(horizons).toEqual([
      {
        back: expect.closeTo(
          reachOf(again, (at) => at >= middle),
          9,
        ),
        ahead: 0,
      },
      {
        back: 0,
        ahead: expect.closeTo(
          reachOf(gaps, (at) => at < middle),
          9,
        ),
      },
      { back: 30, ahead: 0 },
      { back: 0, ahead: 0 },
    ]);
    expect(horizons[0]?.back).toBeGreaterThan(60);
    expect(horizons[1]?.ahead).toBeGreaterThan(50);
  });

  it("weeks from which one cannot see so far count on no side, and no other week stands out", async () => {
    const { context, rows } = await open("journeys");
    const { series } = await readWeeklyCounts(context, rows, FRICTIONS, [], {
      withinMs: WITHIN,
      touches: events.length,
    });
    const counted = series.map(({ exposed }) => [exposed.findIndex((n) => n > 0), exposed.findLastIndex((n) => n > 0)]);
    const { again, gaps } = lagsOf(events);
    const middle = START + (DAYS / 2) * DAY;
    const first = Math.ceil(reachOf(again, (at) => at >= middle) / 7);
    const last = Math.floor((DAYS - reachOf(gaps, (at) => at < middle)) / 7) - 1;
    expect(counted).toEqual([
      [first, 51],
      [0, last],
      [5, 51],
      [0, 51],
    ]);
    expect(
      scanSeries(
        series.map((one) => toScanSeries(one)),
        openSeededRandom(1),
      ),
    ).toEqual([]);
  });
});
