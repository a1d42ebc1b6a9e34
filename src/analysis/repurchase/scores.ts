/**
 * How well a forecast did on the purchase days after a cut-off: errors, total bias, and how well it ranks customers.
 * Everything is weighted by customers and exact from the patterns; which forecast to prefer is decided in choose.ts.
 */
import type { HoldoutScores } from "../repurchase-schema.ts";
import type { CutPatterns } from "./read-patterns.ts";

/** A forecast of nothing cannot be scored on a purchase that came: deviance takes at least this many. */
const LEAST = 1e-6;

/** What each pattern did after the cut-off. */
export interface LaterSums {
  /** Purchase days of all its customers, and how many of these bought at all. */
  readonly purchases: Float64Array;
  readonly buyers: Float64Array;
}

export function sumLater({ firstCount, later, having, patterns }: CutPatterns): LaterSums {
  const purchases = new Float64Array(patterns.x.length);
  const buyers = new Float64Array(patterns.x.length);
  for (let pattern = 0; pattern < purchases.length; pattern++)
    for (let at = firstCount[pattern] as number; at < (firstCount[pattern + 1] as number); at++) {
      const count = later[at] as number;
      purchases[pattern] = (purchases[pattern] as number) + count * (having[at] as number);
      if (count > 0) buyers[pattern] = (buyers[pattern] as number) + (having[at] as number);
    }
  return { purchases, buyers };
}

/**
 * Area under the ROC curve of ranking by the forecast who buys at all; equal forecasts count half.
 * Method: Mann–Whitney U over the forecasts in rising order. Null when all or nobody bought, or all forecasts are equal.
 */
function measureRank(order: Uint32Array, forecast: Float64Array, customers: Float64Array, buyers: Float64Array) {
  let [wins, below, positive, negative] = [0, 0, 0, 0];
  for (let start = 0; start < order.length; ) {
    let [end, tiedBuyers, tiedOthers] = [start, 0, 0];
    const value = forecast[order[start] as number];
    for (; end < order.length && forecast[order[end] as number] === value; end++) {
      const pattern = order[end] as number;
      tiedBuyers += buyers[pattern] as number;
      tiedOthers += (customers[pattern] as number) - (buyers[pattern] as number);
    }
    if (start === 0 && end === order.length) return null;
    wins += tiedBuyers * (below + tiedOthers / 2);
    below += tiedOthers;
    positive += tiedBuyers;
    negative += tiedOthers;
    start = end;
  }
  return positive > 0 && negative > 0 ? wins / (positive * negative) : null;
}

/** Share of all later purchases made by the tenth of the customers with the highest forecast; who is tied at its edge counts in part. */
function shareOfTopTenth(order: Uint32Array, forecast: Float64Array, customers: Float64Array, purchases: Float64Array) {
  const all = purchases.reduce((sum, count) => sum + count, 0);
  let room = customers.reduce((sum, count) => sum + count, 0) / 10;
  if (all === 0 || forecast[order[0] as number] === forecast[order.at(-1) as number]) return null;
  let made = 0;
  for (let end = order.length - 1; end >= 0 && room > 0; ) {
    let [start, tied, bought] = [end, 0, 0];
    for (; start >= 0 && forecast[order[start] as number] === forecast[order[end] as number]; start--) {
      tied += customers[order[start] as number] as number;
      bought += purchases[order[start] as number] as number;
    }
    made += bought * Math.min(1, room / tied);
    room -= tied;
    end = start;
  }
  return made / all;
}

/** Sums over customers of what the errors are made of; y is what came, m the forecast. */
function sumErrors({ patterns, firstCount, later, having }: CutPatterns, forecast: Float64Array) {
  const sums = { n: 0, y: 0, m: 0, yy: 0, mm: 0, ym: 0, absolute: 0, deviance: 0 };
  for (let pattern = 0; pattern < patterns.x.length; pattern++) {
    const m = forecast[pattern] as number;
    const floored = Math.max(m, LEAST);
    for (let at = firstCount[pattern] as number; at < (firstCount[pattern + 1] as number); at++) {
      const y = later[at] as number;
      const n = having[at] as number;
      sums.n += n;
      sums.y += n * y;
      sums.m += n * m;
      sums.yy += n * y * y;
      sums.mm += n * m * m;
      sums.ym += n * y * m;
      sums.absolute += n * Math.abs(y - m);
      sums.deviance += 2 * n * ((y > 0 ? y * Math.log(y / floored) : 0) - (y - floored));
    }
  }
  return sums;
}

/**
 * The scores of a forecast, one expected number of purchase days per pattern. The patterns hold at least one customer.
 * Bias is Σ forecast ÷ Σ actual − 1; deviance as in Poisson regression (McCullagh & Nelder 1989), a mean over customers.
 * Example: forecasts .5 and 1 for two customers who bought 0 and 2 → MAE .75, RMSE .7906, bias −.25, AUC 1.
 */
export function scoreForecast(cut: CutPatterns, forecast: Float64Array): HoldoutScores {
  const { n, y, m, yy, mm, ym, absolute, deviance } = sumErrors(cut, forecast);
  const { customers } = cut.patterns;
  const { purchases, buyers } = sumLater(cut);
  const order = Uint32Array.from(forecast.keys()).sort((a, b) => (forecast[a] as number) - (forecast[b] as number));
  const spread = (n * yy - y * y) * (n * mm - m * m);
  const auc = measureRank(order, forecast, customers, buyers);
  const equal = order.length > 0 && forecast[order[0] as number] === forecast[order.at(-1) as number];
  return {
    mae: absolute / n,
    rmse: Math.sqrt((yy - 2 * ym + mm) / n),
    correlation: equal || spread <= 0 ? null : (n * ym - y * m) / Math.sqrt(spread),
    bias: y === 0 ? null : m / y - 1,
    poissonDeviance: deviance / n,
    auc,
    topDecileShare: shareOfTopTenth(order, forecast, customers, purchases),
  };
}
