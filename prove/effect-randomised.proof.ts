/**
 * Proves the intervals of randomised designs on simulated shops: 10,000 experiments of 28 days without an effect and 10,000 with
 * a known one; shares and skewed spend with many zeros, plain, with CUPED, and as a ratio. `--sample`: 200 of each.
 * It prints a table and fails when a verdict is wrong too often, with one look or with 28, or an interval covers too rarely.
 */
import { openRandom, type Random } from "../src/ingest/demo/random.ts";
import { estimateAlwaysValid } from "../src/stats/always-valid.ts";
import { type ArmMoments, MomentCollector, meanOfArm, shareOfArm, type UnitColumn } from "../src/stats/arm-moments.ts";
import { adjustForBefore } from "../src/stats/cuped.ts";
import { judgeEffect } from "../src/stats/effect-verdict.ts";
import { isNoAnswer, type NoAnswer } from "../src/stats/no-answer.ts";
import { normalQuantile } from "../src/stats/quantile.ts";
import { ratioOfArm } from "../src/stats/ratio-metric.ts";
import { checkSampleRatio } from "../src/stats/sample-ratio.ts";
import { estimateShareEffect } from "../src/stats/share-effect.ts";
import { type ArmPair, type Effect, type EffectScale, estimateEffect, liftOf } from "../src/stats/welch-effect.ts";

const sample = process.argv.includes("--sample");
const EXPERIMENTS = sample ? 200 : 10_000;
const DAYS = 28;
const UNITS_PER_DAY = 200;
const SCALES: readonly EffectScale[] = ["absolute", "relative"];
/** What the change does where it does something: buyers become this many times as many. */
const LIFT = 1.2;

/** A fifth are loyal and buy often, before and now; the size of what they buy is theirs too. */
const LOYAL = 0.2;
const BUYS = { loyal: 0.55, other: 0.02 };
const BUYERS = LOYAL * BUYS.loyal + (1 - LOYAL) * BUYS.other;
/** ln of an order: 3 + .6 × the customer's size + .8 × chance, so its mean is e^3.5 and its skewness 6. */
const ORDER = { level: 3, own: 0.6, chance: 0.8 };
const MEAN_ORDER = Math.exp(ORDER.level + (ORDER.own ** 2 + ORDER.chance ** 2) / 2);
/** Visits per unit, at least one: the denominator of spend per visit. */
const MOST_VISITS = 5;

interface Arm {
  readonly bought: MomentCollector;
  readonly spent: MomentCollector;
  n: number;
}

const BOUGHT: readonly UnitColumn[] = ["value", "before"];
const SPENT: readonly UnitColumn[] = ["value", "denominator", "before", "beforeDenominator"];

const openArm = (): Arm => ({ bought: new MomentCollector(BOUGHT), spent: new MomentCollector(SPENT), n: 0 });

function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** One customer: visits, orders and spend before and during the experiment. */
function addUnit({ bought, spent }: Arm, random: Random, lift: number): void {
  const chance = random.next() < LOYAL ? BUYS.loyal : BUYS.other;
  const [now, before] = [random.next() < chance * lift, random.next() < chance];
  const size = now || before ? drawNormal(random) : 0;
  const order = () => Math.exp(ORDER.level + ORDER.own * size + ORDER.chance * drawNormal(random));
  const visits = () => 1 + Math.floor(random.next() * MOST_VISITS);
  bought.add([Number(now), Number(before)]);
  spent.add([now ? order() : 0, visits(), before ? order() : 0, visits()]);
}

interface Kpi {
  readonly name: string;
  /** The effect that the change has, absolute. */
  readonly truth: number;
  pair(arms: readonly [Arm, Arm]): ArmPair | NoAnswer;
}

const momentsOf = (arms: readonly [Arm, Arm], kind: "bought" | "spent"): [ArmMoments, ArmMoments] => [
  arms[0][kind].moments(),
  arms[1][kind].moments(),
];

/** The moments of some columns only. */
function pick(arm: ArmMoments, wanted: readonly UnitColumn[]): ArmMoments {
  const at = wanted.map((column) => arm.columns.indexOf(column));
  const means = Float64Array.from(at, (index) => arm.means[index] ?? 0);
  const products = at.flatMap((a) => at.map((b) => arm.products[a * arm.columns.length + b] ?? 0));
  return { n: arm.n, columns: wanted, means, products: Float64Array.from(products) };
}

function pairOf<T extends object>(
  control: T | NoAnswer,
  treatment: T | NoAnswer,
  make: (a: T, b: T) => ArmPair,
): ArmPair | NoAnswer {
  if (isNoAnswer(control)) return control;
  return isNoAnswer(treatment) ? treatment : make(control, treatment);
}

