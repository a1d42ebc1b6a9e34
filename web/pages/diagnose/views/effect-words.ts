/**
 * Outcomes and effects in the words and units that pages show: points of a share, of a score, of the NPS.
 * Whole sentences that the command line says too are in src/domain/moment-words.ts; nothing is estimated here.
 */
import { parseExpression } from "../../../../src/domain/expression.ts";
import type { Answer } from "../../../api/types.ts";
import type { ForestTone } from "../../../charts/svg-forest.ts";
import { formatCount, formatDecimal, formatShare, NONE } from "../../../ui/format.ts";

export type Report = Answer<"moments">;
export type Claim = Report["claims"][number];
export type Rejected = Report["rejected"][number];
export type Of = Report["of"];

/** What names a candidate: of claims, of rejected ones, of the address. */
export type Candidate = Pick<Claim, "touchpoint" | "contrast" | "property" | "bad">;

/** The touchpoint of an outcome like `touchpoint = "Order Completed"`; undefined for any other. */
export function readGoal(outcome: string): string | undefined {
  try {
    const tree = parseExpression(outcome);
    if (tree.kind !== "compare" || tree.operator !== "=") return undefined;
    const { left, right } = tree;
    const named = left.kind === "field" && left.scope === "" && left.name === "touchpoint";
    return named && right.kind === "literal" ? String(right.value) : undefined;
  } catch {
    return undefined;
  }
}

/** With its sign; what rounds to nothing has none. */
function signed(text: string, value: number): string {
  if (!/[1-9]/u.test(text)) return text.replace("−", "");
  return value > 0 ? `+${text}` : text;
}

/** The number of an effect without its unit: "+13.9", "−1.80". */
export function formatEffectNumber(value: number | null, of: Of): string {
  if (value === null) return NONE;
  return signed(of === "score" ? formatDecimal(value) : formatDecimal(value * 100, 1), value);
}

export function effectUnit(of: Of): string {
  if (of === "score") return "points of the score";
  return of === "nps" ? "NPS points" : "percentage points";
}

/** "+13.9 points": the unit in full stands once a page. */
export function formatEffect(value: number | null, of: Of): string {
  return value === null ? NONE : `${formatEffectNumber(value, of)} points`;
}

/** "95 %: +10.1 to +17.7". */
export function formatEnds(
  { low, high }: { readonly low: number | null; readonly high: number | null },
  of: Of,
): string {
  return low === null || high === null ? "" : `95 %: ${formatEffectNumber(low, of)} to ${formatEffectNumber(high, of)}`;
}

/** The outcome itself: a share, a mean score, an NPS. */
export function formatLevel(value: number | null, of: Of): string {
  if (value === null) return NONE;
  if (of === "score") return formatDecimal(value);
  return of === "nps" ? formatDecimal(value * 100, 1) : formatShare(value);
}

/** Outcomes more or fewer, with their sign; points in all for scores. */
export function formatImpact(impact: number | null, of: Of): string {
  if (impact === null) return NONE;
  const shown = Math.round(of === "nps" ? impact * 100 : impact);
  return signed(formatCount(shown), shown);
}

export function formatMoney(money: number | null, currency: string): string {
  if (money === null) return NONE;
  const shown = Math.round(money);
  return `${signed(formatCount(shown), shown)} ${currency}`.trimEnd();
}

/** Whether an effect is wished for: more of anything is, but for silence. */
export function judgeEffect(effect: number | null, outcome: string): ForestTone {
  if (effect === null || effect === 0) return "plain";
  return effect > 0 === (outcome !== "silence") ? "good" : "bad";
}

/** One word for what stands in for a candidate in keys. */
export function candidateKey({ touchpoint, contrast, property, bad }: Candidate): string {
  return JSON.stringify([touchpoint, contrast, property, bad]);
}

/** A p or q value as people write it: "0.03", "under 0.001". */
export function formatChance(value: number): string {
  return value < 0.001 ? "under 0.001" : formatDecimal(value, value < 0.1 ? 3 : 2);
}
