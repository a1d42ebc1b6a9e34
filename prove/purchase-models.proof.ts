/**
 * Proves the purchase models on simulated populations: how often their 95 % intervals hold, how many passes a fit takes, that
 * boundaries break nothing, and how long 23,570 and a million customers take. `--sample`: few populations, no million.
 */
import { MODELS } from "../src/stats/purchase/models.ts";
import { findProfileIntervals } from "../src/stats/purchase/profile-interval.ts";
import type {
  Parameters,
  PurchaseFit,
  PurchaseModel,
  PurchaseModelId,
  PurchasePatterns,
} from "../src/stats/purchase/purchase-model.ts";
import { type Buyer, type Draws, openDraws, simulatePopulation } from "./simulate-purchases.ts";

const sample = process.argv.includes("--sample");
const POPULATIONS = sample ? 3 : 100;
const MOST_PASSES = 30;
/** Three populations a model are too few to judge cover by: the sample shows that nothing is badly wrong. */
const COVER = sample ? { least: 0.6, most: 1 } : { least: 0.92, most: 0.98 };

const always = (buyer: Partial<Buyer> & Pick<Buyer, "gap">): Buyer => ({
  leaves: () => false,
  until: Number.POSITIVE_INFINITY,
  ...buyer,
});

/** Gaps of `k` ticks at the customer's own rate. Mean gaps are half a year: purchases of one day hardly ever fall together. */
function pace(draws: Draws, r: number, alpha: number, k = 1): () => number {
  const rate = draws.gamma(r) / alpha;
  return () => {
    let ticks = 0;
    for (let tick = 0; tick < k; tick++) ticks += draws.exponential();
    return ticks / rate;
  };
}

interface World {
  readonly truth: Parameters;
  readonly open: (draws: Draws) => Buyer;
}

function leaving(draws: Draws, gap: () => number, a: number, b: number, from: 0 | 1): Buyer {
  const chance = draws.beta(a, b);
  return always({ gap, leaves: (nth) => nth >= from && draws.uniform() < chance });
}

const WORLDS: Readonly<Record<PurchaseModelId, World>> = {
  nbd: { truth: { r: 1.2, alpha: 40 }, open: (draws) => always({ gap: pace(draws, 1.2, 40) }) },
  "bg-nbd": {
    truth: { r: 1.2, alpha: 40, a: 0.8, b: 2.4 },
    open: (draws) => leaving(draws, pace(draws, 1.2, 40), 0.8, 2.4, 1),
  },
  "mbg-nbd": {
    truth: { r: 1.2, alpha: 40, a: 0.8, b: 2.4 },
    open: (draws) => leaving(draws, pace(draws, 1.2, 40), 0.8, 2.4, 0),
  },
  "pareto-nbd": {
    truth: { r: 1.2, alpha: 40, s: 0.8, beta: 60 },
    open: (draws) => {
      const gap = pace(draws, 1.2, 40);
      return always({ gap, until: draws.exponential() / (draws.gamma(0.8) / 60) });
    },
  },
  "cnbd-k": {
    truth: { k: 2, r: 1.2, alpha: 20, a: 0.8, b: 2.4 },
    open: (draws) => leaving(draws, pace(draws, 1.2, 20, 2), 0.8, 2.4, 0),
  },
};

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** What of a fit and its forecasts is not a sound number; empty when all is well. */
function findFaults(model: PurchaseModel, patterns: PurchasePatterns, fit: PurchaseFit): string[] {
  const { parameters, standardErrors, logLikelihood, passes } = fit;
  const alive = model.alive(parameters, patterns);
  const expected = model.expected(parameters, patterns, 39);
  const chances = model.countsOfNew(parameters, 39, 50);
  const intervals = Object.values(findProfileIntervals(model, patterns, fit));
  const sound: readonly [string, boolean][] = [
    ["parameters", Object.values(parameters).every((value) => Number.isFinite(value) && value > 0)],
    ["errors", Object.values(standardErrors).every((error) => error === null || Number.isFinite(error))],
    ["log-likelihood", Number.isFinite(logLikelihood)],
    ["each log-likelihood", model.logLikelihoods(parameters, patterns).every(Number.isFinite)],
    [`passes: ${passes}`, passes <= MOST_PASSES],
    ["alive", alive.every((share) => share >= 0 && share <= 1 + 1e-9)],
    ["expected", expected.every((count) => Number.isFinite(count) && count >= -1e-9)],
    ["expected of new", model.expectedOfNew(parameters, 39) >= 0],
    ["chances", chances.every((chance) => chance >= -1e-12) && sumOf(chances) <= 1 + 1e-6],
    ["intervals", intervals.length > 0 && intervals.every(({ low, high }) => low <= high)],
  ];
  return sound.filter(([, holds]) => !holds).map(([name]) => name);
}

interface Score {
  held: number;
  bounds: number;
  most: number;
  passes: number;
  patterns: number;
  ends: number;
  faults: string[];
}

function scorePopulation(model: PurchaseModel, seed: number, score: Score): void {
  const { truth, open } = WORLDS[model.id];
  const patterns = simulatePopulation(2000 + (seed % 11) * 100, openDraws(seed), open);
  const fit = model.fit(patterns);
  const intervals = findProfileIntervals(model, patterns, fit);
  score.patterns += patterns.x.length;
  score.passes += fit.passes;
  score.most = Math.max(score.most, fit.passes);
  score.faults.push(...findFaults(model, patterns, fit).map((fault) => `${fault} (population ${seed})`));
  if (fit.boundary !== null) score.ends++;
  for (const name of model.names) {
    const { low, high } = intervals[name] ?? { low: Number.NaN, high: Number.NaN };
    const value = truth[name] ?? Number.NaN;
    score.bounds++;
    // An interval without an end covers all that lies beyond; one of the wrong regularity covers nothing.
    if (low <= value && value <= high && (truth.k ?? 1) === (fit.parameters.k ?? 1)) score.held++;
  }
}

