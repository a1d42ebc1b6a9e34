/** Two scopes on one map and one step by a field equal plain loops on random logs, on one table and on two shards. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { applyScope, cutJourneys, keepOnce, mapOf, type OracleJourney, quantile } from "../../test/journey-oracle.ts";
import { countRuns } from "../../test/property-runs.ts";
import { estimateClusteredDifference } from "../stats/clustered.ts";
import { estimateShareDifference } from "../stats/proportion.ts";
import { type CompareReport, compareJourneys, compareReportSchema } from "./compare-journeys.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeStepBreakdown, stepBreakdownReportSchema } from "./step-breakdown.ts";

const NAMES = ["A", "B", "C", "Order"];
const CATALOGUE = catalogueOf(NAMES);
const HOUR = 3_600_000;
const DAY_10 = new Date(240 * HOUR).toISOString();

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3", "c4", "c5", ""),
  hour: fc.integer({ min: 0, max: 480 }),
  touchpoint: fc.constantFrom(...NAMES),
  channel: fc.constantFrom("web", "app", ""),
  session: fc.constantFrom("s1", "s2", "s3", "s4", undefined),
  k: fc.constantFrom("x", "y", ""),
});

type Draft = Omit<typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never, "customer"> & { customer: string };

function toEvents(drafts: readonly Draft[]): SampleEvent[] {
  const usable = drafts.filter(({ customer, session }) => customer !== "" || session !== undefined);
  return usable.map((draft, index) => ({
    import: 1,
    ordinal: index + 1,
    rowHash: index + 1,
    customer: draft.customer,
    time: draft.hour * HOUR,
    touchpoint: draft.touchpoint,
    channel: draft.channel,
    value: null,
    objects: draft.session === undefined ? [] : [["session", draft.session] as const],
    properties: draft.k === "" ? {} : { "k 1": draft.k },
  }));
}

const all = () => true;
const EVERYTHING = { text: undefined, event: all, journey: all };
const IN_WEB = { text: 'channel = "web"', event: ({ channel }: SampleEvent) => channel === "web", journey: all };

const scenarioArbitrary = fc.record({
  drafts: fc.array(eventArbitrary, { maxLength: 80, size: "max" }),
  journey: fc.constantFrom("life", "visit", "order-cycle", "session"),
  /** Compared with the time outside, or with the events on the web. */
  against: fc.constantFrom("outside" as const, "web" as const),
  by: fc.constantFrom("touchpoint" as const, "stage" as const),
  field: fc.constantFrom("channel", 'prop."k 1"', "prop.k 1"),
  limit: fc.constantFrom(1, 2, 50),
});
type Scenario = typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never;

interface Sides {
  readonly a: readonly OracleJourney[];
  readonly b: readonly OracleJourney[];
}

const share = (hits: number, n: number) => (n === 0 ? null : expect.closeTo(hits / n, 12));

interface Asked {
  readonly journey: string;
  readonly from: string;
  readonly vs: { readonly from?: string; readonly outside?: boolean; readonly where?: string };
}