const SPEND_EFFECT = BUYERS * (LIFT - 1) * MEAN_ORDER;
const KPIS: readonly Kpi[] = [
  {
    name: "share of buyers",
    truth: BUYERS * (LIFT - 1),
    pair: (arms) => {
      const [control, treatment] = momentsOf(arms, "bought").map((arm) =>
        shareOfArm(Math.round((arm.means[0] ?? 0) * arm.n), arm.n),
      );
      return { control: control ?? shareOfArm(0, 0), treatment: treatment ?? shareOfArm(0, 0) };
    },
  },
  { name: "share, CUPED", truth: BUYERS * (LIFT - 1), pair: (arms) => adjustForBefore(...momentsOf(arms, "bought")) },
  {
    name: "spend",
    truth: SPEND_EFFECT,
    pair: (arms) => {
      const [control, treatment] = momentsOf(arms, "spent");
      return { control: meanOfArm(control), treatment: meanOfArm(treatment) };
    },
  },
  {
    name: "spend, CUPED",
    truth: SPEND_EFFECT,
    pair: (arms) => {
      const [control, treatment] = momentsOf(arms, "spent");
      return adjustForBefore(pick(control, ["value", "before"]), pick(treatment, ["value", "before"]));
    },
  },
  {
    name: "spend per visit",
    truth: SPEND_EFFECT / ((1 + MOST_VISITS) / 2),
    pair: (arms) => {
      const [control, treatment] = momentsOf(arms, "spent");
      return pairOf(ratioOfArm(control), ratioOfArm(treatment), (a, b) => ({ control: a, treatment: b }));
    },
  },
  {
    name: "spend per visit, CUPED",
    truth: SPEND_EFFECT / ((1 + MOST_VISITS) / 2),
    pair: (arms) => adjustForBefore(...momentsOf(arms, "spent")),
  },
];

/** Of one KPI on one scale: in how many experiments it happened. */
interface Tally {
  /** Better or worse, at the end. */
  claimed: number;
  /** Better or worse under the always-valid interval on any of the days. */
  peeked: number;
  /** |z| > 1.96 on any of the days: what peeking costs without it. */
  naive: number;
  covered: number;
  /** The always-valid interval held the truth on every day. */
  heldAlways: number;
  width: number;
}

const newTally = (): Tally => ({ claimed: 0, peeked: 0, naive: 0, covered: 0, heldAlways: 0, width: 0 });

const claims = (effect: Effect | NoAnswer) => {
  if (isNoAnswer(effect)) return false;
  const verdict = judgeEffect(effect);
  return verdict === "better" || verdict === "worse";
};
const holds = (effect: Effect | NoAnswer, truth: number) =>
  isNoAnswer(effect) || (effect.low <= truth && truth <= effect.high);

/** What one experiment shows of one KPI on one scale. */
class Watch {
  #peeked = false;
  #naive = false;
  #held = true;
  readonly #truth: number;
  readonly #scale: EffectScale;

  constructor(truth: number, scale: EffectScale) {
    this.#truth = truth;
    this.#scale = scale;
  }

