/**
 * Promises and how they are kept: yes/no properties that say so, days late, targets that somebody set, of waits too.
 * What a missed promise does to an outcome is an experience contrast, see moments.ts.
 */
import { WAIT_PROPERTY } from "../domain/friction.ts";
import { describeTarget, PROMISE_STEMS, type PromiseTarget, readPromiseName } from "../domain/promise.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import { type BucketSums, estimateClusteredShare } from "../stats/clustered.ts";
import { isInsufficient } from "../stats/estimate.ts";
import type { AnalysisContext } from "./context.ts";
import { buildJourneyFrame, type JourneyFrame } from "./journey-frame.ts";
import { DAYS_LATE } from "./kpi-deliveries.ts";
import { askFrame } from "./kpi-frame.ts";
import type { ExpectationsQuery, ExpectationsReport } from "./moments-schema.ts";

type PromiseReport = ExpectationsReport["promises"][number];

/** Better by a tenth of the target is better than promised; less is chance or rounding. */
const CLEARLY_BETTER = 0.1;
/** A property with more other values than one in a hundred is no yes/no property. */
const YES_OR_NO = 0.99;

const YES = ["true", "yes", "1"];
const NO = ["false", "no", "0"];

/** A target bound to the catalogue's id of its touchpoint, which outlives a rename. */
export interface BoundTarget extends PromiseTarget {
  readonly id: number;
}

/** The targets of touchpoints that are still there. */
export function bindTargets({ touchpoints, promises = [] }: AnalysisContext): BoundTarget[] {
  return promises.flatMap((promise) => {
    const { touchpoint: name } = promise;
    const found =
      touchpoints.find((touchpoint) => touchpoint.name === name) ??
      touchpoints.find((touchpoint) => touchpoint.rawNames.includes(name));
    return found ? [{ ...promise, touchpoint: found.name, id: found.id }] : [];
  });
}

/** Where every promise is kept: `sign × number ≤ limit`; clearly better: `≤ better`. */
interface Limit {
  readonly sign: number;
  readonly limit: number;
  readonly better: number;
}

/** Days late: none; a whole day early is better than promised. */
const NO_DAYS_LATE: Limit = { sign: 1, limit: 0, better: -1 };
const NEVER = -1e308;

function limitOf({ atMost, atLeast }: PromiseTarget): Limit {
  const sign = atMost === null ? -1 : 1;
  const amount = atMost ?? atLeast ?? 0;
  // Zero and less have no tenth to be better by.
  const better = amount > 0 ? sign * amount - CLEARLY_BETTER * amount : NEVER;
  return { sign, limit: sign * amount, better };
}

interface PromiseRow {
  readonly id: number;
  readonly name: string;
  readonly bucket: number;
  /** Events with any value, with a yes, with a no, with a number; and of the numbers, those that keep the promise. */
  readonly filled: number;
  readonly yes: number;
  readonly no: number;
  readonly yesText: string;
  readonly noText: string;
  readonly numeric: number;
  readonly kept: number;
  readonly exceeded: number;
}

/** One number of the limit as SQL over `id` and `name`; days late where no target is set. */
function bindLimit(frame: JourneyFrame, targets: readonly BoundTarget[], part: keyof Limit): string {
  const other = `toFloat64(${NO_DAYS_LATE[part]})`;
  if (targets.length === 0) return other;
  const keys = targets.map(({ id, property }) => `${id} ${property}`);
  const limits = targets.map((target) => limitOf(target)[part]);
  return `transform(concat(toString(id), ' ', name), ${frame.bag.bind(keys, "Array(String)")}, ${frame.bag.bind(limits, "Array(Float64)")}, ${other})`;
}

/** Whose each event is. Several promises of one customer stand in one bucket, whichever object's journey they are met in. */
function ownersOf(frame: JourneyFrame): string {
  return frame.person ? "arrayMap(id -> owner, ids)" : "arrayMap(person -> if(person = 0, owner, person), people)";
}

/** Alias `told`: (touchpoint id, property, value, bucket) of each value that may tell of a promise. Properties are read once. */
function toldAlias(frame: JourneyFrame, targets: readonly BoundTarget[]): string {
  const names = [...new Set([...targets.map(({ property }) => property), ...DAYS_LATE])];
  const named = `has(${frame.bag.bind(names, "Array(String)")}, toString(field.1))`;
  const stemmed = `multiSearchAnyCaseInsensitive(toString(field.1), ${frame.bag.bind([...PROMISE_STEMS], "Array(String)")})`;
  const fields = "arrayZip(mapKeys(property), mapValues(property))";
  const telling = `arrayFilter(field -> field.2 != '' AND (${named} OR ${stemmed}), ${fields})`;
  return `arrayJoin(arrayFlatten(arrayMap((property, id, person) ->
    arrayMap(field -> (id, toString(field.1), field.2, toUInt8(person % 100)), ${telling}),
    ${frame.kept("properties")}, ids, ${ownersOf(frame)}))) AS told`;
}

