/**
 * What every state store must do with registered measurements; part of the contract in state-store.case.ts.
 * Where their numbers come from is tested in api/effect-operations.test.ts.
 */
import { describe, expect, test } from "vitest";
import type { EffectMeasure } from "../domain/effect-plan.ts";
import type { EffectRegistration, NewEffect } from "./effect-store.ts";
import type { StateStore } from "./state-store.ts";

const MEASURE: EffectMeasure = {
  ...{ measuredAt: "2027-12-31T23:59:59.999Z", dataVersion: 7, verdict: "better", n: 5_000_000_000 },
  ...{ estimate: -1.8000000000000003, low: -2.1, high: 1e-300, p: 5e-324 },
  relative: { estimate: 0.1, low: -0.2, high: 0.4 },
};
const REPORT = { deep: [null, { 'quo"te \u0000 ä': 1e-300 }] };
const [LONG_AGO, FAR_AWAY] = ["2025-08-01T00:00:00.000Z", "2040-08-01T00:00:00.000Z"];

let made = 0;
/** Another question each time; switched on far away. */
function makeRegistration(change: Partial<EffectRegistration> = {}): EffectRegistration {
  made++;
  return {
    question: {
      ...{ design: "staged", metric: { kind: "share", event: `touchpoint = "T${made} \u0000 ä"` }, unit: "customer" },
      ...{ by: "customer.group", switchOn: { "B'": "2040-08-01", A: "2041-01-01" }, until: "2042-01-01" },
      ...{ period: "week", adjust: true, peeking: false, controls: "never" },
      ...{ minEffect: 0.02, lowerIsBetter: false, confidence: 0.95 },
    },
    ...{ questionHash: `question ${made}`, zone: "Europe/Berlin", switchOn: FAR_AWAY },
    until: "2042-01-01T00:00:00.000Z",
    baseline: {
      ...{ value: 0.1, n: 5_000_000_000, low: 0.09, high: null, variance: 0.09 },
      ...{ from: "2025-12-01T00:00:00.000Z", until: "2026-01-01T00:00:00.000Z" },
      ...{ measuredAt: "2026-01-01T00:00:00.000Z", dataVersion: 3 },
    },
    foreseen: {
      ...{ power: 0.8, unitsNeeded: 9_000_000_000, unitsPerDay: 12.5, days: 31.25, weeks: 5, unitsByStop: 1_000 },
      ...{ smallestEffect: 1e-9, reason: null },
    },
    ...change,
  };
}
const makeEffect = (change: Partial<NewEffect> = {}): NewEffect => ({
  ...{ name: "One page \u{1F600} 'now'", why: null, finding: null, ...makeRegistration() },
  ...change,
});
/** One whose switch-on is over: frozen at once. */
const makeLate = () => makeEffect({ switchOn: LONG_AGO });

const FROZEN = { code: "conflict", message: expect.stringMatching(/frozen since/u) };

