/**
 * Each touch as a small trial, in SQL over the arrays of one owner: its attempt, when the outcome comes next, whether it counts.
 * What is known of the customer before the touch is in moment-history.ts.
 */
import { customerBucket } from "./journey-steps.ts";
import type { MomentOutcome } from "./moment-outcome.ts";

/** Stand for "nothing" and "look further" in arrays that are filled from their neighbours; no moment and no score is so small. */
export const NONE = "toInt64(-9000000000000000000)";
const FILL = "toInt64(-9100000000000000000)";
const NO_ANSWER = "-1e300";
const NO_ANSWER_YET = "-2e300";

/** Arrays over the kept events are named in the plural, what ARRAY JOIN makes of them in the singular. */
export interface MomentRows {
  readonly outcome: MomentOutcome;
  /** Placeholders of the window and of the end of the data, in milliseconds. */
  readonly within: string;
  readonly end: string;
  /** For a WITH clause: those of the frame and all of this file. */
  readonly aliases: string;
  /** Conditions on touches: `eligible AND finished` count, and of those in presence contrasts also `shown`. */
  readonly shown: string;
  /** Number of the customer, and of its bucket; scalars or joined. */
  readonly customer: string;
  readonly bucket: string;
  /** The value of the outcome in a sum, and the condition that it is known. */
  readonly value: string;
  readonly answered: string;
  readonly high: string;
}

/** Within each attempt, the sum of what came before: a running sum less the one at the attempt's start. */
export function sumBefore(array: string): string {
  const sums = `arrayMap((a, b) -> a - b, arrayCumSum(${array}), ${array})`;
  return `arrayMap((a, b) -> a - b, ${sums}, arrayFill(a -> a != ${FILL}, arrayMap((a, b) -> if(b, a, ${FILL}), ${sums}, starts)))`;
}

/** The array's value at each attempt's start, spread over the attempt. */
function atStart(array: string): string {
  return `arrayFill(a -> a != ${FILL}, arrayMap((a, b) -> if(b, toInt64(a), ${FILL}), ${array}, starts))`;
}

/** The array moved one place to the left: of each event, what is of the next one. */
export function next(array: string, after: string): string {
  return `arrayPopFront(arrayPushBack(${array}, ${after}))`;
}

/** When an attempt begins: with the journey; in a life also with an outcome and after an idle gap. */
function attemptAliases({ life, kind, hits }: MomentOutcome, within: string): string[] {
  return [
    `${hits} AS hits`,
    "arrayDifference(at) AS gaps",
    life
      ? `arrayMap((a, b, c) -> toUInt8(a OR b OR c > ${within}), firsts, hits, gaps) AS starts`
      : `arrayMap(a -> toUInt8(a), firsts) AS starts`,
    "arrayCumSum(starts) AS attempts",
    "arrayCumSum(arrayMap(a -> toInt64(a), hits)) AS hitsSoFar",
    `${atStart("arrayMap((a, b) -> a - b, hitsSoFar, hits)")} AS pasts`,
    `${atStart("arrayMap(a -> toInt64(a) - 1, arrayEnumerate(ids))")} AS priors`,
    "arrayMap((a, b) -> toInt64(a) - 1 - b, arrayEnumerate(ids), priors) AS steps",
    `arrayFill(a -> a != 255, arrayMap((a, b, c) -> toUInt8(multiIf(NOT a, 255, b = 1, 0, c, 1, 2)), starts, attempts, hits)) AS kinds`,
    `arrayMap(a -> toUInt8(a = 1), arrayEnumerateUniq(attempts, ids)) AS news`,
    ...reachedAlias(life, kind, within),
  ];
}

/** 1 where the attempt goes on to the outcome. */
function reachedAlias(life: boolean, kind: MomentOutcome["kind"], within: string): string[] {
  const ahead = `lasts, ${next("hits", "toUInt8(0)")}, ${next("starts", "toUInt8(1)")}, ${next("gaps", "toInt64(0)")}`;
  const soon = kind === "silence" ? "1" : `d <= ${within}`;
  const rule = life ? `NOT c, 2, b AND ${soon}, 1, 0` : `a, 0, b, 1, 2`;
  return [`arrayReverseFill(a -> a != 2, arrayMap((a, b, c, d) -> toUInt8(multiIf(${rule})), ${ahead})) AS reached`];
}

