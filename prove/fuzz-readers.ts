/**
 * The readers that are given inputs, and what each must hold to: what turns bytes into tables, records and rows without a store.
 * What a store makes of them is in fuzz-imports.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { AppError } from "../src/domain/app-error.ts";
import { checkMapping } from "../src/ingest/check-mapping.ts";
import { compileMapping } from "../src/ingest/compile-mapping.ts";
import { detectNumbers, plainNumber } from "../src/ingest/detect-number.ts";
import { detectTime } from "../src/ingest/detect-time.ts";
import { prepareSources } from "../src/ingest/prepare-sources.ts";
import { proposeMapping } from "../src/ingest/propose-mapping.ts";
import { readParquetShape } from "../src/ingest/read-parquet.ts";
import { readRejectsCsv } from "../src/ingest/rejects-csv.ts";
import type { Sample, SourceFile } from "../src/ingest/source-file.ts";
import type { Corpus } from "./fuzz-corpus.ts";
import { draw, HEAD, mapping, numberTexts, records, timeTexts } from "./fuzz-generate.ts";
import {
  type FuzzInput,
  type MakeInput,
  makeEncoded,
  makeJson,
  makeLines,
  makeOcel,
  makeParquetEnd,
  makeSqlite,
  makeTable,
  makeWorkbook,
  makeXes,
  makeZip,
} from "./fuzz-inputs.ts";
import { Broken, judgeRefusal, judgeWhole } from "./fuzz-judge.ts";
import { mutateText, openDice } from "./fuzz-mutate.ts";

export interface Outcome {
  readonly accepted: boolean;
  /** Records of it that were rejected, where it was imported. */
  readonly rejected?: number;
}

export interface FuzzReader {
  readonly name: string;
  /** Of the hundred thousand inputs. */
  readonly inputs: number;
  readonly make: MakeInput;
  /** @param place an empty folder @throws Broken, or whatever the reader let through */
  readonly read: (input: FuzzInput, place: string) => Promise<Outcome>;
  /** Why it cannot run here. */
  readonly lacks?: (corpus: Corpus) => string | undefined;
}

/** Puts the input into the folder. @returns its path */
export function placeInput({ name, bytes }: FuzzInput, place: string): string {
  const path = join(place, name);
  writeFileSync(path, bytes);
  return path;
}

async function prepareOnce(path: string, input: FuzzInput, temp: string): Promise<string> {
  try {
    const { sources, samples } = await prepareSources([path], temp);
    const [source] = sources;
    const [sample] = samples;
    if (source && sample) judgeWhole(input, source, sample.rows);
    if (sources.length === 0) throw new Broken("neither a source nor an error");
    for (const one of sources) if (!existsSync(one.path)) throw new Broken("a source without a file");
    const read = sources.map(({ path: at, gzip, ...rest }) => [
      gzip ? "" : readFileSync(at, "latin1"),
      rest.columns,
      rest.format,
      rest.notes,
    ]);
    return JSON.stringify([read, samples.map(({ rows }) => rows), proposeOnce(sources, samples, input.name)]);
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, input.name);
    return "";
  }
}

/** Whatever is proposed compiles. */
function proposeOnce(sources: readonly SourceFile[], samples: readonly Sample[], name: string): string {
  try {
    const proposal = proposeMapping(sources, samples);
    if (proposal.kind === "mapping") compileMapping(proposal.mapping, sources);
    return JSON.stringify(proposal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    judgeRefusal(error, name);
    return "none";
  }
}

async function readPrepared(input: FuzzInput, place: string): Promise<Outcome> {
  const path = placeInput(input, place);
  const before = input.bytes.length;
  const first = await prepareOnce(path, input, join(place, "temp-1"));
  // Reading twice doubles the time: every fourth input, whichever it is.
  if (before % 4 === 0 && (await prepareOnce(path, input, join(place, "temp-2"))) !== first)
    throw new Broken("read twice, it is not the same");
  if (input.records && first === "") throw new Broken("a whole file was refused");
  if (readdirSync(place).some((name) => name !== input.name && !name.startsWith("temp-")))
    throw new Broken("a file was left beside the input");
  return { accepted: first !== "" };
}

async function readParquetEnd(input: FuzzInput, place: string): Promise<Outcome> {
  try {
    const { columns, nested, records: count } = await readParquetShape(placeInput(input, place), input.name);
    if ([...columns, ...nested].some((name) => typeof name !== "string")) throw new Broken("a column without a name");
    if (!Number.isSafeInteger(count) || count < 0) throw new Broken(`${count} records`);
    return { accepted: true };
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, input.name);
    return { accepted: false };
  }
}

const makeMapping: MakeInput = (seed) => {
  const dice = openDice(seed);
  const text = Buffer.from(stringify(draw(mapping, seed)));
  return { name: "fuzz.yaml", bytes: dice.chance(0.5) ? text : mutateText(text, dice) };
};

