/**
 * The units of a comparison added up: one aggregate gives the moments of every arm, another those at each of some looks.
 * What a unit is and shows is event-units.ts; comparing the arms is randomised-effect.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import { momentsFromSums, selectColumns, type UnitColumn } from "../../stats/arm-moments.ts";
import { adjustForBefore } from "../../stats/cuped.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { CollectedArm } from "./collect-arms.ts";
import type { CompiledUnits, UnitColumnSql } from "./event-units.ts";

/** What the events say of all arms. */
export interface EventArms {
  /** By label, those with units that count. */
  readonly arms: ReadonlyMap<string, CollectedArm>;
  /** All labels, also of units that do not count. */
  readonly labels: readonly string[];
  /** Left out: in two arms, in no arm, or their time is not over. */
  readonly mixed: number;
  readonly none: number;
  readonly open: number;
  /** The first time zero, ms since 1970; null without a unit. */
  readonly first: number | null;
}

interface ArmRow {
  readonly label: string;
  readonly why: string;
  readonly n: number;
  readonly open: number;
  readonly first: string;
  readonly sums: readonly number[];
  readonly products: readonly number[];
  readonly ones: number;
  readonly others: number;
}

/** More labels than this are no arms but, most likely, names of units. */
const MOST_ARMS = 1_000;

/** Each pair of columns once: (0, 0), (0, 1) … (1, 1) … */
function pairsOf(columns: readonly UnitColumnSql[]): (readonly [string, string])[] {
  return columns.flatMap((a, at) => columns.slice(at).map((b) => [a.sql, b.sql] as const));
}

function collectArm({ columns, counted }: CompiledUnits, row: Omit<ArmRow, "why" | "open" | "first">): CollectedArm {
  const { n, sums, products, ones, others } = row;
  const moments = momentsFromSums({ n, columns: columns.map(({ column }) => column), sums, products });
  return { name: row.label, moments, hits: counted && others === 0 ? ones : null };
}

async function readRows(context: AnalysisContext, { frame, columns, read }: CompiledUnits): Promise<ArmRow[]> {
  const { with: aliases, from, where } = read();
  return context.store.query<ArmRow>(
    `WITH ${aliases}
SELECT arm AS label, state AS why, toFloat64(count()) AS n, toFloat64(sum(opens)) AS open, toString(min(zero)) AS first,
  [${columns.map(({ sql }) => `sum(${sql})`).join(", ")}] AS sums,
  [${pairsOf(columns)
    .map(([a, b]) => `sum(${a} * ${b})`)
    .join(", ")}] AS products,
  toFloat64(countIf(y = 1)) AS ones, toFloat64(countIf(y != 0 AND y != 1)) AS others
FROM ${from}
WHERE ${where}
GROUP BY label, why
ORDER BY label, why
LIMIT ${MOST_ARMS * 4}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

/** @throws AppError invalid: far more labels than arms, or what the engine refuses */
export async function readArms(context: AnalysisContext, units: CompiledUnits): Promise<EventArms> {
  const rows = await readRows(context, units);
  const counted = rows.filter(({ why }) => why === "in");
  if (counted.length > MOST_ARMS)
    throw new AppError(
      "invalid",
      `There are more than ${MOST_ARMS} values of it: name a field that tells arms apart.`,
      {
        field: "by",
      },
    );
  const count = (state: string) => rows.filter(({ why }) => why === state).reduce((sum, { n }) => sum + n, 0);
  const firsts = counted.map(({ first }) => Number(first));
  return {
    arms: new Map(counted.map((row) => [row.label, collectArm(units, row)])),
    labels: [...new Set(rows.map(({ label }) => label))].filter((label) => label !== ""),
    mixed: count("mixed"),
    none: count("none"),
    open: rows.reduce((sum, { open }) => sum + open, 0),
    first: firsts.length > 0 ? Math.min(...firsts) : null,
  };
}

interface LookRow {
  readonly label: string;
  readonly ns: readonly number[];
  readonly sums: readonly (readonly number[])[];
  readonly products: readonly (readonly number[])[];
  readonly ones: readonly number[];
  readonly others: readonly number[];
}

/**
 * The arms as they were at each look: with a fixed time, the units whose time was over; otherwise all so far, counted until then.
 * @param looks ms since 1970, ascending
 * @returns by label, one arm a look
 */
export async function readLooks(
  context: AnalysisContext,
  units: CompiledUnits,
  looks: readonly number[],
): Promise<ReadonlyMap<string, readonly CollectedArm[]>> {
  const { frame, columns, read } = units;
  const { with: aliases, from, where } = read(frame.bag.bind(looks, "Array(Int64)"));
  const each = (lambda: string, ...arrays: string[]) => `sumForEach(arrayMap(${lambda}, ${arrays.join(", ")}))`;
  const rows = await context.store.query<LookRow>(
    `WITH ${aliases}
SELECT arm AS label, sumForEach(arrayMap(inside -> toFloat64(inside), ins)) AS ns,
  [${columns.map(({ sql }) => `sumForEach(${sql}s)`).join(", ")}] AS sums,
  [${pairsOf(columns)
    .map(([a, b]) => each("(a, b) -> a * b", `${a}s`, `${b}s`))
    .join(", ")}] AS products,
  ${each("a -> toFloat64(a = 1)", "ys")} AS ones, ${each("a -> toFloat64(a != 0 AND a != 1)", "ys")} AS others
FROM ${from}
WHERE ${where} AND state IN ('in', 'open')
GROUP BY label`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  const at = (values: readonly number[], look: number) => values[look] ?? 0;
  return new Map(
    rows.map(({ label, ns, sums, products, ones, others }) => [
      label,
      looks.map((_, look) =>
        collectArm(units, {
          ...{ label, n: at(ns, look), ones: at(ones, look), others: at(others, look) },
          sums: sums.map((values) => at(values, look)),
          products: products.map((values) => at(values, look)),
        }),
      ),
    ]),
  );
}

function selectArm(arm: CollectedArm, columns: readonly UnitColumn[]): CollectedArm {
  return { ...arm, moments: selectColumns(arm.moments, columns) };
}

const WITHOUT_BEFORE: readonly UnitColumn[] = ["value", "denominator"];

/** So many standard errors from 0 a correlation must be before it is used: less would only add noise. */
const LEAST_CORRELATION = 2;

/** What of the columns is worth using: those from before only where they vary and go along with the value. */
export function chooseColumns(control: CollectedArm, treatment: CollectedArm): readonly UnitColumn[] {
  const { columns } = control.moments;
  if (!columns.includes("before")) return columns;
  const both = columns.filter((column) => column !== "beforeDenominator" || hasBefore(control, treatment));
  const adjusted = adjustForBefore(selectColumns(control.moments, both), selectColumns(treatment.moments, both));
  const n = control.moments.n + treatment.moments.n;
  const tells =
    !isNoAnswer(adjusted) && Number.isFinite(adjusted.theta) && adjusted.reduction * n > LEAST_CORRELATION ** 2;
  return tells ? both : columns.filter((column) => WITHOUT_BEFORE.includes(column));
}

/** Where nobody had a denominator before, there was no ratio before. */
function hasBefore(...arms: readonly CollectedArm[]): boolean {
  return arms.every(({ moments }) => (moments.means[moments.columns.indexOf("beforeDenominator")] ?? 0) > 0);
}

/** Both arms with the columns that are used. */
export function keepColumns(
  arms: readonly [CollectedArm, CollectedArm],
  columns: readonly UnitColumn[],
): [CollectedArm, CollectedArm] {
  return [selectArm(arms[0], columns), selectArm(arms[1], columns)];
}
