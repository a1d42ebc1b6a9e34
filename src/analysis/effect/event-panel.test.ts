/** The designs over time on simulated logs with planted effects: answers, what they rest on, and every refusal. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import type { AnalysisContext } from "../context.ts";
import { RecordedEvents } from "../recorded-events.case.ts";
import { type EffectReport, effectReportSchema } from "./effect-report.ts";
import { COUNTRIES, DAY, day, EFFECT, START, SWITCHED, simulateLog, WEEKS } from "./event-panel.case.ts";
import { measureStagedOnEvents, measureSyntheticOnEvents } from "./event-panel.ts";
import { measureSeriesOnEvents } from "./event-series.ts";
import { measureUnitEffect } from "./synthetic-effect.ts";

const SHARE = { kind: "share", event: 'touchpoint = "Order"' } as const;

describe("on a simulated log", () => {
  let recorded: RecordedEvents;
  let context: AnalysisContext;
  const log = simulateLog();
  beforeAll(async () => {
    recorded = await RecordedEvents.open();
    context = await recorded.record(log.events);
  });
  afterAll(() => recorded?.close());

  type Asked = Omit<EffectQuestionInput, "metric"> & { readonly metric?: EffectQuestionInput["metric"] };
  async function ask(asked: Asked, source: AnalysisContext["source"] = "journeys"): Promise<EffectReport> {
    const question = effectQuestionSchema.parse({ metric: SHARE, ...asked });
    const measure = {
      staged: measureStagedOnEvents,
      synthetic: measureSyntheticOnEvents,
      series: measureSeriesOnEvents,
    };
    const found = measure[question.design as keyof typeof measure];
    return effectReportSchema.parse(await found({ ...context, source }, question));
  }
  const checkOf = ({ checks }: EffectReport, id: string) => checks.find((check) => check.id === id);

  describe("staged", () => {
    const staged = { design: "staged", by: "customer.plan", switchOn: { P: day(10), Q: day(12) } } as const;

    it("finds what came to two groups at different times, and says what it rests on", async () => {
      const report = await ask({ ...staged, minEffect: 0.05 });
      expect(report.low).toBeLessThan(0.2);
      expect(report.high).toBeGreaterThan(0.2);
      expect(report.verdict).toBe("better");
      expect(report.n).toBe(384);
      expect(report.basis).toEqual({
        ...{ unit: "customer", units: 384, leftOut: [{ reason: "no value of customer.plan", n: 96 }] },
        ...{
          from: "2025-01-06T00:00:00.000Z",
          switchOn: "2025-03-17T00:00:00.000Z",
          until: "2025-05-26T00:00:00.000Z",
        },
        period: "week",
      });
      const groups = report.groups.map(({ name, role, n }) => ({ name, role, n }));
      expect(groups).toEqual([
        { name: "never treated", role: "control", n: 192 },
        { name: "P from 2025-03-17", role: "treatment", n: 96 },
        { name: "Q from 2025-03-31", role: "treatment", n: 96 },
      ]);
      expect(checkOf(report, "pre-trends")?.passed).toBe(true);
    });

    it("tells the course of the treated, and what it would have been", async () => {
      const { series = [], eventStudy = [] } = await ask({ ...staged, switchOn: { P: day(10) } });
      expect(series.map(({ at }) => at)).toEqual(
        Array.from({ length: WEEKS }, (_, week) => new Date(START + week * 7 * DAY).toISOString()),
      );
      const mean = (list: typeof series) =>
        list.reduce((sum, { actual, expected }) => sum + actual - expected, 0) / list.length;
      expect(mean(series.slice(0, 10))).toBeCloseTo(0, 12);
      const { estimate } = await ask({ ...staged, switchOn: { P: day(10) } });
      expect(mean(series.slice(10))).toBeCloseTo(estimate, 12);
      for (const { low, expected, high } of series) expect(low < expected && expected < high).toBe(true);
      expect(eventStudy.map(({ at }) => at)).toEqual(Array.from({ length: WEEKS }, (_, at) => at - 10));
      const first = series[10];
      expect(eventStudy[10]?.estimate).toBeCloseTo((first?.actual ?? 0) - (first?.expected ?? 0), 12);
    });

    it("compares with those named alone, and counts the others as left out", async () => {
      const report = await ask({ ...staged, switchOn: { P: day(10) }, control: ["R"] });
      expect(report.n).toBe(192);
      expect(report.basis?.leftOut).toEqual([
        { reason: "no value of customer.plan", n: 96 },
        { reason: "other values of customer.plan", n: 192 },
      ]);
    });

    it("asks of `treatment` and `since` the same as of `switchOn`, and of an audience too", async () => {
      const one = await ask({ ...staged, switchOn: { P: day(10) }, where: 'customer.plan != ""' });
      const { switchOn: _, ...named } = staged;
      const since = day(10);
      expect(await ask({ ...named, treatment: ["P"], since, where: 'customer.plan != ""' })).toEqual(one);
      const others = await ask({ ...named, control: ["Q", "R", "S"], since });
      expect(others).toMatchObject({ estimate: one.estimate, low: one.low, n: one.n });
      const audience = await ask({
        ...{ design: "staged", audience: 'customer.plan = "P"', where: 'customer.plan != ""', since },
      });
      expect([audience.estimate, audience.low, audience.high]).toEqual([one.estimate, one.low, one.high]);
    });

    it("compares with those not yet treated where everybody gets it", async () => {
      const asked = { ...staged, where: 'customer.plan in ("P", "Q")' };
      const report = await ask({ ...asked, controls: "not-yet" });
      expect(checkOf(report, "last-group-as-control")?.detail).toContain("first treated in 2025-03-31");
      await expect(ask(asked)).rejects.toThrow(/nobody is left to compare with/u);
    });

    it("answers the same on two shards", async () => {
      const by = { ...staged, by: "customer.plan" };
      expect(await ask(by, "journeys_on_shards")).toEqual(await ask(by));
    });

    it("says when a change begins inside a period, or after the last one", async () => {
      const inside = await ask({ ...staged, switchOn: { P: day(10), Q: "2025-04-02" } });
      expect(checkOf(inside, "switch-on-inside")).toMatchObject({ passed: false });
      expect(inside.groups.at(-1)?.name).toBe("Q from 2025-03-31");
      const later = await ask({ ...staged, switchOn: { P: day(10), Q: "2026-04-02" } });
      expect(checkOf(later, "switched-on-later")?.detail).toContain("«Q»");
      expect(later.groups[0]).toMatchObject({ role: "control", n: 288 });
    });

    it("says where numbers rest on few, and that it holds for one look", async () => {
      const few = await ask({ ...staged, where: 'customer.country = "FR"', peeking: true });
      expect(checkOf(few, "thin-periods")?.detail).toContain("rests on 8 only");
      expect(checkOf(few, "one-look")).toMatchObject({ passed: false });
      expect(checkOf(await ask(staged), "thin-periods")).toBeUndefined();
    });

    it("gives no verdict before the stop date, whose data are still to come", async () => {
      const report = await ask({ ...staged, until: "2025-07-01" });
      expect(checkOf(report, "stop-date")).toMatchObject({ passed: false });
      expect(checkOf(report, "stop-date")?.detail).not.toContain("peeking");
      expect(report.verdict).toBe("inconclusive");
      const early = await ask({ ...staged, until: day(16) });
      expect(checkOf(early, "stop-date")).toMatchObject({ passed: true });
      expect(early.basis?.until).toBe("2025-04-28T00:00:00.000Z");
    });

    const refusals: readonly (readonly [string, Asked, RegExp])[] = [
      ["no groups", { design: "staged", since: day(10) }, /Say what tells the groups apart/u],
      [
        "no switch-on",
        { design: "staged", by: "customer.plan" },
        /which values of customer.plan got the change and when/u,
      ],
      ["no day", { design: "staged", by: "customer.plan", treatment: ["P"] }, /Say when the change was switched on/u],
      ["no day for an audience", { design: "staged", audience: 'customer.plan = "P"' }, /Say when the change/u],
      ["a field that is none", { ...staged, by: "plan" }, /«plan» is nothing to break down by/u],
      ["a value that is none", { ...staged, switchOn: { p: day(10) } }, /no «p» in customer.plan. Did you mean «P»/u],
      ["a control that is none", { ...staged, control: ["T"] }, /no «T» in customer.plan. Did you mean «P», «Q»/u],
      ["a trait that is none", { ...staged, by: "customer.plans" }, /Nobody has a value of customer.plans at all/u],
      [
        "a value on both sides",
        { ...staged, control: ["P"] },
        /«P» of customer.plan is named as control and as changed/u,
      ],
      ["nothing before", { ...staged, switchOn: { P: day(0) } }, /nothing lies before it/u],
      ["too little before", { ...staged, switchOn: { P: "2025-01-10" } }, /Only 0 whole weeks lie before/u],
      ["nothing after", { ...staged, switchOn: { P: day(40) } }, /nothing came after it/u],
      ["no whole period after", { ...staged, switchOn: { P: "2025-05-23" } }, /No whole week lies between/u],
      [
        "an audience of events",
        { design: "staged", audience: "value > 3", since: day(10) },
        /must be true of customers/u,
      ],
      [
        "nothing to divide by",
        { ...staged, metric: { kind: "ratio", event: 'touchpoint = "Order"', per: 'touchpoint = "Signed Up"' } },
        /nothing to divide by in the period from 2025-01-13/u,
      ],
      ["what is said of arms", { ...staged, withinMs: 7 * DAY }, /«withinMs» means nothing to the staged design/u],
      ["seasons", { ...staged, season: 12 }, /«season» means nothing to the staged design/u],
      ["days", { ...staged, unit: "day" }, /Days have no groups/u],
      ["a touchpoint that is none", { ...staged, metric: { kind: "count", event: 'touchpoint = "Ordr"' } }, /«Ordr»/u],
    ];
    it.each(refusals)("refuses %s", async (_, asked, message) => {
      await expect(ask(asked)).rejects.toThrow(message);
    });
  });

  describe("synthetic", () => {
    const synthetic = { design: "synthetic" as const, by: "customer.country", treatment: ["FR"], since: day(SWITCHED) };

    it("finds what came to one country, as the panel of plain loops has it", async () => {
      const report = await ask({ ...synthetic, minEffect: 0.05 });
      expect(report.low).toBeLessThan(EFFECT);
      expect(report.high).toBeGreaterThan(EFFECT);
      expect(report.verdict).toBe("better");
      expect(report.basis).toMatchObject({ units: 480, leftOut: [], switchOn: "2025-04-14T00:00:00.000Z" });
      const rows = { length: COUNTRIES.length * WEEKS };
      const place = (row: number) => ({ unit: Math.floor(row / WEEKS), week: row % WEEKS });
      const value = (row: number) => (log.orders.get(COUNTRIES[place(row).unit] ?? "")?.[place(row).week] ?? 0) / 40;
      const fr = COUNTRIES.indexOf("FR");
      const plain = measureUnitEffect(
        {
          units: COUNTRIES,
          periods: Array.from({ length: WEEKS }, (_, week) => week),
          unit: Int32Array.from(rows, (_, row) => place(row).unit),
          time: Int32Array.from(rows, (_, row) => place(row).week),
          value: Float64Array.from(rows, (_, row) => value(row)),
          treated: Uint8Array.from(rows, (_, row) => Number(place(row).unit === fr && place(row).week >= SWITCHED)),
        },
        { minEffect: 0.05, confidence: 0.95, lowerIsBetter: false },
      );
      expect(report.estimate).toBeCloseTo(plain.estimate, 9);
      expect([report.low, report.high]).toEqual([expect.closeTo(plain.low, 9), expect.closeTo(plain.high, 9)]);
      expect(report.series).toHaveLength(WEEKS);
      expect(report.series?.at(-1)).toMatchObject({
        ...{ at: "2025-05-19T00:00:00.000Z", actual: value(fr * WEEKS + WEEKS - 1) },
      });
    });

    it("mixes those named alone, and answers the same on two shards", async () => {
      const control = ["AT", "BE", "DE", "NL", "PL"];
      const report = await ask({ ...synthetic, control });
      expect(report.n).toBe(6);
      expect(report.basis).toMatchObject({
        units: 240,
        leftOut: [{ reason: "other values of customer.country", n: 240 }],
      });
      expect(await ask({ ...synthetic, control }, "journeys_on_shards")).toEqual(report);
    });

    it("leaves a country out whose customers come later, and says so", async () => {
      const where = 'customer.country != "AT" or time >= "2025-02-01"';
      const report = await ask({ ...synthetic, where });
      expect(report.n).toBe(11);
      const seen = new Set(
        log.events
          .filter(({ at, traits }) => traits?.country === "AT" && at >= "2025-02-01")
          .map(({ customer }) => customer),
      );
      expect(report.basis).toMatchObject({
        units: 440,
        leftOut: [{ reason: "values with an empty period: AT", n: seen.size }],
      });
    });

    const refusals: readonly (readonly [string, Asked, RegExp])[] = [
      ["an audience", { design: "synthetic", audience: 'customer.country = "FR"', since: day(14) }, /are two units/u],
      ["several days", { ...synthetic, switchOn: { DE: day(12) } }, /at different times: take the staged design/u],
      [
        "a value that is none",
        { ...synthetic, treatment: ["France"] },
        /no «France» in customer.country. Did you mean «FR»/u,
      ],
      ["too little before", { ...synthetic, since: day(2) }, /Only 2 whole weeks lie before/u],
      ["two controls", { ...synthetic, control: ["AT", "BE"] }, /an error needs at least 3/u],
    ];
    it.each(refusals)("refuses %s", async (_, asked, message) => {
      await expect(ask(asked)).rejects.toThrow(message);
    });
  });

  describe("series", () => {
    const series = { design: "series", unit: "day", where: 'customer.country = "FR"', since: day(SWITCHED) } as const;

    it("finds what came to everybody, at most as a hint, with its course", async () => {
      const report = await ask({ ...series, minEffect: 0.02 });
      expect(report.verdict).toBe("indicative better");
      expect(report.low).toBeLessThan(EFFECT);
      expect(report.high).toBeGreaterThan(EFFECT);
      expect(report.n).toBe(WEEKS);
      const own = log.orders.get("FR");
      expect(report.series?.map(({ actual }) => actual)).toEqual(Array.from(own ?? [], (orders) => orders / 40));
      const after = report.series?.slice(SWITCHED) ?? [];
      const gap = after.reduce((sum, { actual, expected }) => sum + actual - expected, 0) / after.length;
      expect(gap).toBeCloseTo(report.estimate, 9);
      expect(report.basis).toMatchObject({ unit: "day", units: WEEKS, period: "week" });
    });

    it("takes counts as they are, every day, with the days of the week as seasons", async () => {
      const metric = { kind: "count", event: 'touchpoint = "Order"' } as const;
      const report = await ask({ ...series, metric, period: "day" });
      expect(report.method).toBe("interrupted series, quasi-Poisson regression, seasons of 7");
      const counted = log.events.filter(({ touchpoint, traits }) => touchpoint === "Order" && traits?.country === "FR");
      const days = Array.from({ length: WEEKS * 7 - 1 }, (_, at) => new Date(START + at * DAY).toISOString());
      expect(report.series?.map(({ at, actual }) => [at, actual])).toEqual(
        days.map((at) => [at, counted.filter((event) => event.at.slice(0, 10) === at.slice(0, 10)).length]),
      );
      expect(await ask({ ...series, metric, period: "day" }, "journeys_on_shards")).toEqual(report);
    });

    const refusals: readonly (readonly [string, Asked, RegExp])[] = [
      ["groups", { ...series, by: "customer.plan" }, /«by» means nothing to it/u],
      ["no day", { design: "series" }, /Say when the change was switched on/u],
      ["too little before", { ...series, since: day(11) }, /Only 11 whole weeks lie before/u],
      [
        "nothing to divide by",
        { ...series, metric: { kind: "mean", event: 'touchpoint = "Order"', of: "value" } },
        /nothing to divide by in the period from 2025-01-06/u,
      ],
    ];
    it.each(refusals)("refuses %s", async (_, asked, message) => {
      await expect(ask(asked)).rejects.toThrow(message);
    });
  });

  // The last one: it empties the store.
  it("refuses a workspace without events", async () => {
    await recorded.record([]);
    await expect(ask({ design: "series", since: day(SWITCHED) })).rejects.toThrow("There are no events yet");
  });
});
