/**
 * What every state store must do with initiatives, their records and goals; part of the contract in state-store.case.ts.
 * That the database refuses to change a record is tested where there is a connection to ask it: state-migrations.test.ts
 * and server-state-store.test.ts. What may be done to an initiative is tested beside src/delivery.
 */
import { describe, expect, test } from "vitest";
import { AppError } from "../domain/app-error.ts";
import type { DeliveryRecord, Initiative } from "../domain/dsdm/initiative.ts";
import type { InitiativeChange, RecordQuery } from "./initiative-store.ts";
import type { StateStore } from "./state-store.ts";

const AT = "2026-03-01T08:00:00.123Z";

export function makeInitiative(id: number, change: Partial<Initiative> = {}): Initiative {
  return {
    ...{ id, title: "Parcels in time \u{1F600} 'now'", summary: 'quo"te \u0000 ä', goal: null, state: "active" },
    ...{ findings: [3, 1], kpis: [], effects: [], benefit: null, effortUnit: "days", phases: [], gates: [] },
    ...{ baseline: null, waiver: null, people: [], departments: [], requirements: [], increments: [] },
    ...{ timeboxes: [], exceptions: [], feedback: [], workshops: [] },
    ...{ questionnaire: { feasibility: [], foundations: [] }, constraints: [], assessments: [] },
    ...{ createdAt: AT, createdBy: "Ada", version: 1 },
    ...change,
  };
}

export function makeRecord({ id, version }: Initiative, change: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    ...{ initiative: id, version, at: AT, author: "Ada", reason: null, action: "edit-initiative" },
    ...{ subject: "initiative", changes: [{ field: "title", before: null, after: { deep: ["\u0000", 1e-300] } }] },
    ...change,
  };
}

const begin = (id: number, change: Partial<Initiative> = {}) => {
  const initiative = makeInitiative(id, change);
  return { initiative, records: [makeRecord(initiative, { action: "create" })] };
};

const retitle =
  (title: string, record: Partial<DeliveryRecord> = {}) =>
  (before: Initiative): InitiativeChange => {
    const after = { ...before, title, version: before.version + 1 };
    return { after, record: makeRecord(after, record) };
  };

