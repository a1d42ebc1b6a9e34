import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Goal, Initiative } from "../domain/dsdm/initiative.ts";
import { initiativeReportSchema, portfolioSchema } from "../domain/dsdm/report.ts";
import { CASE_EFFECT, CASE_FINDING, healthyContext, healthyInitiative } from "./initiative.case.ts";
import { type ReportContext, reportInitiative, summariseInitiative } from "./initiative-report.ts";
import { reportPortfolio } from "./portfolio.ts";

const CONTEXT: ReportContext = { ...healthyContext(), velocity: null, currency: "EUR" };
const GOALS: readonly Goal[] = [...CONTEXT.goals.values()];
const NO_VALUES: ReadonlyMap<string, number | null> = new Map();

function report(initiatives: readonly Initiative[], change: Partial<ReportContext> = {}) {
  return reportPortfolio(initiatives, GOALS, new Map([["checkout-conversion", 0.68]]), { ...CONTEXT, ...change });
}

describe("the report of an initiative", () => {
  it("holds everything its schema names, of a healthy initiative", () => {
    const one = reportInitiative(healthyInitiative(), CONTEXT);
    expect(initiativeReportSchema.parse(one)).toEqual(one);
    expect(one).toMatchObject({
      activePhases: ["functional-model", "design-and-build"],
      project: { effort: { must: 15, should: 9, could: 6, wont: 8 }, shares: { must: 0.5, should: 0.3, could: 0.2 } },
      increments: [
        { increment: 1, effort: { must: 5 } },
        { increment: 2, effort: { must: 10, should: 6, could: 4 } },
      ],
      velocity: { middle: 10, n: 1, workingDays: 10 },
      missingRoles: [],
      health: [],
      goal: { title: "More orders" },
      findings: [{ id: 1 }],
      effects: [{ id: 1 }],
    });
    expect(one.timeboxes.map(({ timebox }) => timebox)).toEqual([1, 2, 3]);
  });

  it("forecasts by the portfolio where there is no past of its own", () => {
    const fresh = healthyInitiative((one) => {
      one.timeboxes = one.timeboxes.slice(2);
    });
    const velocity = { low: 2, middle: 4, high: 6, n: 5, workingDays: 5 };
    const { timeboxes, ...rest } = reportInitiative(fresh, { ...CONTEXT, velocity });
    expect(timeboxes[0]?.forecast).toEqual({ low: 4, middle: 8, high: 12, basis: "past timeboxes", n: 5 });
    expect(rest.velocity).toBeNull();
  });

  it("is summed up in a line", () => {
    const initiative = healthyInitiative((one) => {
      one.effects = [2, 1];
    });
    const newest = { n: 9, estimate: 0.1, low: 0, high: 0.2 };
    const effects = new Map([
      [1, { ...CASE_EFFECT, newest: { ...newest, measuredAt: "2026-03-01T00:00:00.000Z", verdict: "inconclusive" } }],
      [2, { ...CASE_EFFECT, id: 2, newest: { ...newest, measuredAt: "2026-03-10T00:00:00.000Z", verdict: "better" } }],
    ]);
    expect(summariseInitiative(initiative, { ...CONTEXT, effects })).toMatchObject({
      effort: 30,
      done: 13,
      value: 10_000,
      shares: { must: 0.5 },
      errors: 0,
      timebox: { id: 2, state: "running", start: "2026-03-09", end: "2026-03-20" },
      verdicts: ["inconclusive", "better"],
    });
    const empty = { ...initiative, requirements: [], timeboxes: initiative.timeboxes.slice(2) };
    expect(summariseInitiative(empty, CONTEXT, [])).toMatchObject({ value: 20_000, shares: null, timebox: { id: 3 } });
  });
});

