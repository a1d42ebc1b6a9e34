/**
 * Why the model believes what it believes of one customer: one sentence with the customer's own numbers.
 * It forecasts nothing; it explains P(alive), also where the model makes it 1 whatever happens.
 */
import { plural } from "../../domain/moment-words.ts";
import { MODEL_WORDS } from "../../domain/repurchase-words.ts";
import type { PurchaseModelId } from "../../stats/purchase/purchase-model.ts";

/** One customer's history in whole days, and what the model makes of it. */
interface BelievedHistory {
  readonly model: PurchaseModelId;
  /** Repeat purchase days. */
  readonly x: number;
  /** Days from the first to the last purchase day, and from there to the end of the data. */
  readonly recencyDays: number;
  readonly silentDays: number;
  readonly alive: number;
  /** Whether the fitted model lets nobody leave: by its form, or because dropout ran to its boundary. */
  readonly nobodyLeaves: boolean;
}

function describeHistory({ x, recencyDays, silentDays }: BelievedHistory): string {
  const last = silentDays === 0 ? "on the last day of the data" : `${plural(silentDays, "day")} before the data end`;
  if (x === 0) return `Bought once, ${last}`;
  const gap = Math.round(recencyDays / x);
  if (x === 1) return `Bought twice, ${plural(gap, "day")} apart, the last time ${last}`;
  return `Bought ${x + 1} times, every ${plural(gap, "day")} on average, the last time ${last}`;
}

/** How silence and own gaps compare: "2.4 times as long as usual". Nothing without two gaps to compare with. */
function describeSilence({ x, recencyDays, silentDays }: BelievedHistory): string {
  if (x < 2) return "";
  const times = silentDays / (recencyDays / x);
  return times < 1.05 ? "no longer than usual, and " : `${times.toFixed(1)} times as long as usual, and `;
}

/** A share that is certain only where it is exactly so: "96 %", "over 99 %", "under 1 %". */
function percent(share: number): string {
  if (share < 0.01) return share > 0 ? "under 1 %" : "0 %";
  return share > 0.99 && share < 1 ? "over 99 %" : `${Math.round(100 * share)} %`;
}

function describeBelief(history: BelievedHistory): string {
  const { name } = MODEL_WORDS[history.model];
  if (history.nobodyLeaves)
    return `by ${name} as fitted here nobody ever leaves, so P(alive) is 1 for all; go by the expected orders, which follow their pace`;
  // BG/NBD puts the first chance to leave right after the first repeat: silence before that says nothing to it.
  if (history.model === "bg-nbd" && history.x === 0)
    return `${name} lets nobody leave before the first repeat, so P(alive) is 1 however long the silence; go by the expected orders`;
  return `${describeSilence(history)}${name} gives them ${percent(history.alive)} to be a customer still`;
}

/**
 * The customer's history, then what the model concludes from it.
 * @example "Bought 7 times, every 21 days on average, the last time 19 days before the data end: no longer than usual, and Pareto/NBD gives them 97 % to be a customer still."
 */
export function explainForecast(history: BelievedHistory): string {
  return `${describeHistory(history)}: ${describeBelief(history)}.`;
}
