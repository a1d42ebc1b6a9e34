/** Touches, attempts, history and tallies equal plain loops on random logs, on one table and on two shards. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { cutJourneys } from "../../test/journey-oracle.ts";
import { countRuns } from "../../test/property-runs.ts";
import type { Tallies } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { type MomentCandidate, presenceContrasts, presenceOf } from "./moment-candidates.ts";
import { ownHistoryContrasts } from "./moment-own-history.ts";
import { checkReasons, type KnownTouch } from "./moment-reasons.case.ts";
import type { SampleTouch } from "./moment-sample.ts";
import { fitPrognosticScore, type PrognosticScore, UNIT } from "./moment-score.ts";
import { prepareStudy } from "./moment-study.ts";
import type { MomentSurvey } from "./moment-survey.ts";
import { readTallies } from "./moment-tallies.ts";
import { momentsQuerySchema } from "./moments-schema.ts";

const NAMES = ["A", "B", "C", "Order"];
const CATALOGUE = catalogueOf(NAMES);
const HOUR = 3_600_000;
const WITHIN = 30 * HOUR;
const many = countRuns(1) > 1;

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3", "c4"),
  hour: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 })),
  touchpoint: fc.constantFrom(...NAMES),
  channel: fc.constantFrom("web", "app", ""),
  score: fc.constantFrom(null, 1, 3, 5),
  session: fc.constantFrom("s1", "s2", undefined),
});
type Draft = typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never;

const scenarioArbitrary = fc.record({
  drafts: fc.array(eventArbitrary, { minLength: 30, maxLength: 90, size: "max" }),
  asked: fc.constantFrom(
    { journey: "life", outcome: 'touchpoint = "Order"' },
    { journey: "visit", outcome: 'touchpoint = "Order"' },
    { journey: "order-cycle", outcome: 'touchpoint = "B"' },
    { journey: "session", outcome: 'touchpoint = "Order" or touchpoint = "B"' },
    { journey: "life", outcome: "repurchase" },
    { journey: "visit", outcome: "repurchase" },
    { journey: "life", outcome: "silence" },
    { journey: "life", outcome: 'touchpoint = "B"', of: "score" as const },
    { journey: "session", outcome: 'touchpoint = "B"', of: "score" as const },
  ),
});
type Asked = (typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never)["asked"];

function toEvents(drafts: readonly Draft[]): SampleEvent[] {
  return drafts.map(({ customer, hour, touchpoint, channel, score, session }, index) => ({
    ...{ import: 1, ordinal: index + 1, rowHash: index + 1, customer, time: hour * HOUR, touchpoint, channel },
    ...{ value: null, score, scale: score === null ? "" : "1-5", properties: {} },
    objects: session === undefined ? [] : [["session", session] as const],
  }));
}

/** One touch that counts, as the oracle sees it. */
interface PlainTouch {
  readonly touchpoint: string;
  readonly shown: boolean;
  readonly kind: number;
  readonly step: number;
  readonly pace: number;
  /** Time since the event before, and which that was; undefined where an attempt begins. */
  readonly wait: number;
  readonly last: string | undefined;
  readonly stage: number;
  readonly past: number;
  readonly prior: number;
  readonly channel: string;
  readonly seen: readonly string[];
  readonly result: number | null;
  /** Nothing follows in the attempt, and no outcome. */
  readonly left: boolean;
  /** Its own. */
  readonly score: number | null;
}

interface Attempt {
  readonly start: number;
  readonly events: readonly SampleEvent[];
}

class OwnerOracle {
  readonly #events: readonly SampleEvent[];
  readonly #journeys: readonly number[];
  readonly #asked: Asked;
  readonly #life: boolean;

  constructor(journeys: readonly (readonly SampleEvent[])[], asked: Asked) {
    this.#events = journeys.flat();
    this.#journeys = journeys.flatMap((events, index) => events.map(() => index));
    this.#asked = asked;
    this.#life = asked.journey === "life";
  }

