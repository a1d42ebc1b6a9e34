/**
 * How a moment of truth reads for people who are no statisticians: one sentence, a name, and what its label or rejection means.
 * It computes nothing; where the numbers come from is in analysis/moments.ts.
 */

import { describeBad, describeOtherSide } from "./moment-condition.ts";

/** What a moment is about: a touchpoint that happened, or one that went badly. */
export interface MomentCandidate {
  readonly touchpoint: string;
  readonly contrast: "presence" | "experience";
  /** The property that tells good from bad; null for presence. */
  readonly property: string | null;
  /** What counts as bad, such as `= "true"` or `> 48`; null for presence. */
  readonly bad: string | null;
}

export interface MomentEffect extends MomentCandidate {
  /** A fraction of touches, or points of the score. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** Exposed touches. */
  readonly reach: number;
  /** Outcomes more or fewer. */
  readonly impact: number;
}

/** What was asked, as far as a sentence needs it. */
export interface MomentContext {
  /** An expression, `repurchase` or `silence`. */
  readonly outcome: string;
  readonly of?: "score" | "nps" | null | undefined;
  readonly withinMs?: number | undefined;
  /** Months over which the touches spread; without it numbers are given in all. */
  readonly months?: number | undefined;
  /** The journey definition; without it, and for lives, the sentence is about customers. */
  readonly journey?: string | undefined;
}

