/**
 * One journey of a friction world, step by step: the next touch, what goes wrong at it, how long until the next, who leaves.
 * It is played again with the same luck by friction-truth.ts; customers and their earlier journeys are in simulate-frictions.ts.
 */
import type { Random } from "../demo/random.ts";
import type { FrictionTouch, FrictionWorld, Lean, PlantedFlag } from "./friction-world.ts";

/** What is known of the customer when the journey begins. */
export interface FrictionCustomer {
  readonly segment: number;
  /** In nobody's log; moves orders alone. */
  readonly intent: number;
  readonly pastOrders: number;
  /** Levels of earlier events: none, 1–3, 4–10, 11–30, more. */
  readonly priorLevel: number;
}

/** The journey so far, as far as what follows depends on it. */
export interface FrictionState {
  step: number;
  length: number;
  /** Hours since the beginning. */
  time: number;
  /** A bit a touch: it happened; it happened twice; it happened and nothing of a later stage since. */
  seen: number;
  twice: number;
  open: number;
  /** When the last touch of each touchpoint was, by touch. */
  readonly at: Float64Array;
  gained: number;
  /** Probability of not having left until here. */
  stays: number;
}

/** Numbers of luck a step: touch, three flags in the touch, the gap's length, leaving, whatever decorates the event. */
const LUCK = 8;
const [TOUCH, FLAG, GAP, LEAVE, DECORATION] = [0, 1, 4, 5, 6];
const MOST_STEPS = 10;

const BASE = { planted: 0.36, null: 0.3 };
const BY_SEGMENT = [-0.08, -0.03, 0.03, 0.08] as const;
const BY_PAST = 0.03;
/** In the null world not even that changes with the calendar. */
const BY_PRIOR = { planted: 0.015, null: 0 };
const BY_INTENT = 0.06;
const USUAL_LEAVE = 0.05;
const CONTACT_HOURS = 7 * 24;
const MEAN_GAP_HOURS = 10;
const MOST_GAP_HOURS = 60;

