/**
 * Why a plain difference is not the effect, in words: what was there before the touch, and how much of the difference it makes.
 * It computes no part; those come from analysis/moment-reasons.ts.
 */

/** One part of plain − adjusted, as an answer gives it. */
export interface ReasonPart {
  readonly kind: string;
  /** Of the trait, or of the touchpoint seen. */
  readonly name: string | null;
  readonly difference: number;
  readonly exposed: number | null;
  readonly others: number | null;
}

/** Fractions, or points of the score. */
export interface DifferenceNumbers {
  readonly crude: number | null;
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface DifferenceContext {
  readonly of: "score" | "nps" | null;
  readonly minimumEffect: number | null;
}

/** A part of a list; what several small ones come to has no numbers of its own. */
export interface ReasonLine {
  readonly label: string;
  readonly difference: number;
  readonly exposed: number | null;
  readonly others: number | null;
  /** Whether `exposed` and `others` are shares rather than means. */
  readonly share: boolean;
}

/** Lines of a list, and parts of a sentence; the rest comes together. */
const MOST_LINES = 6;
const MOST_SAID = 3;
/** Parts smaller than this share of the whole are not said. */
const LEAST_PART = 0.1;

interface KindWords {
  readonly label: string;
  /** What `exposed` and `others` count; "" where they say it by themselves. */
  readonly counted: string;
  readonly share: boolean;
}

const KINDS: Readonly<Record<string, KindWords>> = {
  "kind of attempt": { label: "the kind of attempt", counted: "first ones", share: true },
  "steps so far": { label: "the steps so far", counted: "", share: false },
  pace: { label: "the pace", counted: "", share: false },
  "time since the last event": { label: "the time since the last event", counted: "", share: false },
  "what came right before": { label: "what came right before", counted: "", share: false },
  "funnel stage": { label: "the stage of the funnel", counted: "", share: false },
  "earlier outcomes": { label: "earlier outcomes", counted: "any", share: true },
  "earlier events": { label: "earlier events", counted: "more than 3", share: true },
  "first channel": { label: "the first channel", counted: "", share: false },
  "other touchpoints seen": { label: "other touchpoints seen before", counted: "", share: false },
  rest: { label: "what cannot be split further", counted: "", share: false },
};

function wordKind({ kind, name }: ReasonPart): KindWords {
  if (kind === "trait") return { label: name ?? kind, counted: "", share: false };
  if (kind === "touchpoint seen") return { label: `«${name ?? ""}» seen before`, counted: "", share: true };
  return KINDS[kind] ?? { label: kind, counted: "", share: false };
}

function toLine(part: ReasonPart): ReasonLine {
  const { label, counted, share } = wordKind(part);
  const { difference, exposed, others } = part;
  return { label: counted === "" ? label : `${label} (${counted})`, difference, exposed, others, share };
}

/**
 * The parts for a list: the largest one by one, smaller ones together, at last what cannot be split further.
 * @param reasons the largest first, `rest` last, as answers give them
 */
export function listReasons(reasons: readonly ReasonPart[]): ReasonLine[] {
  const known = reasons.filter(({ kind }) => kind !== "rest");
  const few = known.length <= MOST_LINES + 1 ? known : known.slice(0, MOST_LINES);
  const left = known.slice(few.length);
  const together = left.reduce((sum, { difference }) => sum + difference, 0);
  const none = { exposed: null, others: null, share: false };
  return [
    ...few.map(toLine),
    ...(left.length > 0 ? [{ label: `${left.length} smaller ones together`, difference: together, ...none }] : []),
    ...reasons.filter(({ kind }) => kind === "rest").map(toLine),
  ];
}

function sayNumbers(part: ReasonPart): string {
  const { exposed, others } = part;
  const { counted, share } = wordKind(part);
  if (exposed === null || others === null) return "";
  const text = (value: number) => (share ? `${(value * 100).toFixed(1)} %` : value.toFixed(1));
  return ` (${counted === "" ? "" : `${counted}: `}${text(exposed)} against ${text(others)})`;
}

/** More than the half width of the interval or a tenth of the larger one, and no trifle. */
function isNoticeable(gap: number, { crude, effect, low, high }: DifferenceNumbers, least: number | null): boolean {
  const half = low === null || high === null ? Number.POSITIVE_INFINITY : (high - low) / 2;
  const tenth = Math.max(Math.abs(crude ?? 0), Math.abs(effect ?? 0)) / 10;
  return Math.abs(gap) > Math.min(half, tenth) && Math.abs(gap) >= (least ?? 0) / 5;
}

export interface Explained {
  /** Whether the two differ so much that the parts are worth a look. */
  readonly differs: boolean;
  readonly sentence: string;
}

/**
 * One plain sentence: how large the plain difference is, how much of it was there before the touch, and by what.
 * @returns undefined where nothing was estimated
 * @example "The plain difference is −13.9 points; 3.0 of it was there before: 2.2 by the kind of attempt (first ones: 79.8 % against 69.5 %)."
 */
export function explainReasons(
  numbers: DifferenceNumbers,
  reasons: readonly ReasonPart[],
  { of, minimumEffect }: DifferenceContext,
): Explained | undefined {
  const { crude, effect } = numbers;
  if (crude === null || effect === null || reasons.length === 0) return undefined;
  const size = (value: number) => (Math.abs(value) * (of === "score" ? 1 : 100)).toFixed(of === "score" ? 2 : 1);
  const sign = Number(size(crude)) === 0 ? "" : crude < 0 ? "−" : "+";
  const gap = crude - effect;
  const plain = `The plain difference is ${sign}${size(crude)} points`;
  if (!isNoticeable(gap, numbers, minimumEffect))
    return { differs: false, sentence: `${plain}; nothing known from before explains it.` };
  const start =
    gap * crude > 0 && Math.abs(gap) <= Math.abs(crude)
      ? `${plain}; ${size(gap)} of it was there before`
      : `${plain}; what was there before makes it ${size(gap)} points ${gap < 0 ? "lower" : "higher"} than in the same situation`;
  const said = reasons
    .filter(({ kind, difference }) => kind !== "rest" && difference / gap >= LEAST_PART)
    .slice(0, MOST_SAID)
    .map((reason) => `${size(reason.difference)} by ${wordKind(reason).label}${sayNumbers(reason)}`);
  const sentence = said.length === 0 ? `${start}, in no single thing that is known.` : `${start}: ${said.join(", ")}.`;
  return { differs: true, sentence };
}