/** A wrong mapping is an answer, not an error: only YAML that unfolds without end is refused. */
async function readMapping(input: FuzzInput, place: string): Promise<Outcome> {
  const file = placeInput(input, place);
  try {
    const check = await checkMapping({ file, paths: [], temporary: place, deps: {} });
    for (const { line, column, message } of check.problems)
      if (!(line >= 1 && column >= 1 && message.length > 0)) throw new Broken(`a problem without a place: ${message}`);
    if (check.ok !== (check.problems.length === 0)) throw new Broken("right and wrong at once");
    return { accepted: check.ok };
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, input.name);
    return { accepted: false };
  }
}

const makeRejects: MakeInput = (seed) => {
  const dice = openDice(seed);
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = draw(records, seed).map(({ cells }, at) => [
    "a.csv",
    String(at + 2),
    "time",
    "is no time",
    ...cells,
    "",
  ]);
  const text = [["file", "line", "field", "reason", ...HEAD, "rest"], ...lines]
    .map((row) => `${row.map(quote).join(",")}\n`)
    .join("");
  const whole = { name: "rejects.csv", bytes: Buffer.from(text), count: lines.length };
  return dice.chance(0.1) ? whole : { name: whole.name, bytes: mutateText(whole.bytes, dice) };
};

async function readRejects(input: FuzzInput): Promise<Outcome> {
  const kept = {
    name: "a.csv",
    format: "csv",
    originalFormat: "csv",
    header: true,
    columns: HEAD,
    names: HEAD,
    table: "t",
  } as const;
  try {
    const rows = readRejectsCsv(input.bytes.toString("utf8"), input.name);
    if (input.count !== undefined && rows.length !== input.count)
      throw new Broken(`${input.count} rows went in, ${rows.length} came out`);
    for (const row of rows) {
      const { cells } = row.cellsOf(kept, { cells: [], rest: "" });
      if (cells.length !== HEAD.length || cells.some((cell) => typeof cell !== "string"))
        throw new Broken("cells are missing");
    }
    return { accepted: true };
  } catch (error) {
    if (error instanceof Broken) throw error;
    judgeRefusal(error, input.name);
    return { accepted: false };
  }
}

const makeTexts =
  (texts: typeof timeTexts): MakeInput =>
  (seed) => ({ name: "values.json", bytes: Buffer.from(JSON.stringify(draw(texts, seed))) });

const textsOf = ({ bytes }: FuzzInput) => JSON.parse(bytes.toString("utf8")) as string[];

async function readTimes(input: FuzzInput): Promise<Outcome> {
  const form = detectTime(textsOf(input));
  if (form && !(form.share >= 0.6 && form.share <= 1 && form.format !== ""))
    throw new Broken(`a form of time that is none: ${JSON.stringify(form)}`);
  return { accepted: form !== undefined };
}

async function readNumbers(input: FuzzInput): Promise<Outcome> {
  const form = detectNumbers(textsOf(input));
  if (!(form.share >= 0 && form.share <= 1) || form.numbers.some((value) => Number.isNaN(value)))
    throw new Broken(`numbers that are none: ${JSON.stringify(form)}`);
  plainNumber("value", form);
  return { accepted: form.share > 0.5 };
}

const withReal = (key: keyof Corpus) => (corpus: Corpus) =>
  corpus[key].length > 0 ? undefined : "there is no real file to damage; set WAYMARK_DATA";

export const READERS: readonly FuzzReader[] = [
  { name: "delimited text", inputs: 20_300, make: makeTable, read: readPrepared },
  { name: "encodings", inputs: 8_000, make: makeEncoded, read: readPrepared },
  { name: "JSON", inputs: 10_000, make: makeJson, read: readPrepared },
  { name: "JSON lines", inputs: 9_000, make: makeLines, read: readPrepared },
  { name: "ZIP", inputs: 7_000, make: makeZip, read: readPrepared },
  { name: "XLSX", inputs: 6_000, make: makeWorkbook, read: readPrepared },
  { name: "XES", inputs: 8_000, make: makeXes, read: readPrepared },
  { name: "OCEL JSON", inputs: 6_000, make: makeOcel, read: readPrepared },
  { name: "OCEL SQLite", inputs: 6_000, make: makeSqlite, read: readPrepared },
  { name: "Parquet footer", inputs: 5_000, make: makeParquetEnd, read: readParquetEnd, lacks: withReal("parquetEnds") },
  { name: "mapping files", inputs: 4_500, make: makeMapping, read: readMapping },
  { name: "corrected rejects", inputs: 2_000, make: makeRejects, read: readRejects },
  { name: "times", inputs: 1_500, make: makeTexts(timeTexts), read: readTimes },
  { name: "numbers", inputs: 1_500, make: makeTexts(numberTexts), read: readNumbers },
];

/** An empty folder, whatever was in it. */
export function clearPlace(place: string): void {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
}
