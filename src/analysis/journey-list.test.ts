import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { applyScope, cutJourneys, type OracleFilter } from "../../test/journey-oracle.ts";
import { countRuns } from "../../test/property-runs.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeFunnel } from "./funnel.ts";
import { analyzeFunnelExits } from "./funnel-exits.ts";
import { type CustomersQuery, customersReportSchema, listCustomers } from "./journey-list.ts";
import { analyzeMeasuredJourney } from "./measured-journey.ts";
import { analyzeSankey, analyzeStepMatrix } from "./step-matrix.ts";
import { analyzeVariants } from "./variants.ts";

const NAMES = ["A", "B", "C", "D", "Order"];
const CATALOGUE = catalogueOf(NAMES);
/** The same with one touchpoint out of sight. */
const VEILED = CATALOGUE.map((touchpoint) => (touchpoint.name === "D" ? { ...touchpoint, hidden: true } : touchpoint));
const TEN_MINUTES = 600_000;
const EPOCH = Date.UTC(2025, 0, 1);

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3", "c4", "c5", ""),
  tick: fc.integer({ min: 0, max: 30 }),
  touchpoint: fc.constantFrom(...NAMES),
  channel: fc.constantFrom("web", "app"),
  value: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  sessions: fc.subarray(["s1", "s2", "s3", "s4"], { maxLength: 2 }),
});
type Draft = typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never;

const EVERYTHING: OracleFilter = { text: undefined, event: () => true, journey: () => true };
const FILTERS: readonly OracleFilter[] = [
  EVERYTHING,
  { ...EVERYTHING, text: 'channel = "web"', event: ({ channel }) => channel === "web" },
  {
    text: 'touchpoint != "B" and has("A")',
    event: ({ touchpoint }) => touchpoint !== "B",
    journey: (journey) => journey.some(({ touchpoint }) => touchpoint === "A"),
  },
];

const scenarioArbitrary = fc.record({
  drafts: fc.array(eventArbitrary, { minLength: 12, maxLength: 70 }),
  journey: fc.constantFrom("life", "visit", "order-cycle", "session"),
  filter: fc.constantFrom(...FILTERS),
  from: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  outside: fc.boolean(),
  funnel: fc.record({
    steps: fc.constantFrom<string[]>(["A", "B"], ["A", "B?", "C"], ["C", "A", "Order"], ["B", "B"]),
    strict: fc.boolean(),
    per: fc.constantFrom("journey" as const, "customer" as const),
  }),
  veiled: fc.boolean(),
  source: fc.constantFrom("journeys" as const, "journeys_on_shards" as const),
  /** Which of the numbers on screen are clicked: one in so many, from here on. */
  first: fc.nat(30),
});
type Scenario = typeof scenarioArbitrary extends fc.Arbitrary<infer T> ? T : never;

function toEvents(drafts: readonly Draft[]): SampleEvent[] {
  return drafts
    .filter(({ customer, sessions }) => customer !== "" || sessions.length > 0)
    .map(({ tick, sessions, ...draft }, index) => ({
      ...draft,
      import: 1,
      ordinal: index + 1,
      rowHash: index + 1,
      time: EPOCH + tick * TEN_MINUTES,
      objects: sessions.map((id) => ["session", id] as const),
      properties: {},
    }));
}

function scopeOf({ journey, filter, from, outside }: Scenario) {
  return {
    journey,
    ...(filter.text === undefined ? {} : { where: filter.text }),
    ...(from === undefined ? {} : { from: new Date(EPOCH + from * TEN_MINUTES).toISOString(), outside }),
  };
}

type Scope = ReturnType<typeof scopeOf>;
/** A number on screen, and the question that opens it. */
type Click = readonly [shown: number, query: Pick<CustomersQuery, "by" | "select">];

async function clicksOnMap(context: AnalysisContext, scope: Scope, by: "touchpoint" | "stage"): Promise<Click[]> {
  const map = await analyzeMeasuredJourney(context, { ...scope, by });
  return [
    [map.journeys, { by, select: { kind: "all" } }],
    ...map.nodes.flatMap(({ touchpoint, journeys, starts, ends }): Click[] => [
      [journeys, { by, select: { kind: "touchpoint", touchpoint } }],
      [starts, { by, select: { kind: "start", touchpoint } }],
      [ends, { by, select: { kind: "end", touchpoint } }],
    ]),
    ...map.edges.map(({ from, to, journeys }): Click => [journeys, { by, select: { kind: "step", from, to } }]),
  ];
}