const clip = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export class FrictionJourney {
  readonly world: FrictionWorld;
  readonly #customer: FrictionCustomer;
  readonly #luck: Float64Array;
  readonly #weights: Float64Array;
  readonly #again: Float64Array;
  /** The weights at one step. */
  readonly #now: Float64Array;
  readonly #start: number;
  readonly #length: number;

  constructor(world: FrictionWorld, customer: FrictionCustomer, length: number, random: Random) {
    this.world = world;
    this.#customer = customer;
    this.#length = length;
    this.#luck = Float64Array.from({ length: LUCK * MOST_STEPS }, () => random.next());
    this.#weights = Float64Array.from(
      world.touches,
      (touch) => touch.weight * clip(1 + this.#lean(touch.lean, 0), 0.2, 3),
    );
    this.#again = Float64Array.from(world.touches, ({ again, plain }) => (plain ? 1 : again));
    this.#now = new Float64Array(world.touches.length);
    const is = world.planted ? "planted" : "null";
    this.#start =
      BASE[is] +
      (BY_SEGMENT[customer.segment] ?? 0) +
      BY_PAST * Math.min(customer.pastOrders, 2) +
      BY_PRIOR[is] * customer.priorLevel +
      BY_INTENT * customer.intent;
  }

  begin(): FrictionState {
    const at = new Float64Array(this.world.touches.length);
    return { step: 0, length: this.#length, time: 0, seen: 0, twice: 0, open: 0, at, gained: 0, stays: 1 };
  }

  #lean({ segments, past, prior, trouble }: Lean, seen: number): number {
    const { segment, pastOrders, priorLevel } = this.#customer;
    const troubled = (seen & this.world.errors) === 0 ? 0 : trouble;
    return (segments[segment] ?? 0) + past * Math.min(pastOrders, 2) + prior * (priorLevel - 2) + troubled;
  }

  #touchOf(touch: number): FrictionTouch {
    const found = this.world.touches[touch];
    if (!found) throw new RangeError(`no touch ${touch}`);
    return found;
  }

  /** How readily each touch comes next: what happened is over, but for what may be done twice. Their sum. */
  #weigh({ seen, twice }: FrictionState, not: number): number {
    let total = 0;
    for (let touch = 0; touch < this.#weights.length; touch++) {
      const bit = 1 << touch;
      let weight = touch === not || twice & bit ? 0 : (this.#weights[touch] ?? 0);
      if (seen & bit) weight *= this.#again[touch] ?? 0;
      this.#now[touch] = weight;
      total += weight;
    }
    return total;
  }

  /** Probability that `touch` comes next. */
  chance(touch: number, state: FrictionState): number {
    const total = this.#weigh(state, -1);
    return (this.#now[touch] ?? 0) / total;
  }

  /** The next touch; with `not`, what would come in its place. */
  drawTouch(state: FrictionState, not = -1, share = this.#luck[LUCK * state.step + TOUCH] ?? 0): number {
    let left = share * this.#weigh(state, not);
    let last = -1;
    for (let touch = 0; touch < this.#now.length && left >= 0; touch++) {
      const weight = this.#now[touch] ?? 0;
      if (weight === 0) continue;
      last = touch;
      left -= weight;
    }
    return last;
  }

  /** Probability of each flag in turn, given those before it on the touch; 1 or 0 for those the past decides. */
  flagChance(flag: PlantedFlag, touch: number, state: FrictionState, before: boolean): number {
    if (flag.sign === "again") return (state.open >> touch) & 1;
    if (flag.sign === "contact") {
      const soon = (state.seen >> touch) & 1 && state.time - (state.at[touch] ?? 0) <= CONTACT_HOURS;
      if (!soon) return 0;
    }
    const onTop = before && flag.sign !== "contact" ? flag.onTop : 0;
    return clip(flag.share + this.#lean(flag.lean, state.seen) + onTop, 0.04, 0.85);
  }

  /** What goes wrong at a touch: a bit each, in the order of its flags. */
  drawFlags(touch: number, state: FrictionState): number {
    let [flags, place, before] = [0, 0, false];
    for (const flag of this.#touchOf(touch).flags) {
      const luck = this.#luck[LUCK * state.step + FLAG + place] ?? 0;
      before = luck < this.flagChance(flag, touch, state, before);
      if (before) flags |= 1 << place;
      place += 1;
    }
    return flags;
  }

  /** Hours until the next event: where waiting is a friction it is short or long, with nothing between. */
  #gap(touch: number, flags: number, step: number): number {
    const luck = this.#luck[LUCK * step + GAP] ?? 0;
    const waits = this.#touchOf(touch).flags.findIndex(({ sign }) => sign === "gap");
    if (waits < 0) return Math.min(MOST_GAP_HOURS, 0.05 - MEAN_GAP_HOURS * Math.log(1 - luck));
    return (flags >> waits) & 1 ? 72 + 48 * luck : 0.5 + 5.5 * luck;
  }

  leaveChance(touch: number): number {
    return USUAL_LEAVE + this.#touchOf(touch).leaves;
  }

  /** Whether the customer leaves after the touch of this step, and two numbers for how the event is told. */
  leaves(touch: number, step: number): boolean {
    return (this.#luck[LUCK * step + LEAVE] ?? 0) < this.leaveChance(touch);
  }

  decoration(step: number): readonly [number, number] {
    return [this.#luck[LUCK * step + DECORATION] ?? 0, this.#luck[LUCK * step + DECORATION + 1] ?? 0];
  }

  advance(state: FrictionState, touch: number, flags: number): void {
    const { effect, flags: plans, goesOn, plain } = this.#touchOf(touch);
    const bit = 1 << touch;
    state.gained += effect;
    for (let place = 0; place < plans.length; place++)
      if ((flags >> place) & 1) state.gained += plans[place]?.effect ?? 0;
    if (state.seen & bit && !plain) state.twice |= bit;
    state.open &= ~(this.world.earlier[touch] ?? 0);
    state.seen |= bit;
    state.open |= bit;
    state.at[touch] = state.time;
    state.time += this.#gap(touch, flags, state.step);
    state.stays *= 1 - this.leaveChance(touch);
    state.step += 1;
    if (goesOn) state.length = Math.max(state.length, state.step + 1);
  }

  /** Probability of the order at the end of a journey; of one that nothing happened in, at once. */
  order({ gained }: FrictionState): number {
    return clip(this.#start + gained, 0.02, 0.95);
  }
}