/** Which touches may count at all, whenever the data end. */
function eligibleArray({ life, kind }: MomentOutcome): string {
  const beforeFirst = "a = b";
  const rule = {
    silence: "1",
    event: life ? "1" : beforeFirst,
    repurchase: life ? "a > 0" : `${beforeFirst} AND b > 0`,
  }[kind];
  return `arrayMap((a, b) -> toUInt8(${rule}), hitsSoFar, pasts)`;
}

/**
 * Milliseconds to what follows in the attempt, an array over the events; −1 where nothing does. An outcome that ends the
 * attempt of a life within the window follows, too.
 */
export function gapsAhead({ outcome: { life }, within }: Pick<MomentRows, "outcome" | "within">): string {
  const ahead = `${next("starts", "toUInt8(1)")}, ${next("hits", "toUInt8(0)")}, ${next("gaps", "toInt64(0)")}`;
  const goesOn = life ? `NOT a OR (b AND c <= ${within})` : "NOT a";
  return `arrayMap((a, b, c) -> if(${goesOn}, toInt64(c), toInt64(-1)), ${ahead})`;
}

/** The next outcome's score, or what stands for none. */
function scoreAliases({ frame, of, scale }: MomentOutcome, within: string): string[] {
  const name = frame.bag.bind(scale?.name ?? "", "String");
  const read = of === "nps" ? "multiIf(a >= 9, 1, a <= 6, -1, 0)" : "a";
  const points = `arrayMap((a, b) -> if(isNull(a) OR toString(b) != ${name}, ${NO_ANSWER}, toFloat64(assumeNotNull(${read}))),
    ${frame.kept("scores")}, ${frame.kept("scales")})`;
  return [
    `${points} AS points`,
    `arrayReverseFill(a -> a != ${NO_ANSWER_YET}, arrayMap((a, b, c) -> multiIf(a, ${NO_ANSWER}, b, c, ${NO_ANSWER_YET}),
    lasts, ${next("hits", "toUInt8(0)")}, ${next("points", NO_ANSWER)})) AS nextPoints`,
    `arrayMap((a, b, c) -> if(b != ${NONE} AND b - a <= ${within}, c, ${NO_ANSWER}), at, nextHits, nextPoints) AS results`,
  ];
}

function resultAliases(outcome: MomentOutcome, within: string): string[] {
  if (outcome.kind === "silence")
    return [`arrayMap((a, b) -> toUInt8(b = ${NONE} OR b - a > ${within}), at, ${next("at", NONE)}) AS results`];
  const nextHits = `arrayReverseFill(a -> a != ${FILL}, arrayMap((a, b, c) -> multiIf(a, ${NONE}, b, c, ${FILL}),
    lasts, ${next("hits", "toUInt8(0)")}, ${next("at", NONE)})) AS nextHits`;
  if (outcome.of !== null) return [nextHits, ...scoreAliases(outcome, within)];
  return [nextHits, `arrayMap((a, b) -> toUInt8(b != ${NONE} AND b - a <= ${within}), at, nextHits) AS results`];
}

function middleOf({ of, scale }: MomentOutcome): number {
  return of === "nps" || scale === null ? 0 : (scale.low + scale.high) / 2;
}

/**
 * The touches of an outcome.
 * @param endOfData milliseconds since 1970: a touch whose window ends later is unfinished
 */
export function buildMomentRows(outcome: MomentOutcome, withinMs: number, endOfData: number): MomentRows {
  const { frame, life, kind, of } = outcome;
  const within = frame.bag.bind(withinMs, "Int64");
  const end = frame.bag.bind(endOfData, "Int64");
  const aliases = [
    frame.aliases,
    ...attemptAliases(outcome, within),
    ...resultAliases(outcome, within),
    `${eligibleArray(outcome)} AS eligibles`,
    `arrayMap(a -> toUInt8(a + ${within} <= ${end}), at) AS ends`,
  ];
  const answered = `result != ${NO_ANSWER}`;
  return {
    ...{ outcome, within, end },
    aliases: aliases.join(",\n  "),
    shown: life && kind !== "silence" ? "NOT hit" : "1",
    customer: frame.person ? "owner" : "if(people[1] != 0, people[1], owner)",
    bucket: customerBucket(frame),
    value: of === null ? "result" : `if(${answered}, result, 0)`,
    answered: of === null ? "1" : answered,
    high: of === null ? "result" : `(${answered} AND result > ${frame.bag.bind(middleOf(outcome), "Float64")})`,
  };
}
