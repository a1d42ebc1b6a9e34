/** Masks, gaps and settled outcomes equal plain loops on random logs, on one table and on two shards. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../../test/journey-fixture.ts";
import { cutJourneys } from "../../../test/journey-oracle.ts";
import { countRuns } from "../../../test/property-runs.ts";
import { STAGES, type Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { compileOutcome } from "../moment-outcome.ts";
import { buildMomentRows } from "../moment-rows.ts";
import { momentsQuerySchema } from "../moments-schema.ts";
import { plainText } from "../themes/plain-text.ts";
import { compileFlags, placeFlags } from "./flags.ts";
import type { Friction, FrictionSign } from "./friction.ts";

const HOUR = 3_600_000;
const WITHIN = 30 * HOUR;
const NAMES = ["Offer", "Pay", "Install", "Call", "Order"];
const STAGE_OF = { Offer: "evaluation", Pay: "purchase", Install: "setup", Call: "support", Order: null } as const;
const CATALOGUE: Touchpoint[] = catalogueOf(NAMES).map((touchpoint) => ({
  ...touchpoint,
  stage: STAGE_OF[touchpoint.name as keyof typeof STAGE_OF],
}));
const idOf = (name: string) => NAMES.indexOf(name) + 1;
const later = (name: keyof typeof STAGE_OF) => {
  const own = STAGE_OF[name];
  if (own === null) return [];
  return CATALOGUE.filter(({ stage }) => stage !== null && STAGES.indexOf(stage) > STAGES.indexOf(own)).map(
    ({ id }) => id,
  );
};

function friction(touchpoint: string, sign: FrictionSign): Friction {
  return { kind: "wait", touch: idOf(touchpoint), touchpoint, property: null, bad: null, sign };
}

/** Out of the order of touchpoints on purpose: bits follow the list. */
const FRICTIONS: readonly Friction[] = [
  friction("Call", { by: "gap", overMs: 5 * HOUR, from: "baseline" }),
  friction("Pay", { by: "again", later: later("Pay") }),
  friction("Call", { by: "contact", topic: "topic", withinMs: 48 * HOUR }),
  friction("Pay", { by: "gap", overMs: 9 * HOUR, from: "target" }),
  friction("Order", { by: "again", later: [] }),
  friction("Call", { by: "again", later: later("Call"), each: true }),
  friction("Install", { by: "contact", topic: null, withinMs: 24 * HOUR }),
  friction("Install", { by: "property", when: { kind: "equals", property: "state", value: "failed" } }),
  friction("Install", { by: "property", when: { kind: "above", property: "tries", bound: 1 } }),
  friction("Offer", { by: "property", when: { kind: "score", scale: "1-5", atMost: 2 } }),
  friction("Call", { by: "text", property: "topic", pattern: " nao chegou " }),
  friction("Offer", { by: "exit" }),
];

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3"),
  hour: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 })),
  touchpoint: fc.constantFrom(...NAMES),
  score: fc.constantFrom(null, 1, 2, 3),
  session: fc.constantFrom("s1", "s2", undefined),
  ticket: fc.constantFrom("t1", "t2", undefined),
  order: fc.constantFrom("o1", "o2", undefined),
  topic: fc.constantFrom("Não chegou ainda", "chegou", ""),
  state: fc.constantFrom("failed", "ok", undefined),
  tries: fc.constantFrom("1", "2", "many"),
});
type Draft = typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never;

const scenarioArbitrary = fc.record({
  drafts: fc.array(eventArbitrary, { minLength: 30, maxLength: 80, size: "max" }),
  asked: fc.constantFrom(
    { journey: "life", outcome: 'touchpoint = "Order"' },
    { journey: "visit", outcome: 'touchpoint = "Order"' },
    { journey: "order-cycle", outcome: 'touchpoint = "Pay"' },
    { journey: "session", outcome: 'touchpoint = "Order" or touchpoint = "Pay"' },
    { journey: "life", outcome: "repurchase" },
    { journey: "life", outcome: "silence" },
    { journey: "life", outcome: 'touchpoint = "Order"', where: 'touchpoint != "Offer"' },
  ),
});
type Asked = (typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never)["asked"];

