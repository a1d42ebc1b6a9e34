/** Data quality of a real import, through the operation: what the state store knows of it comes in too. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import type { Platform } from "../platform.ts";
import { QUALITY_OPERATIONS } from "./quality-operations.ts";

const MAPPING = `
recipe: test
files: { rows: { match: "*.csv" } }
events: [{ touchpoint: { column: event }, time: { column: at }, customer: { column: who } }]
`;

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const ask = (signal = new AbortController().signal) => {
  const { events, state, dir, deps } = workspace;
  const platform = { events, state, workspace: dir, clock: deps.clock } as Platform;
  return QUALITY_OPERATIONS.quality.run(platform, {}, { signal, onProgress: () => undefined });
};

test("an import with rejects, equal rows and an epoch is told of; once rolled in again, the overlap is too", async () => {
  expect(await ask()).toMatchObject({ records: 0, imports: 0, findings: [] });
  const row = "c1,Opened,2024-02-01T10:00:00Z";
  const rows = [...Array.from({ length: 6 }, () => row), "c2,Opened,1970-01-01T00:00:00Z", "c3,Opened,yesterday"];
  const csv = ["who,event,at", ...rows].join("\n");
  await workspace.run(MAPPING, { "a.csv": csv });
  const first = await ask();
  expect(first).toMatchObject({
    records: 7,
    imports: 1,
    touchpoints: 1,
    first: "2024-02-01T10:00:00.000Z",
    zone: "UTC",
  });
  const told = first.findings.map(({ kind, severity, n, of }) => [kind, severity, n, of]);
  expect(told.slice(0, 3)).toEqual([
    ["duplicate", "serious", 5, 7],
    ["old", "serious", 1, 7],
    ["rejected", "serious", 1, 8],
  ]);
  await workspace.run(MAPPING, { "b.csv": `${csv}\nc4,Opened,2024-02-02T10:00:00Z` });
  const second = await ask();
  expect(second).toMatchObject({ records: 15, imports: 2 });
  expect(second.findings.find(({ kind }) => kind === "overlap")).toMatchObject({ importId: 2, n: 7 });
  expect(second.checked.find(({ kind }) => kind === "rejected")?.n).toBe(17);
});