function proveCover(model: PurchaseModel): boolean {
  const score: Score = { held: 0, bounds: 0, most: 0, passes: 0, patterns: 0, ends: 0, faults: [] };
  const started = performance.now();
  for (let seed = 1; seed <= POPULATIONS; seed++) scorePopulation(model, seed, score);
  const cover = score.held / score.bounds;
  const mean = (sum: number) => Math.round(sum / POPULATIONS);
  const cells = [mean(score.patterns), mean(score.passes), score.most, score.ends, `${(cover * 100).toFixed(1)} %`];
  console.log(
    `| ${[model.id, POPULATIONS, ...cells, `${((performance.now() - started) / 1000).toFixed(1)} s`].join(" | ")} |`,
  );
  for (const fault of score.faults) console.log(`MISSED ${model.id}: ${fault}`);
  return score.faults.length === 0 && cover >= COVER.least && cover <= COVER.most;
}

const steady = (rate: number) => (draws: Draws) => always({ gap: () => draws.exponential() / rate });

/** Populations at the ends of what can be; of each, how many customers and the day after which nobody new comes. */
const EDGES: readonly (readonly [string, number, number, (draws: Draws, at: number) => Buyer])[] = [
  ["nobody leaves", 2000, 0, (draws) => always({ gap: pace(draws, 1.2, 40) })],
  [
    "everybody leaves at the first repeat",
    2000,
    0,
    (draws) => always({ gap: pace(draws, 1.2, 10), leaves: (n) => n > 0 }),
  ],
  ["nearly everybody leaves at once", 2000, 0, (draws) => leaving(draws, pace(draws, 1.2, 10), 50, 1, 0)],
  ["half leave at once, half never", 2000, 0, (draws) => leaving(draws, pace(draws, 1.2, 40), 0.01, 0.01, 0)],
  ["one chance to leave for all", 2000, 0, (draws) => leaving(draws, pace(draws, 1.2, 40), 2e4, 8e4, 1)],
  ["identical rates, nobody leaves", 2000, 0, steady(0.05)],
  ["identical rates, one chance to leave", 2000, 0, (draws) => leaving(draws, steady(0.05)(draws).gap, 2e4, 8e4, 1)],
  [
    "one rate, one lifetime distribution",
    2000,
    0,
    (draws) => ({ ...steady(0.05)(draws), until: 40 * draws.exponential() }),
  ],
  ["all leave after half a year", 2000, 0, (draws) => ({ ...steady(0.1)(draws), until: 26 })],
  ["one repeat only", 500, 0, (_, at) => always({ gap: () => 5, leaves: (n) => at > 0 || n > 0 })],
  ["two customers", 2, 1000, steady(0.1)],
  ["one customer", 1, 1000, steady(0.1)],
  ["huge counts: every day", 300, 0, steady(20)],
  ["huge counts and none", 1000, 0, (draws) => always({ gap: pace(draws, 0.02, 0.02) })],
  ["to the day, every 30 days", 500, 0, () => always({ gap: () => 30 / 7 })],
  ["all on one day", 1000, 1095, (draws) => always({ gap: pace(draws, 1.2, 40) })],
  ["heavy tail", 3000, 0, (draws) => leaving(draws, pace(draws, 0.05, 1), 0.1, 0.1, 0)],
];

function proveEdges(): boolean {
  console.log("\n| boundary | model | passes | log-likelihood | named |");
  console.log("|---|---|---|---|---|");
  let missed = 0;
  for (const [name, customers, last, open] of EDGES) {
    let at = 0;
    const patterns = simulatePopulation(customers, openDraws(5), (draws) => open(draws, at++), last);
    for (const model of MODELS) {
      const fit = model.fit(patterns);
      const faults = findFaults(model, patterns, fit);
      console.log(`| ${[name, model.id, fit.passes, fit.logLikelihood.toFixed(3), fit.boundary ?? "–"].join(" | ")} |`);
      for (const fault of faults) console.log(`MISSED ${name}, ${model.id}: ${fault}`);
      missed += faults.length;
    }
  }
  return missed === 0;
}

/** Seconds of processor time a fit may take, by customers: other work on the machine does not count. */
const CLOCK: readonly (readonly [number, Readonly<Partial<Record<PurchaseModelId, number>>>])[] = [
  [23_570, { "bg-nbd": 0.3, "pareto-nbd": 1.2 }],
  ...(sample ? [] : [[1_000_000, { "bg-nbd": 5, "pareto-nbd": 15 }] as const]),
];

function proveClock(): boolean {
  let met = true;
  for (const [customers, limits] of CLOCK) {
    const patterns = simulatePopulation(customers, openDraws(3), WORLDS["bg-nbd"].open);
    console.log(`\n${customers} customers, ${patterns.x.length} patterns`);
    for (const model of MODELS) {
      const before = process.cpuUsage();
      const { passes } = model.fit(patterns);
      const seconds = process.cpuUsage(before).user / 1e6;
      const limit = limits[model.id] ?? Number.POSITIVE_INFINITY;
      if (seconds > limit) met = false;
      console.log(`${seconds > limit ? "MISSED " : ""}${model.id}: ${passes} passes, ${seconds.toFixed(3)} s`);
    }
  }
  return met;
}

console.log("| model | populations | patterns | passes | most passes | at a boundary | 95 % intervals hold | time |");
console.log("|---|---|---|---|---|---|---|---|");
const results = [...MODELS.map(proveCover), proveEdges(), proveClock()];
if (!results.every(Boolean)) throw new Error("A mark was missed: see above.");
