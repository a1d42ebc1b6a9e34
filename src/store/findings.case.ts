/**
 * What every state store must do with findings; part of the contract in state-store.case.ts.
 * Where their numbers come from is tested in api/finding-operations.test.ts.
 */
import { describe, expect, test } from "vitest";
import type { FindingMeasure } from "../domain/finding.ts";
import type { NewFinding } from "./finding-store.ts";
import type { StateStore } from "./state-store.ts";

const MEASURE: FindingMeasure = {
  ...{ measuredAt: "2025-12-31T23:59:59.999Z", dataVersion: 7, method: 'made up; «overdue» = "true"' },
  ...{ effect: -1.8000000000000003, low: -2.1, high: -1.5, q: 1e-300 },
  ...{ reach: 5_000_000_000, impact: -1200.5, money: null, months: 2.5, claimed: true, reason: null },
};

let kept = 0;
/** A new question each time. */
function makeFinding(measure: Partial<FindingMeasure> = {}): NewFinding {
  kept++;
  return {
    ...{ kind: "moment", title: "Parcels that are late \u{1F600} 'now'", questionHash: `question ${kept}` },
    question: { touchpoint: `T${kept} \u0000 ä`, z: 1, a: { deep: [null, "x"] } },
    measure: { ...MEASURE, ...measure },
  };
}

/** Registers the tests; each works on findings of its own. */
export function describeFindings(store: () => StateStore): void {
  const find = (id: number) => store().findings.get(id);

  describe("findings", () => {
    test("one is kept whole, open, with the numbers it was kept with; no answer depends on it", async () => {
      const before = await store().dataVersion();
      const finding = makeFinding();
      const id = await store().findings.add(finding);
      const read = await find(id);
      const { kind, title, question } = finding;
      expect(read).toEqual({
        ...{ id, kind, title, question, status: "open", reason: null, owner: null, measures: [MEASURE], comments: [] },
        ...{ createdAt: read.createdAt, lastActionAt: read.createdAt },
      });
      expect(Object.keys(read.question)).toEqual(["touchpoint", "z", "a"]);
      expect(Date.parse(read.createdAt)).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
      expect((await store().findings.list()).at(-1)).toEqual(read);
      expect(await store().dataVersion()).toBe(before);
    });

    test("a question is kept once, also when many do so at once; who comes later is told which it is", async () => {
      const finding = makeFinding();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, () => store().findings.add({ ...finding, title: "another title" })),
      );
      const [id, ...more] = outcomes.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      expect(more).toEqual([]);
      await expect(store().findings.add(finding)).rejects.toMatchObject({
        ...{ code: "conflict", details: { finding: id } },
        message: expect.stringContaining(`finding ${id}`),
      });
      expect((await find(id as number)).measures).toHaveLength(1);
    });

    test("status, owner and reason change, and only what is said", async () => {
      const id = await store().findings.add(makeFinding());
      const { lastActionAt } = await find(id);
      await store().findings.update(id, { owner: "Ada" });
      const owned = await find(id);
      expect(owned).toMatchObject({ status: "open", owner: "Ada", reason: null });
      expect(Date.parse(owned.lastActionAt)).toBeGreaterThan(Date.parse(lastActionAt));
      await store().findings.update(id, { status: "dismissed", reason: "a test parcel" });
      expect(await find(id)).toMatchObject({ status: "dismissed", owner: "Ada", reason: "a test parcel" });
      await store().findings.update(id, { status: "dismissed", owner: null });
      expect(await find(id)).toMatchObject({ status: "dismissed", owner: null, reason: "a test parcel" });
      await store().findings.update(id, { reason: "two of them" });
      expect(await find(id)).toMatchObject({ status: "dismissed", reason: "two of them" });
      await store().findings.update(id, { status: "being-fixed" });
      expect(await find(id)).toMatchObject({ status: "being-fixed", reason: null });
    });

    test("dismissing takes a reason, nothing else does; what is refused changes nothing", async () => {
      const id = await store().findings.add(makeFinding());
      const before = await find(id);
      for (const change of [{ status: "dismissed" }, { status: "fixed", reason: "done" }, { reason: "so" }] as const)
        await expect(store().findings.update(id, change)).rejects.toMatchObject({
          ...{ code: "invalid", details: { field: "reason" } },
        });
      expect(await find(id)).toEqual(before);
    });

    test("comments stand as they were written and are acts", async () => {
      const id = await store().findings.add(makeFinding());
      const { createdAt } = await find(id);
      const first = await store().findings.comment(id, { text: "Who?\n'quoted'", by: null });
      const second = await store().findings.comment(id, { text: "Me", by: "Ada" });
      const { comments, lastActionAt } = await find(id);
      expect(comments).toEqual([
        { id: first, at: comments[0]?.at, by: null, text: "Who?\n'quoted'" },
        { id: second, at: lastActionAt, by: "Ada", text: "Me" },
      ]);
      expect(Date.parse(lastActionAt)).toBeGreaterThan(Date.parse(createdAt));
    });

    test("measurements stand by data version, one each; measuring is no act", async () => {
      const id = await store().findings.add(makeFinding({ dataVersion: 7 }));
      const before = await find(id);
      const gone = {
        effect: null,
        low: null,
        high: null,
        q: null,
        impact: null,
        months: null,
        claimed: false,
        reason: "too few",
      };
      const next = { ...MEASURE, ...gone, dataVersion: 9, reach: 0 };
      await Promise.all([next, next].map((measure) => store().findings.measure(id, measure)));
      // One that took longer than the data stayed as they were, and one on the same data.
      await store().findings.measure(id, { ...MEASURE, dataVersion: 8 });
      await store().findings.measure(id, { ...MEASURE, dataVersion: 9 });
      const last = { ...MEASURE, dataVersion: 10_000_000_000, measuredAt: "2026-02-01T00:00:00.000Z" };
      await store().findings.measure(id, last);
      expect(await find(id)).toEqual({ ...before, measures: [...before.measures, next, last] });
    });

    test("each has its own measurements and comments", async () => {
      const ids = [await store().findings.add(makeFinding()), await store().findings.add(makeFinding())];
      await store().findings.comment(ids[1] as number, { text: "the second", by: null });
      await store().findings.measure(ids[0] as number, { ...MEASURE, dataVersion: 8 });
      const [first, second] = (await store().findings.list()).slice(-2);
      expect([first?.id, first?.measures.length, first?.comments.length]).toEqual([ids[0], 2, 0]);
      expect([second?.id, second?.measures.length, second?.comments.length]).toEqual([ids[1], 1, 1]);
    });

    test.each([999_999, 0, -1, 1.5, Number.NaN, 2 ** 40])("finding %s is not found", async (id) => {
      const { get, update, comment, measure } = store().findings;
      const refused = { code: "not-found", details: { finding: id } };
      await expect(get(id)).rejects.toMatchObject(refused);
      await expect(update(id, { status: "fixed" })).rejects.toMatchObject(refused);
      await expect(comment(id, { text: "x", by: null })).rejects.toMatchObject(refused);
      await expect(measure(id, MEASURE)).rejects.toMatchObject(refused);
    });
  });
}