function toEvents(drafts: readonly Draft[]): SampleEvent[] {
  return drafts.map(({ customer, hour, touchpoint, score, session, order, ticket, topic, state, tries }, index) => ({
    ...{ import: 1, ordinal: index + 1, rowHash: index + 1, customer, time: hour * HOUR, touchpoint, channel: "" },
    ...{ value: null, score, scale: score === null ? "" : score === 3 ? "1-7" : "1-5" },
    objects: [
      ...(session === undefined ? [] : [["session", session] as const]),
      ...(order === undefined ? [] : [["order", order] as const]),
      ...(ticket === undefined ? [] : [["Ticket", ticket] as const]),
    ],
    properties: { topic, tries, ...(state === undefined ? {} : { state }) },
  }));
}

/** One owner's events, journey by journey, looked at one by one. */
class OwnerOracle {
  readonly #events: readonly SampleEvent[];
  readonly #journeys: readonly number[];
  readonly #asked: Asked;
  readonly #end: number;

  constructor(journeys: readonly (readonly SampleEvent[])[], asked: Asked, end: number) {
    this.#events = journeys.flat();
    this.#journeys = journeys.flatMap((events, index) => events.map(() => index));
    this.#asked = asked;
    this.#end = end;
  }

  #at(index: number): SampleEvent {
    return this.#events[index] as SampleEvent;
  }

  #isHit(index: number): boolean {
    const { touchpoint, time } = this.#at(index);
    if (this.#asked.outcome === "silence") return index > 0 && time - this.#at(index - 1).time > WITHIN;
    return this.#asked.outcome === "repurchase"
      ? touchpoint === "Order"
      : this.#asked.outcome.includes(`"${touchpoint}"`);
  }

  #starts(index: number): boolean {
    if (index === 0 || this.#journeys[index] !== this.#journeys[index - 1]) return true;
    const isLong = this.#at(index).time - this.#at(index - 1).time > WITHIN;
    return this.#asked.journey === "life" && (isLong || this.#isHit(index));
  }

  /** Hours to what follows in the attempt, or to the outcome that ends it. */
  gap(index: number): number {
    const next = this.#events[index + 1];
    if (next === undefined || this.#journeys[index] !== this.#journeys[index + 1]) return -1;
    const gap = next.time - this.#at(index).time;
    if (!this.#starts(index + 1)) return gap;
    return this.#isHit(index + 1) && gap <= WITHIN ? gap : -1;
  }

  #again(index: number, later: readonly number[], each: boolean): boolean {
    const about = (place: number) =>
      each ? JSON.stringify(this.#at(place).objects.filter(([type]) => type !== "session")) : "";
    for (let before = index; !this.#starts(before); before--) {
      const { touchpoint } = this.#at(before - 1);
      if (touchpoint === this.#at(index).touchpoint && about(before - 1) === about(index)) return true;
      if (later.includes(idOf(touchpoint))) return false;
    }
    return false;
  }

  #contact(index: number): { topic: string } | null {
    const { touchpoint, objects, properties } = this.#at(index);
    if (touchpoint !== "Call" && touchpoint !== "Install") return null;
    const ticketOf = (event: SampleEvent) => event.objects.find(([type]) => type === "Ticket")?.[1];
    const ticket = objects.find(([type]) => type === "Ticket")?.[1];
    const first = this.#events.findIndex((event) => ticketOf(event) === ticket);
    if (ticket !== undefined && first !== index) return null;
    const told = touchpoint === "Call" ? properties.topic : "";
    return { topic: told ? `topic ${told}` : touchpoint };
  }

  #soonAfter(index: number, withinMs: number): boolean {
    const own = this.#contact(index);
    if (own === null) return false;
    return this.#events.some(
      ({ time }, before) =>
        before < index && this.#contact(before)?.topic === own.topic && this.#at(index).time - time <= withinMs,
    );
  }

  #shows(index: number, sign: FrictionSign): boolean {
    const { properties, score, scale } = this.#at(index);
    switch (sign.by) {
      case "gap":
        return this.gap(index) > sign.overMs;
      case "again":
        return this.#again(index, sign.later, sign.each ?? false);
      case "contact":
        return this.#soonAfter(index, sign.withinMs);
      case "text":
        return / nao chegou /u.test(plainText(properties[sign.property] ?? ""));
      case "property":
        if (sign.when.kind === "score") return typeof score === "number" && scale === "1-5" && score <= 2;
        if (sign.when.kind === "equals") return properties[sign.when.property] === sign.when.value;
        return Number(properties[sign.when.property]) > sign.when.bound;
      default:
        throw new Error(`no flag: ${sign.by}`);
    }
  }

  mask(index: number): number {
    const own = FRICTIONS.filter(
      ({ touchpoint, sign }) => touchpoint === this.#at(index).touchpoint && sign.by !== "exit",
    );
    const bits = own.map(({ sign }, bit) => (this.#shows(index, sign) ? 2 ** bit : 0));
    return bits.reduce((sum, bit) => sum + bit, this.gap(index) < 0 ? 128 : 0);
  }

  settled(index: number): number {
    const { touchpoint, time } = this.#at(index);
    const bound = touchpoint === "Call" ? 5 * HOUR : touchpoint === "Pay" ? 9 * HOUR : 0;
    if (this.#asked.outcome === "silence") return time;
    const gap = this.gap(index);
    if (bound === 0) return time;
    return time + (gap < 0 ? bound : gap);
  }

  result(index: number): number {
    if (this.#asked.outcome === "silence") {
      const next = this.#events[index + 1];
      return next === undefined || next.time - this.#at(index).time > WITHIN ? 1 : 0;
    }
    const hit = this.#events.find(
      (_, other) => other > index && this.#journeys[other] === this.#journeys[index] && this.#isHit(other),
    );
    return hit !== undefined && hit.time - this.settled(index) <= WITHIN ? 1 : 0;
  }

  describe(): string {
    return JSON.stringify(
      this.#events.map((event, index) => [
        event.touchpoint,
        event.time,
        this.mask(index),
        this.gap(index),
        this.settled(index),
        this.result(index),
        this.settled(index) + WITHIN <= this.#end ? 1 : 0,
      ]),
    );
  }
}