async function checkMap(context: AnalysisContext, asked: Asked, { a, b }: Sides, by: Scenario["by"]) {
  const stage = new Map(CATALOGUE.map((touchpoint) => [touchpoint.name, touchpoint.stage ?? "unmapped"]));
  const nameOf = (event: SampleEvent) => (by === "stage" ? (stage.get(event.touchpoint) as string) : event.touchpoint);
  const report = compareReportSchema.parse(await compareJourneys(context, { ...asked, by }));
  expect([report.a.journeys, report.b.journeys]).toEqual([a.length, b.length]);
  const maps = [a, b].map((journeys) => ({ total: journeys.length, ...mapOf(journeys, nameOf) }));
  for (const node of report.nodes) {
    for (const [index, { nodes, total }] of maps.entries()) {
      const tally = nodes.get(node.touchpoint);
      const journeys = tally?.journeys.size ?? 0;
      expect([node.a, node.b][index]).toMatchObject({
        events: tally?.count ?? 0,
        journeys,
        share: share(journeys, total),
      });
    }
    checkDifference(node);
  }
  for (const edge of report.edges) {
    for (const [index, { nodes, edges }] of maps.entries()) {
      const tally = edges.get(`${edge.from}→${edge.to}`);
      const n = nodes.get(edge.from)?.count ?? 0;
      expect([edge.a, edge.b][index]).toMatchObject({
        transitions: tally?.count ?? 0,
        n,
        journeys: tally?.journeys.size ?? 0,
        share: share(tally?.count ?? 0, n),
        medianSeconds: tally ? expect.closeTo(quantile(tally.gaps, 0.5), 6) : null,
      });
    }
    checkDifference(edge);
  }
  expect(report.nodes.length).toBe(new Set(maps.flatMap(({ nodes }) => [...nodes.keys()])).size);
  expect(report.edges.length).toBe(new Set(maps.flatMap(({ edges }) => [...edges.keys()])).size);
}

/** Differences are those of the shares, between their own ends. */
function checkDifference({ a, b, difference }: CompareReport["edges"][number] | CompareReport["nodes"][number]) {
  if (a.share === null || b.share === null) {
    expect(difference).toMatchObject({ value: null, reason: "insufficient-data", required: 1 });
    return;
  }
  expect(difference.value).toBeCloseTo(a.share - b.share, 12);
  if (difference.value === null) return;
  expect(difference.low).toBeLessThanOrEqual(difference.value);
  expect(difference.high).toBeGreaterThanOrEqual(difference.value);
  if ("n" in a && "n" in b && a.n > 0 && b.n > 0) {
    const plain = estimateShareDifference(
      { hits: Math.round(a.share * a.n), n: a.n },
      { hits: Math.round(b.share * b.n), n: b.n },
    );
    if ("low" in plain) expect(difference.high - difference.low).toBeGreaterThan(plain.high - plain.low - 1e-9);
  }
}

async function checkBreakdown(context: AnalysisContext, asked: Asked, { a, b }: Sides, scenario: Scenario) {
  const { field, limit } = scenario;
  const labelOf = ({ channel, properties }: SampleEvent) => (field === "channel" ? channel : (properties["k 1"] ?? ""));
  const count = (journeys: readonly OracleJourney[], value: string | undefined) => {
    const pairs = journeys.flatMap(({ events }) => events.map((event, index) => [event, events[index + 1]] as const));
    const begun = pairs.filter(([event]) => event.touchpoint === "A" && (value ?? labelOf(event)) === labelOf(event));
    return { n: begun.length, transitions: begun.filter(([, next]) => next?.touchpoint === "B").length };
  };
  const report = stepBreakdownReportSchema.parse(
    await analyzeStepBreakdown(context, { ...asked, step: { from: "A", to: "B" }, by: field, limit }),
  );
  expect(report.all).toMatchObject({ a: count(a, undefined), b: count(b, undefined) });
  for (const row of report.rows) {
    const [one, two] = [count(a, row.value ?? ""), count(b, row.value ?? "")];
    expect(row).toMatchObject({
      a: { ...one, share: share(one.transitions, one.n) },
      b: { ...two, share: share(two.transitions, two.n) },
    });
  }
  expect(report.rows.length).toBeLessThanOrEqual(limit);
  const summed = [...report.rows, ...(report.other ? [report.other] : [])];
  expect(summed.reduce((sum, row) => sum + row.a.n, 0)).toBe(report.all.a.n);
  expect(summed.reduce((sum, row) => sum + (row.b?.n ?? 0), 0)).toBe(report.all.b?.n);
}

