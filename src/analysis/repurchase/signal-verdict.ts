/**
 * What the differences of behaviours come to: enough data or not, the verdict, q over all of them, and a sentence for people.
 * It reads nothing; the numbers come from signal-effects.ts.
 */
import { plural } from "../../domain/moment-words.ts";
import type { SignalVerdict } from "../../domain/repurchase-words.ts";
import { adjustForMany } from "../../stats/benjamini-hochberg.ts";
import { isInsufficient } from "../../stats/estimate.ts";
import type { MatchedDifference } from "../../stats/matched-difference.ts";
import { estimateShareDifference } from "../../stats/proportion.ts";
import { studentQuantile, studentTail } from "../../stats/quantile.ts";
import { inPoints, LEAST } from "../moment-claims.ts";
import type { Signal } from "../repurchase-signals-schema.ts";
import type { MeasuredSignal, Side } from "./signal-effects.ts";

export interface Difference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const LEVEL = 0.05;
/** Of the plain difference, that has to be left to have survived whole. */
const MOST_OF = 0.5;

function isClear({ low, high }: Difference): boolean {
  return low > 0 || high < 0;
}

/**
 * What is left of a plain difference among customers alike. By the intervals alone: an adjusted one that leaves 0 out is
 * there, whatever the plain one says.
 * @example plain +6.1 (3 to 9), adjusted +1.0 (−1.2 to +3.1) // "does not survive"
 */
export function judgeSignal(crude: Difference, adjusted: Difference): SignalVerdict {
  if (!isClear(adjusted)) return isClear(crude) ? "does not survive" : "nothing there";
  if (adjusted.value * crude.value < 0) return "reversed";
  return Math.abs(adjusted.value) >= MOST_OF * Math.abs(crude.value) ? "survives" : "weaker";
}

/** Enough on both sides, in cells that hold both: the least that a moment's touches must be of, too. */
function isEnough(matched: MatchedDifference | null): matched is MatchedDifference {
  if (matched === null) return false;
  const suffices = (n: number, high: number) => n >= LEAST.customers && high >= LEAST.high && n - high >= LEAST.low;
  return suffices(matched.n, matched.high) && suffices(matched.otherN, matched.otherHigh);
}

function plainDifference(own: Side, others: Side): Difference | null {
  const found = estimateShareDifference({ hits: own.high, n: own.n }, { hits: others.high, n: others.n });
  return isInsufficient(found) ? null : { value: found.value, low: found.low, high: found.high };
}

const points = (value: number) => inPoints(value, { scored: false });
const range = ({ low, high }: Difference) => `(${points(low)} to ${points(high)})`;

const LEFT: Readonly<Record<"survives" | "weaker" | "does not survive" | "reversed", string>> = {
  survives: "it survives",
  weaker: "it is weaker, but still there",
  "does not survive": "it does not survive",
  reversed: "it is the other way round",
};

/** What is said of a behaviour whose difference is known. */
function describe(subject: string, verdict: SignalVerdict, crude: Difference, adjusted: Difference): string {
  const alike = `Among customers alike before it is ${points(adjusted.value)} ${range(adjusted)}`;
  if (verdict === "nothing there" || verdict === "too few")
    return `${subject} buy again about as often: ${points(crude.value)} points ${range(crude)}. ${alike}: nothing there.`;
  if (!isClear(crude))
    return `${subject} seem to buy again about as often: ${points(crude.value)} points. ${alike}: it shows only there.`;
  return `${subject} buy again ${crude.value > 0 ? "more" : "less"}: ${points(crude.value)} points. ${alike}: ${LEFT[verdict]}.`;
}

function describeTooFew(subject: string, { with: own, without }: MeasuredSignal, reach: number): string {
  const compared = `${plural(own.n, "customer")} with it, ${plural(reach, "of them", "of them")} comparable, and ${plural(without.n, "customer")} without`;
  return `${subject}: too few to tell, ${compared}; ${LEAST.customers} on both sides, ${LEAST.high} with and ${LEAST.low} without a second purchase, are needed.`;
}

interface Tested {
  readonly measured: MeasuredSignal;
  readonly crude: Difference | null;
  /** Null where too few are comparable. */
  readonly adjusted: (Difference & { readonly p: number }) | null;
}

function test(measured: MeasuredSignal): Tested {
  const crude = plainDifference(measured.with, measured.without);
  const { matched } = measured;
  if (!isEnough(matched)) return { measured, crude, adjusted: null };
  const { effect: value, error, degreesOfFreedom } = matched;
  const half = studentQuantile(1 - LEVEL / 2, degreesOfFreedom) * error;
  const p = 2 * studentTail(Math.abs(value) / error, degreesOfFreedom);
  return { measured, crude, adjusted: { value, low: value - half, high: value + half, p } };
}

function shareOf({ n, high }: Side): number | null {
  return n > 0 ? high / n : null;
}

function toSignal({ measured, crude, adjusted }: Tested, q: number | null, tests: number): Signal {
  const { candidate, with: own, without, matched } = measured;
  const { kind, name, subject } = candidate;
  const reach = matched?.n ?? 0;
  const shares = { shareWith: shareOf(own), shareWithout: shareOf(without) };
  const counts = { kind, name, with: own.n, without: without.n, ...shares, crude, reach };
  if (crude === null || adjusted === null || q === null)
    return {
      ...{ ...counts, adjusted: null, q: null, verdict: "too few" },
      sentence: describeTooFew(subject, measured, reach),
    };
  const { p: _, ...difference } = adjusted;
  const verdict = judgeSignal(crude, difference);
  const chance = isClear(difference) && q > LEVEL;
  const caveat = chance ? ` Of ${tests} behaviours looked at some look so by chance (q = ${q.toFixed(2)}).` : "";
  return {
    ...{ ...counts, adjusted: difference, q, verdict },
    sentence: `${describe(subject, verdict, crude, difference)}${caveat}`,
  };
}

/** All behaviours, the surest first, those with too few customers last. */
export function judgeSignals(measured: readonly MeasuredSignal[]): Signal[] {
  // What nobody or everybody shows is no behaviour to compare.
  const tested = measured.filter(({ with: own, without }) => own.n > 0 && without.n > 0).map(test);
  const known = tested.filter(({ adjusted, crude }) => adjusted !== null && crude !== null);
  const q = adjustForMany(known.map(({ adjusted }) => adjusted?.p ?? 1));
  const sureness = ({ adjusted }: Tested) => adjusted?.p ?? 2;
  return tested
    .map((one) => ({ one, q: known.includes(one) ? (q[known.indexOf(one)] ?? 1) : null }))
    .sort((a, b) => sureness(a.one) - sureness(b.one) || b.one.measured.with.n - a.one.measured.with.n)
    .map(({ one, q: own }) => toSignal(one, own, known.length));
}