describe("the portfolio", () => {
  it("goes from goals to KPIs to initiatives", () => {
    const other = healthyInitiative((one) => {
      Object.assign(one, { id: 2, goal: null });
    });
    const portfolio = report([healthyInitiative(), other]);
    expect(portfolioSchema.parse(portfolio)).toEqual(portfolio);
    expect(portfolio.goals).toMatchObject([
      { goal: { id: 1 }, kpis: [{ kpi: "checkout-conversion", value: 0.68, target: 0.75 }], initiatives: [1] },
    ]);
    expect(portfolio.initiatives.map(({ id, errors }) => [id, errors])).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(portfolio.principles).toHaveLength(8);
  });

  it("puts the most promising finding first, and leaves settled ones out", () => {
    const findings = [
      { money: 100, q: 0, claimed: true }, // 100 × 1 ÷ 6, the median effort
      { money: -900, q: 0.1, claimed: true }, // 900 × 0.9 ÷ 10
      { money: 300, q: 0.1, claimed: false }, // 300 × 0.5 ÷ 2
      { money: null, reach: 1_000, effect: -0.5 }, // no money: after these
      { money: null, reach: 9_000, effect: 0.5 },
      { money: null, effect: null },
      { money: 1e9, status: "dismissed" },
      { money: 1e9, status: "verified" },
    ].map((one, index) => ({ ...CASE_FINDING, status: "open", ...one, id: index + 1 }));
    const initiative = healthyInitiative((one) => {
      one.findings = [2];
      one.requirements.splice(2);
      for (const [index, [finding, effort]] of [[2, 10] as const, [3, 2] as const].entries())
        Object.assign(one.requirements[index] ?? {}, { need: { finding, kpi: null, goal: null }, effort });
    });
    const { opportunities } = report([initiative], { findings: new Map(findings.map((one) => [one.id, one])) });
    expect(opportunities.map(({ finding }) => finding.id)).toEqual([2, 3, 1, 5, 4, 6]);
    expect(opportunities[0]).toMatchObject({ confidence: 0.9, effort: 10, initiatives: [1] });
    expect(opportunities[1]).toMatchObject({ confidence: null, effort: 2, initiatives: [1] });
    expect(opportunities[2]).toMatchObject({ confidence: 1, effort: null, initiatives: [] });
  });

  it("compares what findings cost a month, where all say over how many", () => {
    const rank = (...findings: readonly object[]) => {
      const states = findings.map((one, index) => ({ ...CASE_FINDING, status: "open", ...one, id: index + 1 }));
      const { opportunities } = report([], { findings: new Map(states.map((one) => [one.id, one])) });
      return opportunities.map(({ finding }) => finding.id);
    };
    const long = { money: -2_400, months: 24 };
    const short = { money: -1_200, months: 3 };
    expect(rank(long, short)).toEqual([2, 1]);
    expect(rank({ ...long, months: null }, short)).toEqual([1, 2]);
    // What was never measured has no months and changes nothing.
    expect(rank(long, short, { money: null, effect: null })).toEqual([2, 1, 3]);
  });

  it("shows when what happens, each at its days", () => {
    const { calendar } = report([healthyInitiative()]);
    expect(calendar.map(({ kind, title, from, to, state }) => [kind, title, from, to, state].join(" | "))).toEqual([
      "timebox | Timebox 1 | 2026-02-02 | 2026-02-13 | closed",
      "review | Timebox 1: review of the investigation | 2026-02-03 | 2026-02-03 | held",
      "review | Timebox 1: review of the refinement | 2026-02-11 | 2026-02-11 | held",
      "review | Timebox 1: review of the consolidation | 2026-02-13 | 2026-02-13 | held",
      "deployment | Pay on one page goes live for B | 2026-02-16 | 2026-02-16 | deployed",
      "measurement | Orders per checkout, group B | 2026-02-16 | 2026-04-16 | running",
      "timebox | Timebox 2 | 2026-03-09 | 2026-03-20 | running",
      "review | Timebox 2: review of the investigation | 2026-03-10 | 2026-03-10 | held",
      "review | Timebox 2: review of the refinement | 2026-03-18 | 2026-03-19 | expected",
      "review | Timebox 2: review of the consolidation | 2026-03-20 | 2026-03-20 | expected",
      "review | Timebox 3: review of the investigation | 2026-03-23 | 2026-03-24 | expected",
      "timebox | Timebox 3 | 2026-03-23 | 2026-04-03 | planned",
      "review | Timebox 3: review of the refinement | 2026-04-01 | 2026-04-02 | expected",
      "review | Timebox 3: review of the consolidation | 2026-04-03 | 2026-04-03 | expected",
      "benefits | Benefits of Pay on one page | 2026-08-17 | 2026-08-17 | expected",
    ]);
  });

  it("tells what is overdue, missed and assessed, and forgets what was cancelled", () => {
    const initiative = healthyInitiative((one) => {
      const [first, , third] = one.timeboxes;
      if (first !== undefined) first.reviews = [];
      if (third !== undefined) third.state = "cancelled";
      one.assessments = [
        { at: "2026-09-01T00:00:00.000Z", author: "Sofia", text: "Good.", effects: [], decision: null },
      ];
    });
    const find = (today: string, change: Partial<Initiative> = {}) =>
      report([{ ...initiative, ...change }], { today }).calendar.map(({ title, state }) => `${title}: ${state}`);
    expect(find("2026-03-20")).toContain("Timebox 1: review of the refinement: missed");
    expect(find("2026-03-20")).toContain("Timebox 2: review of the refinement: overdue");
    expect(find("2026-03-20")).toContain("Benefits of Pay on one page: assessed");
    expect(find("2026-08-18", { assessments: [] })).toContain("Benefits of Pay on one page: overdue");
    expect(find("2026-03-20").join()).not.toContain("Timebox 3");
  });

  it("has every initiative once and its calendar in order, whatever there is", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-03-${String(number).padStart(2, "0")}`);
    const shape = fc.record({
      goal: fc.option(fc.integer({ min: 1, max: 3 })),
      state: fc.constantFrom<Initiative["state"]>("active", "closed", "stopped"),
      start: day,
      end: day,
      format: fc.constantFrom<"structured" | "free">("structured", "free"),
    });
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 4 }), (shapes) => {
        const initiatives = shapes.map(({ goal, state, start, end, format }, index) =>
          healthyInitiative((one) => {
            Object.assign(one, { id: index + 1, goal, state });
            const [first, last] = [start, end].sort();
            Object.assign(one.timeboxes[2] ?? {}, { format, start: first, end: last });
          }),
        );
        const portfolio = reportPortfolio(initiatives, GOALS, NO_VALUES, CONTEXT);
        expect(portfolio.initiatives.map(({ id }) => id)).toEqual(initiatives.map(({ id }) => id));
        expect(portfolio.goals.flatMap((one) => one.initiatives)).toEqual(
          initiatives.filter(({ goal }) => goal === 1).map(({ id }) => id),
        );
        expect(portfolio.goals[0]?.kpis[0]?.value).toBeNull();
        const keys = portfolio.calendar.map(({ from, to }) => `${from} ${to}`);
        expect(keys).toEqual(keys.toSorted());
        expect(portfolio.calendar.every(({ from, to }) => from <= to && /^\d{4}-\d\d-\d\d$/.test(from))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
