/**
 * What every state store must do, whatever engine is behind it: run by each engine's own test file.
 * How an engine is opened, crashes or loses its connection is tested there, not here.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeEffects } from "./effects.case.ts";
import { describeFindings } from "./findings.case.ts";
import { describeInitiatives } from "./initiatives.case.ts";
import type { NewTouchpoint, StateStore } from "./state-store.ts";
import { describeTouchpointEdits } from "./touchpoint-edits.case.ts";

export interface StateStoreUnderTest {
  /** An empty store; its clock gives 2026-01-01T00:00:00.000Z, then a second more each time it is asked. */
  readonly open: () => Promise<StateStore>;
  /** Opens the store that `open` made once more, after it was closed. */
  readonly reopen: () => Promise<StateStore>;
  readonly dispose: () => Promise<void>;
}

export interface ContractOptions {
  /**
   * How many touchpoints one call brings in. `many`: more than fit into 15 bits, or could be a parameter each; `all`: as many
   * as there can be, which takes seconds.
   */
  readonly touchpoints: "few" | "many" | "all";
}

export const START = Date.UTC(2026, 0, 1);

const COUNTS = { read: 10, added: 7, duplicate: 1, rejected: 1, skipped: { "no customer": 1 } };
const RESULT = { events: COUNTS, customers: 3, seconds: 0.25 };
const OPENING = {
  recipe: "generic",
  mapping: { time: "ts", note: 'quo"te \u0000 \u{1F600} ä' },
  mappingHash: "abc",
  files: [{ name: "events.csv", bytes: 5_000_000_000 }],
  notes: ["The times are read as UTC."],
};

const named = (name: string): NewTouchpoint => ({ name, stage: null, channel: null, role: null });
const raised = async (store: StateStore, work: () => Promise<unknown>) => {
  const before = await store.dataVersion();
  await work();
  return (await store.dataVersion()) - before;
};

type ImportState = "loading" | "live" | "prepared" | "removing" | "removed";
/** Leads a new import into a state by the allowed way. */
async function makeImport(store: StateStore, state: ImportState): Promise<number> {
  const id = await store.beginImport(OPENING);
  if (state === "loading") return id;
  await store.commitImport(id);
  if (state === "prepared") await store.finishImport(id, RESULT);
  if (state === "removing" || state === "removed") await store.beginRemoval(id);
  if (state === "removed") await store.finishRemoval(id);
  return id;
}

const STEPS = {
  commitImport: (store: StateStore, id: number) => store.commitImport(id),
  finishImport: (store: StateStore, id: number) => store.finishImport(id, RESULT),
  beginRemoval: (store: StateStore, id: number) => store.beginRemoval(id),
  finishRemoval: (store: StateStore, id: number) => store.finishRemoval(id),
};
const ALLOWED: Record<keyof typeof STEPS, readonly ImportState[]> = {
  commitImport: ["loading"],
  finishImport: ["live"],
  beginRemoval: ["live", "prepared"],
  finishRemoval: ["loading", "removing"],
};
const STATES: readonly ImportState[] = ["loading", "live", "prepared", "removing", "removed"];

