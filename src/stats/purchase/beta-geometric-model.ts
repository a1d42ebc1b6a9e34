/**
 * BG/NBD and MBG/NBD as purchase models: where their search starts and what their boundaries mean.
 * Their formulas are in beta-geometric.ts and beta-geometric-forecast.ts.
 */
import {
  BETA_GEOMETRIC_NAMES,
  betaGeometricAlive,
  betaGeometricLogLikelihoods,
  type EarlyChances,
  openBetaGeometric,
  readBetaGeometric,
} from "./beta-geometric.ts";
import { countNewBetaGeometric, expectBetaGeometric, expectNewBetaGeometric } from "./beta-geometric-forecast.ts";
import type { PurchaseModel } from "./purchase-model.ts";
import { type SearchPlan, searchFit, type TypicalCustomer } from "./search-fit.ts";

/** Rates above the mean one, since some have left; nobody, few, several and many leave after a purchase. */
function listStarts({ rate }: TypicalCustomer): number[][] {
  const rates = [0.2, 0.6, 2].flatMap((r) => [1.2, 2.5, 6].map((more) => [r, r / (rate * more)]));
  const leaves = [
    [0.2, 4],
    [0.8, 2.5],
    [1, 1],
    [0.3, 0.3],
    [0.03, 0.03],
    [3, 30],
    [5, 10],
    [10, 0.5],
    [1e-3, 1e3],
    [30, 300],
  ];
  return rates.flatMap((pair) => leaves.map((leave) => [...pair, ...leave]));
}

/** Below this chance to leave, nobody does that the data could tell of. */
const NOBODY = 1e-3;

function nameBoundary(
  [r, , a, b]: readonly (-1 | 0 | 1)[],
  [, , first = 1, rest = 1]: readonly number[],
): string | null {
  const [ran, leaves] = [a !== 0 || b !== 0, first / (first + rest)];
  if (ran && leaves < NOBODY) return "Nobody leaves: this is an NBD.";
  if (ran && leaves > 1 - NOBODY) return "Everybody leaves at the first chance.";
  if (a === 1 || b === 1) return "All customers leave with the same chance: a and b have no upper end.";
  if (ran) return "Some customers leave at the first chance and the others never: a and b go to 0.";
  if (r === 1) return "All customers buy at the same rate: r and alpha have no upper end.";
  return r === -1 ? "Hardly anybody buys again: r goes to 0." : null;
}

/** @param early chances to leave before the first repeat: 0 is BG/NBD, 1 MBG/NBD */
export function openBetaGeometricModel(id: "bg-nbd" | "mbg-nbd", early: EarlyChances): PurchaseModel {
  const plan: SearchPlan = {
    model: id,
    names: BETA_GEOMETRIC_NAMES,
    times: ["alpha"],
    open: (patterns) => openBetaGeometric(patterns, early),
    starts: listStarts,
    nameBoundary,
  };
  const read = readBetaGeometric;
  return {
    id,
    names: BETA_GEOMETRIC_NAMES,
    fit: (patterns) => searchFit(plan, patterns),
    objective: plan.open,
    logLikelihoods: (parameters, patterns) => betaGeometricLogLikelihoods(read(parameters), early, patterns),
    alive: (parameters, patterns) => betaGeometricAlive(read(parameters), early, patterns),
    expected: (parameters, patterns, weeks) => expectBetaGeometric(read(parameters), early, patterns, weeks),
    expectedOfNew: (parameters, weeks) => expectNewBetaGeometric(read(parameters), early, weeks),
    countsOfNew: (parameters, weeks, most) => countNewBetaGeometric(read(parameters), early, weeks, most),
  };
}
