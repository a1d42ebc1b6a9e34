/**
 * What a change did, measured from a CSV file: the file is read once, row by row, by the columns that its design needs.
 * It opens no workspace; the designs themselves are in analysis/effect/.
 */
import { z } from "zod";
import { chooseArms } from "../analysis/effect/choose-arms.ts";
import { ArmCollector } from "../analysis/effect/collect-arms.ts";
import { checkDesignOptions, type EffectOption } from "../analysis/effect/effect-designs.ts";
import { EFFECT_DESIGNS, type EffectReport } from "../analysis/effect/effect-report.ts";
import { measureRandomisedEffect } from "../analysis/effect/randomised-effect.ts";
import { measureSeriesEffect } from "../analysis/effect/series-effect.ts";
import { measureStagedEffect } from "../analysis/effect/staged-effect.ts";
import { measureUnitEffect } from "../analysis/effect/synthetic-effect.ts";
import { AppError } from "../domain/app-error.ts";
import { readNumber, readText } from "../ingest/effect-cells.ts";
import { type EffectTable, openEffectTable } from "../ingest/effect-table.ts";
import { readEffectPanel } from "../ingest/read-effect-panel.ts";

export type { EffectReport } from "../analysis/effect/effect-report.ts";

const column = z.string().min(1).optional();

export const effectRequestSchema = z.strictObject({
  design: z.enum(EFFECT_DESIGNS),
  csv: z.string().min(1),
  value: z.string().min(1),
  unit: column,
  time: column,
  group: column,
  control: column,
  treatment: column,
  treated: column,
  "treated-from": column,
  controls: z.enum(["never", "not-yet"]).optional(),
  denominator: column,
  before: column,
  offset: column,
  /** Periods of one season; 1 for none. */
  season: z.int().min(1).optional(),
  /** An interval that holds at every look. */
  peeking: z.literal(true).optional(),
  /** Expected shares of control and treatment. */
  split: z.tuple([z.number().positive(), z.number().positive()]).optional(),
  /** Leaves units out that lack a period. */
  "drop-incomplete": z.literal(true).optional(),
  minEffect: z.number().default(0),
  confidence: z.number().gt(0).lt(1).default(0.95),
  lowerIsBetter: z.boolean().default(false),
  delimiter: z.string().length(1).optional(),
});

export type EffectRequest = z.input<typeof effectRequestSchema>;
type Asked = z.output<typeof effectRequestSchema>;

/** Said of the file and not of the design. */
const COMMON: ReadonlySet<string> = new Set([
  ...["design", "csv", "value", "minEffect", "confidence", "lowerIsBetter", "delimiter"],
]);

function givenOptions(request: Asked): Set<EffectOption> {
  const given = Object.entries(request).filter(([name, value]) => value !== undefined && !COMMON.has(name));
  return new Set(given.map(([name]) => name as EffectOption));
}

/** Problems that only show once rows are added up are told with the file's name, and the column where there is one. */
function inFile(error: unknown, file: string, asked: Asked): unknown {
  if (!(error instanceof AppError) || error.details.file !== undefined) return error;
  const columns: Readonly<Record<string, unknown>> = {
    ...asked,
    ...{ firstTreated: asked["treated-from"] ?? asked.treated, treated: asked.treated ?? asked["treated-from"] },
    ...{ values: asked.value, counts: asked.value, before: asked.design === "randomised" ? asked.before : asked.time },
  };
  const of = columns[String(error.details.field)];
  const [where, found] = typeof of === "string" ? [`${file}, column "${of}"`, { column: of }] : [file, {}];
  return new AppError(error.code, `${where}: ${error.message}`, { ...error.details, file, ...found }, { cause: error });
}

/** Groups that were seen but not asked for, as far as a message would list them. */
const MOST_SEEN = 50;

async function measureArms(table: EffectTable, asked: Asked): Promise<EffectReport> {
  const { group = "", unit, value, denominator, before, control, treatment } = asked;
  const sources = [
    { name: "value", column: value },
    { name: "denominator", column: denominator },
    { name: "before", column: before },
  ] as const;
  const numbers = sources.flatMap(({ name, column: from }) => (from === undefined ? [] : [{ name, column: from }]));
  const collector = new ArmCollector(numbers.map(({ name }) => name));
  const wanted = [group, ...numbers.map((one) => one.column), ...(unit === undefined ? [] : [unit])];
  const named = control !== undefined && treatment !== undefined ? new Set([control, treatment]) : undefined;
  const seen = new Set<string>();
  const row = new Float64Array(numbers.length);
  for await (const { line, cells } of table.rows(wanted)) {
    const place = (of: string) => ({ file: table.name, line, column: of });
    const arm = named ? (cells[0] ?? "") : readText(cells[0] ?? "", place(group));
    if (seen.size < MOST_SEEN) seen.add(arm);
    if (named && !named.has(arm)) continue;
    for (const [at, one] of numbers.entries()) row[at] = readNumber(cells[at + 1] ?? "", place(one.column));
    try {
      collector.add(arm, row, unit === undefined ? undefined : readText(cells.at(-1) ?? "", place(unit)));
    } catch (error) {
      throw atLine(error, place(unit ?? group));
    }
  }
  const arms = collector.collected();
  const found = new Set([...seen, ...arms.map(({ name }) => name)]);
  const chosen = chooseArms([...found], { control, treatment });
  const [first, second] = [chosen.control, chosen.treatment].map((name) => arms.find((arm) => arm.name === name));
  if (!first || !second) throw new AppError("invalid", "An arm has no rows.", { field: group });
  return measureRandomisedEffect(first, second, { ...asked, peeking: asked.peeking === true });
}

function atLine(error: unknown, place: { file: string; line: number; column: string }): unknown {
  if (!(error instanceof AppError) || error.details.file !== undefined) return error;
  const message = `${place.file}, line ${place.line}, column "${place.column}": ${error.message}`;
  return new AppError(error.code, message, { ...error.details, ...place }, { cause: error });
}

async function measureOverTime(table: EffectTable, asked: Asked): Promise<EffectReport> {
  const { unit, time = "", value, treated, "treated-from": treatedFrom, offset, design } = asked;
  const names = { unit, time, value, treated, treatedFrom, offset };
  const panel = await readEffectPanel(table, names, asked["drop-incomplete"] === true);
  if (design === "staged") return measureStagedEffect(panel, { ...asked, controls: asked.controls ?? "never" });
  return design === "synthetic" ? measureUnitEffect(panel, asked) : measureSeriesEffect(panel, asked);
}

/**
 * @throws AppError invalid naming file, line and column for bad input, and for options that do not fit the design;
 *   not-found for a file that is not there
 */
export async function measureEffectFromCsv(request: EffectRequest): Promise<EffectReport> {
  const parsed = effectRequestSchema.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const option = issue?.path.join(".") ?? "";
    throw new AppError("invalid", `${option}: ${issue?.message ?? "not understood"}.`, { field: option });
  }
  const asked = parsed.data;
  checkDesignOptions(asked.design, givenOptions(asked));
  const table = await openEffectTable(asked.csv, asked.delimiter);
  try {
    return await (asked.design === "randomised" ? measureArms(table, asked) : measureOverTime(table, asked));
  } catch (error) {
    throw inFile(error, table.name, asked);
  }
}
