/**
 * The heavy aggregate of flags: touches and outcomes by bucket of customers, touchpoint, cell of alike situations and mask.
 * The numbers go to stats/joint-effects.ts; nothing is decided here.
 */
import type { AnalysisContext } from "../context.ts";
import type { ParameterBag } from "../filter.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentHistory } from "../moment-history.ts";
import type { MomentRows } from "../moment-rows.ts";
import { compileScore, type PrognosticScore, UNIT } from "../moment-score.ts";
import { type Before, cellOf, joinedColumns, measureOf } from "../moment-tallies.ts";
import type { EventSplit } from "./facts.ts";
import { compileFlags } from "./flags.ts";
import { type Friction, isFlag } from "./friction.ts";

/** Columns of equal length: one entry a (bucket, touchpoint, cell, mask) that occurs. */
export interface FlagTallies {
  readonly bucket: number[];
  /** Ids of touchpoints. */
  readonly group: number[];
  readonly cell: number[];
  readonly mask: number[];
  readonly rows: number[];
  readonly answers: number[];
  readonly sum: number[];
  readonly expected: number[];
  readonly high: number[];
}

export interface FlagQuestion {
  readonly compared: "outcome" | Before;
  readonly score: PrognosticScore;
  /** All of the workspace: masks have the bits of the whole list. */
  readonly frictions: readonly Friction[];
  /** Ids of the touchpoints to read. */
  readonly touches: readonly number[];
  /** How many touches of a touchpoint count. */
  readonly touchesOf: (touch: number) => number;
  readonly medianPrior: number;
  /** Leaves the steps so far out of the cells, for flags that they tell. */
  readonly stepless: boolean;
  /** A scalar of the joined touch that splits the tallies: SQL of a text, and what ARRAY JOIN has to add for it. */
  readonly split?: Pick<EventSplit, "sql" | "columns">;
}

interface TallyRow {
  readonly bucket: number;
  readonly part: string;
  readonly groups: readonly number[];
  readonly cells: readonly number[];
  readonly masks: readonly number[];
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  readonly expecteds: readonly number[];
  readonly highs: readonly number[];
}

/** Mean of what the score says of other touchpoints than the one at a place, each as often as it comes. */
function meanOfOthers(weights: readonly number[], counts: readonly number[], place: number): number {
  let [sum, total] = [0, 0];
  for (const [other, weight] of weights.entries()) {
    if (other === place) continue;
    sum += (counts[other] ?? 0) * weight;
    total += counts[other] ?? 0;
  }
  return total > 0 ? sum / total : 0;
}

/**
 * What the score knows of the touchpoint itself having come before, more than of any other in its place: that is what a
 * repetition consists of, under another name. That something was there before is no part of it: it tells how far the attempt
 * is. An array over the events, of touchpoints with such a flag; 0 of all others.
 */
function ownParts(history: MomentHistory, { score, frictions, touchesOf }: FlagQuestion, bag: ParameterBag) {
  const repeated = frictions
    .filter(({ sign }) => sign.by === "again" || sign.by === "contact")
    .map(({ touch }) => touch);
  const known = history.flags.filter((id) => repeated.includes(id));
  if (known.length === 0) return "arrayMap(a -> toInt64(0), ids)";
  const counts = history.flags.map(touchesOf);
  const ids = bag.bind(known, "Array(UInt16)");
  const beyondOthers = (weights: readonly number[]) =>
    bag.bind(
      known.map((id) => {
        const place = history.flags.indexOf(id);
        return Math.round((weights[place] ?? 0) - meanOfOthers(weights, counts, place));
      }),
      "Array(Int64)",
    );
  const seen = beyondOthers(score.flags);
  const last = history.features.findIndex(({ name }) => name === "last");
  // Levels 0 and 1 are the start of an attempt and any other touchpoint.
  const before = beyondOthers((score.levels[last] ?? []).slice(2));
  return `arrayMap((a, b, c, d) -> if(b, toInt64(0), transform(a, ${ids}, ${seen}, toInt64(0)))
    + if(d OR a != c, toInt64(0), transform(a, ${ids}, ${before}, toInt64(0))), ids, news, arrayPopBack(arrayPushFront(ids, toUInt16(0))), starts)`;
}

function tallySql(rows: MomentRows, history: MomentHistory, question: FlagQuestion): string {
  const { frame } = rows.outcome;
  const { frictions, score, touches } = question;
  const flags = compileFlags(rows, frictions);
  const { alias, bin, expected } = compileScore(history, score, frame.bag);
  const measure = measureOf(rows, question);
  const columns = joinedColumns(history)
    .map((column) => {
      if (column === "flagScores AS flagScore") return "ownScores AS flagScore";
      if (column === "results AS result") return `${flags.results} AS result`;
      return column === "ends AS ended" ? `${flags.ends} AS ended` : column;
    })
    .concat(`${flags.masks} AS flagMask`, question.split?.columns ?? []);
  const chosen = `has(${frame.bag.bind([...touches], "Array(UInt16)")}, touch)`;
  return `SELECT bucket, part, groupArray(touch) AS groups, groupArray(cell) AS cells, groupArray(flagMask) AS masks,
  groupArray(here) AS counts, groupArray(sumHere) AS sums, groupArray(expectedHere) AS expecteds, groupArray(highHere) AS highs
FROM (
WITH ${history.aliases},
  ${alias},
  ${flags.own},
  arrayMap((a, b) -> a - b, flagScores, ${ownParts(history, question, frame.bag)}) AS ownScores
SELECT ${rows.bucket} AS bucket, ${question.split?.sql ?? "''"} AS part, touch,
  ${cellOf(bin, measure, { stepless: question.stepless, trait: "0" })} AS cell, flagMask,
  count() AS here, toFloat64(${measure.sum}) AS sumHere, toFloat64(sum(${expected})) AS expectedHere, ${measure.high} AS highHere
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows} AND eligible AND ended AND ${chosen} AND ${measure.where}
GROUP BY bucket, part, touch, cell, flagMask)
GROUP BY bucket, part`;
}

function noTallies(): FlagTallies {
  return {
    ...{ bucket: [], group: [], cell: [], mask: [], rows: [], answers: [], sum: [], expected: [], high: [] },
  };
}

function addRow(to: FlagTallies, { bucket, ...row }: TallyRow): void {
  for (const [index, cell] of row.cells.entries()) {
    to.bucket.push(bucket);
    to.group.push(row.groups[index] ?? 0);
    to.cell.push(cell);
    to.mask.push(row.masks[index] ?? 0);
    to.rows.push(row.counts[index] ?? 0);
    to.answers.push(row.counts[index] ?? 0);
    to.sum.push(row.sums[index] ?? 0);
    to.expected.push((row.expecteds[index] ?? 0) / UNIT);
    to.high.push(row.highs[index] ?? 0);
  }
}

/** The tallies of the flags of some touchpoints, by part; one part, "", where nothing splits them. */
export async function readFlagTallies(
  context: AnalysisContext,
  rows: MomentRows,
  history: MomentHistory,
  question: FlagQuestion,
): Promise<Map<string, FlagTallies>> {
  const parts = new Map<string, FlagTallies>();
  if (!question.frictions.some(isFlag) || question.touches.length === 0) return parts;
  const sql = tallySql(rows, history, question);
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for await (const block of context.store.stream<TallyRow>(sql, options)) {
    for (const row of block) {
      const tallies = parts.get(row.part) ?? noTallies();
      addRow(tallies, row);
      parts.set(row.part, tallies);
    }
  }
  return parts;
}
