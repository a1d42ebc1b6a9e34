/**
 * Finds the ways in which a touchpoint can go well or badly: targets people set, yes/no and few-valued properties, long numbers, low scores.
 * Ids and amounts of money are not among them: they say what was bought, not how it went.
 */

import { BAD_VALUE, isBadKnown } from "../domain/moment-condition.ts";
import type { AnalysisContext } from "./context.ts";
import { bindTargets } from "./expectations.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import { type BadWhen, experienceOf, type MomentCandidate } from "./moment-candidates.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { MomentSurvey } from "./moment-survey.ts";

const MOST_VALUES = 6;
const MOST_A_TOUCHPOINT = 8;
const MOST_IN_ALL = 60;
const SAMPLE_TOUCHES = 1_000_000;

const NO_EXPERIENCE =
  /(?:^|[^\p{L}]|\p{Ll}(?=\p{Lu}))(?:id|ids|uuid|guid|sku|nr|number|code|zip|postcode|url|price|prices|amount|cost|costs|total|revenue|value|payment_value|freight|quantity|qty|lat|lng|latitude|longitude)$/iu;

/** At and below which a score is bad, by the best of its scale: 2 of 5, 6 of 10, 3 of 7. */
export const BAD_SCORES: Readonly<Record<number, number>> = { 5: 2, 10: 6, 7: 3 };

export interface FieldRow {
  readonly touch: number;
  /** "" stands for the touches themselves. */
  readonly name: string;
  readonly events: number;
  readonly distinct: number;
  readonly numbers: number;
  /** The 75th and the 90th percentile. */
  readonly highs: readonly number[];
  readonly top: number;
  readonly found: readonly { readonly text: string; readonly events: number }[];
}

/** Events that are looked at: those that count, or all in scope. */
const COUNTED = "eligible AND ended";

function fieldsSql({ aliases, outcome: { frame } }: MomentRows, survey: MomentSurvey, counted: string): string {
  const oneIn = frame.bag.bind(Math.ceil(Math.max(1, survey.all.touches / SAMPLE_TOUCHES)), "UInt64");
  return `SELECT touch, name, sum(here) AS events, count() AS distinct, sumIf(here, isNotNull(number)) AS numbers,
  quantilesExactWeighted(0.75, 0.9)(ifNull(number, 0), here) AS highs, max(ifNull(number, 0)) AS top,
  arrayMap(a -> CAST(a, 'Tuple(text String, events UInt64)'), groupArray(${MOST_VALUES + 1})((text, here))) AS found
FROM (
WITH ${aliases}
SELECT touch, arrayJoin(fields) AS field, field.1 AS name, field.2 AS text, toFloat64OrNull(text) AS number, count() AS here
FROM ${frame.source}
ARRAY JOIN ids AS touch, eligibles AS eligible, ends AS ended,
  arrayMap(a -> arrayPushFront(arrayZip(arrayMap(b -> toString(b), mapKeys(a)), mapValues(a)), ('', '-')), ${frame.kept("properties")}) AS fields
WHERE ${frame.rows} AND ${counted} AND field.2 != '' AND cityHash64(owner) % ${oneIn} = 0
GROUP BY touch, field)
GROUP BY touch, name`;
}

/** The values of each property at each touchpoint, from a sample of customers in large workspaces. */
export async function readFieldRows(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  counted: typeof COUNTED | "1",
): Promise<FieldRow[]> {
  const sql = fieldsSql(rows, survey, counted);
  return context.store.query<FieldRow>(sql, { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS });
}

export interface ScoreRow {
  readonly touch: number;
  readonly scale: string;
  readonly events: number;
  readonly best: number;
}

