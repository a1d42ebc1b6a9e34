/**
 * Inputs that go the whole way: previewed, imported into one real workspace, taken back, and counted at each step.
 * A known import lies in the workspace all the while; nothing that is done beside it may change it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { parseMapping } from "../src/domain/mapping.ts";
import type { ImportDeps } from "../src/ingest/import-events.ts";
import { importPaths, type PathsReport } from "../src/ingest/import-paths.ts";
import { findFileTable } from "../src/ingest/plan-tables.ts";
import { prepareSources } from "../src/ingest/prepare-sources.ts";
import { retryRejects } from "../src/ingest/retry-rejects.ts";
import { rollbackImport } from "../src/ingest/rollback-import.ts";
import { openEmbeddedEventStore } from "../src/store/embedded-event-store.ts";
import { migrateEventStore } from "../src/store/event-migrations.ts";
import type { EventStore, QuerySettings } from "../src/store/event-store.ts";
import { openEmbeddedStateStore } from "../src/store/open-state-store.ts";
import { draw, expression, HEAD, type MadeRecord, records, writeDelimited } from "./fuzz-generate.ts";
import {
  type FuzzInput,
  type MakeInput,
  makeEncoded,
  makeJson,
  makeLines,
  makeOcel,
  makeSqlite,
  makeTable,
  makeWorkbook,
  makeXes,
  makeZip,
} from "./fuzz-inputs.ts";
import { Broken, countPrepared, judgeRefusal } from "./fuzz-judge.ts";
import { mutateBytes, mutateText, openDice } from "./fuzz-mutate.ts";
import { type FuzzReader, type Outcome, placeInput } from "./fuzz-readers.ts";

const MIGRATIONS = new URL("../migrations/clickhouse", import.meta.url);
/** Events of the import that lies there all the while. */
const KNOWN = 100;
const GOOD_MAPPING = {
  recipe: "fuzz",
  events: [
    {
      touchpoint: { column: "event" },
      time: "timestamp",
      timeFormat: "auto",
      customer: "customer",
      properties: "rest",
    },
  ],
};

let workspace: (ImportDeps & { readonly parquet: readonly Buffer[] }) | undefined;

function opened() {
  if (!workspace) throw new Error("the workspace is not open");
  return workspace;
}

/** Opens a workspace in the folder, with the known import in it. */
export async function openImports(folder: string): Promise<void> {
  const dir = join(folder, "workspace");
  mkdirSync(dir, { recursive: true });
  const clock = () => new Date();
  const events = await openEmbeddedEventStore({ dir: join(dir, "events") });
  await migrateEventStore(events, MIGRATIONS, clock());
  const state = await openEmbeddedStateStore(join(dir, "state"), { clock });
  const deps = { events, state, workspaceDir: dir, clock };
  const known = join(folder, "known.csv");
  const lines = Array.from(
    { length: KNOWN },
    (_, at) => `k${at % 7},Known,2020-01-01 00:00:${String(at % 60).padStart(2, "0")},${at}\n`,
  );
  writeFileSync(known, `${HEAD.join(",")}\n${lines.join("")}`);
  await importPaths(deps, { paths: [known] });
  workspace = { ...deps, parquet: await writeParquet(events, folder) };
}

/** Each packing; several row groups; pages of a few values. */
const PARQUET_FORMS: readonly QuerySettings[] = [
  ...["zstd", "none", "snappy", "gzip", "lz4", "brotli"].map((packing) => ({
    output_format_parquet_compression_method: packing,
  })),
  { output_format_parquet_row_group_size: 10 },
  { output_format_parquet_data_page_size: 64, output_format_parquet_batch_size: 8 },
];

async function writeParquet(events: EventStore, folder: string): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for (const [at, settings] of PARQUET_FORMS.entries()) {
    const made = join(folder, `made-${at}.parquet`);
    await events.command(
      `INSERT INTO FUNCTION file('${made}', 'Parquet') SELECT toString(number % 5) AS customer, 'View' AS event,
         toDateTime64('2024-01-01 00:00:00', 3, 'UTC') + number AS timestamp, number / 7 AS amount, [number] AS list FROM numbers(40)`,
      { settings },
    );
    files.push(readFileSync(made));
  }
  return files;
}

interface Standing {
  readonly raw: number;
  readonly journeys: number;
  readonly live: number;
}

/** What counts in the workspace now. */
async function takeStock({ events, state }: ImportDeps): Promise<Standing> {
  const [row] = await events.query<{ raw: number; journeys: number }>(
    `SELECT (SELECT toFloat64(count()) FROM raw) AS raw,
       (SELECT toFloat64(sum(length(touchpoints))) FROM journeys WHERE ownerType = 'customer') AS journeys`,
  );
  const imports = await state.listImports();
  return {
    raw: row?.raw ?? 0,
    journeys: row?.journeys ?? 0,
    live: imports.filter(({ status }) => status === "live").length,
  };
}

