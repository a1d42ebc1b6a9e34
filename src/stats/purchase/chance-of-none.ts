/**
 * How likely a customer is to buy nothing in the weeks after the end of observation, under any of the models.
 * How many purchases to expect is for the models' own `expected`.
 */
import type { Parameters, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

/**
 * P(no purchase in the next `weeks`), by pattern, 0 … 1.
 * Method: a history and then nothing is the history seen for longer, so the chance is the likelihood of (x, t_x, T + weeks)
 * over that of (x, t_x, T). By Bayes' rule, from the likelihoods alone; no distribution of counts is needed.
 * @example NBD, r = 1, alpha = 10, no repeat in 10 weeks, 20 weeks ahead // (20 / 40) ^ 1 = .5
 */
export function chanceOfNone(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
  weeks: number,
): Float64Array {
  const now = model.logLikelihoods(parameters, patterns);
  const later = model.logLikelihoods(parameters, { ...patterns, age: patterns.age.map((age) => age + weeks) });
  return later.map((logLikelihood, at) => Math.min(1, Math.exp(logLikelihood - (now[at] as number))));
}