/** Registers the tests; each works on initiatives of its own. */
export function describeInitiatives(store: () => StateStore): void {
  const add = (change: Partial<Initiative> = {}) => store().initiatives.add((id) => begin(id, change));
  const recordsOf = (id: number, query: Partial<RecordQuery> = {}) =>
    store().initiatives.records(id, { limit: 100, ...query });

  describe("initiatives", () => {
    test("one is kept whole, with the record of its beginning; no answer depends on it", async () => {
      const before = await store().dataVersion();
      const id = await add();
      expect(await store().initiatives.get(id)).toEqual(makeInitiative(id));
      expect((await store().initiatives.list()).at(-1)).toEqual(makeInitiative(id));
      const record = makeRecord(makeInitiative(id), { action: "create" });
      expect(await recordsOf(id)).toEqual({ records: [record], more: false });
      await store().initiatives.change(id, retitle("Sooner"));
      expect(await store().dataVersion()).toBe(before);
    });

    test("ids rise by one, also when many begin at once; one that was refused takes none", async () => {
      const first = await add();
      const refused = store().initiatives.add(() => {
        throw new Error("no such goal");
      });
      await expect(refused).rejects.toThrow("no such goal");
      const ids = await Promise.all(Array.from({ length: 6 }, (_, at) => add({ title: `racing ${at}` })));
      expect(ids.toSorted((a, b) => a - b)).toEqual(ids.map((_, at) => first + 1 + at));
      const titles = (await store().initiatives.list()).filter(({ id }) => ids.includes(id)).map(({ title }) => title);
      expect(titles.toSorted()).toEqual(ids.map((_, at) => `racing ${at}`));
    });

    test("a change makes the next version and leaves its record; the answer is what is kept", async () => {
      const id = await add();
      const told = { author: "Ben", reason: "it was late", action: "edit-initiative", subject: "requirement 3" };
      const after = await store().initiatives.change(id, retitle("Sooner", told));
      expect(after).toEqual(makeInitiative(id, { title: "Sooner", version: 2 }));
      expect(await store().initiatives.get(id)).toEqual(after);
      expect((await recordsOf(id)).records).toEqual([
        makeRecord(after, told),
        makeRecord(makeInitiative(id), { action: "create" }),
      ]);
    });

    test("many changes at once take turns: each is given what the one before made, and none is lost", async () => {
      const id = await add({ title: "" });
      const append = (letter: string) =>
        store().initiatives.change(id, (before) => retitle(before.title + letter, { reason: letter })(before));
      await Promise.all([..."abcdefgh"].map(append));
      const { title, version } = await store().initiatives.get(id);
      expect([[...title].toSorted().join(""), version]).toEqual(["abcdefgh", 9]);
      const { records } = await recordsOf(id);
      expect(records.map((record) => record.version)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
      // The records tell the order in which the letters came.
      expect(
        records
          .toReversed()
          .map(({ reason }) => reason ?? "")
          .join(""),
      ).toBe(title);
    });

    test("of two edits of what one has read, the second one sees the first one's and can refuse", async () => {
      const id = await add({ title: "read" });
      const edit = (title: string) =>
        store().initiatives.change(id, (before) => {
          if (before.title !== "read") throw new AppError("conflict", `It says ${before.title}.`, { by: before.title });
          return retitle(title)(before);
        });
      const outcomes = await Promise.allSettled([edit("one"), edit("two")]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const { title, version } = await store().initiatives.get(id);
      expect(version).toBe(2);
      expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { code: "conflict", message: `It says ${title}.`, details: { by: title } },
      });
    });

    test("what throws, or does not fit its version, leaves neither a document nor a record", async () => {
      const id = await add();
      const wrong: ((before: Initiative) => InitiativeChange)[] = [
        () => {
          throw new Error("refused");
        },
        (before) => ({ after: before, record: makeRecord(before) }),
        (before) => ({ ...retitle("x")(before), record: makeRecord(before) }),
        (before) => ({ ...retitle("x")(before), record: makeRecord({ ...before, id: id + 1, version: 2 }) }),
        (before) => retitle("x")({ ...before, version: 7 }),
        (before) => retitle("x")({ ...before, id: id + 1 }),
      ];
      for (const work of wrong)
        await expect(store().initiatives.change(id, work)).rejects.toThrow(/refused|Version 2/u);
      await expect(store().initiatives.add((next) => begin(next, { version: 2 }))).rejects.toThrow(/Version 2 needs/u);
      expect(await store().initiatives.get(id)).toEqual(makeInitiative(id));
      expect((await recordsOf(id)).records).toHaveLength(1);
      expect(await add()).toBe(id + 1);
    });

    test("a store by another clock is the same store", async () => {
      const past = store().at(() => new Date("2020-02-02T02:02:02.222Z"));
      const { createdAt } = await past.addAnnotation({ date: "2020-02-02", text: "Once" });
      expect(createdAt.toISOString()).toBe("2020-02-02T02:02:02.222Z");
      expect((await store().listAnnotations()).map(({ text }) => text)).toContain("Once");
    });

    test("one that comes with a past has a record of each version", async () => {
      const id = await store().initiatives.add((next) => {
        const initiative = makeInitiative(next, { version: 3 });
        return { initiative, records: [1, 2, 3].map((version) => makeRecord({ ...initiative, version })) };
      });
      expect((await recordsOf(id)).records.map(({ version }) => version)).toEqual([3, 2, 1]);
      const renumbered = (next: number) => {
        const initiative = makeInitiative(next, { version: 2 });
        return { initiative, records: [2, 1].map((version) => makeRecord({ ...initiative, version })) };
      };
      await expect(store().initiatives.add(renumbered)).rejects.toThrow(/Version 1/u);
      await store().initiatives.change(id, retitle("later"));
      expect((await store().initiatives.get(id)).version).toBe(4);
    });

    test("records come page by page, the newest first, also those of one subject only", async () => {
      const id = await add();
      const subjects = ["timebox 1", "requirement 3", "requirement 31", "requirement 3"];
      for (const subject of subjects) await store().initiatives.change(id, retitle("x", { subject }));
      const versions = async (query: Partial<RecordQuery>) => {
        const { records, more } = await recordsOf(id, query);
        return [records.map(({ version }) => version), more];
      };
      expect(await versions({ limit: 2 })).toEqual([[5, 4], true]);
      expect(await versions({ limit: 2, before: 4 })).toEqual([[3, 2], true]);
      expect(await versions({ limit: 2, before: 2 })).toEqual([[1], false]);
      expect(await versions({ limit: 5 })).toEqual([[5, 4, 3, 2, 1], false]);
      expect(await versions({ subject: "requirement 3" })).toEqual([[5, 3], false]);
      expect(await versions({ subject: "requirement 3", before: 5 })).toEqual([[3], false]);
      expect(await versions({ subject: "requirement" })).toEqual([[], false]);
      expect((await recordsOf(await add())).records).toHaveLength(1);
    });

    test("a record is also about the parts that its changes touch, and about no text that only looks like one", async () => {
      const id = await add();
      const field = (name: string) => [{ field: name, before: null, after: '"field":"requirements[4]' }];
      const about = { action: "close-out", subject: "timebox 1" };
      for (const name of ["requirements[3].timebox", "requirements[31].timebox", "timeboxes[1].closeOut"])
        await store().initiatives.change(id, retitle("x", { ...about, changes: field(name) }));
      const versions = async (subject: string) =>
        (await recordsOf(id, { subject })).records.map(({ version }) => version);
      expect(await versions("requirement 3")).toEqual([2]);
      expect(await versions("requirement 4")).toEqual([]);
      expect(await versions("timebox 1")).toEqual([4, 3, 2]);
      expect(await versions("requirement %")).toEqual([]);
    });

    test.each([999_999, 0, -1, 1.5, Number.NaN, 2 ** 40])("initiative %s is not found, goal neither", async (id) => {
      const refused = { code: "not-found", details: { initiative: id } };
      await expect(store().initiatives.get(id)).rejects.toMatchObject(refused);
      await expect(store().initiatives.change(id, retitle("x"))).rejects.toMatchObject(refused);
      await expect(recordsOf(id)).rejects.toMatchObject(refused);
      const noGoal = { code: "not-found", details: { goal: id } };
      await expect(store().initiatives.updateGoal(id, { title: "x" })).rejects.toMatchObject(noGoal);
    });
  });

  test("goals stand in their order, change only in what is said, and change no answer", async () => {
    const before = await store().dataVersion();
    const first = await store().initiatives.addGoal({
      ...{ title: "More come back \u{1F600}", kpis: ["repeat-rate", "csat:Review 'x'"], owner: null },
    });
    const second = await store().initiatives.addGoal({ title: "Fewer late parcels", kpis: [], owner: "Ada" });
    await store().initiatives.updateGoal(first, { owner: "Ben" });
    await store().initiatives.updateGoal(second, { title: "No late parcel", kpis: ["late"], owner: null });
    expect((await store().initiatives.goals()).slice(-2)).toEqual([
      { id: first, title: "More come back \u{1F600}", kpis: ["repeat-rate", "csat:Review 'x'"], owner: "Ben" },
      { id: second, title: "No late parcel", kpis: ["late"], owner: null },
    ]);
    await store().initiatives.updateGoal(first, {});
    expect((await store().initiatives.goals()).at(-2)).toMatchObject({ owner: "Ben" });
    expect(await store().dataVersion()).toBe(before);
  });
}