/** Registers the suite; `make` is called once. */
export function describeStateStore(make: () => StateStoreUnderTest, { touchpoints }: ContractOptions): void {
  let underTest: StateStoreUnderTest;
  let store: StateStore;
  beforeAll(async () => {
    underTest = make();
    store = await underTest.open();
  });
  afterAll(async () => {
    await store.close();
    await underTest.dispose();
  });

  describe("imports", () => {
    test("an import goes from loading to live to prepared, its record whole", async () => {
      expect(await raised(store, () => makeImport(store, "loading"))).toBe(0);
      const [opened] = (await store.listImports()).slice(-1);
      const id = opened?.id as number;
      expect(opened).toEqual({
        ...{ id, ...OPENING, status: "loading", prepared: false },
        ...{ events: null, customers: null, seconds: null, startedAt: opened?.startedAt, finishedAt: null },
      });
      expect(opened?.startedAt.getTime()).toBeGreaterThanOrEqual(START);

      expect(await raised(store, () => store.commitImport(id))).toBe(1);
      expect(await store.getImport(id)).toEqual({ ...opened, status: "live" });

      expect(await raised(store, () => store.finishImport(id, RESULT))).toBe(1);
      const finished = await store.getImport(id);
      expect(finished).toEqual({
        ...{ ...opened, ...RESULT, status: "live", prepared: true, finishedAt: finished.finishedAt },
      });
      expect(finished.finishedAt?.getTime()).toBeGreaterThan(finished.startedAt.getTime());
    });

    test("a removal goes over removing to removed and keeps what the import was", async () => {
      const id = await makeImport(store, "prepared");
      const before = await store.getImport(id);
      expect(await raised(store, () => store.beginRemoval(id))).toBe(1);
      expect(await store.getImport(id)).toEqual({ ...before, status: "removing", prepared: false });
      expect(await raised(store, () => store.finishRemoval(id))).toBe(1);
      expect(await store.getImport(id)).toEqual({ ...before, status: "removed", prepared: true });
    });

    for (const step of Object.keys(STEPS) as (keyof typeof STEPS)[])
      for (const state of STATES.filter((each) => !ALLOWED[step].includes(each)))
        test(`${step} is refused on an import that is ${state}, and changes nothing`, async () => {
          const id = await makeImport(store, state);
          const before = [await store.getImport(id), await store.dataVersion()];
          await expect(STEPS[step](store, id)).rejects.toMatchObject({ code: "conflict", details: { import: id } });
          expect([await store.getImport(id), await store.dataVersion()]).toEqual(before);
        });

    test.each([999_999, 0, -1, 1.5, Number.NaN, 2 ** 40])("import %s is not found", async (id) => {
      for (const step of Object.values(STEPS))
        await expect(step(store, id)).rejects.toMatchObject({ code: "not-found" });
      await expect(store.getImport(id)).rejects.toMatchObject({ code: "not-found" });
    });

    test("ids rise by one and are never used again, also when opened at once", async () => {
      const removed = await makeImport(store, "removed");
      const ids = await Promise.all(Array.from({ length: 10 }, () => store.beginImport(OPENING)));
      expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, index) => removed + 1 + index));
    });

    test("of many commits of one import at once exactly one holds", async () => {
      const id = await makeImport(store, "loading");
      const raise = await raised(store, async () => {
        const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => store.commitImport(id)));
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      });
      expect(raise).toBe(1);
    });
  });

  describe("touchpoints", () => {
    test("new names get the next ids in the order given; known ones keep theirs and their place", async () => {
      const checkout = { name: "Checkout Started", stage: "purchase", channel: "web", role: null } as const;
      const order = { name: "Order Placed", stage: "purchase", channel: null, role: "order" } as const;
      const first = await store.ensureTouchpoints([checkout, order, named(" checkout started"), checkout]);
      expect(first.slice(-3).map(({ name }) => name)).toEqual([checkout.name, order.name, " checkout started"]);
      const next = await store.ensureTouchpoints([named("Zoo"), { ...order, stage: "loyalty" }, named("Alpha")]);
      expect(next.slice(0, -2)).toEqual(first);
      expect(next.slice(-2).map(({ name }) => name)).toEqual(["Zoo", "Alpha"]);
      expect(next.map(({ id }) => id)).toEqual(next.map((_, index) => index + 1));
      expect(next.find(({ name }) => name === order.name)).toMatchObject({
        ...{ ...order, owner: null, hidden: false, rawNames: [order.name] },
      });
      expect(await store.listTouchpoints()).toEqual(next);
      expect(await store.ensureTouchpoints([])).toEqual(next);
    });

    test("names are kept verbatim: quotes, other scripts, blanks, very long ones", async () => {
      const names = [`a'b"c\\d`, "Оплата ✓ 訂單 \u{1F600}", "tab\tline\nend ", "é", "e\u0301", "%s $1 {x:String}"];
      // Random text does not compress: this one is longer than an index entry may be.
      const long = Array.from({ length: 20_000 }, (_, at) => String.fromCodePoint(33 + ((at * at * 7919) % 90))).join(
        "",
      );
      await store.ensureTouchpoints([...names, long].map(named));
      const known = (await store.listTouchpoints()).map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining([...names, long]));
    });

    test.each(["", "nul\0inside"])("the name %j is refused", async (name) => {
      await expect(store.ensureTouchpoints([named(name)])).rejects.toMatchObject({ code: "invalid" });
    });

    test("many at once give one id a name, without holes", async () => {
      const wanted = (from: number) => Array.from({ length: 400 }, (_, index) => named(`racing ${from + index}`));
      const answers = await Promise.all([0, 100, 200, 300, 150].map((from) => store.ensureTouchpoints(wanted(from))));
      const catalogue = await store.listTouchpoints();
      expect(catalogue.map(({ id }) => id)).toEqual(catalogue.map((_, index) => index + 1));
      expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
      for (const answer of answers) expect(answer).toEqual(catalogue.slice(0, answer.length));
    });

    describeTouchpointEdits(() => store);

    test.skipIf(touchpoints === "few")("tens of thousands come in at once", async () => {
      const last = (await store.listTouchpoints()).at(-1)?.id ?? 0;
      const length = (touchpoints === "all" ? 65_533 : 33_000) - last;
      const all = await store.ensureTouchpoints(Array.from({ length }, (_, index) => named(`filling ${index}`)));
      expect(all.slice(-2)).toMatchObject([
        { id: last + length - 1, rawNames: [`filling ${length - 2}`] },
        { id: last + length, name: `filling ${length - 1}` },
      ]);
    });

    test.skipIf(touchpoints !== "all")(
      "the last id is 65,535; one more is refused, told why, and nothing of that call stays",
      async () => {
        const names = ["the last but one", "the last", "one too many"].map(named);
        await expect(store.ensureTouchpoints(names)).rejects.toMatchObject({
          code: "invalid",
          message: expect.stringMatching(/more than 65,535 different touchpoints: .* choose another column/u),
        });
        expect((await store.listTouchpoints()).at(-1)).toMatchObject({ id: 65_533 });
        const all = await store.ensureTouchpoints(names.slice(0, 2));
        expect(all.slice(-2).map(({ id }) => id)).toEqual([65_534, 65_535]);
        await expect(store.ensureTouchpoints(names)).rejects.toMatchObject({ code: "invalid" });
      },
    );
  });

  describe("settings", () => {
    test.each([
      ["a text", "Europe/Berlin"],
      ["a text of digits", "123"],
      ["a list", ["case", "session"]],
      ["nothing on purpose", null],
      ["false", false],
      ["a tree", { b: 1, a: [{ deep: "\u0000 ä" }] }],
    ])("%s comes back as it was", async (key, value) => {
      expect(await store.getSetting(key)).toBeUndefined();
      await store.setSetting(key, value);
      expect(await store.getSetting(key)).toEqual(value);
    });

    test("a changed value raises the data version, the same one does not", async () => {
      expect(await raised(store, () => store.setSetting("zone", "UTC"))).toBe(1);
      expect(await raised(store, () => store.setSetting("zone", "UTC"))).toBe(0);
      expect(await raised(store, () => store.setSetting("zone", "Asia/Tokyo"))).toBe(1);
      expect(await store.getSetting("zone")).toBe("Asia/Tokyo");
    });

    test("one that no answer depends on leaves the data version as it is", async () => {
      expect(await raised(store, () => store.setSetting("limits", { a: 1 }, { changesAnswers: false }))).toBe(0);
      expect(await store.getSetting("limits")).toEqual({ a: 1 });
    });

    test("what is no JSON is refused", async () => {
      await expect(store.setSetting("zone", undefined)).rejects.toMatchObject({ code: "invalid" });
    });
  });

  describe("annotations", () => {
    test("stand by date, an id is never used again, and no answer depends on them", async () => {
      const raise = await raised(store, async () => {
        const june = await store.addAnnotation({ date: "2025-06-01", text: "a sale \u{1F600} 'now'" });
        const may = await store.addAnnotation({ date: "2025-05-31", text: "an outage" });
        const again = await store.addAnnotation({ date: "2025-06-01", text: "its second day" });
        expect(await store.listAnnotations()).toEqual([may, june, again]);
        expect(june).toEqual({
          ...{ id: june.id, date: "2025-06-01", text: "a sale \u{1F600} 'now'" },
          createdAt: expect.any(Date),
        });
        await store.removeAnnotation(again.id);
        expect(await store.listAnnotations()).toEqual([may, june]);
        const next = await store.addAnnotation({ date: "2025-06-03", text: "over" });
        expect(next.id).toBeGreaterThan(again.id);
      });
      expect(raise).toBe(0);
    });

    test.each([999_999, 0, -1, 1.5, Number.NaN, 2 ** 40])("annotation %s is not found", async (id) => {
      await expect(store.removeAnnotation(id)).rejects.toMatchObject({ code: "not-found" });
    });
  });

  describe("targets of KPIs", () => {
    test("are replaced, taken away by two nulls, and change no answer", async () => {
      const raise = await raised(store, async () => {
        await store.setTarget({ kpi: "orders", target: 1200, baseline: 1000 });
        await store.setTarget({ kpi: "csat:Review 'x'", target: 0.9, baseline: null });
        await store.setTarget({ kpi: "orders", target: null, baseline: 1000.5 });
        const list = await store.listTargets();
        expect(list.map(({ updatedAt: _, ...rest }) => rest)).toEqual([
          { kpi: "csat:Review 'x'", target: 0.9, baseline: null },
          { kpi: "orders", target: null, baseline: 1000.5 },
        ]);
        await store.setTarget({ kpi: "orders", target: null, baseline: null });
        await store.setTarget({ kpi: "never set", target: null, baseline: null });
        expect((await store.listTargets()).map(({ kpi }) => kpi)).toEqual(["csat:Review 'x'"]);
      });
      expect(raise).toBe(0);
    });
  });

  describeFindings(() => store);
  describeEffects(() => store);
  describeInitiatives(() => store);

  describe("results", () => {
    test("an answer is good for its data version and gone with the next one's", async () => {
      await store.putResult("map", 1_000_001, { nodes: [1] });
      await store.putResult("funnel", 1_000_001, "a text");
      expect(await store.getResult("map", 1_000_001)).toEqual({ nodes: [1] });
      expect(await store.getResult("map", 1_000_002)).toBeUndefined();
      await store.putResult("map", 1_000_001, { nodes: [2] });
      expect(await store.getResult("map", 1_000_001)).toEqual({ nodes: [2] });
      expect(await store.getResult("funnel", 1_000_001)).toBe("a text");
      await store.putResult("map", 1_000_002, null);
      expect(await store.getResult("map", 1_000_002)).toBeNull();
      expect(await store.getResult("funnel", 1_000_001)).toBeUndefined();
      // One that took longer than the data stayed as they were.
      await store.putResult("late", 1_000_001, 1);
      expect(await store.getResult("late", 1_000_001)).toBeUndefined();
    });

    test("the same answer put twice at once is kept once", async () => {
      await Promise.all(Array.from({ length: 6 }, () => store.putResult("same", 1_000_003, [1])));
      expect(await store.getResult("same", 1_000_003)).toEqual([1]);
    });

    test("a report of 5 MB comes back whole", async () => {
      const report = { rows: Array.from({ length: 50_000 }, (_, index) => ({ index, text: "ä".repeat(40) })) };
      expect(Buffer.byteLength(JSON.stringify(report))).toBeGreaterThan(5_000_000);
      await store.putResult("large", 1_000_004, report);
      expect(await store.getResult("large", 1_000_004)).toEqual(report);
    });
  });

  test("everything is there after closing and opening again; closing twice is no fault", async () => {
    const read = async () => [
      await store.listImports(),
      await store.listTouchpoints(),
      await store.getSetting("zone"),
      await store.listAnnotations(),
      await store.listTargets(),
      await store.findings.list(),
      await store.initiatives.list(),
      await store.dataVersion(),
    ];
    const before = await read();
    await Promise.all([store.close(), store.close()]);
    await expect(store.dataVersion()).rejects.toMatchObject({ code: "unavailable" });
    store = await underTest.reopen();
    expect(await read()).toEqual(before);
  });
}