async function clicksOnPaths(context: AnalysisContext, scope: Scope): Promise<Click[]> {
  const { variants } = await analyzeVariants(context, { ...scope, top: 4 });
  const matrix = await analyzeStepMatrix(context, { ...scope, steps: 4 });
  return [
    ...variants.map(({ path, journeys }): Click => [journeys, { select: { kind: "path", path } }]),
    ...matrix.steps.flatMap(({ step, ended, cells }): Click[] => [
      [ended, { select: { kind: "position", step, touchpoint: null } }],
      ...cells.map(({ touchpoint, journeys }): Click => [journeys, { select: { kind: "position", step, touchpoint } }]),
    ]),
  ];
}

async function clicksOnSankey(context: AnalysisContext, scope: Scope): Promise<Click[]> {
  const { levels, links } = await analyzeSankey(context, { ...scope, levels: 4, top: 2 });
  const named = (level: number) =>
    levels[level - 1]?.nodes.filter(({ rest }) => !rest).map(({ touchpoint }) => touchpoint) ?? [];
  const place = (touchpoint: string) => (touchpoint === "Other" ? null : touchpoint);
  return [
    ...levels.flatMap(({ level, nodes }) =>
      nodes.map(({ touchpoint, journeys, rest }): Click => {
        const select = { kind: "position" as const, step: level };
        if (!rest) return [journeys, { select: { ...select, touchpoint } }];
        return [journeys, { select: { ...select, touchpoint: null, not: named(level) } }];
      }),
    ),
    ...levels.slice(0, -1).flatMap(({ level, nodes }) =>
      nodes.map(({ touchpoint, journeys, rest }): Click => {
        const onward = links.filter((link) => link.level === level && link.from === touchpoint);
        const stopped = onward.reduce((left, link) => left - link.journeys, journeys);
        const there = { touchpoint: rest ? null : touchpoint, ...(rest ? { not: named(level) } : {}) };
        return [stopped, { select: { kind: "position", step: level, ...there, last: true } }];
      }),
    ),
    ...links.map(({ level, from, to, journeys }): Click => {
      const ends = { from: place(from), to: place(to), fromNot: named(level), toNot: named(level + 1) };
      return [journeys, { select: { kind: "link", level, ...ends } }];
    }),
  ];
}

async function clicksOnFunnel(context: AnalysisContext, scope: Scope, funnel: Scenario["funnel"]): Promise<Click[]> {
  const select = { kind: "funnel" as const, ...funnel };
  const { steps } = await analyzeFunnel(context, { ...scope, ...funnel });
  const exits = await analyzeFunnelExits(context, { ...scope, ...funnel });
  return [
    ...steps.map(({ count }, reached): Click => [count, { select: { ...select, reached } }]),
    ...exits.steps.flatMap(({ step, stopped, ended, next }): Click[] => [
      [stopped, { select: { ...select, reached: step, stopped: true } }],
      [ended, { select: { ...select, reached: step, stopped: true, next: null } }],
      ...next.map(({ touchpoint, journeys }): Click => {
        return [journeys, { select: { ...select, reached: step, stopped: true, next: touchpoint } }];
      }),
    ]),
  ];
}