  look(pair: ArmPair | NoAnswer): void {
    if (isNoAnswer(pair)) return;
    const valid = estimateAlwaysValid(pair, this.#scale);
    if (claims(valid)) this.#peeked = true;
    if (!holds(valid, this.#truth)) this.#held = false;
    const lift = liftOf(pair, this.#scale);
    if (!isNoAnswer(lift) && Math.abs(lift.value / lift.standardError) > normalQuantile(0.975)) this.#naive = true;
  }

  close(tally: Tally, end: Effect | NoAnswer): void {
    tally.claimed += Number(claims(end));
    tally.peeked += Number(this.#peeked);
    tally.naive += Number(this.#naive);
    tally.covered += Number(!isNoAnswer(end) && holds(end, this.#truth));
    tally.heldAlways += Number(this.#held);
    tally.width += isNoAnswer(end) ? 0 : end.high - end.low;
  }
}

/** The interval at the end, by the method that suits the KPI: Agresti and Caffo's for the absolute effect of a plain share. */
function estimateAtEnd(kpi: Kpi, pair: ArmPair | NoAnswer, scale: EffectScale): Effect | NoAnswer {
  if (isNoAnswer(pair)) return pair;
  if (kpi !== KPIS[0] || scale === "relative") return estimateEffect(pair, scale);
  const count = (arm: "control" | "treatment") => ({ hits: pair[arm].mean * pair[arm].n, n: pair[arm].n });
  return estimateShareEffect(count("control"), count("treatment"));
}

interface World {
  readonly tallies: ReadonlyMap<string, Tally>;
  blocked: number;
}

const keyOf = (kpi: Kpi, scale: EffectScale) => `${kpi.name} | ${scale}`;
const truthOf = (kpi: Kpi, scale: EffectScale, lift: number) => {
  if (lift === 1) return 0;
  return scale === "relative" ? lift - 1 : kpi.truth;
};

function runExperiment(world: World, seed: number, lift: number): void {
  const random = openRandom("effect-randomised", seed, lift);
  const arms: readonly [Arm, Arm] = [openArm(), openArm()];
  const watches = new Map(
    KPIS.flatMap((kpi) =>
      SCALES.map((scale) => [keyOf(kpi, scale), new Watch(truthOf(kpi, scale, lift), scale)] as const),
    ),
  );
  for (let day = 0; day < DAYS; day++) {
    for (let unit = 0; unit < UNITS_PER_DAY; unit++) {
      const treated = random.next() < 0.5;
      const arm = arms[treated ? 1 : 0];
      arm.n++;
      addUnit(arm, random, treated ? lift : 1);
    }
    for (const kpi of KPIS) {
      const pair = kpi.pair(arms);
      for (const scale of SCALES) {
        watches.get(keyOf(kpi, scale))?.look(pair);
        const tally = world.tallies.get(keyOf(kpi, scale));
        if (day === DAYS - 1 && tally) watches.get(keyOf(kpi, scale))?.close(tally, estimateAtEnd(kpi, pair, scale));
      }
    }
  }
  const ratio = checkSampleRatio(arms.map(({ n }) => n));
  world.blocked += Number(!isNoAnswer(ratio) && !ratio.passed);
}

function runWorld(lift: number): World {
  const world: World = {
    tallies: new Map(KPIS.flatMap((kpi) => SCALES.map((scale) => [keyOf(kpi, scale), newTally()] as const))),
    blocked: 0,
  };
  for (let seed = 1; seed <= EXPERIMENTS; seed++) {
    runExperiment(world, seed, lift);
    if (seed % 50 === 0)
      process.stderr.write(`\r${lift === 1 ? "no effect" : "known effect"}: ${seed} of ${EXPERIMENTS} `);
  }
  process.stderr.write("\n");
  return world;
}

/** Chance alone moves a share of the sample's few experiments by this much; of the full run it has to be inside as it is. */
const slack = (share: number) => (sample ? 3.5 * Math.sqrt((share * (1 - share)) / EXPERIMENTS) : 0);
const LIMITS = {
  claimed: 0.055 + slack(0.05),
  cover: [0.94 - slack(0.95), 0.96 + slack(0.95)],
  blocked: 0.001 + 4 * Math.sqrt(0.001 / EXPERIMENTS),
} as const;

const percent = (count: number) => `${((100 * count) / EXPERIMENTS).toFixed(2)} %`;

function reportWorld(name: string, world: World, known: boolean): string[] {
  console.log(`\n${name}\n`);
  console.log(
    `| KPI | scale | ${known ? "seen" : "better or worse"} at the end | on any of ${DAYS} days, always-valid | on any day, plain z | 95 % covers | always-valid holds every day |`,
  );
  console.log("|---|---|---|---|---|---|---|");
  const missed: string[] = [];
  const check = (passed: boolean, what: string) => {
    if (!passed) missed.push(`${name}: ${what}`);
  };
  for (const [key, { claimed, peeked, naive, covered, heldAlways }] of world.tallies) {
    console.log(`| ${key} | ${[claimed, peeked, naive, covered, heldAlways].map(percent).join(" | ")} |`);
    const share = covered / EXPERIMENTS;
    check(share >= LIMITS.cover[0] && share <= LIMITS.cover[1], `${key} covers ${percent(covered)}, wanted 94–96 %`);
    check(1 - heldAlways / EXPERIMENTS <= LIMITS.claimed, `${key} leaves the truth out on some day in more than 5.5 %`);
    if (known) continue;
    check(claimed / EXPERIMENTS <= LIMITS.claimed, `${key} claims ${percent(claimed)} at the end, wanted ≤ 5.5 %`);
    check(
      peeked / EXPERIMENTS <= LIMITS.claimed,
      `${key} claims ${percent(peeked)} when looked at daily, wanted ≤ 5.5 %`,
    );
  }
  console.log(`\nsample ratio blocked ${percent(world.blocked)} of them at p < .001`);
  check(world.blocked / EXPERIMENTS <= LIMITS.blocked, `the sample ratio blocks ${percent(world.blocked)}`);
  return missed;
}

/** How much narrower CUPED makes the interval. */
function reportWidths({ tallies }: World): string[] {
  const missed: string[] = [];
  for (const kpi of KPIS.filter(({ name }) => name.endsWith(", CUPED"))) {
    const plain = KPIS[KPIS.indexOf(kpi) - 1];
    const width = (of: Kpi | undefined) => (of && tallies.get(keyOf(of, "absolute"))?.width) || Number.NaN;
    const ratio = width(kpi) / width(plain);
    console.log(`${kpi.name}: ${(100 * ratio).toFixed(1)} % of the width without`);
    if (!(ratio < 1)) missed.push(`${kpi.name} is not narrower than without`);
  }
  return missed;
}

const started = performance.now();
console.log(
  `${EXPERIMENTS} experiments each, ${DAYS} days of ${UNITS_PER_DAY} units, ${(100 * BUYERS).toFixed(0)} % buyers`,
);
const none = runWorld(1);
const missed = reportWorld("No effect (A/A)", none, false);
const known = runWorld(LIFT);
missed.push(...reportWorld(`Known effect: ${Math.round(100 * (LIFT - 1))} % more buyers`, known, true));
console.log("");
missed.push(...reportWidths(none));
for (const one of missed) console.log(`MISSED ${one}`);
console.log(`\n${missed.length === 0 ? "met" : "MISSED"} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = missed.length === 0 ? 0 : 1;
