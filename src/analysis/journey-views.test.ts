import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import {
  applyScope,
  cutJourneys,
  exitsOf,
  keepOnce,
  mapOf,
  type OracleFilter,
  type OraclePeriod,
  passes,
  quantile,
  type Scoped,
  scoreOf,
} from "../../test/journey-oracle.ts";
import { countRuns } from "../../test/property-runs.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeFunnel } from "./funnel.ts";
import { analyzeFunnelExits } from "./funnel-exits.ts";
import { analyzeMeasuredJourney } from "./measured-journey.ts";
import { analyzeSankey, analyzeStepMatrix } from "./step-matrix.ts";
import { analyzeVariants } from "./variants.ts";

const NAMES = ["A", "B", "C", "D", "Order"];
const CATALOGUE = catalogueOf(NAMES);
const LIVE = [1, 2];
const TEN_MINUTES = 600_000;
/** Before 1970 too: nothing may rely on positive times. */
const EPOCH = -3_600_000;

const all = () => true;
const count = (journey: readonly SampleEvent[], name: string) =>
  journey.filter(({ touchpoint }) => touchpoint === name).length;

const FILTERS: readonly OracleFilter[] = [
  { text: undefined, event: all, journey: all },
  { text: 'channel = "web"', event: ({ channel }) => channel === "web", journey: all },
  {
    text: 'touchpoint in ("A", "C") or value > 5',
    event: ({ touchpoint, value }) => ["A", "C"].includes(touchpoint) || (value !== null && value > 5),
    journey: all,
  },
  {
    text: 'prop."k:1" = "y" and not has("D")',
    event: ({ properties }) => properties["k:1"] === "y",
    journey: (j) => count(j, "D") === 0,
  },
  {
    text: 'count("A") >= 2 and touchpoint != "B"',
    event: ({ touchpoint }) => touchpoint !== "B",
    journey: (j) => count(j, "A") >= 2,
  },
  {
    text: 'channel = "app" or has("Order")',
    event: ({ channel }, j) => channel === "app" || count(j, "Order") > 0,
    journey: all,
  },
  {
    text: 'touchpoint = "A" or has("D")',
    event: ({ touchpoint }, j) => touchpoint === "A" || count(j, "D") > 0,
    journey: all,
  },
  { text: 'customer.tier = "gold"', event: all, journey: () => false },
];

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3", "c4", ""),
  tick: fc.integer({ min: 0, max: 25 }),
  touchpoint: fc.constantFrom(...NAMES),
  channel: fc.constantFrom("web", "app"),
  value: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  scale: fc.constantFrom("1-5", "1-5", "1-7", ""),
  sessions: fc.subarray(["s1", "s2", "s3"], { maxLength: 2 }),
  k: fc.constantFrom("x", "y"),
  imports: fc.constantFrom([1], [1], [2], [1, 2], [1, 1], [1, 1, 2]),
});

type Draft = typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** A record may stand in both imports, or twice in one: those copies share a row hash. */
function toEvents(drafts: readonly Draft[]): SampleEvent[] {
  const events: SampleEvent[] = [];
  const usable = drafts.filter(({ customer, sessions }) => customer !== "" || sessions.length > 0);
  for (const [index, draft] of usable.entries()) {
    for (const from of draft.imports) {
      events.push({
        import: from,
        ordinal: events.length + 1,
        rowHash: index + 1,
        customer: draft.customer,
        time: EPOCH + draft.tick * TEN_MINUTES,
        touchpoint: draft.touchpoint,
        channel: draft.channel,
        value: draft.value,
        score: draft.score,
        scale: draft.scale,
        objects: draft.sessions.map((id) => ["session", id] as const),
        properties: { "k:1": draft.k },
      });
    }
  }
  return events;
}

