/**
 * What a model must beat: nobody buys, what customers of similar recency bought before, and the same by recency × frequency.
 * They are learnt between an earlier cut-off and the end of the calibration, so that the hold-out stays unseen.
 */
import type { BASELINES, RepurchaseReport } from "../repurchase-schema.ts";
import type { CutPatterns } from "./read-patterns.ts";
import { type LaterSums, scoreForecast, sumLater } from "./scores.ts";

type BaselineReport = RepurchaseReport["baselines"][number];

/** Groups of recency alone, and fifths of recency and of frequency. */
const RECENCY_GROUPS = 20;
const FIFTHS = 5;

/**
 * Number of the group of each value, 0 the lowest, by the place its middle has among all customers; equal values stand together.
 * Example: values 0, 0, 3 of one customer each in 2 groups → 0, 0, 1.
 */
function groupByRank(values: Float64Array, customers: Float64Array, groups: number): Uint16Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const total = customers.reduce((sum, count) => sum + count, 0);
  const group = new Uint16Array(values.length);
  let below = 0;
  for (let start = 0; start < order.length; ) {
    let [end, tied] = [start, 0];
    for (; end < order.length && values[order[end] as number] === values[order[start] as number]; end++)
      tied += customers[order[end] as number] as number;
    const own = Math.min(groups - 1, Math.floor((groups * (below + tied / 2)) / total));
    for (let at = start; at < end; at++) group[order[at] as number] = own;
    below += tied;
    start = end;
  }
  return group;
}

/** Whole days of silence: ages are sevenths, and equal silences must be equal numbers. */
function groupByRecency({ patterns }: CutPatterns, groups: number): Uint16Array {
  const silence = patterns.age.map((age, at) => Math.round((age - (patterns.recency[at] as number)) * 7));
  return groupByRank(silence, patterns.customers, groups);
}

function groupByBoth(cut: CutPatterns): Uint16Array {
  const often = groupByRank(cut.patterns.x, cut.patterns.customers, FIFTHS);
  return groupByRecency(cut, FIFTHS).map((fifth, at) => fifth * FIFTHS + (often[at] as number));
}

/** Mean purchase days a customer and day of each group in the learning cut; of a group nobody was in, everybody's mean. */
function learnRates({ patterns, cutOff }: CutPatterns, { purchases }: LaterSums, group: Uint16Array, groups: number) {
  const bought = new Float64Array(groups);
  const members = new Float64Array(groups);
  for (const [at, own] of group.entries()) {
    bought[own] = (bought[own] as number) + (purchases[at] as number);
    members[own] = (members[own] as number) + (patterns.customers[at] as number);
  }
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  const everybody = sum(bought) / Math.max(1, sum(members));
  const days = cutOff.until - cutOff.end;
  return bought.map(
    (count, own) => ((members[own] as number) > 0 ? count / (members[own] as number) : everybody) / days,
  );
}

/**
 * The three baselines with their scores. Groups go by rank at each cut-off, as customers of a young shop are all recent.
 * @param cut at the end of the calibration, with the hold-out
 * @param learning at an earlier end, with the days up to the end of the calibration; its rates are scaled to the hold-out's length
 */
export function scoreBaselines(cut: CutPatterns, learning: CutPatterns): BaselineReport[] {
  const days = cut.cutOff.until - cut.cutOff.end;
  const before = sumLater(learning);
  const forecast = (group: (of: CutPatterns) => Uint16Array, groups: number) => {
    const rates = learnRates(learning, before, group(learning), groups);
    return Float64Array.from(group(cut), (own) => days * (rates[own] as number));
  };
  const forecasts: Record<(typeof BASELINES)[number], Float64Array> = {
    zeros: new Float64Array(cut.patterns.x.length),
    recency: forecast((of) => groupByRecency(of, RECENCY_GROUPS), RECENCY_GROUPS),
    rfm: forecast(groupByBoth, FIFTHS * FIFTHS),
  };
  return Object.entries(forecasts).map(([id, own]) => ({
    id: id as BaselineReport["id"],
    holdout: scoreForecast(cut, own),
  }));
}
