/**
 * One journey of a planted world: which touches it has and whether it ends in an order; and the truth, added up on the way.
 * Times, channels and the customer's earlier journeys are in simulate-planted.ts.
 */
import { drawPoisson } from "../demo/distributions.ts";
import type { Random } from "../demo/random.ts";
import type { PlantedWorld } from "./planted-world.ts";
import { PLANTED_EFFECTS } from "./scenario.ts";
import { type PlantedPerson, type PlantedState, TouchPolicy } from "./touch-policy.ts";

export interface DrawnJourney {
  readonly touchpoints: readonly string[];
  readonly ordered: boolean;
}

/** Where the journeys of an average customer without any moment would stand. */
const BASE = 0.165;
const INTENT = 0.06;
const ACTIVITY = 0.02;
/** For each step beyond the usual eight. */
const LENGTH = 0.008;
const USUAL_LENGTH = 8;
const LOYALTY = 0.04;
const PASSES_CHECKOUT = 0.985;

/** Everything that decides a journey but its touches. */
interface Setting {
  readonly policy: TouchPolicy;
  /** Probability of the order before any moment. */
  readonly start: number;
  readonly length: number;
  /** Two numbers a step: a replayed journey has the same luck. */
  readonly luck: Float64Array;
}

const clip = (probability: number) => Math.min(0.95, Math.max(0.01, probability));

export class JourneyChance {
  readonly #world: PlantedWorld;
  readonly #entry: readonly string[];
  readonly #checkout: readonly string[];
  readonly #worth: Float64Array;
  readonly #weight: Float64Array;
  readonly #occasions: Float64Array;

  constructor(world: PlantedWorld) {
    this.#world = world;
    const at = (wanted: "entry" | "checkout") =>
      world.touches.flatMap(({ place, name }) => (place === wanted ? [name] : []));
    this.#entry = at("entry");
    this.#checkout = at("checkout");
    this.#worth = new Float64Array(world.touches.length);
    this.#weight = new Float64Array(world.touches.length);
    this.#occasions = new Float64Array(world.touches.length);
  }

  occasions(touch: number): number {
    return this.#occasions[touch] ?? 0;
  }

  /** The true effect of a touch over the journeys drawn so far. */
  worth(touch: number): { readonly effect: number | null; readonly occasions: number } {
    const weight = this.#weight[touch] ?? 0;
    return { effect: weight > 0 ? (this.#worth[touch] ?? 0) / weight : null, occasions: this.occasions(touch) };
  }

  drawJourney(person: PlantedPerson, pastOrders: number, random: Random): DrawnJourney {
    const setting = this.#open(person, pastOrders, random);
    const { touches, probability } = this.#play(setting);
    this.#weigh(setting, touches, probability, random);
    const ordered = random.next() < probability;
    const names = touches.map((touch) => this.#world.touches[touch]?.name ?? "");
    const checkout = ordered || random.next() < this.#world.scenario.abandons ? this.#checkout : [];
    const passed = checkout.filter(() => random.next() < PASSES_CHECKOUT);
    return { touchpoints: [...this.#entry, ...names, ...passed], ordered };
  }

  #open(person: PlantedPerson, pastOrders: number, random: Random): Setting {
    const length = Math.min(13, 4 + drawPoisson(random, 3.6 * Math.exp(0.2 * person.activity)));
    const luck = new Float64Array(2 * length);
    for (let at = 0; at < luck.length; at++) luck[at] = random.next();
    const start =
      BASE +
      INTENT * person.intent +
      ACTIVITY * person.activity +
      (this.#world.scenario.segments[person.segment] ?? 0) +
      LENGTH * (length - USUAL_LENGTH) +
      LOYALTY * Math.min(pastOrders, 2);
    return { policy: new TouchPolicy(this.#world, person, pastOrders), start, length, luck };
  }

  /** A journey from the beginning, or with `instead` at the step of `from`. */
  #play({ policy, start, length, luck }: Setting, from?: PlantedState, before = 0, instead = -1) {
    const state = from ? { ...from } : { step: 0, last: -1, seen: 0 };
    const touches: number[] = [];
    let gained = before;
    while (state.step < length) {
      const { step } = state;
      const touch = step === from?.step ? instead : policy.draw(state, luck[2 * step] ?? 0, luck[2 * step + 1] ?? 0);
      touches.push(touch);
      gained += this.#world.touches[touch]?.planted ?? 0;
      advance(state, touch);
    }
    return { touches, probability: clip(start + gained) };
  }

  /** For every touch: the journey as it went, against the same one with another touch in its place. */
  #weigh(setting: Setting, touches: readonly number[], probability: number, random: Random): void {
    const state = { step: 0, last: -1, seen: 0 };
    let gained = 0;
    for (const touch of touches) {
      const other = setting.policy.drawOther(state, touch, random);
      const weight = 1 - setting.policy.probability(state, touch);
      const replayed = this.#play(setting, state, gained, other);
      this.#worth[touch] = (this.#worth[touch] ?? 0) + weight * (probability - replayed.probability);
      this.#weight[touch] = (this.#weight[touch] ?? 0) + weight;
      this.#occasions[touch] = this.occasions(touch) + 1;
      gained += this.#world.touches[touch]?.planted ?? 0;
      advance(state, touch);
    }
  }
}

function advance(state: PlantedState, touch: number): void {
  state.step += 1;
  state.last = touch;
  if (touch < PLANTED_EFFECTS.length) state.seen |= 1 << touch;
}