async function requireUntouched(deps: ImportDeps, when: string): Promise<void> {
  const { raw, journeys, live } = await takeStock(deps);
  if (raw !== KNOWN || journeys !== KNOWN || live !== 1)
    throw new Broken(
      `${when} there are ${raw} events, ${journeys} steps of journeys and ${live} imports, instead of ${KNOWN}, ${KNOWN} and 1`,
    );
  const temporary = join(deps.workspaceDir, "temp");
  const left = existsSync(temporary) ? readdirSync(temporary) : [];
  if (left.length > 0) throw new Broken(`${when} temporary files are left: ${left.join(", ")}`);
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);

/** With one rule that makes no groups, each record is an event, or is counted as what kept it from being one. */
function judgeCounts({ events, mapping }: PathsReport): void {
  const [rule, other] = mapping.value.events;
  const { read, added, duplicate, rejected, skipped } = events;
  if (other || rule?.group !== undefined) return;
  const told = added + duplicate + rejected + sum(skipped);
  if (told !== read)
    throw new Broken(
      `${read} records read, but ${added} added + ${duplicate} duplicates + ${rejected} rejected + ${sum(skipped)} skipped`,
    );
}

/** As many records as another parser finds, whatever they are worth; where it finds only one way to part them. */
async function judgeRead({ events, files, mapping }: PathsReport, path: string, place: string): Promise<void> {
  const { sources } = await prepareSources([path], join(place, "temp"), {
    events: opened().events,
    hints: (name) => findFileTable(mapping.value, name)?.[1],
  });
  const counts = sources.map(countPrepared);
  if (counts.includes(undefined) || files.length !== sources.length) return;
  const found = counts.reduce<number>((all, one) => all + (one ?? 0), 0);
  const read = events.read - (events.skipped["blank line"] ?? 0);
  if (read !== found) throw new Broken(`${read} records were read where another parser finds ${found}`);
}

/** What must come of records that were left whole. */
function judgeMade(made: readonly MadeRecord[] | undefined, { events }: PathsReport): void {
  if (!made) return;
  const good = made.filter((one) => one.good).length;
  const { read, added, duplicate, rejected } = events;
  if (read !== made.length || added + duplicate !== good || rejected !== made.length - good)
    throw new Broken(
      `of ${made.length} records ${good} are right; ${read} were read, ${added + duplicate} came in, ${rejected} were rejected`,
    );
}

async function importAndUndo(
  deps: ImportDeps,
  paths: readonly string[],
  tried: PathsReport,
  mappingFile?: string,
): Promise<void> {
  const report = await importPaths(deps, { paths, ...(mappingFile === undefined ? {} : { mappingFile }) });
  const counts = ({ events }: PathsReport) => JSON.stringify(events);
  if (counts(report) !== counts(tried)) throw new Broken(`tried ${counts(tried)}, imported ${counts(report)}`);
  const { raw } = await takeStock(deps);
  const { added, duplicate } = report.events;
  if (raw - KNOWN < added || raw - KNOWN > added + duplicate)
    throw new Broken(`${added} events were added, ${raw - KNOWN} are there`);
  await rollbackImport(deps, report.id);
}

async function readWhole(input: FuzzInput, place: string): Promise<Outcome> {
  return importFile(input, placeInput(input, place));
}

/** Whether the proposal must know the column of times; of three of which one can be read it may not. */
const hasMostlyTimes = (records: FuzzInput["records"]): boolean =>
  records !== undefined && records.filter(({ good }) => good).length > records.length / 2;

async function importFile(input: FuzzInput, path: string, mappingFile?: string): Promise<Outcome> {
  const deps = opened();
  try {
    const tried = await importPaths(deps, {
      paths: [path],
      dryRun: true,
      ...(mappingFile === undefined ? {} : { mappingFile }),
    });
    judgeCounts(tried);
    judgeMade(input.records, tried);
    await judgeRead(tried, path, dirname(path));
    // A third of them: committing, preparing and taking back cost the most.
    if (input.bytes.length % 3 === 0) await importAndUndo(deps, [path], tried, mappingFile);
    await requireUntouched(deps, "once it is taken back");
    return { accepted: true, rejected: tried.events.rejected };
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, mappingFile === undefined ? input.name : "");
    if (mappingFile === undefined && hasMostlyTimes(input.records))
      throw new Broken("a whole file was refused", { cause: error });
    await requireUntouched(deps, "though it was refused");
    return { accepted: false };
  }
}

const MAKERS: readonly MakeInput[] = [
  makeTable,
  makeTable,
  makeTable,
  makeEncoded,
  makeJson,
  makeLines,
  makeLines,
  makeZip,
  makeWorkbook,
  makeXes,
  makeOcel,
];