describe("two scopes on one map", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(() => fixture.close());

  const check = async (scenario: Scenario) => {
    const events = toEvents(scenario.drafts);
    await fixture.load(events);
    await fixture.prepare([1], CATALOGUE);
    const journeys = cutJourneys(keepOnce(events, [1]), scenario.journey, "Order");
    const period = { from: 240 * HOUR };
    const sides = {
      a: applyScope(journeys, EVERYTHING, period).journeys,
      b: (scenario.against === "web"
        ? applyScope(journeys, IN_WEB, {})
        : applyScope(journeys, EVERYTHING, { ...period, outside: true })
      ).journeys,
    };
    const vs = scenario.against === "web" ? { where: IN_WEB.text } : { from: DAY_10, outside: true };
    const asked = { journey: scenario.journey, from: DAY_10, vs };
    for (const source of ["journeys", "journeys_on_shards"] as const) {
      const context = fixture.context(CATALOGUE, source);
      await checkMap(context, asked, sides, scenario.by);
      await checkBreakdown(context, asked, sides, scenario);
    }
  };

  const numRuns = countRuns(2);
  const seed = Number(process.env.WAYMARK_PROPERTY_SEED ?? 20261122);
  it(
    "equals plain loops",
    () => fc.assert(fc.asyncProperty(scenarioArbitrary, check), { numRuns, seed }),
    numRuns * 15_000,
  );

  /** `count` customers, each with `each` journeys "A then B" or "A then C". */
  const customers = (prefix: string, count: number, each: number, goesOn: (customer: number) => boolean, at: number) =>
    Array.from({ length: count }, (_, customer) =>
      Array.from({ length: each }, (_, visit): Draft[] => [
        {
          customer: `${prefix}${customer}`,
          hour: at + visit * 2,
          touchpoint: "A",
          channel: "web",
          session: undefined,
          k: "x",
        },
        {
          customer: `${prefix}${customer}`,
          hour: at + visit * 2,
          touchpoint: goesOn(customer) ? "B" : "C",
          channel: "web",
          session: undefined,
          k: "x",
        },
      ]),
    ).flat(2);

  const differenceOf = async (drafts: readonly Draft[]) => {
    await fixture.load(toEvents(drafts));
    await fixture.prepare([1], CATALOGUE);
    const query = { journey: "visit", from: DAY_10, vs: { from: DAY_10, outside: true } };
    const { edges } = await compareJourneys(fixture.context(CATALOGUE), query);
    return edges.find(({ from, to }) => from === "A" && to === "B");
  };

  it("widens its interval where the events are a few customers' habit", async () => {
    const half = (customer: number) => customer % 2 === 0;
    const often = await differenceOf([...customers("a", 20, 10, half, 300), ...customers("b", 20, 10, half, 0)]);
    expect(often).toMatchObject({ a: { transitions: 100, n: 200 }, b: { transitions: 100, n: 200 } });
    const plain = estimateShareDifference({ hits: 100, n: 200 }, { hits: 100, n: 200 });
    if (!often || often.difference.value === null || !("low" in plain)) throw new Error("no difference");
    // Ten equal answers of each customer: about as if there were 20 on each side, √10 wider.
    expect((often.difference.high - often.difference.low) / (plain.high - plain.low)).toBeGreaterThan(2.2);
  });

  it("has no difference where one side has nothing to have a share of", async () => {
    expect((await differenceOf(customers("a", 3, 1, () => true, 300)))?.difference).toEqual({
      value: null,
      reason: "insufficient-data",
      n: 0,
      required: 1,
    });
  });

  it("takes clustered shares apart like Newcombe where nothing is clustered", () => {
    const units = (hits: number, n: number) =>
      Array.from({ length: n }, (_, unit) => ({ numerator: unit < hits ? 1 : 0, denominator: 1 }));
    // One unit a bucket: deff = 34/33, as if n were 33; with independent units it is (.0189, .3404).
    expect(estimateClusteredDifference(units(7, 34), units(1, 34))).toEqual({
      value: expect.closeTo(6 / 34, 12),
      low: expect.closeTo(0.016173, 6),
      high: expect.closeTo(0.343041, 6),
      n: 34,
    });
  });
});
