/**
 * What every state store must do with edits of the touchpoint catalogue; part of the contract in state-store.case.ts.
 * Whether journeys follow an edit is tested in ingest/edit-touchpoints.test.ts.
 */
import { describe, expect, test } from "vitest";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { StateStore } from "./state-store.ts";

let groups = 0;

/** Registers the tests; each works on touchpoints of its own. */
export function describeTouchpointEdits(store: () => StateStore): void {
  /** Four new touchpoints, named A, B, C, D and a number. */
  async function fill(): Promise<{ ids: number[]; names: [string, string, string, string] }> {
    const names = ["A", "B", "C", "D"].map((letter) => `${letter}${groups}`) as [string, string, string, string];
    groups++;
    const plain = { stage: null, channel: null, role: null };
    const catalogue = await store().ensureTouchpoints(names.map((name) => ({ ...plain, name })));
    return { names, ids: catalogue.slice(-4).map(({ id }) => id) };
  }
  const find = async (name: string): Promise<Touchpoint | undefined> =>
    (await store().listTouchpoints()).find((touchpoint) => touchpoint.name === name);
  const settle = async () => store().finishTouchpoints(await store().listUnprepared());
  const raised = async (work: () => Promise<unknown>) => {
    const before = await store().dataVersion();
    await work();
    return (await store().dataVersion()) - before;
  };

  describe("edits", () => {
    test("what is set is kept, raises the data version once, and asks for no preparation", async () => {
      const { names, ids } = await fill();
      const change = { stage: "support", channel: "phone", owner: "Ada", hidden: true } as const;
      const set = () => store().editTouchpoint({ kind: "set", name: names[0], change });
      expect(await raised(set)).toBe(1);
      expect(await raised(set)).toBe(0);
      expect(await find(names[0])).toEqual({
        ...{ id: ids[0], name: names[0], role: null, rawNames: [names[0]] },
        ...change,
      });
      expect(await store().listUnprepared()).toEqual([]);
      const cleared = await store().editTouchpoint({ kind: "set", name: names[0], change: { stage: null } });
      expect(cleared).toMatchObject({ stage: null, owner: "Ada" });
    });

    test("only becoming an order, or ceasing to be one, asks for preparation", async () => {
      const { names } = await fill();
      for (const [role, waiting] of [
        ["refund", []],
        ["order", [names[1]]],
      ] as const) {
        await store().editTouchpoint({ kind: "set", name: names[1], change: { role } });
        expect(await store().listUnprepared()).toEqual(waiting);
      }
      await settle();
      await store().editTouchpoint({ kind: "set", name: names[1], change: { role: null } });
      expect(await store().listUnprepared()).toEqual([names[1]]);
      await settle();
    });

    test("a renamed touchpoint keeps its id and its raw name; later events of either name find it", async () => {
      const { names, ids } = await fill();
      const to = `Renamed ${names[0]}`;
      expect(await raised(() => store().editTouchpoint({ kind: "rename", name: names[0], to }))).toBe(1);
      const plain = { stage: null, channel: null, role: null };
      await store().ensureTouchpoints([
        { ...plain, name: names[0] },
        { ...plain, name: to },
      ]);
      expect(await find(to)).toMatchObject({ id: ids[0], rawNames: [names[0], to] });
      expect(await find(names[0])).toBeUndefined();
      // The name that found it never had a touchpoint of its own: now it gets one, under a free name.
      const own = await store().editTouchpoint({ kind: "split", name: to, rawName: to });
      expect(own).toMatchObject({ name: `${to} (2)`, rawNames: [to] });
      await settle();
    });

    test("a merge shows both until it is prepared, then one with both raw names", async () => {
      const { names, ids } = await fill();
      const [a, b, c] = names;
      const merged = await store().editTouchpoint({ kind: "merge", names: [a, b, c], into: b });
      expect(merged).toMatchObject({ id: ids[1], name: b, rawNames: [a, b, c] });
      expect((await store().listUnprepared()).toSorted()).toEqual([a, c]);
      expect(await find(a)).toMatchObject({ rawNames: [] });
      expect(await raised(settle)).toBe(1);
      expect(await store().listUnprepared()).toEqual([]);
      expect(await find(a)).toBeUndefined();
      // The next new name gets a new id: that of a merged one waits for it.
      const next = await fill();
      expect(next.ids[0]).toBe((ids[3] as number) + 1);
    });

    test("a split gives each back as it was before the merge", async () => {
      const { names } = await fill();
      const [a, b, c] = names;
      await store().editTouchpoint({ kind: "set", name: a, change: { stage: "setup", owner: "Ada" } });
      await store().editTouchpoint({ kind: "rename", name: a, to: `New ${a}` });
      const before = await store().listTouchpoints();
      await store().editTouchpoint({ kind: "merge", names: [`New ${a}`, c], into: b });
      await settle();
      for (const rawName of [a, c]) {
        await store().editTouchpoint({ kind: "split", name: b, rawName });
        expect(await store().listUnprepared()).toEqual([rawName]);
        await settle();
      }
      expect(await store().listTouchpoints()).toEqual(before);
    });

    test("of a merged one the first name can be split off too; it is like the one it leaves", async () => {
      const { names, ids } = await fill();
      const [a, b] = names;
      await store().editTouchpoint({ kind: "set", name: b, change: { stage: "setup" } });
      await store().editTouchpoint({ kind: "merge", names: [a], into: b });
      await settle();
      const own = await store().editTouchpoint({ kind: "split", name: b, rawName: b });
      expect(own).toMatchObject({ name: `${b} (2)`, stage: "setup", rawNames: [b] });
      expect(own.id).toBeGreaterThan(ids[3] as number);
      expect(await find(b)).toMatchObject({ id: ids[1], rawNames: [a] });
      await settle();
    });

    test("what cannot be is refused, says why, and changes nothing", async () => {
      const { names } = await fill();
      const [a, b, c] = names;
      await store().editTouchpoint({ kind: "merge", names: [c], into: b });
      await settle();
      const before = [await store().listTouchpoints(), await store().dataVersion()];
      const refused = [
        [{ kind: "set", name: "nobody", change: { hidden: true } }, "not-found", /no touchpoint «nobody»/u],
        [{ kind: "set", name: c, change: { hidden: true } }, "not-found", new RegExp(`count for «${b}»`, "u")],
        [{ kind: "rename", name: a, to: b }, "conflict", /merge/u],
        [{ kind: "rename", name: a, to: " " }, "invalid", /cannot name/u],
        [{ kind: "merge", names: [b], into: b }, "invalid", /nothing to merge/u],
        [{ kind: "merge", names: [a], into: c }, "not-found", /count for/u],
        [{ kind: "split", name: b, rawName: a }, "not-found", new RegExp(`«${b}», «${c}»`, "u")],
        [{ kind: "split", name: a, rawName: a }, "conflict", /nothing to split/u],
      ] as const;
      for (const [edit, code, message] of refused)
        await expect(store().editTouchpoint(edit)).rejects.toMatchObject({
          code,
          message: expect.stringMatching(message),
        });
      expect([await store().listTouchpoints(), await store().dataVersion()]).toEqual(before);
    });

    test("of many renames to one name at once exactly one holds", async () => {
      const { names } = await fill();
      const to = `Wanted by all ${names[0]}`;
      const outcomes = await Promise.allSettled(
        names.map((name) => store().editTouchpoint({ kind: "rename", name, to })),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });
  });
}