/** Registers the tests; each works on effects of its own. */
export function describeEffects(store: () => StateStore): void {
  const find = (id: number) => store().effects.get(id);
  const keepFinding = () =>
    store().findings.add({
      ...{ kind: "moment", title: "late", question: {}, questionHash: `of an effect ${made++}` },
      measure: {
        ...{ measuredAt: LONG_AGO, dataVersion: 1, method: "", effect: null, low: null, high: null, q: null },
        ...{ reach: 0, impact: null, money: null, months: null, claimed: false, reason: null },
      },
    });

  describe("effects", () => {
    test("one is kept whole; no answer depends on it", async () => {
      const before = await store().dataVersion();
      const finding = await keepFinding();
      const planned = makeEffect({ why: "It is shorter.\nSo?", finding });
      const id = await store().effects.add(planned);
      const { questionHash: _, ...kept } = planned;
      const read = await find(id);
      const times = { createdAt: read.createdAt, registeredAt: read.createdAt };
      expect(read).toEqual({ id, ...kept, ...times, measures: [], comments: [] });
      expect(Object.keys(read.question.switchOn ?? {})).toEqual(["B'", "A"]);
      expect(Date.parse(read.createdAt)).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
      expect((await store().effects.list()).at(-1)).toEqual(read);
      expect(await store().effects.newestReport(id)).toBeUndefined();
      const bare = await store().effects.add(makeEffect({ baseline: null }));
      expect(await find(bare)).toMatchObject({ baseline: null, why: null, finding: null });
      expect(await store().dataVersion()).toBe(before);
    });

    test("a question is registered once, also when many do so at once; who comes later is told which it is", async () => {
      const effect = makeEffect();
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => store().effects.add(effect)));
      const [id, ...more] = outcomes.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      expect(more).toEqual([]);
      const told = { code: "conflict", details: { effect: id }, message: expect.stringContaining(`effect ${id}`) };
      await expect(store().effects.add(effect)).rejects.toMatchObject(told);
      const { questionHash } = effect;
      const others = [await store().effects.add(makeEffect()), await store().effects.add(makeEffect())];
      const registration = makeRegistration({ questionHash });
      for (const other of others)
        await expect(store().effects.update(other, { registration })).rejects.toMatchObject(told);
      const same = makeRegistration();
      const changes = others.map((other) => store().effects.update(other, { registration: same }));
      const settled = await Promise.allSettled(changes);
      expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(settled.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    });

    test("before its switch-on everything may change, and counts as registered anew; only what is said changes", async () => {
      const id = await store().effects.add(makeEffect({ why: "so" }));
      const planned = await find(id);
      await store().effects.update(id, { name: "Another" });
      expect(await find(id)).toEqual({ ...planned, name: "Another" });
      await store().effects.update(id, { why: null, finding: await keepFinding() });
      const { finding } = await find(id);
      const { questionHash, ...registration } = makeRegistration({ baseline: null, zone: "UTC" });
      await store().effects.update(id, { registration: { questionHash, ...registration } });
      const changed = await find(id);
      expect(changed).toEqual({
        ...{ ...planned, ...registration, name: "Another", why: null, finding },
        registeredAt: changed.registeredAt,
      });
      expect(Date.parse(changed.registeredAt)).toBeGreaterThan(Date.parse(planned.registeredAt));
      await store().effects.update(id, { finding: null, registration: { questionHash, ...registration } });
      expect(await find(id)).toMatchObject({ finding: null });
    });

    test("before its switch-on it may go, with its comments; its number is never used again", async () => {
      const id = await store().effects.add(makeEffect());
      await store().effects.comment(id, { text: "no", by: null });
      await store().effects.remove(id);
      await expect(find(id)).rejects.toMatchObject({ code: "not-found" });
      expect((await store().effects.list()).map((each) => each.id)).not.toContain(id);
      expect(await store().effects.add(makeEffect())).toBeGreaterThan(id);
    });

    test("from its switch-on on it stays as it was: only name, notes, finding and comments change", async () => {
      const late = makeLate();
      const id = await store().effects.add(late);
      const planned = await find(id);
      for (const registration of [makeRegistration(), late, { ...late, baseline: null }])
        await expect(store().effects.update(id, { registration, name: "x" })).rejects.toMatchObject(FROZEN);
      await expect(store().effects.remove(id)).rejects.toMatchObject(FROZEN);
      expect(await find(id)).toEqual(planned);
      await store().effects.update(id, { name: "Renamed", why: "noted" });
      await store().effects.comment(id, { text: "late", by: "Ada" });
      expect(await find(id)).toMatchObject({ ...planned, name: "Renamed", why: "noted", comments: [{ text: "late" }] });
    });

    test("the clock of its turn counts: what comes just before the switch-on is in, what comes after is not", async () => {
      const id = await store().effects.add(makeEffect());
      const { createdAt } = await find(id);
      // The clock gives a second more each time it is asked.
      const switchOn = new Date(Date.parse(createdAt) + 5_000).toISOString();
      await store().effects.update(id, { registration: makeRegistration({ switchOn }) });
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, () => store().effects.update(id, { registration: makeRegistration({ switchOn }) })),
      );
      const told = outcomes.map((each) => (each.status === "fulfilled" ? "in" : each.reason.code));
      expect(told.filter((each) => each === "in").length).toBeGreaterThan(0);
      expect(told.filter((each) => each === "conflict").length).toBeGreaterThan(0);
      expect(new Set(told)).toEqual(new Set(["in", "conflict"]));
      const { registeredAt } = await find(id);
      expect(Date.parse(registeredAt)).toBeLessThan(Date.parse(switchOn));
      await expect(store().effects.remove(id)).rejects.toMatchObject(FROZEN);
    });

    test("measurements stand by data version, one each; the newest has its whole report", async () => {
      const id = await store().effects.add(makeLate());
      const next = { ...MEASURE, dataVersion: 9, relative: null, verdict: "inconclusive" };
      await store().effects.measure(id, MEASURE, REPORT);
      await Promise.all([next, next].map((measure) => store().effects.measure(id, measure, { second: true })));
      // One that took longer than the data stayed as they were, and one on the same data.
      await store().effects.measure(id, { ...MEASURE, dataVersion: 8 }, {});
      await store().effects.measure(id, MEASURE, {});
      expect((await find(id)).measures).toEqual([MEASURE, next]);
      expect(await store().effects.newestReport(id)).toEqual({ second: true });
      await store().effects.measure(id, { ...MEASURE, dataVersion: 10_000_000_000 }, REPORT);
      expect(await store().effects.newestReport(id)).toEqual(REPORT);
    });

    test("before its switch-on there is nothing to measure", async () => {
      const id = await store().effects.add(makeEffect());
      await expect(store().effects.measure(id, MEASURE, REPORT)).rejects.toMatchObject({
        ...{ code: "conflict", details: { effect: id, switchOn: FAR_AWAY } },
      });
      expect((await find(id)).measures).toEqual([]);
    });

    test("each has its own measurements and comments, as they were written", async () => {
      const ids = [await store().effects.add(makeLate()), await store().effects.add(makeLate())] as const;
      const first = await store().effects.comment(ids[1], { text: "Who?\n'quoted'", by: null });
      const second = await store().effects.comment(ids[1], { text: "Me", by: "Ada" });
      await store().effects.measure(ids[0], MEASURE, REPORT);
      const [one, two] = (await store().effects.list()).slice(-2);
      expect([one?.id, one?.measures, one?.comments]).toEqual([ids[0], [MEASURE], []]);
      const at = expect.stringMatching(/^2026-/u);
      expect([two?.id, two?.measures, two?.comments]).toEqual([
        ids[1],
        [],
        [
          { id: first, at, by: null, text: "Who?\n'quoted'" },
          { id: second, at, by: "Ada", text: "Me" },
        ],
      ]);
    });

    test("a finding that is not there is told, and nothing changes", async () => {
      const told = { code: "not-found", details: { finding: 999_999 } };
      const count = (await store().effects.list()).length;
      await expect(store().effects.add(makeEffect({ finding: 999_999 }))).rejects.toMatchObject(told);
      expect(await store().effects.list()).toHaveLength(count);
      const id = await store().effects.add(makeEffect());
      await expect(store().effects.update(id, { finding: 999_999, name: "x" })).rejects.toMatchObject(told);
      expect(await find(id)).toMatchObject({ finding: null, name: "One page \u{1F600} 'now'" });
    });

    test.each([999_999, 0, -1, 1.5, Number.NaN, 2 ** 40])("effect %s is not found", async (id) => {
      const { get, newestReport, update, remove, comment, measure } = store().effects;
      const refused = { code: "not-found", details: { effect: id } };
      await expect(get(id)).rejects.toMatchObject(refused);
      await expect(newestReport(id)).rejects.toMatchObject(refused);
      await expect(update(id, { name: "x" })).rejects.toMatchObject(refused);
      await expect(remove(id)).rejects.toMatchObject(refused);
      await expect(comment(id, { text: "x", by: null })).rejects.toMatchObject(refused);
      await expect(measure(id, MEASURE, REPORT)).rejects.toMatchObject(refused);
    });
  });
}
