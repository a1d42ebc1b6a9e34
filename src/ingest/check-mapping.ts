/**
 * Whether a mapping file is right, without importing: its YAML, its shape, its expressions and, beside data, its columns.
 * It reads headers and samples at most; what the values are worth shows in a dry run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../domain/app-error.ts";
import { type EventRule, type Mapping, type MappingProblem, parseMapping } from "../domain/mapping.ts";
import { compileMapping } from "./compile-mapping.ts";
import { imagineSources } from "./imagine-sources.ts";
import { type MappingLines, readMappingLines } from "./mapping-lines.ts";
import { planTables, readingHints } from "./plan-tables.ts";
import type { PrepareDeps } from "./preparation.ts";
import { prepareSources } from "./prepare-sources.ts";
import { readMappingText } from "./recipes.ts";
import type { SourceFile } from "./source-file.ts";

interface CheckedProblem extends MappingProblem {
  /** From 1, in the mapping file. */
  readonly line: number;
  readonly column: number;
  /** «event rule 2», «skip rule 1», «file table orders», or «the whole». */
  readonly place: string;
  readonly field: string;
  readonly advice: string;
}

export interface MappingCheck {
  readonly file: string;
  /** Null where the file is no mapping at all. */
  readonly recipe: string | null;
  readonly ok: boolean;
  readonly rules: number;
  readonly problems: readonly CheckedProblem[];
  readonly warnings: readonly string[];
  /** The files whose columns were checked; empty without data. */
  readonly files: readonly string[];
}

interface CheckRequest {
  /** Absolute path of the mapping file. */
  readonly file: string;
  /** Absolute paths of data it shall fit. */
  readonly paths: readonly string[];
  /** A folder for files that have to be rewritten to be looked at; needed with `paths` only. */
  readonly temporary: string;
  readonly deps: PrepareDeps;
}

/** What to do, by what is wrong; the first that fits. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /there is no column|has no column/u,
    "Write it as the header does; where a file may lack it, list it under optionalColumns of its file table.",
  ],
  [
    /neither a column/u,
    'Name a column, or correct the expression; inside one, a column of several words is written col."Any Name".',
  ],
  [/unrecognized key/iu, "Leave it out, or correct its spelling: docs/import.md lists the fields."],
  [/there is no function/u, "Use one of the functions it names."],
  [/is no condition|condition was expected/u, "Compare it with something, or ask «is not empty»."],
  [/needs a file|no file fits/iu, "Give that file too, or mark the table as optional: true."],
  [/means nothing here/u, "Join the table under files, or correct its name."],
  [/is missing|must name|Invalid input: expected/u, "Write it as docs/import.md says."],
];

function adviseOn(message: string): string {
  return (
    ADVICE.find(([pattern]) => pattern.test(message))?.[1] ?? "Correct it; docs/import.md says what may stand here."
  );
}

function describePlace([head, at, ...rest]: readonly (string | number)[]): { place: string; field: string } {
  if ((head === "events" || head === "skip") && typeof at === "number")
    return { place: `${head === "events" ? "event" : "skip"} rule ${at + 1}`, field: rest.join(".") };
  if (head === "files" && at !== undefined) return { place: `file table ${at}`, field: rest.join(".") };
  return { place: "the whole", field: [head, at, ...rest].filter((part) => part !== undefined).join(".") };
}

/** A key that is not known is named in the message, not in the path. */
function pathOfKey({ path, message }: MappingProblem): MappingProblem["path"] {
  const key = /unrecognized keys?: "([^"]+)"/iu.exec(message)?.[1];
  return key === undefined ? path : [...path, key];
}

function explain(problem: MappingProblem, lines: MappingLines): CheckedProblem {
  const path = pathOfKey(problem);
  const message = problem.message.replace(/\.$/u, "");
  return { path, message, ...lines.locate(path), ...describePlace(path), advice: adviseOn(message) };
}

/** @throws whatever is no problem of the mapping's */
function problemsOf(error: unknown): readonly MappingProblem[] {
  if (!(error instanceof AppError)) throw error;
  const { problems, table } = error.details;
  if (Array.isArray(problems)) return problems as readonly MappingProblem[];
  return [{ path: typeof table === "string" ? ["files", table] : [], message: error.message }];
}

/** Compiles each rule alone, so that every wrong field of every rule is found. */
function compileEach(mapping: Mapping, sources: readonly SourceFile[]): MappingProblem[] {
  const found: MappingProblem[] = [];
  const attempt = (part: Mapping, at: number) => {
    const note = ({ path, message }: MappingProblem) => {
      const [head, , ...rest] = path;
      found.push({ path: head === "events" || head === "skip" ? [head, at, ...rest] : path, message });
    };
    try {
      compileMapping(part, sources, note);
    } catch (error) {
      problemsOf(error).forEach(note);
    }
  };
  const { skip = [], events } = mapping;
  for (const [at, rule] of events.entries()) attempt({ ...mapping, events: [rule], skip: [] }, at);
  const { defaults: _, ...alone } = mapping;
  for (const [at, one] of skip.entries()) attempt({ ...alone, events: ruleFor(mapping, one.from), skip: [one] }, at);
  return found;
}

