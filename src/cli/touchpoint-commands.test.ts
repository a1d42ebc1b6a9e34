/**
 * The commands of the catalogue as people meet them, at the door of a held workspace.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Answer } from "../api/operations.ts";
import type { Session } from "../api/session.ts";

let cli: CommandLine;
let holder: Session;

beforeAll(async () => {
  cli = await openCommandsHere();
  holder = await cli.hold("shop");
  const file = join(cli.folder, "log.csv");
  await writeFile(file, "user_id,event,timestamp\na,View,2024-01-01\na,view,2024-01-02\nb,view,2024-01-03\n");
  await holder.run("import", { paths: [file] }, { signal: new AbortController().signal, onProgress: () => undefined });
});
afterAll(async () => {
  await holder.close();
  await cli.close();
});

const touchpoints = (...args: readonly string[]) => cli.run("shop", "touchpoints", ...args);

test("merge, set, rename and split say what the touchpoint is then; the list shows events and raw names", async () => {
  expect(await touchpoints("merge", "view", "--into", "View")).toMatchObject({
    code: 0,
    out: "View: stage –, channel –, role –, owner –; events came in as View, view\n",
  });
  expect((await touchpoints("rename", "View", "Product Viewed")).code).toBe(0);
  expect(await touchpoints("set", "Product Viewed", "--stage", "evaluation", "--owner", "Ada", "--hide")).toMatchObject(
    {
      code: 0,
      out: "Product Viewed: stage evaluation, channel –, role –, owner Ada, hidden; events came in as View, view\n",
    },
  );
  const list = await touchpoints();
  expect(list.out).toMatch(/^1 touchpoint, 1 hidden\n/u);
  expect(list.out).toMatch(/Product Viewed +3 +evaluation +– +– +Ada +hidden +View, view/u);
  const split = await touchpoints("split", "Product Viewed", "--raw", "view", "--json");
  expect(JSON.parse(split.out)).toMatchObject({ touchpoint: { name: "view", stage: null, hidden: false } });
  expect((await touchpoints("set", "Product Viewed", "--stage", "none", "--show")).out).toContain("stage –");
  const { out } = await touchpoints("--json");
  expect((JSON.parse(out) as Answer<"touchpoints">).touchpoints.map(({ name, events }) => [name, events])).toEqual([
    ["Product Viewed", 1],
    ["view", 2],
  ]);
});

test("wrong use ends with 2 and says what to do", async () => {
  const runs = await Promise.all([
    touchpoints("set", "view"),
    touchpoints("set", "view", "--hide", "--show"),
    touchpoints("set", "view", "--stage", "sales"),
    touchpoints("merge", "nobody", "--into", "view"),
    touchpoints("merge", "view"),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  expect(runs.map(({ err }) => err)).toEqual([
    expect.stringContaining("--stage, --channel"),
    expect.stringContaining("not both"),
    expect.stringContaining("stage"),
    expect.stringContaining("«nobody»"),
    expect.stringContaining("--into"),
  ]);
});
