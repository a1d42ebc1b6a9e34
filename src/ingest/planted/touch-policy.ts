/**
 * Which touch comes next: the policy of one customer in one journey, to draw from and to ask for probabilities.
 * It knows nothing of outcomes.
 */
import type { Random } from "../demo/random.ts";
import { LATE_STEP, type PlantedWorld } from "./planted-world.ts";
import { PLANTED_EFFECTS } from "./scenario.ts";

/** What a customer is, seen and unseen. */
export interface PlantedPerson {
  /** Standard normal, in nobody's log. */
  readonly intent: number;
  readonly activity: number;
  readonly segment: number;
}

/** After a moment, one of its followers comes with this probability. */
const FOLLOWS = 0.5;

/** Factor on touches of those who ordered before, by their orders, and on those of newcomers. */
const LOYAL = [0.5, 1.6, 2.2, 2.6] as const;
const NEWCOMER = [1.3, 0.4] as const;

function loyalty(loyal: 1 | 0 | -1, pastOrders: number): number {
  if (loyal === 0) return 1;
  const factors = loyal === 1 ? LOYAL : NEWCOMER;
  return factors[Math.min(pastOrders, factors.length - 1)] ?? 1;
}

/** The journey so far, as far as the next touch depends on it. */
export interface PlantedState {
  step: number;
  last: number;
  /** Bit k: planted moment k has happened; each happens once a journey. */
  seen: number;
}

export class TouchPolicy {
  readonly #world: PlantedWorld;
  readonly #weights: Float64Array;
  /** Cumulative weights of early and of late steps. */
  readonly #early: Float64Array;
  readonly #late: Float64Array;

  constructor(world: PlantedWorld, person: PlantedPerson, pastOrders: number) {
    this.#world = world;
    const { touches } = world;
    this.#weights = new Float64Array(touches.length);
    this.#early = new Float64Array(touches.length);
    this.#late = new Float64Array(touches.length);
    let early = 0;
    let late = 0;
    for (const [at, touch] of touches.entries()) {
      const pull = touch.intent * person.intent + touch.activity * person.activity;
      // Over all customers the factor is 1 on average.
      const drawn = Math.exp(pull - (touch.intent ** 2 + touch.activity ** 2) / 2);
      const weight = touch.weight * drawn * (touch.segments[person.segment] ?? 1) * loyalty(touch.loyal, pastOrders);
      this.#weights[at] = weight;
      if (touch.fromStep === 0) early += weight;
      late += weight;
      this.#early[at] = early;
      this.#late[at] = late;
    }
  }

  #cumulative(step: number): Float64Array {
    return step < LATE_STEP ? this.#early : this.#late;
  }

  /** The touch at `share` of the cumulative weights. */
  #find(cumulative: Float64Array, share: number): number {
    const wanted = share * (cumulative.at(-1) ?? 0);
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The next touch by two numbers in [0, 1): equal numbers in equal states give equal touches. */
  draw(state: PlantedState, first: number, second: number): number {
    const followers = this.#world.followers[state.last] ?? [];
    if (followers.length > 0 && first < FOLLOWS)
      return followers[Math.floor((first / FOLLOWS) * followers.length)] ?? state.last;
    const cumulative = this.#cumulative(state.step);
    let share = second;
    for (;;) {
      const touch = this.#find(cumulative, share);
      if (touch >= PLANTED_EFFECTS.length || !((state.seen >> touch) & 1)) return touch;
      // Another place on the same scale, by the same luck.
      share = (share * 7919 + 0.377) % 1;
    }
  }

  /** Draws until another touch than `touch` comes. */
  drawOther(state: PlantedState, touch: number, random: Random): number {
    for (;;) {
      const other = this.draw(state, random.next(), random.next());
      if (other !== touch) return other;
    }
  }

  /** Probability that `touch` comes next. */
  probability(state: PlantedState, touch: number): number {
    const followers = this.#world.followers[state.last] ?? [];
    let total = this.#cumulative(state.step).at(-1) ?? 0;
    for (let at = 0; state.seen >> at > 0; at++) if ((state.seen >> at) & 1) total -= this.#weights[at] ?? 0;
    const drawn = (this.#weights[touch] ?? 0) / total;
    if (followers.length === 0) return drawn;
    return (1 - FOLLOWS) * drawn + (followers.includes(touch) ? FOLLOWS / followers.length : 0);
  }
}