describe("the customers behind a number", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(() => fixture.close());

  const load = async (events: readonly SampleEvent[]) => {
    await fixture.load(events);
    await fixture.prepare([1], CATALOGUE);
  };

  const check = async (scenario: Scenario) => {
    await load(toEvents(scenario.drafts));
    const context = fixture.context(scenario.veiled ? VEILED : CATALOGUE, scenario.source);
    const scope = scopeOf(scenario);
    const views = [
      await clicksOnMap(context, scope, "touchpoint"),
      await clicksOnMap(context, scope, "stage"),
      await clicksOnPaths(context, scope),
      await clicksOnSankey(context, scope),
      await clicksOnFunnel(context, scope, scenario.funnel),
    ];
    for (const clicks of views) {
      const stride = Math.ceil(clicks.length / 2);
      for (const [index, [shown, query]] of clicks.entries()) {
        if ((index + scenario.first) % stride !== 0) continue;
        const report = customersReportSchema.parse(await listCustomers(context, { ...scope, ...query, limit: 3 }));
        expect([query, report.total]).toEqual([query, shown]);
        expect(report.rows.length).toBe(Math.min(3, shown));
      }
    }
  };

  const numRuns = countRuns(1);
  it(
    "are exactly as many as map, variants, step matrix, Sankey and funnel show, also on two shards",
    () => fc.assert(fc.asyncProperty(scenarioArbitrary, check), { numRuns, seed: 20_261_122 }),
    numRuns * 15_000,
  );

  it(
    "are listed as a brute-force reading lists them, the newest first",
    () =>
      fc.assert(
        fc.asyncProperty(scenarioArbitrary, async (scenario) => {
          const events = toEvents(scenario.drafts);
          await load(events);
          const { journey, filter, source } = scenario;
          const context = fixture.context(CATALOGUE, source);
          const scope = { journey, ...(filter.text === undefined ? {} : { where: filter.text }) };
          const { rows, total } = await listCustomers(context, { ...scope, limit: 1_000 });
          const { journeys } = applyScope(cutJourneys(events, journey, "Order"), filter, {});
          expect(total).toBe(journeys.length);
          const wanted = journeys.map(({ owner, events: own }) => {
            const persons = [...new Set(own.map(({ customer }) => customer).filter((id) => id !== ""))];
            const times = own.map(({ time }) => time);
            return {
              owner,
              customer: persons[0] ?? null,
              customers: persons.length,
              known: persons.length > 0,
              start: new Date(times[0] ?? 0).toISOString(),
              end: new Date(times.at(-1) ?? 0).toISOString(),
              events: own.length,
            };
          });
          const plain = rows.map(({ durationSeconds, value, ...row }) => ({ ...row, owner: row.owner.split("#")[0] }));
          const key = (row: { owner: string | undefined; start: string }) => `${row.start} ${row.owner}`;
          expect(plain.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
            wanted.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
          );
          expect(rows.map(({ start }) => start)).toEqual(
            rows
              .map(({ start }) => start)
              .toSorted()
              .toReversed(),
          );
        }),
        { numRuns: countRuns(2), seed: 20_261_123 },
      ),
    45_000 * countRuns(2),
  );

  const event = (index: number, sample: Partial<SampleEvent>): SampleEvent => ({
    ...{ import: 1, ordinal: index + 1, rowHash: index + 1, customer: "ann", time: EPOCH + index * TEN_MINUTES },
    ...{ touchpoint: "A", channel: "web", value: null, objects: [], properties: {} },
    ...sample,
  });

  it("names journeys and sums their orders so that the operation journeys can go on from there", async () => {
    const ordered = { touchpoint: "Order", objects: [["order", "o1"]] as const };
    await load([
      event(0, {}),
      // One order told twice counts once; an order cycle ends with it.
      event(1, { ...ordered, value: 7 }),
      event(2, { ...ordered, value: 9 }),
      event(3, { touchpoint: "Order", objects: [["order", "o2"]], value: 5 }),
      event(4, {}),
    ]);
    const context = { ...fixture.context(CATALOGUE), currency: "" };
    const life = await listCustomers(context, {});
    expect(life.rows).toMatchObject([{ owner: "ann", customer: "ann", events: 5, value: 12, durationSeconds: 2400 }]);
    const cycles = await listCustomers(context, { journey: "order-cycle" });
    expect(cycles.rows.map(({ owner, value }) => [owner, value])).toEqual([
      ["ann#4", null],
      ["ann#3", 5],
      ["ann#2", 9],
      ["ann#1", 7],
    ]);
    expect((await listCustomers({ ...context, currency: "EUR" }, {})).rows).toMatchObject([{ value: null }]);
  });

  it("refuses what no view shows", async () => {
    const context = fixture.context(CATALOGUE);
    const ask = (query: CustomersQuery) => listCustomers(context, query);
    await expect(ask({ select: { kind: "touchpoint", touchpoint: "Z" } })).rejects.toThrow("no touchpoint «Z»");
    await expect(ask({ by: "stage", select: { kind: "start", touchpoint: "A" } })).rejects.toThrow("no stage «A»");
    await expect(ask({ select: { kind: "funnel", steps: ["A"], reached: 1 } })).rejects.toThrow("has 1 steps");
    await expect(ask({ select: { kind: "kpi", id: "luck" } })).rejects.toThrow("no KPI «luck»");
    await expect(ask({ select: { kind: "cohort", days: [7], day: 8, start: null } })).rejects.toThrow(
      "none of the table's columns",
    );
  });
});
