/**
 * What a page needs to let people correct a mapping, and to show what came in: over the operations, on a real workspace.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedStateFolder } from "../../test/state-folder.ts";
import { openSession, type Session } from "./session.ts";

const call = { signal: new AbortController().signal, onProgress: () => undefined };
const LONG = `${"long ".repeat(30)}end`;
const CSV = [
  "user_id,event,timestamp,note,amount",
  ...Array.from(
    { length: 12 },
    (_, n) => `u${n % 3},begin_checkout,2024-03-${10 + n}T10:00:00Z,${n === 4 ? LONG : ""},${n}`,
  ),
  "u1,Order Completed,2024-04-01T10:00:00Z,n1,5",
  "u1,Order Completed,yesterday,n1,6",
].join("\n");

let folder: string;
let session: Session;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-preview-"));
  await seedStateFolder(join(folder, "workspace"));
  await writeFile(join(folder, "shop.csv"), `${CSV}\n`);
  await writeFile(join(folder, "odd.csv"), "colour,size\nred,1\nblue,2\n");
  session = await openSession({ workspace: join(folder, "workspace") });
});
afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

const tryImport = async (file: string, mappingFile?: string) => {
  const input = { paths: [join(folder, file)], dryRun: true, ...(mappingFile && { mappingFile }) };
  const [report] = (await session.run("import", input, call)).imports;
  return report as NonNullable<typeof report>;
};

describe("a dry run", () => {
  test("shows what the files hold, the proposed mapping, the first events and the commonest names", async () => {
    const report = await tryImport("shop.csv");
    expect(report.sources).toMatchObject([
      { name: "events", files: [{ name: "shop.csv", bytes: CSV.length + 1 }], records: 14 },
    ]);
    const columns = new Map(report.sources[0]?.columns.map(({ name, samples }) => [name, samples]));
    expect([...columns.keys()]).toEqual(["user_id", "event", "timestamp", "note", "amount"]);
    expect(columns.get("event")).toEqual(["begin_checkout", "Order Completed"]);
    expect(columns.get("amount")).toEqual(["0", "1", "2", "3", "4"]);
    expect(columns.get("note")).toEqual([`${LONG.slice(0, 59)}…`, "n1"]);
    expect(report.mapping.value).toMatchObject({ recipe: "generic", events: [{ touchpoint: { column: "event" } }] });
    expect(report.preview.length).toBeGreaterThanOrEqual(10);
    expect(report.touchpoints).toEqual([
      { rawName: "begin_checkout", name: "begin_checkout", stage: "purchase", channel: "web", role: null, events: 12 },
      {
        rawName: "Order Completed",
        name: "Order Completed",
        stage: "purchase",
        channel: null,
        role: "order",
        events: 1,
      },
    ]);
    expect((await session.run("touchpoints", {}, call)).touchpoints).toEqual([]);
  });

  test("takes the mapping back as JSON, corrected", async () => {
    const { mapping } = await tryImport("shop.csv");
    const [rule] = mapping.value.events;
    const corrected = { ...mapping.value, events: [{ ...rule, touchpoint: { literal: "Something" }, properties: [] }] };
    const path = join(folder, "corrected.json");
    await writeFile(path, JSON.stringify(corrected));
    const report = await tryImport("shop.csv", path);
    expect(report.mapping).toMatchObject({ by: "said", value: corrected });
    expect(report.touchpoints).toMatchObject([{ rawName: "Something", events: 13 }]);
  });

  test("what is wrong with a mapping is told by its place in it, by form and by the files' columns", async () => {
    const path = join(folder, "wrong.json");
    const told = async (events: unknown) => {
      await writeFile(path, JSON.stringify({ recipe: "wrong", events }));
      return tryImport("shop.csv", path).catch((error: unknown) => error);
    };
    expect(await told([{ touchpoint: 1, customer: "user_id" }])).toMatchObject({
      code: "invalid",
      details: {
        problems: [{ path: ["events", 0, "time"], message: expect.stringMatching(/every event needs a time/u) }],
      },
    });
    const good = { touchpoint: "X", time: "timestamp", customer: "user_id" };
    expect(await told([good, { ...good, value: { column: "price" } }])).toMatchObject({
      code: "invalid",
      details: { problems: [{ path: ["events", 1, "value"], message: expect.stringMatching(/price.*amount/u) }] },
    });
  });

  test("where nothing can be proposed, the error shows what the files hold", async () => {
    const error = await tryImport("odd.csv").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "invalid",
      details: {
        sources: [{ name: "odd.csv", columns: [{ name: "colour", samples: ["red", "blue"] }, { name: "size" }] }],
      },
    });
  });
});

describe("the catalogue over the operations", () => {
  test("imports tell of their rejects, notes and mapping; touchpoints of their events, edits and raw names", async () => {
    const [done] = (await session.run("import", { paths: [join(folder, "shop.csv")] }, call)).imports;
    const { imports } = await session.run("imports", {}, call);
    expect(imports).toMatchObject([{ id: done?.id, rejects: true, notes: done?.mapping.notes }]);
    expect(imports[0]?.mapping).toMatch(/touchpoint: \{ column: event \}/u);

    const list = async () => (await session.run("touchpoints", {}, call)).touchpoints;
    expect((await list()).map(({ name, events }) => [name, events])).toEqual([
      ["begin_checkout", 12],
      ["Order Completed", 1],
    ]);
    await session.run("set-touchpoint", { name: "Order Completed", stage: null, owner: "Ada", hidden: true }, call);
    await session.run("rename-touchpoint", { name: "begin_checkout", to: "Checkout Started" }, call);
    expect(
      await session.run("merge-touchpoints", { names: ["Order Completed"], into: "Checkout Started" }, call),
    ).toMatchObject({
      touchpoint: { name: "Checkout Started", rawNames: ["Order Completed", "begin_checkout"] },
    });
    expect(await list()).toMatchObject([{ name: "Checkout Started", events: 13 }]);
    const where = (text: string) => session.run("map", { where: text, by: "touchpoint", minShare: 0 }, call);
    // A filter may name it by any name its events came in with.
    for (const name of ["begin_checkout", "Order Completed", "Checkout Started"])
      expect((await where(`touchpoint in ("${name}")`)).nodes).toMatchObject([
        { touchpoint: "Checkout Started", events: 13 },
      ]);
    await session.run("split-touchpoint", { name: "Checkout Started", rawName: "Order Completed" }, call);
    expect(await list()).toMatchObject([
      { name: "Checkout Started", events: 12, rawNames: ["begin_checkout"] },
      { name: "Order Completed", events: 1, stage: null, owner: "Ada", hidden: true },
    ]);
    expect((await session.run("touchpoints", {}, call)).unmapped).toEqual(["Order Completed"]);
    await expect(session.run("set-touchpoint", { name: "begin_checkout", hidden: true }, call)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
