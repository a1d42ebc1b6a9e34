/**
 * Proves that no count, order or age depends on the wall clock: between and during imports, rollbacks and uploads it is set
 * back to 1970, forward to 2099, and over both changes of summer time. Versions of data only grow, the numbers of imports
 * go on, the newest journeys win, nothing took less than no time, and an upload in use stays.
 * Each instant once; `--sample`: back and forward.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../src/config.ts";
import { importPaths } from "../src/ingest/import-paths.ts";
import { rollbackImport } from "../src/ingest/rollback-import.ts";
import { openPlatform } from "../src/platform.ts";
import { Findings } from "./durability/fail-with.ts";
import { lookInside } from "./durability/look-inside.ts";
import { writeSources } from "./durability/sources.ts";

const sample = process.argv.includes("--sample");
const INSTANTS = sample
  ? ["2026-11-23T12:00:00Z", "1970-01-01T00:00:00Z", "2099-12-31T23:59:59.999Z"]
  : [
      "2026-11-23T12:00:00Z",
      "1970-01-01T00:00:00Z",
      "2099-12-31T23:59:59.999Z",
      "2026-10-25T00:59:59Z",
      "2026-10-25T00:30:00Z",
      "2026-03-29T01:00:00Z",
      "2000-02-29T00:00:00Z",
      "2038-01-19T03:14:08Z",
      "2026-11-23T11:59:00Z",
    ];
const FIRST = 990;
const HOUR_MS = 3_600_000;
const started = performance.now();
const findings = new Findings();
const folder = mkdtempSync(join(tmpdir(), "waymark-clock-"));
const sources = writeSources(join(folder, "sources"), 2_000);
const workspace = join(folder, "main");

/** It jumps with every look: during whatever runs, too. */
function openJumpingClock() {
  let now = 0;
  let looks = 0;
  return {
    set: (instant: string) => {
      now = Date.parse(instant);
    },
    clock: () => new Date(now + (looks++ % 2 === 0 ? 0 : -HOUR_MS)),
  };
}

/** One life: import, import the same again, take the second back, import another file. */
async function live(instant: string, round: number, lastVersion: number): Promise<number> {
  const { set, clock } = openJumpingClock();
  set(instant);
  const platform = await openPlatform({ workspace, config: readConfig({}), clock });
  const deps = { ...platform, workspaceDir: workspace };
  const versions = [lastVersion];
  const note = async () => versions.push(await platform.state.dataVersion());
  const bring = async (file: string) => {
    const { id, seconds } = await importPaths(deps, { paths: [sources.path(file)] });
    if (!(seconds >= 0 && seconds < 600)) findings.fail(instant, `an import took ${seconds} seconds`);
    await note();
    return id;
  };
  try {
    const ids = [await bring("log.csv")];
    set(INSTANTS[(round + 1) % INSTANTS.length] as string);
    ids.push(await bring("log.csv"));
    await rollbackImport(deps, ids[0] as number);
    await note();
    set(INSTANTS[(round + 2) % INSTANTS.length] as string);
    ids.push(await bring("log.zip"));
    const before = (await platform.state.listImports()).length;
    findings.equal(`${instant}, numbers`, ids, [before - 2, before - 1, before]);
    for (const { id, seconds, startedAt, finishedAt } of await platform.state.listImports()) {
      if ((seconds ?? 0) < 0) findings.fail(instant, `import ${id} took ${seconds} s`);
      if (finishedAt && finishedAt < startedAt) findings.fail(instant, `import ${id} ended before it began`);
    }
    const [rows] = await platform.events.query<{ high: number }>(
      "SELECT toFloat64(max(version)) AS high FROM journey_rows",
    );
    if ((rows?.high ?? 0) > (versions.at(-1) ?? 0))
      findings.fail(instant, "journeys are newer than the data's version");
    for (const id of ids.slice(1)) await rollbackImport(deps, id);
    await note();
    const rising = versions.every((version, at) => at === 0 || version > (versions[at - 1] as number));
    if (!rising) findings.fail(instant, `the versions of data are ${versions.join(", ")}`);
  } finally {
    await platform.close();
  }
  const inside = await lookInside(workspace);
  findings.equal(`${instant}, journeys`, inside.journeys, { events: FIRST, different: FIRST });
  findings.equal(`${instant}, unsettled and left over`, [...inside.unsettled, ...inside.leftovers], []);
  return versions.at(-1) as number;
}

try {
  const clock = () => new Date();
  const platform = await openPlatform({ workspace, config: readConfig({}), clock });
  await importPaths({ ...platform, workspaceDir: workspace }, { paths: [sources.path("first.csv")] });
  let version = await platform.state.dataVersion();
  await platform.close();
  for (const [round, instant] of INSTANTS.entries()) version = await live(instant, round, version);
  findings.end(`${INSTANTS.length} instants, three imports and three rollbacks at each`, started);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