const makeAny: MakeInput = (seed, corpus) => {
  const dice = openDice(seed + 1);
  // The real database is large: it is for the readers alone.
  return dice.chance(0.08) ? makeSqlite(seed, { ...corpus, sqlite: [] }) : dice.pick(MAKERS)(seed, corpus);
};

const makeParquet: MakeInput = (seed) => {
  const dice = openDice(seed);
  const file = dice.pick(opened().parquet);
  const name = "table.parquet";
  if (dice.chance(0.1)) return { name, bytes: file };
  if (dice.chance(0.5)) return { name, bytes: mutateBytes(file, dice) };
  // The pages are damaged, and footer and lengths are not.
  const pages = file.length - 8 - file.readUInt32LE(file.length - 8);
  const copy = Buffer.from(file);
  for (let left = 1 + dice.below(8); left > 0; left--) copy[4 + dice.below(pages - 4)] = dice.below(256);
  return { name, bytes: copy };
};

const TABLE = `${HEAD.join(",")}\nu1,View,2024-01-01 10:00:00,a b\nu2,"Say ""yes""",2024-01-02 10:00:00,'; --\nu1,,never,\n`;

/** A mapping of which one field is an expression; the data stay the same. */
const makeExpression: MakeInput = (seed) => {
  const dice = openDice(seed);
  const text = draw(expression, seed);
  const field = dice.pick(["touchpoint", "customer", "value", "when", "channel", "set", "skip", "time", "score"]);
  const rule = {
    ...(GOOD_MAPPING.events[0] as object),
    ...(field === "set" || field === "skip" ? {} : { [field]: field === "when" ? text : { expression: text } }),
  };
  const whole = {
    ...GOOD_MAPPING,
    events: [rule],
    ...(field === "set" && { set: { made: text } }),
    ...(field === "skip" && { skip: [{ when: text, reason: "no" }] }),
  };
  return { name: "fuzz.yaml", bytes: Buffer.from(stringify(whole)) };
};

/** Either a fault of the mapping, or counts that add up: never a fault of the engine's. */
async function readExpression(input: FuzzInput, place: string): Promise<Outcome> {
  const mappingFile = placeInput(input, place);
  const path = join(place, "table.csv");
  writeFileSync(path, TABLE);
  return importFile(input, path, mappingFile);
}

const makeRetry: MakeInput = (seed) => ({
  name: "table.csv",
  bytes: Buffer.from(writeDelimited(draw(records, seed), ",", "\n")),
  records: draw(records, seed),
});

/** Imports, mends the rejects with a damaged table of them, and takes it all back. */
async function readRetry(input: FuzzInput, place: string): Promise<Outcome> {
  const deps = opened();
  const made = input.records ?? [];
  const mappingFile = join(place, "fuzz.yaml");
  parseMapping(GOOD_MAPPING, "fuzz");
  writeFileSync(mappingFile, stringify(GOOD_MAPPING));
  const report = await importPaths(deps, { paths: [placeInput(input, place)], mappingFile });
  judgeMade(made, report);
  const outcome = report.rejectsFile === null ? { accepted: false } : await mend(deps, report, input, place);
  await rollbackImport(deps, report.id);
  await requireUntouched(deps, "once it is taken back");
  return { ...outcome, rejected: report.events.rejected };
}

async function mend(
  deps: ImportDeps,
  { id, events, rejectsFile }: PathsReport,
  { bytes }: FuzzInput,
  place: string,
): Promise<Outcome> {
  const dice = openDice(bytes.length);
  const table = readFileSync(rejectsFile as string, "utf8");
  const mended = table
    .split("\n")
    .map((line) =>
      dice.chance(0.7) ? line.replace(/,(?:soon|null|0000-00-00 00:00:00|25:61),/u, ",2024-05-05 10:00:00,") : line,
    );
  const text = Buffer.from(mended.join("\n"));
  const file = join(place, "mended.csv");
  writeFileSync(file, dice.chance(0.5) ? text : mutateText(text, dice));
  const before = (await takeStock(deps)).raw;
  try {
    const { sent, mended: count, open, events: more } = await retryRejects(deps, { id, file });
    if (count + open !== events.rejected || count > sent)
      throw new Broken(`${events.rejected} rejects: ${sent} sent, ${count} mended, ${open} open`);
    const { raw } = await takeStock(deps);
    if (raw - before !== more.added + more.duplicate)
      throw new Broken(`${more.added} events mended, ${raw - before} came in`);
    return { accepted: true };
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, "");
    if ((await takeStock(deps)).raw !== before) throw new Broken("refused, and yet events came in");
    return { accepted: false };
  }
}

export const IMPORTS: readonly FuzzReader[] = [
  { name: "imports", inputs: 1_500, make: makeAny, read: readWhole },
  { name: "Parquet imports", inputs: 3_000, make: makeParquet, read: readWhole },
  { name: "expressions", inputs: 500, make: makeExpression, read: readExpression },
  { name: "retries", inputs: 200, make: makeRetry, read: readRetry },
];