  isHit(index: number): boolean {
    const event = this.#events[index] as SampleEvent;
    if (this.#asked.outcome === "silence")
      return index > 0 && event.time - (this.#events[index - 1]?.time ?? 0) > WITHIN;
    if (this.#asked.outcome === "repurchase") return event.touchpoint === "Order";
    return this.#asked.outcome.includes(`"${event.touchpoint}"`);
  }

  #starts(index: number): boolean {
    if (index === 0 || this.#journeys[index] !== this.#journeys[index - 1]) return true;
    const gap = (this.#events[index]?.time ?? 0) - (this.#events[index - 1]?.time ?? 0);
    return this.#life && (this.isHit(index) || gap > WITHIN);
  }

  #result(index: number): number | null {
    const at = this.#events[index]?.time ?? 0;
    if (this.#asked.outcome === "silence") {
      const next = this.#events[index + 1];
      return next === undefined || next.time - at > WITHIN ? 1 : 0;
    }
    const hit = this.#events.findIndex(
      (_, later) => later > index && this.#journeys[later] === this.#journeys[index] && this.isHit(later),
    );
    const came = hit >= 0 && (this.#events[hit]?.time ?? 0) - at <= WITHIN;
    if (!("of" in this.#asked)) return came ? 1 : 0;
    return came ? (this.#events[hit]?.score ?? null) : null;
  }

  #isEligible(index: number): boolean {
    if (this.#asked.outcome === "silence") return true;
    const hits = this.#events.map((_, other) => other).filter((other) => other <= index && this.isHit(other));
    if (this.#life) return this.#asked.outcome !== "repurchase" || hits.length > 0;
    const here = hits.filter((other) => this.#journeys[other] === this.#journeys[index]);
    return here.length === 0 && (this.#asked.outcome !== "repurchase" || hits.length > 0);
  }

  #attempts(): Attempt[] {
    const starts = this.#events.map((_, index) => index).filter((index) => this.#starts(index));
    return starts.map((start, nth) => ({ start, events: this.#events.slice(start, starts[nth + 1]) }));
  }

  touches(end: number, structural: readonly string[]): PlainTouch[] {
    return this.#attempts().flatMap(({ start, events }, nth) =>
      events.flatMap((event, step) => {
        const index = start + step;
        if (!this.#isEligible(index) || event.time + WITHIN > end) return [];
        const before = events.slice(0, step);
        const seen = [...new Set(before.map(({ touchpoint }) => touchpoint))];
        const [first, last] = [before[0]?.time ?? 0, before.at(-1)?.time ?? 0];
        return [
          {
            touchpoint: event.touchpoint,
            shown: !this.#life || this.#asked.outcome === "silence" || !this.isHit(index),
            kind: nth === 0 ? 0 : this.isHit(start) ? 1 : 2,
            step,
            pace: step < 2 ? 0 : (last - first) / (step - 1),
            wait: event.time - last,
            last: before.at(-1)?.touchpoint,
            stage: seen.filter((name) => structural.includes(name)).length,
            past: this.#events.filter((_, other) => other < start && this.isHit(other)).length,
            prior: start,
            channel: events[0]?.channel ?? "",
            seen,
            result: this.#result(index),
            left: step === events.length - 1 && this.#result(index) === 0,
            score: event.score ?? null,
          },
        ];
      }),
    );
  }

  /** Touchpoints passed in each attempt that reaches the outcome. */
  reached(): Set<string>[] {
    return this.#attempts().flatMap(({ start, events }) => {
      const next = start + events.length;
      const own = events.findIndex((_, step) => !this.#isEligible(start + step));
      const silence = this.#asked.outcome === "silence";
      const last = this.#events[next - 1]?.time ?? 0;
      const soon = silence || (this.#events[next]?.time ?? 0) - last <= WITHIN;
      const reaches = this.#life
        ? next < this.#events.length && this.isHit(next) && soon && own === -1
        : own > 0 && this.isHit(start + own);
      const passed = own === -1 ? events : events.slice(0, own);
      const counted = passed.filter((_, step) => !this.#life || silence || !this.isHit(start + step));
      return reaches ? [new Set(counted.map(({ touchpoint }) => touchpoint))] : [];
    });
  }
}

const levelOf = (value: number, bounds: readonly number[]) => bounds.filter((bound) => value > bound).length;

/** The level of each feature, in the order of the history. */
function levelsOf(touch: PlainTouch, { paces, waits, channels }: MomentSurvey, places: ReadonlyMap<string, number>) {
  return [
    touch.kind,
    levelOf(touch.step, [0, 1, 2, 4, 6, 9, 14]),
    touch.step < 2 ? 0 : 1 + levelOf(touch.pace, paces),
    touch.last === undefined ? 0 : 1 + levelOf(touch.wait, waits),
    touch.last === undefined ? 0 : (places.get(touch.last) ?? -1) + 2,
    Math.min(touch.stage, 7),
    Math.min(touch.past, 3),
    levelOf(touch.prior, [0, 3, 10, 30]),
    channels.indexOf(touch.channel) + 1,
  ];
}

function scoreOf(levels: readonly number[], seen: readonly number[], score: PrognosticScore): number {
  const parts = levels.map((level, index) => score.levels[index]?.[level] ?? 0);
  return [...parts, ...seen.map((flag) => score.flags[flag] ?? 0)].reduce((sum, one) => sum + one, 0);
}

function cellOf(levels: readonly number[], seen: readonly number[], score: PrognosticScore): number {
  const total = scoreOf(levels, seen, score);
  const [kind = 0, step = 0, , , , stage = 0, , activity = 0] = levels;
  return ((((levelOf(total, score.edges) * 8 + step) * 5 + activity) * 8 + stage) * 3 + kind) * 13;
}

/** A touch by its touchpoint and those seen before it in the attempt. */
interface Coded {
  readonly id: number;
  readonly had: readonly number[];
}

/** Every touch once among all; a touch that is looked at, for the first time or again; and once after each of those. */
function ownCodes({ id, had }: Coded, again: readonly MomentCandidate[]): (readonly [family: number, arm: number])[] {
  const own = again.findIndex(({ touch }) => touch === id);
  return [
    [0, 0],
    ...(own === -1 ? [] : [[had.includes(id) ? 2 : 1, own] as const]),
    ...again.flatMap(({ touch }, place) => (had.includes(touch) ? [[3, place] as const] : [])),
  ];
}

type Sums = readonly [rows: number, answers: number, sum: number, expected: number];

function addTo(sums: Map<string, Sums>, key: string, more: Sums): void {
  const before = sums.get(key) ?? [0, 0, 0, 0];
  sums.set(key, before.map((one, index) => one + (more[index] ?? 0)) as unknown as Sums);
}

function sumTallies(tallies: Tallies | undefined): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (let index = 0; index < (tallies?.cell.length ?? 0); index++) {
    const at = (column: ArrayLike<number> | undefined) => column?.[index] ?? 0;
    const key = `${at(tallies?.cell)} ${at(tallies?.family)} ${at(tallies?.arm)}`;
    addTo(sums, key, [at(tallies?.rows), at(tallies?.answers), at(tallies?.sum), at(tallies?.expected)]);
  }
  return sums;
}

/** Scores are sums of decimals. */
function rounded(sums: ReadonlyMap<string, Sums>): Record<string, number[]> {
  const round = (numbers: Sums) => numbers.map((one) => Math.round(one * 1e6) / 1e6 + 0);
  return Object.fromEntries([...sums].map(([key, numbers]) => [key, round(numbers)]));
}

async function checkStudy(context: AnalysisContext, asked: Asked, events: readonly SampleEvent[]) {
  const owners = new Map<string, (readonly SampleEvent[])[]>();
  for (const { owner, events: run } of cutJourneys(events, asked.journey, "Order"))
    owners.set(owner, [...(owners.get(owner) ?? []), run]);
  const oracles = [...owners.values()].map((journeys) => new OwnerOracle(journeys, asked));
  const study = await prepareStudy(context, momentsQuerySchema.parse({ ...asked, withinMs: WITHIN }));
  const { survey, history, sample, rows } = study;
  const nameOf = (id: number) => NAMES[id - 1] ?? "";

  const reached = oracles.flatMap((oracle) => oracle.reached());
  expect(survey.reached).toBe(reached.length);
  const structural = NAMES.filter(
    (name) => reached.length > 0 && reached.filter((names) => names.has(name)).length >= 0.95 * reached.length,
  );
  expect(survey.structural.map(nameOf).sort()).toEqual(structural.sort());

  const end = Math.max(...events.map(({ time }) => time));
  const touches = oracles.flatMap((oracle) => oracle.touches(end, structural));
  const shown = touches.filter((touch) => touch.shown);
  expect(survey.all.rows).toBe(shown.length);
  expect(survey.all.answers).toBe(shown.filter(({ result }) => result !== null).length);
  const places = new Map(history.flags.map((id, place) => [nameOf(id), place]));
  const plain = touches.map((touch): SampleTouch => {
    const { result, past, prior, kind, seen, left } = touch;
    const flags = seen.flatMap((name) => places.get(name) ?? []).sort();
    return {
      levels: levelsOf(touch, survey, places),
      seen: flags,
      result,
      past,
      prior,
      known: kind !== 0,
      left,
    };
  });
  const text = (list: readonly SampleTouch[]) =>
    list.map((touch) => JSON.stringify({ ...touch, seen: [...touch.seen].sort() })).sort();
  expect(text(sample)).toEqual(text(plain));

  const known = touches.flatMap(({ touchpoint, shown: isShown, step, score }, index): KnownTouch[] => {
    const own = plain[index];
    return own ? [{ id: NAMES.indexOf(touchpoint) + 1, shown: isShown, step, score, history: own }] : [];
  });
  // A sum over shards is the harder of the two.
  if (context.source !== "journeys") await checkReasons(study, known);

  const past = fitPrognosticScore(history, sample, ({ known: was, past: count }) => (was ? Number(count > 0) : null), {
    features: ["past"],
    flags: [],
  });
  const again = CATALOGUE.slice(0, 2).map(presenceOf);
  const ways = [
    { contrasts: presenceContrasts(rows, survey.deciding), codesOf: ({ id }: Coded) => [[0, id] as const] },
    { contrasts: ownHistoryContrasts(rows, survey.deciding, again), codesOf: (one: Coded) => ownCodes(one, again) },
  ];
  for (const [compared, score] of [
    ["outcome", study.score],
    ["drop-off", study.score],
    ["an earlier outcome", past],
  ] as const) {
    for (const { contrasts, codesOf } of compared === "outcome" ? ways : ways.slice(0, 1)) {
      const question = { compared, score, contrasts, medianPrior: survey.medianPrior, byTrait: true };
      const tallies = (await readTallies(context, rows, history, question)).get("");
      const expected = new Map<string, Sums>();
      for (const [index, touch] of touches.entries()) {
        const id = NAMES.indexOf(touch.touchpoint) + 1;
        if (!touch.shown || survey.deciding.includes(id)) continue;
        if (compared === "an earlier outcome" && touch.kind === 0) continue;
        const { levels = [], seen = [] } = plain[index] ?? {};
        const y = {
          outcome: touch.result,
          "drop-off": Number(touch.left),
          "an earlier outcome": Number(touch.past > 0),
        }[compared];
        const had = touch.seen.map((name) => NAMES.indexOf(name) + 1);
        const score01 = y === null ? 0 : scoreOf(levels, seen, score) / UNIT;
        for (const [family, arm] of codesOf({ id, had }))
          addTo(expected, `${cellOf(levels, seen, score)} ${family} ${arm}`, [1, y === null ? 0 : 1, y ?? 0, score01]);
      }
      expect(rounded(sumTallies(tallies))).toEqual(rounded(expected));
    }
  }
}

describe("touches by situation", () => {
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
        // Two shards ask the same SQL as one table and add their sums up: what fails on one fails there too.
        if (many) await checkStudy(fixture.context(CATALOGUE), asked, events);
        await checkStudy(fixture.context(CATALOGUE, "journeys_on_shards"), asked, events);
      }),
      { numRuns: countRuns(1), seed: 20_261_127 },
    );
  });
});