const scenarioArbitrary = fc.record({
  drafts: fc.array(eventArbitrary, { maxLength: 70 }),
  journey: fc.constantFrom("life", "visit", "order-cycle", "session"),
  filter: fc.constantFrom(...FILTERS),
  from: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  to: fc.option(fc.integer({ min: 5, max: 25 }), { nil: undefined }),
  outside: fc.boolean(),
  hidden: fc.constantFrom<string[]>([], [], ["B"], ["D", "Order"]),
  funnel: fc.array(fc.record({ name: fc.constantFrom(...NAMES), optional: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
  within: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  strict: fc.boolean(),
  per: fc.constantFrom("journey" as const, "customer" as const),
});

type Scenario = typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** The period in milliseconds; nothing can be outside of all time. */
function periodOf({ from, to, outside }: Scenario): OraclePeriod {
  const moment = (tick: number | undefined) => (tick === undefined ? undefined : EPOCH + tick * TEN_MINUTES);
  return { from: moment(from), to: moment(to), outside: outside && (from !== undefined || to !== undefined) };
}

function scopeOf(scenario: Scenario) {
  const { from, to, outside } = periodOf(scenario);
  return {
    journey: scenario.journey,
    where: scenario.filter.text,
    from: from === undefined ? undefined : new Date(from).toISOString(),
    to: to === undefined ? undefined : new Date(to).toISOString(),
    outside,
  };
}

function wantedScore(scores: Parameters<typeof scoreOf>[0]) {
  const score = scoreOf(scores);
  return score && expect.objectContaining({ ...score, mean: expect.closeTo(score.mean, 9) });
}

async function checkMap(
  context: AnalysisContext,
  scope: ReturnType<typeof scopeOf>,
  expected: Scoped,
  by: "touchpoint" | "stage",
) {
  const stage = new Map(CATALOGUE.map((touchpoint) => [touchpoint.name, touchpoint.stage ?? "unmapped"]));
  const nameOf = (event: SampleEvent) => (by === "stage" ? (stage.get(event.touchpoint) as string) : event.touchpoint);
  const { nodes, edges } = mapOf(expected.journeys, nameOf);
  const map = await analyzeMeasuredJourney(context, { ...scope, by });
  expect(map.journeys).toBe(expected.journeys.length);
  expect(map.customers).toBe(countCustomers(expected));
  expect({ emptied: map.other.emptied, excluded: map.other.excluded }).toEqual({
    emptied: expected.emptied,
    excluded: expected.excluded,
  });
  const got = Object.fromEntries(
    map.nodes.map((node) => [
      node.touchpoint,
      [node.events, node.journeys, node.customers, node.starts, node.ends, node.score, node.medianSecondsAfter],
    ]),
  );
  expect(got).toEqual(
    Object.fromEntries(
      [...nodes].map(([name, node]) => [
        name,
        [
          node.count,
          node.journeys.size,
          node.customers.size,
          node.starts,
          node.ends,
          wantedScore(node.scores),
          node.after.length === 0 ? null : expect.closeTo(quantile(node.after, 0.5), 6),
        ],
      ]),
    ),
  );
  const gotEdges = Object.fromEntries(
    map.edges.map((edge) => [
      `${edge.from}→${edge.to}`,
      [edge.transitions, edge.journeys, edge.customers, edge.medianSeconds, edge.p90Seconds],
    ]),
  );
  const wantedEdges = [...edges].map(([name, edge]) => [
    name,
    [
      edge.count,
      edge.journeys.size,
      edge.customers.size,
      expect.closeTo(quantile(edge.gaps, 0.5), 6),
      expect.closeTo(quantile(edge.gaps, 0.9), 6),
    ],
  ]);
  expect(gotEdges).toEqual(Object.fromEntries(wantedEdges));
  for (const node of map.nodes) {
    const sum = (side: "from" | "to") =>
      map.edges
        .filter((edge) => edge[side] === node.touchpoint)
        .reduce((total, { transitions }) => total + transitions, 0);
    expect(sum("to") + node.starts).toBe(node.events);
    expect(sum("from") + node.ends).toBe(node.events);
  }
}

function countCustomers({ journeys }: Scoped): number {
  const customers = journeys.flatMap(({ events }) => events.map(({ customer }) => customer));
  return new Set(customers.filter((id) => id !== "")).size;
}

async function checkSums(context: AnalysisContext, scope: ReturnType<typeof scopeOf>, expected: Scoped) {
  const total = expected.journeys.length;
  const variants = await analyzeVariants(context, { ...scope, top: 3 });
  const paths = new Map<string, number>();
  for (const { events } of expected.journeys) {
    const path = JSON.stringify(events.map(({ touchpoint }) => touchpoint));
    paths.set(path, (paths.get(path) ?? 0) + 1);
  }
  expect(variants.count).toBe(paths.size);
  expect(variants.variants.reduce((sum, { journeys }) => sum + journeys, 0) + variants.other.journeys).toBe(total);
  for (const { path, journeys } of variants.variants) expect(paths.get(JSON.stringify(path))).toBe(journeys);
  expect(variants.variants.map(({ journeys }) => journeys)).toEqual(
    [...paths.values()].sort((a, b) => b - a).slice(0, 3),
  );
  const durations = expected.journeys.map(
    ({ events }) => ((events.at(-1) as SampleEvent).time - (events[0] as SampleEvent).time) / 1000,
  );
  expect(variants.medianSeconds).toEqual(total === 0 ? null : expect.closeTo(quantile(durations, 0.5), 6));

  const matrix = await analyzeStepMatrix(context, { ...scope, steps: 4 });
  for (const { step, ended, cells } of matrix.steps) {
    expect(ended + cells.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(total);
    for (const { touchpoint, journeys } of cells)
      expect(expected.journeys.filter(({ events }) => events[step - 1]?.touchpoint === touchpoint).length).toBe(
        journeys,
      );
  }
  const sankey = await analyzeSankey(context, { ...scope, levels: 4, top: 2 });
  for (const { journeys, customers } of [variants, matrix, sankey])
    expect([journeys, customers]).toEqual([total, countCustomers(expected)]);
  for (const { level, ended, nodes } of sankey.levels) {
    expect(ended + nodes.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(total);
    for (const node of nodes.filter(() => level > 1)) {
      const into = sankey.links.filter((link) => link.level === level - 1 && link.to === node.touchpoint);
      expect(into.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(node.journeys);
    }
  }
}

async function checkFunnel(
  context: AnalysisContext,
  scenario: Scenario,
  scope: ReturnType<typeof scopeOf>,
  expected: Scoped,
) {
  const steps = scenario.funnel.map((step, index) => (index === 0 ? { ...step, optional: false } : step));
  const withinMs = scenario.within === undefined ? undefined : scenario.within * TEN_MINUTES;
  const rules = { withinMs, strict: scenario.strict };
  const query = {
    ...scope,
    ...rules,
    per: scenario.per,
    steps: steps.map(({ name, optional }) => (optional ? `${name}?` : name)),
  };
  const funnel = await analyzeFunnel(context, query);
  const wanted = steps.map(
    (_, target) => expected.journeys.filter(({ events }) => passes(events, steps, target, rules)).length,
  );
  expect(funnel.steps.map((step) => step.count)).toEqual(wanted);
  expect(funnel.entrants + funnel.other.notEntered).toBe(expected.journeys.length);
  expect(funnel.customers).toBe(countCustomers(expected));
  for (const [target, { onward }] of funnel.steps.entries()) {
    const before = steps.findLastIndex(({ optional }, index) => index < target && !optional);
    const n = wanted[before] ?? 0;
    expect(onward && [onward.n, onward.share]).toEqual(n === 0 ? null : [n, (wanted[target] ?? 0) / n]);
    if (onward) expect(onward.low <= onward.share && onward.share <= onward.high).toBe(true);
  }

  const exits = await analyzeFunnelExits(context, query);
  const wantedExits = steps.flatMap((_, step) => exitsOf(expected.journeys, steps, step, rules) ?? []);
  expect(exits.steps.map(({ step, stopped, ended, next }) => ({ step, stopped, ended, next: nextOf(next) }))).toEqual(
    wantedExits,
  );
  for (const { step, optional, stopped, ended, next, missed } of exits.steps) {
    expect(ended + next.reduce((sum, { journeys }) => sum + journeys, 0)).toBe(stopped);
    const target = steps.findIndex(({ name, optional: mayMiss }, index) => index > step && name === missed && !mayMiss);
    if (!optional) expect((wanted[step] ?? 0) - (wanted[target] ?? 0)).toBe(stopped);
  }
}

const nextOf = (next: readonly { touchpoint: string; journeys: number }[]) =>
  Object.fromEntries(next.map(({ touchpoint, journeys }) => [touchpoint, journeys]));

describe("views of a journey", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(async () => {
    await fixture.close();
  });

  const check = async (scenario: Scenario) => {
    const events = toEvents(scenario.drafts);
    await fixture.load(events);
    await fixture.prepare(LIVE, CATALOGUE);
    const kept = keepOnce(events, LIVE);
    const scope = scopeOf(scenario);
    const journeys = cutJourneys(kept, scenario.journey, "Order");
    const expected = applyScope(journeys, scenario.filter, periodOf(scenario), scenario.hidden);
    const lives = applyScope(cutJourneys(kept, "life", "Order"), scenario.filter, periodOf(scenario), scenario.hidden);
    const catalogue = CATALOGUE.map((one) => ({ ...one, hidden: scenario.hidden.includes(one.name) }));
    for (const source of ["journeys", "journeys_on_shards"] as const) {
      const context = fixture.context(catalogue, source);
      await checkMap(context, scope, expected, "touchpoint");
      await checkMap(context, scope, expected, "stage");
      await checkSums(context, scope, expected);
      await checkFunnel(context, scenario, scope, scenario.per === "customer" ? lives : expected);
    }
    const map = await analyzeMeasuredJourney(fixture.context(CATALOGUE), { journey: scenario.journey });
    const outside = kept.filter(({ customer, objects }) =>
      scenario.journey === "session" ? objects.length === 0 : customer === "",
    );
    expect(map.unassigned).toBe(outside.length);
  };

  /** Each run costs about a second of processor time; `npm run prove` asks for more of them. */
  const numRuns = countRuns(1);
  const seed = Number(process.env.WAYMARK_PROPERTY_SEED ?? 20261121);

  it(
    "equal a brute-force count on random logs, on one table and on two shards, and add up",
    () => fc.assert(fc.asyncProperty(scenarioArbitrary, check), { numRuns, seed }),
    numRuns * 15_000,
  );
});