/** What the words of the mapping say by themselves and, of the fields that are right so far, what the data say. */
function compileBoth(mapping: Mapping, sources: readonly SourceFile[]): MappingProblem[] {
  const imagined = imagineSources(mapping);
  const alone = compileEach(imagined.mapping, imagined.sources);
  if (sources.length === 0) return alone;
  const wrong = new Set(alone.map(({ path }) => JSON.stringify(path)));
  return [...alone, ...compileEach(mapping, sources).filter(({ path }) => !wrong.has(JSON.stringify(path)))];
}

/** The mapping with the event rules whose shape is right, and their places; undefined when what they rest on is wrong. */
function keepRightRules(value: unknown, wrong: readonly MappingProblem[]) {
  if (!wrong.every(({ path: [head, at] }) => head === "events" && typeof at === "number")) return undefined;
  const { events, ...rest } = value as { readonly events: readonly unknown[] };
  const bad = new Set(wrong.map(({ path }) => path[1]));
  const places = [...events.keys()].filter((at) => !bad.has(at));
  return places.length === 0 ? undefined : { value: { ...rest, events: places.map((at) => events[at]) }, places };
}

/** Problems of shape, and those that the rules of right shape have besides. */
function addOtherRules(value: unknown, wrong: readonly MappingProblem[], file: string): readonly MappingProblem[] {
  const kept = keepRightRules(value, wrong);
  if (!kept) return wrong;
  let others: readonly MappingProblem[];
  try {
    others = compileBoth(parseMapping(kept.value, file), []);
  } catch (error) {
    // Some checks of shape are made only once the others have passed.
    others = addOtherRules(kept.value, problemsOf(error), file);
  }
  const placed = others.map(({ path, message }): MappingProblem => {
    const [head, at, ...rest] = path;
    return { path: head === "events" ? [head, kept.places[Number(at)] as number, ...rest] : path, message };
  });
  return [...wrong, ...placed];
}

/** A rule that is right whatever the columns are, so that only the skip rule can be wrong. */
function ruleFor({ files = {} }: Mapping, from: string | undefined): EventRule[] {
  const tables = from === undefined ? Object.keys(files) : [from];
  const rule = { touchpoint: "x", time: { literal: "2000-01-01" }, customer: { literal: "x" } };
  return tables.length === 0 ? [rule] : tables.map((table) => ({ ...rule, from: table }));
}

function dropRepeats(problems: readonly CheckedProblem[]): CheckedProblem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.message]), problem]));
  return [...seen.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Touchpoints that are described, but that no rule makes: most often a name that was written in two ways. */
function warnOfTouchpoints({ events, defaults, touchpoints = {} }: Mapping): string[] {
  const made = events.map((rule) => rule.touchpoint ?? defaults?.touchpoint);
  if (!made.every((name) => typeof name === "string")) return [];
  return Object.keys(touchpoints)
    .filter((name) => !made.includes(name))
    .map((name) => `touchpoints describes «${name}», which no event rule makes.`);
}

async function readSources(request: CheckRequest, mapping: Mapping): Promise<readonly SourceFile[]> {
  const folder = await mkdtemp(join(request.temporary, "check-"));
  try {
    return (await prepareSources(request.paths, folder, { ...request.deps, ...readingHints(mapping) })).sources;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Checks a mapping file.
 * @throws AppError not-found (the file, or data), invalid (data that cannot be read); never for a wrong mapping
 */
export async function checkMapping(request: CheckRequest): Promise<MappingCheck> {
  const lines = readMappingLines(await readMappingText(request.file), request.file);
  const nothing = { file: request.file, recipe: null, ok: false, rules: 0, warnings: [], files: [] };
  if (lines.faults.length > 0) {
    const advice = "Correct the YAML here; a text with : or # in it needs quotes.";
    const problems = lines.faults.map((fault) => ({ ...fault, ...describePlace([]), path: [], advice }));
    return { ...nothing, problems };
  }
  let mapping: Mapping;
  try {
    mapping = parseMapping(lines.value, request.file);
  } catch (error) {
    const found = addOtherRules(lines.value, problemsOf(error), request.file);
    return { ...nothing, problems: dropRepeats(found.map((problem) => explain(problem, lines))) };
  }
  const sources = request.paths.length > 0 ? await readSources(request, mapping) : [];
  const problems = dropRepeats(compileBoth(mapping, sources).map((problem) => explain(problem, lines)));
  const planned = sources.length > 0 && problems.length === 0 ? planTables(mapping, sources).warnings : [];
  return {
    ...{
      file: request.file,
      recipe: mapping.recipe,
      ok: problems.length === 0,
      rules: mapping.events.length,
      problems,
    },
    warnings: [...warnOfTouchpoints(mapping), ...planned],
    files: sources.map(({ name }) => name),
  };
}