async function readMasks(context: AnalysisContext, asked: Asked, end: number): Promise<string[]> {
  const outcome = await compileOutcome(context, momentsQuerySchema.parse({ ...asked, withinMs: WITHIN }));
  const rows = buildMomentRows(outcome, WITHIN, end);
  const flags = compileFlags(rows, FRICTIONS);
  const owners = await context.store.query<Record<string, (number | string)[]>>(
    `WITH ${flags.aliases}
SELECT ids AS touch, arrayMap(a -> toFloat64(a), at) AS moment, ${flags.masks} AS flagged,
  arrayMap(a -> toFloat64(a), ${flags.gaps}) AS gap, arrayMap(a -> toFloat64(a), ${flags.settled}) AS begun,
  arrayMap(a -> toUInt8(a), ${flags.results}) AS result, ${flags.ends} AS ended
FROM ${outcome.frame.source} WHERE ${outcome.frame.rows} AND notEmpty(ids)`,
    { params: outcome.frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return owners
    .map(({ touch = [], moment = [], flagged = [], gap = [], begun = [], result = [], ended = [] }) =>
      JSON.stringify(
        touch.map((id, index) => [
          NAMES[Number(id) - 1],
          ...[moment, flagged, gap, begun, result, ended].map((array) => Number(array[index])),
        ]),
      ),
    )
    .sort();
}

function expectMasks(events: readonly SampleEvent[], asked: Asked, end: number): string[] {
  const kept = (event: SampleEvent) => !("where" in asked) || event.touchpoint !== "Offer";
  const owners = new Map<string, SampleEvent[][]>();
  for (const { owner, events: own } of cutJourneys(events, asked.journey, "Order")) {
    const left = own.filter(kept);
    if (left.length > 0) owners.set(owner, [...(owners.get(owner) ?? []), left]);
  }
  return [...owners.values()].map((journeys) => new OwnerOracle(journeys, asked, end).describe()).sort();
}

describe("the masks of frictions", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(() => fixture.close());

  it("equal plain loops, on one table and on two shards", async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async ({ drafts, asked }) => {
        const events = toEvents(drafts);
        await fixture.load(events);
        await fixture.prepare([1], CATALOGUE);
        const end = Math.max(...events.map(({ time }) => time));
        const expected = expectMasks(events, asked, end);
        for (const source of ["journeys", "journeys_on_shards"] as const)
          expect(await readMasks(fixture.context(CATALOGUE, source), asked, end)).toEqual(expected);
      }),
      { numRuns: countRuns(4) },
    );
  }, 120_000);

  it("take seven flags a touchpoint, and say so when there are more", () => {
    const flags = Array.from({ length: 8 }, (_, bound) =>
      friction("Pay", { by: "property", when: { kind: "above", property: "tries", bound } }),
    );
    expect(placeFlags(flags.slice(1)).map(({ bit }) => bit)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(() => placeFlags(flags)).toThrow("at most 7");
  });
});