async function readPromises(
  context: AnalysisContext,
  frame: JourneyFrame,
  targets: readonly BoundTarget[],
  only: number | undefined,
): Promise<PromiseRow[]> {
  const yes = frame.bag.bind(YES, "Array(String)");
  const no = frame.bag.bind(NO, "Array(String)");
  return askFrame<PromiseRow>(context, frame, {
    aliases: [
      toldAlias(frame, targets),
      "told.1 AS id",
      "told.2 AS name",
      "trim(told.3) AS text",
      "toUInt8(told.4) AS bucket",
      `has(${yes}, lower(text)) AS isYes`,
      `has(${no}, lower(text)) AS isNo`,
      `toFloat64OrNull(text) * ${bindLimit(frame, targets, "sign")} AS number`,
    ],
    select: [
      "id",
      "name",
      "bucket",
      "count() AS filled",
      "countIf(isYes) AS yes",
      "countIf(isNo) AS no",
      "maxIf(text, isYes) AS yesText",
      "maxIf(text, isNo) AS noText",
      "countIf(isFinite(number)) AS numeric",
      `countIf(isFinite(number) AND number <= ${bindLimit(frame, targets, "limit")}) AS kept`,
      `countIf(isFinite(number) AND number <= ${bindLimit(frame, targets, "better")}) AS exceeded`,
    ],
    where: only === undefined ? [] : [`id = ${frame.bag.bind(only, "UInt16")}`],
    groupBy: ["id", "name", "bucket"],
  });
}

/** The targets of waits, kept or not by the time until the next event of the journey; what nothing follows tells nothing. */
async function readWaits(
  context: AnalysisContext,
  frame: JourneyFrame,
  targets: readonly BoundTarget[],
): Promise<PromiseRow[]> {
  if (targets.length === 0) return [];
  const ids = frame.bag.bind(
    targets.map(({ id }) => id),
    "Array(UInt16)",
  );
  const bind = (part: keyof Limit) =>
    `transform(id, ${ids}, ${frame.bag.bind(
      targets.map((target) => limitOf(target)[part]),
      "Array(Float64)",
    )}, toFloat64(${NEVER}))`;
  const gaps = "arrayMap((time, next) -> (next - time) / 3600000, at, arrayPushBack(arrayPopFront(at), toInt64(0)))";
  return askFrame<PromiseRow>(context, frame, {
    aliases: [
      `arrayJoin(arrayFilter((one, last) -> NOT last AND has(${ids}, one.1), arrayZip(ids, ${ownersOf(frame)}, ${gaps}), lasts)) AS wait`,
      "wait.1 AS id",
      "toUInt8(wait.2 % 100) AS bucket",
      "wait.3 AS number",
    ],
    select: [
      ...["id", `'${WAIT_PROPERTY}' AS name`, "bucket", "count() AS filled", "0 AS yes", "0 AS no"],
      ...["'' AS yesText", "'' AS noText", "count() AS numeric"],
      `countIf(number <= ${bind("limit")}) AS kept`,
      `countIf(number <= ${bind("better")}) AS exceeded`,
    ],
    groupBy: ["id", "bucket"],
  });
}

type Count = (row: PromiseRow) => number;

function sum(rows: readonly PromiseRow[], count: Count): number {
  return rows.reduce((total, row) => total + count(row), 0);
}

/** A share of the events that tell, its interval clustered by customer. */
function measureShare(rows: readonly PromiseRow[], hit: Count, all: Count) {
  const buckets: BucketSums[] = rows.map((row) => ({ numerator: hit(row), denominator: all(row) }));
  const estimate = estimateClusteredShare(buckets);
  // Asked only where an event tells.
  if (isInsufficient(estimate)) return { count: 0, share: 0, low: 0, high: 1 };
  return { count: sum(rows, hit), share: estimate.value, low: estimate.low, high: estimate.high };
}

interface Told {
  readonly touchpoint: string;
  readonly property: string;
  readonly rows: readonly PromiseRow[];
}

/** A word as the data spell it, or, where it never came, the other side of the one that did. */
function spellSide(rows: readonly PromiseRow[], side: "yesText" | "noText"): string {
  const [words, others, other] = side === "yesText" ? ([YES, NO, "noText"] as const) : ([NO, YES, "yesText"] as const);
  const texts = rows.map((row) => row[side]).filter((text) => text !== "");
  const seen = texts.toSorted().at(-1);
  if (seen !== undefined) return seen;
  const against = rows.map((row) => row[other]).find((text) => text !== "") ?? "";
  return words[others.indexOf(against.toLowerCase())] ?? words[0] ?? "";
}

