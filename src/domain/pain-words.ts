/**
 * How a pain point reads for people who are no statisticians: one sentence, its kind, and what its label or rejection means.
 * It computes nothing; where the numbers come from is in analysis/pain-points.ts.
 */
import type { FrictionKind } from "./friction.ts";
import { nameOutcome } from "./moment-words.ts";

/** Null where it is not known. */
interface Loss {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The parts of a pain point that a sentence needs. */
export interface SaidPainPoint {
  readonly kind: FrictionKind;
  readonly name: string;
  readonly segment: string | null;
  readonly incident: boolean;
  readonly window: { readonly from: string; readonly to: string };
  readonly perMonth: number;
  readonly directCost: number | null;
  readonly valueAtRisk: Loss;
  readonly outcomesAtRisk: Loss;
  readonly excess: {
    readonly events: number;
    readonly usual: number;
    readonly outcomes: Loss;
    readonly money: Loss;
  } | null;
}

/** What was asked, as far as a sentence needs it. */
export interface PainContext {
  readonly outcome: string;
  /** "" when no event names one. */
  readonly currency: string;
}

/** Kinds in words for people, one and many. */
export const FRICTION_WORDS: Readonly<Record<FrictionKind, string>> = {
  "drop-off": "drop-off",
  rework: "rework",
  wait: "wait",
  "repeat-contact": "repeat contact",
  "bad-score": "bad score",
  "error-event": "error",
  theme: "theme",
};

const counts = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

const unitOf = (size: number) => 10 ** Math.max(0, Math.floor(Math.log10(Math.max(size, 1))) - 1);

/** 1,234 → "1,200": two digits are all that an estimate of a month bears; below 10 one digit after the point. */
export function roundEstimate(value: number, unit = unitOf(Math.abs(value))): string {
  const size = Math.abs(value);
  if (size > 0 && size < 9.95) return size < 0.05 ? "under 0.1" : (Math.round(size * 10) / 10).toString();
  return counts.format(Math.round(size / unit) * unit);
}

/** An interval narrower than so many units of its ends is said one digit finer, or both would read alike. */
const NARROW = 4;

/** The ends of an interval in words: "2,000", "4,900"; "13,200", "14,400". */
export function roundEnds(low: number, high: number): readonly [low: string, high: string] {
  const unit = unitOf(Math.max(Math.abs(low), Math.abs(high)));
  if (unit === 1 || Math.abs(high - low) >= NARROW * unit) return [roundEstimate(low), roundEstimate(high)];
  return [roundEstimate(low, unit / 10), roundEstimate(high, unit / 10)];
}

/** "80 %: 2,000 to 4,900". */
export function sayEnds(low: number, high: number): string {
  return `80 %: ${roundEnds(low, high).join(" to ")}`;
}

const withCurrency = (text: string, currency: string) => `${text} ${currency}`.trimEnd();

/** "3,400 EUR (80 %: 2,000 to 4,900)"; undefined where nothing has a price. */
function sayMoney({ value, low, high }: Loss, currency: string): string | undefined {
  if (value === null || low === null || high === null) return undefined;
  return `${withCurrency(roundEstimate(value), currency)} (${sayEnds(low, high)})`;
}

/** Undefined where nobody knows how many. */
function sayOutcomes({ value, low, high }: Loss, outcome: string): string | undefined {
  if (value === null || low === null || high === null) return undefined;
  const amount = `${roundEstimate(value)} (${sayEnds(low, high)})`;
  return outcome === "silence"
    ? `${amount} more fall silent`
    : `${amount} fewer times it comes to «${nameOutcome({ outcome })}»`;
}

/**
 * Direct cost apart from the estimate: a fact is not made less sure by standing in one sum with it.
 * @example "; 3,400 EUR (80 %: 2,000 to 4,900) a month at risk; handling costs 1,200 EUR a month"
 */
function sayCost({ directCost, valueAtRisk, outcomesAtRisk }: SaidPainPoint, { outcome, currency }: PainContext) {
  const direct =
    directCost === null || directCost === 0
      ? ""
      : `; handling costs ${withCurrency(counts.format(Math.round(directCost)), currency)} a month`;
  const money = sayMoney(valueAtRisk, currency);
  const outcomes = sayOutcomes(outcomesAtRisk, outcome);
  const lost = outcomes === undefined ? "cost not known" : `${outcomes} a month`;
  return `; ${money === undefined ? lost : `${money} a month at risk`}${direct}`;
}

function sayIncident({ excess, window, segment, name }: SaidPainPoint, { outcome, currency }: PainContext): string {
  const where = segment === null ? "" : `, where ${segment}`;
  const when = `${name} from ${window.from} up to ${window.to}${where}`;
  if (excess === null) return when;
  const seen = `${counts.format(excess.events)} instead of the usual ${counts.format(Math.round(excess.usual))}`;
  const money = sayMoney(excess.money, currency);
  const outcomes = sayOutcomes(excess.outcomes, outcome);
  if (money !== undefined) return `${when}: ${seen}; it cost ${money} in all`;
  return `${when}: ${seen}; ${outcomes === undefined ? "what it cost is not known" : `${outcomes} in all`}`;
}

/**
 * One plain sentence, without a full stop: what happens, how often, what it costs. It names an association; how far it is
 * a cause is for `explainPainLabel`.
 * @example "Waiting over 26 h after «Ticket Opened»: about 120 a month; 3,400 EUR (80 %: 2,000 to 4,900) a month at risk"
 */
export function describePainPoint(painPoint: SaidPainPoint, context: PainContext): string {
  if (painPoint.incident) return sayIncident(painPoint, context);
  return `${painPoint.name}: about ${roundEstimate(painPoint.perMonth)} a month${sayCost(painPoint, context)}`;
}

const LABELS = {
  "likely cause":
    "Likely cause: touches in the same situation are compared, and before the touch those concerned did not differ in the same way. Only a trial would prove it.",
  "association, adjusted":
    "Association, adjusted: touches in the same situation are compared, but nothing from before could be checked. Something unseen may explain it.",
  "dated incident":
    "Dated incident: far more of it in these weeks than in all others, which chance alone would show at most once in twenty times. What caused it is for those who know what happened then.",
} as const;

/** What a pain point's label means. */
export function explainPainLabel(label: keyof typeof LABELS): string {
  return LABELS[label];
}

const REJECTIONS = {
  "already different before":
    "Already different before: those it happened to differed in the same way before it happened, so it need not be the cause.",
  "too few": "Too few: not enough touches, customers or outcomes to tell. More data may show something.",
  "no clear effect":
    "No clear effect: among touches in the same situation the difference is too small, or may well be chance.",
  "not worse": "Not worse: where it happens, the outcome comes more often, not less. Nothing is lost by it here.",
  "cannot be told apart":
    "Cannot be told apart: it always comes together with another friction of the same touchpoint, which stands for both.",
} as const;

/** Why a friction is no pain point. */
export function explainPainRejection(reason: keyof typeof REJECTIONS): string {
  return REJECTIONS[reason];
}