/** The scales that events of each touchpoint are scored on. */
export async function readScores(
  context: AnalysisContext,
  { aliases, outcome: { frame } }: MomentRows,
  counted: typeof COUNTED | "1",
): Promise<ScoreRow[]> {
  return context.store.query<ScoreRow>(
    `WITH ${aliases}
SELECT touch, toString(ownScale) AS scale, count() AS events, max(assumeNotNull(ownScore)) AS best
FROM ${frame.source}
ARRAY JOIN ids AS touch, eligibles AS eligible, ends AS ended, ${frame.kept("scores")} AS ownScore, ${frame.kept("scales")} AS ownScale
WHERE ${frame.rows} AND ${counted} AND isNotNull(ownScore)
GROUP BY touch, scale`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

/** The ways one property can go badly. */
export function badWaysOf({ name, events, distinct, numbers, highs, top, found }: FieldRow): BadWhen[] {
  if (NO_EXPERIENCE.test(name) || distinct < 2) return [];
  const numeric = numbers === events;
  if (distinct > MOST_VALUES) {
    // Nearly every value of its own: an id, or a moment in time.
    if (!numeric || distinct > 0.9 * events) return [];
    const bounds = [...new Set(highs)].filter((bound) => bound < top);
    return bounds.map((bound) => ({ kind: "above", property: name, bound }));
  }
  const values = [...found].sort((a, b) => a.events - b.events || (a.text < b.text ? -1 : 1));
  // Two numbers are an amount (a first and a second attempt) unless they stand for no and yes.
  if (numeric && (distinct > 2 || values.some(({ text }) => !/^[01]$/u.test(text)))) {
    const bounds = values.map(({ text }) => Number(text)).sort((a, b) => a - b);
    return bounds.slice(0, -1).map((bound) => ({ kind: "above", property: name, bound }));
  }
  if (distinct > 2) return values.map(({ text }) => ({ kind: "equals", property: name, value: text }));
  // Where neither is known to be bad, yes or else the rarer one stands in its place; words say that.
  const bad =
    values.find(({ text }) => isBadKnown({ property: name, bad: `= ${JSON.stringify(text)}` })) ??
    values.find(({ text }) => BAD_VALUE.test(text)) ??
    values[0];
  return bad ? [{ kind: "equals", property: name, value: bad.text }] : [];
}

/** A way in which events of a touchpoint are bad. */
export interface Found {
  readonly touch: number;
  readonly events: number;
  readonly when: BadWhen;
}

/** Equal for ways that are equally bad, of whatever touchpoint: the fields stand in one order whoever made it. */
function describeWay(when: BadWhen): string {
  const { kind } = when;
  const limit = kind === "equals" ? when.value : kind === "score" ? `${when.scale} ${when.atMost}` : String(when.bound);
  return `${nameOf(when)} ${kind} ${limit}`;
}

/** Equal for equal contrasts. */
function keyOf({ touch, when }: Found): string {
  return `${describeWay(when)} ${touch}`;
}

function nameOf(when: BadWhen): string {
  return when.kind === "score" ? "score" : when.property;
}

function fromFields(rows: readonly FieldRow[]): Found[] {
  const touches = new Map(rows.filter(({ name }) => name === "").map(({ touch, events }) => [touch, events]));
  return rows
    .filter(({ name, touch, events }) => name !== "" && events >= 0.5 * (touches.get(touch) ?? 0))
    .flatMap((row) => badWaysOf(row).map((when) => ({ touch: row.touch, events: row.events, when })));
}

/** Where a scale says which scores are bad. */
export function fromScores(rows: readonly ScoreRow[]): Found[] {
  return rows.flatMap(({ touch, scale, events, best }) => {
    // Where the events name no scale, the best score given is its end.
    const atMost = BAD_SCORES[Number(/-(\d+)$/u.exec(scale)?.[1] ?? best)];
    return atMost === undefined ? [] : [{ touch, events, when: { kind: "score" as const, scale, atMost } }];
  });
}

/** What people promised in numbers: missing it is bad, however many events say a number. */
function fromTargets(context: AnalysisContext, rows: readonly FieldRow[]): Found[] {
  return bindTargets(context).flatMap(({ id: touch, property, atMost, atLeast }) => {
    const row = rows.find((one) => one.touch === touch && one.name === property && one.numbers > 0);
    if (!row) return [];
    const limit =
      atMost === null ? { kind: "below" as const, bound: atLeast ?? 0 } : { kind: "above" as const, bound: atMost };
    return [{ touch, events: row.numbers, when: { ...limit, property } }];
  });
}

/** The same order for the same data: by events, then by name of the property. */
function choose(found: readonly Found[]): Found[] {
  const sorted = [...found].sort((a, b) => b.events - a.events || (keyOf(a) < keyOf(b) ? -1 : 1));
  const counts = new Map<number, number>();
  const few = sorted.filter(({ touch }) => {
    const count = (counts.get(touch) ?? 0) + 1;
    counts.set(touch, count);
    return count <= MOST_A_TOUCHPOINT;
  });
  // Ids follow names: of touchpoints that differ in nothing else, all are looked at or none.
  const left = few[MOST_IN_ALL];
  const isLeft = (one: Found) => one.events === left?.events && describeWay(one.when) === describeWay(left.when);
  return few.slice(0, MOST_IN_ALL).filter((one) => !isLeft(one));
}

/**
 * The experience contrasts of a question, families numbered from 1.
 * @param property only this property's (`score` for the events' own score)
 */
export async function findExperiences(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  property?: string,
): Promise<MomentCandidate[]> {
  const [fields, scores] = await Promise.all([
    readFieldRows(context, rows, survey, COUNTED),
    readScores(context, rows, COUNTED),
  ]);
  const byId = new Map(context.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const isAsked = ({ when }: Found) => property === undefined || nameOf(when) === property;
  const promised = fromTargets(context, fields).filter(isAsked);
  const keys = new Set(promised.map(keyOf));
  const found = [...fromFields(fields), ...fromScores(scores)].filter((one) => isAsked(one) && !keys.has(keyOf(one)));
  return [...promised, ...choose(found)].flatMap(({ touch, when }, index) => {
    const touchpoint = byId.get(touch);
    return touchpoint ? [experienceOf(touchpoint, when, index + 1)] : [];
  });
}