/** A yes/no property that tells of a promise; undefined where it holds other values, or its name tells of none. */
function describeWord({ touchpoint, property, rows }: Told): PromiseReport | undefined {
  const meaning = readPromiseName(property);
  const all: Count = ({ yes, no }) => yes + no;
  const n = sum(rows, all);
  if (meaning === undefined || n === 0 || n < YES_OR_NO * sum(rows, ({ filled }) => filled)) return undefined;
  const [kept, missed, bad]: [Count, Count, string] =
    meaning === "missed"
      ? [({ no }) => no, ({ yes }) => yes, spellSide(rows, "yesText")]
      : [({ yes }) => yes, ({ no }) => no, spellSide(rows, "noText")];
  return {
    touchpoint,
    property,
    promise: meaning === "missed" ? `${property} is not ${bad}` : `${property} is ${spellSide(rows, "yesText")}`,
    bad: `= ${JSON.stringify(bad)}`,
    from: "events",
    n,
    met: measureShare(rows, kept, all),
    missed: measureShare(rows, missed, all),
    exceeded: null,
  };
}

/** A promise in numbers: a target, or days late. */
function describeNumber({ touchpoint, property, rows }: Told, target: PromiseTarget | undefined) {
  const all: Count = ({ numeric }) => numeric;
  const n = sum(rows, all);
  if (n === 0) return undefined;
  // Where no day is ever early, the events count from the promised day on, and early is not told.
  const tells = target ? limitOf(target).better !== NEVER : sum(rows, ({ exceeded }) => exceeded) > 0;
  const bad = target?.atLeast === null || !target ? `> ${target?.atMost ?? 0}` : `< ${target.atLeast}`;
  const report: PromiseReport = {
    touchpoint,
    property,
    promise: describeTarget(target ?? { touchpoint, property, atMost: 0, atLeast: null }),
    bad,
    from: target ? "target" : "events",
    n,
    met: measureShare(rows, ({ kept }) => kept, all),
    missed: measureShare(rows, ({ numeric, kept }) => numeric - kept, all),
    exceeded: tells ? measureShare(rows, ({ exceeded }) => exceeded, all) : null,
  };
  return report;
}

function describePromise(told: Told, targets: readonly PromiseTarget[]): PromiseReport | undefined {
  const { touchpoint, property } = told;
  const target = targets.find((one) => one.touchpoint === touchpoint && one.property === property);
  return target || DAYS_LATE.includes(property) ? describeNumber(told, target) : describeWord(told);
}

function groupRows(rows: readonly PromiseRow[]): Map<string, PromiseRow[]> {
  const groups = new Map<string, PromiseRow[]>();
  for (const row of rows) {
    const key = `${row.id} ${row.name}`;
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return groups;
}

/**
 * Every promise that events in scope tell of, the most often missed first. Shares are of the events that tell, with
 * Wilson intervals clustered by customer. `exceeded` is part of `met`.
 * @throws AppError not-found (touchpoint, journey), invalid (filter)
 */
export async function analyzeExpectations(
  context: AnalysisContext,
  { touchpoint, ...scope }: ExpectationsQuery,
): Promise<ExpectationsReport> {
  const only = touchpoint === undefined ? undefined : findTouchpoint(touchpoint, context.touchpoints, "«touchpoint»");
  const targets = bindTargets(context).filter(({ id }) => only === undefined || id === only.id);
  const frame = buildJourneyFrame(context, scope);
  const isWait = ({ property }: BoundTarget) => property === WAIT_PROPERTY;
  const ofProperties = targets.filter((target) => !isWait(target));
  const told = await readPromises(context, frame, ofProperties, only?.id);
  const waits = await readWaits(context, buildJourneyFrame(context, scope), targets.filter(isWait));
  const names = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  const promises = [...groupRows([...told, ...waits]).values()].flatMap((group) => {
    const [{ id, name: property } = { id: 0, name: "" }] = group;
    const promise = describePromise({ touchpoint: names.get(id) ?? "", property, rows: group }, targets);
    return promise ? [promise] : [];
  });
  const order = ({ touchpoint: name, property }: PromiseReport) => `${name} ${property}`;
  promises.sort((a, b) => b.missed.count - a.missed.count || (order(a) < order(b) ? -1 : 1));
  const found = new Set(promises.map(order));
  const untold = targets
    .filter(({ touchpoint: name, property }) => !found.has(`${name} ${property}`))
    .map((target) => ({ touchpoint: target.touchpoint, promise: describeTarget(target) }));
  return { promises, untold };
}
