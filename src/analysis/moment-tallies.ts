/**
 * The one heavy aggregate: touches and outcomes by bucket of customers, cell of alike situations, and what happened.
 * The numbers go to stats/stratified-effect.ts; nothing is decided here.
 */
import type { Tallies } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import type { MomentContrasts } from "./moment-candidates.ts";
import { levelsOf, type MomentHistory } from "./moment-history.ts";
import { gapsAhead, type MomentRows } from "./moment-rows.ts";
import { compileScore, type PrognosticScore, UNIT } from "./moment-score.ts";
import { MOST_VALUES } from "./moment-survey.ts";

/** Something that lies before the touch. */
export type Before = "an earlier outcome" | "earlier activity";
/** What is compared: the outcome, or that nothing follows in the attempt and it does not come, or something from before. */
export type Compared = "outcome" | "drop-off" | Before;

export interface TallyQuestion {
  readonly compared: Compared;
  readonly score: PrognosticScore;
  readonly contrasts: MomentContrasts;
  /** Bound of `earlier activity`: more events than this before the attempt. */
  readonly medianPrior: number;
  /** Leaves the steps so far out of the cells, for contrasts that they tell. */
  readonly stepless?: boolean;
  /** Compares only customers who are alike in the trait that tells most; of how a touch went too few would be left. */
  readonly byTrait: boolean;
  /** Splits the tallies by a scalar of the touch: SQL that gives a text. */
  readonly split?: string;
}

/** Prefixes of `arm` and `family` in one number. */
export const FAMILY_SIZE = 65_536;

interface TallyRow {
  readonly bucket: number;
  readonly part: string;
  readonly cells: readonly number[];
  readonly codes: readonly number[];
  readonly counts: readonly number[];
  readonly answered: readonly number[];
  readonly sums: readonly number[];
  readonly expecteds: readonly number[];
  readonly highs: readonly number[];
}

export interface Measure {
  readonly where: string;
  readonly answers: string;
  readonly sum: string;
  /** Of what is compared, the condition that it is known. */
  readonly known: string;
  readonly high: string;
  readonly activity: string;
}

/** What is added up over the touches, as SQL. */
export function measureOf(
  rows: MomentRows,
  { compared, medianPrior }: Pick<TallyQuestion, "compared" | "medianPrior">,
): Measure {
  if (compared === "outcome") {
    const { answered, value, high } = rows;
    const whole = answered === "1";
    return {
      where: "1",
      answers: whole ? "count()" : `countIf(${answered})`,
      sum: `sum(${value})`,
      known: answered,
      high: whole ? `sum(${high})` : `countIf(${high})`,
      activity: "activityLevel",
    };
  }
  const left = "gapAhead < 0 AND NOT result";
  if (compared === "drop-off")
    return {
      ...{ where: "1", answers: "count()", sum: `countIf(${left})`, known: "1", high: `countIf(${left})` },
      activity: "activityLevel",
    };
  const median = rows.outcome.frame.bag.bind(medianPrior, "Float64");
  const y = compared === "an earlier outcome" ? "pastLevel > 0" : `prior > ${median}`;
  return {
    // In a customer's first attempt nothing lies before: those touches could not differ.
    where: "kindLevel != 0",
    answers: "count()",
    sum: `countIf(${y})`,
    known: "1",
    high: `countIf(${y})`,
    activity: compared === "earlier activity" ? "0" : "activityLevel",
  };
}

/** What ARRAY JOIN makes of the arrays: the touches, and the levels of their history. */
export function joinedColumns(history: MomentHistory): string[] {
  return [
    "ids AS touch",
    "hits AS hit",
    "eligibles AS eligible",
    "ends AS ended",
    "results AS result",
    "priors AS prior",
    "at AS moment",
    "flagScores AS flagScore",
    ...history.features
      .filter(({ array }) => array !== null)
      .map(({ name, scalar }) => `${levelsOf(name)} AS ${scalar}`),
  ];
}

