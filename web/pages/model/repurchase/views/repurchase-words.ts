/**
 * The forecast and its back-test in words for people: how many, how sure, how it did. The numbers are the API's.
 */
import { MODEL_WORDS } from "../../../../../src/domain/repurchase-words.ts";
import type { Answer } from "../../../../api/types.ts";
import { formatCount, formatCountOf, formatDecimal, formatShare, formatValue, NONE } from "../../../../ui/format.ts";

export type RepurchaseReport = Answer<"repurchase">;
type Scores = RepurchaseReport["baselines"][number]["holdout"];
export type ModelId = RepurchaseReport["models"][number]["id"];
type Outlook = NonNullable<RepurchaseReport["outlook"]>;
export type WarningCode = RepurchaseReport["warnings"][number]["code"];

/** What a warning is about; its sentence is the API's. */
export const WARNING_TITLES: Readonly<Record<WarningCode, string>> = {
  "left-truncation": "Many customers were there before the data begin",
  "no-better-than-baseline": "No model does better than a simple rule",
  boundary: "The data do not pin down every parameter",
  biased: "The total was off on the hold-out",
  "short-history": "The data are short",
  unsteady: "It did not do equally well at other times",
};

/** A number and its unit stay on one line: "95 %" and "120 EUR" never break. */
export function keepTogether(text: string): string {
  return text.replaceAll(/(\d) (?=%|[A-Z]{3}\b)/gu, "$1\u00A0");
}

/** Below it, a total counts as about right. */
const SMALL_BIAS = 0.05;

/** 273 → "39 weeks"; 30 → "30 days". */
export function describeDays(days: number): string {
  return days % 7 === 0 ? formatCountOf(days / 7, "week") : formatCountOf(days, "day");
}

/** "2026-03-04" → "4 Mar 2026". A day has no zone. */
export function formatDate(day: string | null): string {
  if (day === null) return NONE;
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    date,
  );
}

/** Signed, as biases are: −0.129 → "−12.9 %". */
export function formatBias(bias: number | null): string {
  if (bias === null) return NONE;
  return `${bias > 0 ? "+" : ""}${formatShare(bias)}`;
}

/** −0.129 → "12.9 % too few orders in all". */
export function describeBias(bias: number | null): string {
  if (bias === null) return "a total that cannot be judged, as nobody ordered";
  const size = formatShare(Math.abs(bias));
  const side = `${size} too ${bias < 0 ? "few" : "many"} orders in all`;
  return Math.abs(bias) < SMALL_BIAS ? `about the right total (${formatBias(bias)})` : side;
}

const RANKS: readonly (readonly [from: number, words: string])[] = [
  [0.8, "very well"],
  [0.7, "well"],
  [0.6, "somewhat"],
  [0, "hardly better than chance"],
];

/** How well it told apart who orders again; "" where all forecasts are equal. */
export function describeRank({ auc, topDecileShare }: Pick<Scores, "auc" | "topDecileShare">): string {
  if (auc === null) return "";
  const word = RANKS.find(([from]) => auc >= from)?.[1] ?? "hardly better than chance";
  const top =
    topDecileShare === null
      ? ""
      : ` The tenth of customers with the highest forecast made ${formatShare(topDecileShare, 0)} of the orders.`;
  return `It told ${word} who orders again: of two customers, one who did and one who did not, the one who did had the higher forecast in ${formatCount(auc * 100)} of 100 cases.${top}`;
}

/** The line above everything that rests on the model: how it did on the hold-out. */
export function describeBackTest(scores: Scores, chosen: ModelId | null, actual?: number): string {
  const who = chosen === null ? "The model" : `The model (${MODEL_WORDS[chosen].name})`;
  const totals = actual === undefined ? "" : ` (${describeTotals(scores.bias, actual)})`;
  const total = `it forecast ${describeBias(scores.bias)}${totals}`;
  return keepTogether(
    `${who} was tried on the end of your data, which it had not seen: ${total}. ${describeRank(scores)}`.trim(),
  );
}

/** "Expect about 1,240 orders from today's 2,357 customers in the next 39 weeks." */
export function describeOutlook({ orders, customers, horizonDays }: Outlook): string {
  return `Expect about ${formatCount(orders.value)} orders from today’s ${formatCountOf(customers, "customer")} in the next ${describeDays(horizonDays)}.`;
}

/** "If the model is right, there will be 1,150 to 1,320 orders in 95 of 100 cases. …" */
export function describeSpread({ orders, buyers, value, currency }: Outlook): string {
  const range = ({ low, high }: Outlook["orders"], show: (value: number) => string) => `${show(low)} to ${show(high)}`;
  const money = (amount: number) => formatValue(Math.round(amount), currency);
  const worth = value === null ? "" : ` They are worth about ${money(value.value)} (95 %: ${range(value, money)}).`;
  return keepTogether(
    `If the model is right, there will be ${range(orders, formatCount)} orders in 95 of 100 cases. About ${formatCount(buyers.value)} customers will order at all (95 %: ${range(buyers, formatCount)}).${worth}`,
  );
}

/** Error of the total and n in one cell: "1,639 forecast, 1,882 happened". */
function describeTotals(bias: number | null, actual: number): string {
  if (bias === null) return "nobody ordered";
  return `${formatCount(actual * (1 + bias))} forecast, ${formatCount(actual)} happened`;
}

/** "alive" in words: .97 → "very likely still a customer". */
export function describeAlive(share: number): string {
  if (share >= 0.9) return "very likely still a customer";
  if (share >= 0.6) return "likely still a customer";
  if (share >= 0.4) return "may be a customer still or not";
  if (share >= 0.1) return "has likely left";
  return "has very likely left";
}

/** A probability that is never quite 0 or 1: .9996 → "over 99 %". */
export function formatChance(share: number): string {
  if (share > 0.99 && share < 1) return "over 99 %";
  if (share < 0.01 && share > 0) return "under 1 %";
  return formatShare(share, 0);
}

/** A parameter as people compare it: four significant digits at most. */
export function formatParameter(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return value.toExponential(2).replace("e+", " · 10^");
  return formatDecimal(value, size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

/** "1.23" with fewer digits the larger it is. */
export function formatMean(value: number): string {
  return formatDecimal(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