const counts = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** "1 touch", "1,234 touches". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${counts.format(count)} ${count === 1 ? one : many}`;
}

/**
 * The name of a candidate in a list.
 * @example "Live Chat Conversation Started", "Delivery Due: overdue", "Ticket Answered: hours waited above 48"
 */
export function nameMoment(candidate: MomentCandidate): string {
  return candidate.contrast === "presence"
    ? candidate.touchpoint
    : `${candidate.touchpoint}: ${describeBad(candidate).text}`;
}

/**
 * "a «Cart Viewed»", "an «Advice Call»", "an «NPS Answered»"; nothing before what is many («Products Searched»).
 * The marks keep a name apart from the verb behind it: customers with a «Chat» order more often.
 */
function withArticle(name: string): string {
  const [first = ""] = name.split(/[\s_]/u);
  if (/\p{Ll}s$/u.test(first) && !first.endsWith("ss")) return `«${name}»`;
  const spelled = /^[\p{Lu}\p{N}]{2,}$/u.test(first) ? /^[AEFHILMNORSX8]/u : /^[AEIO]|^U(?!ni|se)/iu;
  return `${spelled.test(first) ? "an" : "a"} «${name}»`;
}

const SUBJECTS: Readonly<Record<string, string>> = { visit: "Visits", session: "Sessions", case: "Cases" };

function describeSubject(candidate: MomentCandidate, journey = "life"): string {
  const subject = SUBJECTS[journey] ?? "Customers";
  if (candidate.contrast === "presence") return `${subject} with ${withArticle(candidate.touchpoint)}`;
  const { adjective, text } = describeBad(candidate);
  return adjective
    ? `${subject} whose ${candidate.touchpoint} is ${adjective}`
    : `${subject} with ${withArticle(candidate.touchpoint)} (${text})`;
}

interface OutcomeWords {
  /** After "customers …". */
  readonly verb: string;
  /** After "visits …". */
  readonly ends: string;
  /** One outcome and several; "" where only the number is said. */
  readonly one: string;
  readonly many: string;
  readonly name: string;
}

const ORDER_NAMES = /^(?:order(?:completed|placed)?|purchased?)$/u;

function wordOutcome(outcome: string): OutcomeWords {
  const orders = { one: " order", many: " orders" };
  const none = { one: "", many: "" };
  if (outcome === "repurchase") return { verb: "order again", ends: "order again", ...orders, name: "another order" };
  if (outcome === "silence") return { verb: "fall silent", ends: "fall silent", ...none, name: "silence" };
  const [, touchpoint] = /^\s*touchpoint\s*=\s*"([^"\\]+)"\s*$/u.exec(outcome) ?? [];
  if (touchpoint === undefined)
    return { verb: "reach the outcome", ends: "reach the outcome", ...none, name: outcome.trim() };
  if (ORDER_NAMES.test(touchpoint.toLowerCase().replace(/[^\p{L}]/gu, "")))
    return { verb: "order", ends: "end in an order", ...orders, name: touchpoint };
  const verb = `reach «${touchpoint}»`;
  return { verb, ends: verb, ...none, name: touchpoint };
}

/**
 * What is decided, for a heading.
 * @example "Order Completed", "another order", "silence", "the score of Review Answered", "the NPS of NPS Answered"
 */
export function nameOutcome({ outcome, of }: MomentContext): string {
  const { name } = wordOutcome(outcome);
  if (!of) return name;
  return `the ${of === "nps" ? "NPS" : "score"} of ${name}`;
}

/** What outcomes are called when they are counted. @example orders { one: "order", many: "orders" }, else "outcome(s)" */
export function countedAs(outcome: string): { readonly one: string; readonly many: string } {
  const { one, many } = wordOutcome(outcome);
  return one === "" ? { one: "outcome", many: "outcomes" } : { one: one.trim(), many: many.trim() };
}

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

/** The window in words: "30 days", "1 hour". */
export function describeWindow(withinMs: number): string {
  const [size, unit] = UNITS.find(([ms]) => withinMs % ms === 0) ?? [1000, "second"];
  return plural(Math.round(withinMs / size), unit);
}

/** Digits that show the effect, not more: −12.3 points, 1.8 stars, 0.37 stars. */
function countDigits(size: number, of: MomentContext["of"]): number {
  return size < (of === "score" ? 1 : 0.1) ? 2 : 1;
}

interface Direction {
  readonly more: string;
  readonly less: string;
}

/** "1.8 points lower" and " (1.6 to 2.1)"; an interval that holds zero says the direction of both its ends. */
function describeSize({ effect, low, high }: MomentEffect, of: MomentContext["of"], { more, less }: Direction) {
  const scale = of === "score" ? 1 : 100;
  const digits = countDigits(Math.abs(effect) * scale, of);
  const size = (value: number) => (Math.abs(value) * scale).toFixed(digits);
  const way = (value: number) => (value < 0 ? less : more);
  const ends = effect < 0 ? ([high, low] as const) : ([low, high] as const);
  const interval =
    low < 0 && high > 0 ? `${size(low)} ${less} to ${size(high)} ${more}` : `${size(ends[0])} to ${size(ends[1])}`;
  const unit = size(effect) === "1.0" && of === "score" ? "point" : "points";
  return { amount: `${size(effect)} ${unit} ${way(effect)}`, interval: ` (${interval})` };
}

/** 1,234 → "1,200": two digits are all that an estimate of a month bears. */
function roundCount(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return Math.round(value / unit) * unit;
}

function describeAmount({ reach, impact }: MomentEffect, { outcome, of, months }: MomentContext): string {
  const total = of ? reach : Math.abs(impact);
  const { one, many } = of ? { one: "", many: "" } : wordOutcome(outcome);
  const amount = months && months > 0 ? roundCount(total / months) : roundCount(total);
  const span = months && months > 0 ? "a month" : "in all";
  if (amount < 1) return `fewer than one${one} ${span}`;
  return `about ${counts.format(amount)}${amount === 1 ? one : many} ${span}`;
}

/**
 * One plain sentence, without a full stop: who, what is different, by how much (95 % interval), how many a month.
 * Of a share it counts outcomes more or fewer, of a score the touches concerned. It names an association; how far it
 * is a cause is for `explainLabel`.
 * @example "Customers whose Delivery Due is overdue rate 1.8 points lower (1.6 to 2.1); about 120 a month"
 */
export function describeMoment(moment: MomentEffect, context: MomentContext): string {
  const { outcome, of, withinMs, journey } = context;
  const subject = describeSubject(moment, journey);
  const amount = describeAmount(moment, context);
  if (of) {
    const size = describeSize(moment, of, { more: "higher", less: "lower" });
    return `${subject} ${of === "nps" ? "give an NPS" : "rate"} ${size.amount}${size.interval}; ${amount}`;
  }
  const size = describeSize(moment, null, { more: "more often", less: "less often" });
  const { verb, ends } = wordOutcome(outcome);
  const within = withinMs ? ` within ${describeWindow(withinMs)}` : "";
  return `${subject} ${subject.startsWith("Customers") ? verb : ends} ${size.amount}${within}${size.interval}; ${amount}`;
}

/** What a claim's label means. */
export function explainLabel(label: "likely cause" | "association, adjusted"): string {
  return label === "likely cause"
    ? "Likely cause: customers in the same situation are compared, and before the touch they did not differ in the same way. Only a trial would prove it."
    : "Association, adjusted: customers in the same situation are compared, but nothing from before could be checked. Something unseen may explain it.";
}

const REJECTIONS = {
  "already different before":
    "Already different before: those it happened to differed in the same way before it happened, so it need not be the cause.",
  "too few": "Too few: not enough touches, customers or outcomes to tell. More data may show something.",
  "no clear effect":
    "No clear effect: among customers in the same situation the difference is too small, or may well be chance.",
} as const;

/** Why a candidate is no claim. */
export function explainRejection(reason: keyof typeof REJECTIONS): string {
  return REJECTIONS[reason];
}

/** The parts of a claim that call for caution. */
export interface CautionNumbers extends Pick<MomentCandidate, "contrast" | "property" | "bad"> {
  readonly crude: number;
  readonly effect: number;
  readonly simpson: boolean;
  readonly eValue: number | null;
  readonly responseGap: number | null;
}

/** Response rates that differ by more than this can make a difference of scores by themselves. */
const RESPONSE_GAP = 0.05;

/** What to keep in mind about one claim, in sentences; what holds for all of a report is in its `caveats`. */
export function describeCaveats(claim: CautionNumbers, { of }: Pick<MomentContext, "of">): string[] {
  const { contrast, crude, effect, simpson, eValue, responseGap } = claim;
  const size = (value: number) => {
    const text = (Math.abs(value) * (of === "score" ? 1 : 100)).toFixed(countDigits(Math.abs(effect), of ?? null));
    return `${value < 0 ? "−" : "+"}${text}`;
  };
  const gap = responseGap === null ? 0 : Math.abs(responseGap);
  return [
    ...(contrast === "experience" ? [`It is compared with ${describeOtherSide(claim)}.`] : []),
    ...(simpson
      ? [`The plain difference points the other way (${size(crude)} points): who meets it differs from who does not.`]
      : []),
    ...(gap > RESPONSE_GAP
      ? [
          `Those concerned answered ${(gap * 100).toFixed(1)} points ${(responseGap ?? 0) < 0 ? "less" : "more"} often; who stays away is weighted for, not known.`,
        ]
      : []),
    ...(eValue === null
      ? []
      : [
          `An unseen common cause would have to make both the touch and the outcome ${eValue.toFixed(1)} times as likely to explain it away.`,
        ]),
  ];
}