/** The number of the cell that a touch is compared in. */
export function cellOf(
  bin: string,
  { activity }: Measure,
  { stepless, trait }: Pick<TallyQuestion, "stepless"> & { readonly trait: string },
): string {
  const [step, stage] = stepless ? ["0", "0"] : ["stepLevel", "stageLevel"];
  return `toUInt32(((((${bin}) * 8 + ${step}) * 5 + ${activity}) * 8 + ${stage}) * 3 + kindLevel) * ${MOST_VALUES + 1} + ${trait}`;
}

function tallySql(rows: MomentRows, history: MomentHistory, question: TallyQuestion): string {
  const { frame } = rows.outcome;
  const { contrasts } = question;
  const { alias, bin, expected, part } = compileScore(history, question.score, frame.bag);
  const measure = measureOf(rows, question);
  const cell = cellOf(bin, measure, { ...question, trait: question.byTrait ? part : "0" });
  const columns = [...joinedColumns(history), ...contrasts.columns];
  if (question.compared === "drop-off") columns.push(`${gapsAhead(rows)} AS gapAhead`);
  return `SELECT bucket, part, groupArray(cell) AS cells, groupArray(code) AS codes, groupArray(here) AS counts,
  groupArray(answersHere) AS answered, groupArray(sumHere) AS sums,
  groupArray(expectedHere) AS expecteds, groupArray(highHere) AS highs
FROM (
WITH ${history.aliases},
  ${alias}
SELECT ${rows.bucket} AS bucket, ${question.split ?? "''"} AS part, ${cell} AS cell, ${contrasts.code} AS code,
  count() AS here, ${measure.answers} AS answersHere, toFloat64(${measure.sum}) AS sumHere,
  toFloat64(sumIf(${expected}, ${measure.known})) AS expectedHere, ${measure.high} AS highHere
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows} AND eligible AND ended AND ${contrasts.where} AND ${measure.where}
GROUP BY bucket, part, cell, code)
GROUP BY bucket, part`;
}

/** Tallies that are still being added to. */
interface TallyColumns {
  readonly bucket: number[];
  readonly family: number[];
  readonly cell: number[];
  readonly arm: number[];
  readonly rows: number[];
  readonly answers: number[];
  readonly sum: number[];
  readonly expected: number[];
  readonly high: number[];
}

/** One entry of each column. */
export type Tally = { readonly [Column in keyof TallyColumns]: number };

export function noColumns(): TallyColumns {
  return { bucket: [], family: [], cell: [], arm: [], rows: [], answers: [], sum: [], expected: [], high: [] };
}

export function addTally(to: TallyColumns, tally: Tally): void {
  to.bucket.push(tally.bucket);
  to.family.push(tally.family);
  to.cell.push(tally.cell);
  to.arm.push(tally.arm);
  to.rows.push(tally.rows);
  to.answers.push(tally.answers);
  to.sum.push(tally.sum);
  to.expected.push(tally.expected);
  to.high.push(tally.high);
}

function addRow(to: TallyColumns, { bucket, ...row }: TallyRow): void {
  for (const [index, cell] of row.cells.entries()) {
    const code = row.codes[index] ?? 0;
    addTally(to, {
      bucket,
      family: Math.floor(code / FAMILY_SIZE),
      cell,
      arm: code % FAMILY_SIZE,
      rows: row.counts[index] ?? 0,
      answers: row.answered[index] ?? 0,
      sum: row.sums[index] ?? 0,
      expected: (row.expecteds[index] ?? 0) / UNIT,
      high: row.highs[index] ?? 0,
    });
  }
}

/** The tallies of a comparison, by part; one part, "", where nothing splits them. */
export async function readTallies(
  context: AnalysisContext,
  rows: MomentRows,
  history: MomentHistory,
  question: TallyQuestion,
): Promise<Map<string, Tallies>> {
  const parts = new Map<string, TallyColumns>();
  const sql = tallySql(rows, history, question);
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for await (const block of context.store.stream<TallyRow>(sql, options)) {
    for (const row of block) {
      const columns = parts.get(row.part) ?? noColumns();
      addRow(columns, row);
      parts.set(row.part, columns);
    }
  }
  return parts;
}
