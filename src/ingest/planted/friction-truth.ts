/**
 * What each planted friction truly does: every time it may happen, the journey is played again with it the other way round.
 * The rest has the same luck; nothing is fitted, and nothing is read from the events.
 */
import type { FrictionKind } from "../../domain/friction.ts";
import type { Random } from "../demo/random.ts";
import type { FrictionJourney, FrictionState } from "./friction-journey.ts";
import type { FrictionTouch, FrictionWorld } from "./friction-world.ts";

export interface FrictionTruth {
  readonly kind: FrictionKind;
  readonly touchpoint: string;
  /** `late`, `score`, `failed`; null where no property tells it. */
  readonly property: string | null;
  /** Whether anything was put in; else what there is comes from the others. */
  readonly planted: boolean;
  /** Change of the probability of the order; of drop-offs, of leaving right there. */
  readonly effect: number;
  readonly occasions: number;
}

/** Weighted mean in the making. */
interface Sum {
  total: number;
  weight: number;
  occasions: number;
}

/** A step of a journey, as it went. */
export interface PlayedStep {
  /** Before the step. */
  readonly state: FrictionState;
  readonly touch: number;
  readonly flags: number;
}

const WAITING_STAGES = [4, 5];

export class FrictionTruths {
  readonly #world: FrictionWorld;
  readonly #presence: Sum[];
  readonly #exits: Sum[];
  readonly #flags: Sum[][];

  constructor(world: FrictionWorld) {
    const none = (): Sum => ({ total: 0, weight: 0, occasions: 0 });
    this.#world = world;
    this.#presence = world.touches.map(none);
    this.#exits = world.touches.map(none);
    this.#flags = world.touches.map(({ flags }) => flags.map(none));
  }

  /**
   * What the last step, and all that goes wrong at it, is worth where it stands.
   * @param steps from the beginning of the journey
   */
  weigh(journey: FrictionJourney, steps: readonly PlayedStep[], random: Random): void {
    const step = steps.at(-1);
    if (!step) return;
    const { state, touch, flags } = step;
    const own = follow(journey, state, touch, flags);
    this.#weighFlags(journey, steps, step, own.order, random);
    const others = 1 - journey.chance(touch, state);
    const other = journey.drawTouch(state, touch, random.next());
    if (other < 0) return;
    const instead = follow(journey, state, other, journey.drawFlags(other, state));
    add(this.#presence[touch], others, own.order - instead.order);
    add(this.#exits[touch], others, own.exit - instead.exit);
  }

  #weighFlags(
    journey: FrictionJourney,
    steps: readonly PlayedStep[],
    { state, touch, flags }: PlayedStep,
    order: number,
    random: Random,
  ): void {
    const plans = this.#world.touches[touch]?.flags ?? [];
    for (const [place, { sign }] of plans.entries()) {
      const bit = 1 << place;
      const sum = this.#flags[touch]?.[place];
      if (sign === "again") {
        // Only what else is the same can be told apart from it: of a repeated matter the repetition is a part.
        const alone = (flags & bit) !== 0 && !plans.some((plan, at) => plan.sign === "contact" && (flags >> at) & 1);
        const once = alone ? followOnce(journey, steps, bit, random) : null;
        if (once !== null) add(sum, 1, order - once);
        continue;
      }
      const [less, more] = [flags & ~bit, flags | bit].map((all) => vectorChance(journey, state, touch, all));
      const chance = (more ?? 0) / ((less ?? 0) + (more ?? 0));
      if (chance === 0) continue;
      const flipped = follow(journey, state, touch, flags ^ bit).order;
      add(sum, chance * (1 - chance), flags & bit ? order - flipped : flipped - order);
    }
  }

  list(): FrictionTruth[] {
    return this.#world.touches.flatMap((touch, at) => [
      describe(touch, "drop-off", null, touch.leaves !== 0, this.#exits[at]),
      ...(touch.error ? [describe(touch, "error-event", null, touch.effect !== 0, this.#presence[at])] : []),
      ...touch.flags.map(({ kind, property, effect }, place) =>
        describe(touch, kind, property, effect !== 0, this.#flags[at]?.[place]),
      ),
      ...(waitsByChance(touch) ? [describe(touch, "wait", null, false, undefined)] : []),
    ]);
  }
}

/** Where a long gap is looked at although it does nothing at all. */
function waitsByChance({ stage, flags }: FrictionTouch): boolean {
  return WAITING_STAGES.includes(stage) && !flags.some(({ sign }) => sign === "gap");
}

function add(to: Sum | undefined, weight: number, difference: number): void {
  if (!to) return;
  to.total += weight * difference;
  to.weight += weight;
  to.occasions += 1;
}

function describe(
  { name }: FrictionTouch,
  kind: FrictionKind,
  property: string | null,
  planted: boolean,
  { total, weight, occasions }: Sum = { total: 0, weight: 0, occasions: 0 },
): FrictionTruth {
  return { kind, touchpoint: name, property, planted, effect: weight > 0 ? total / weight : 0, occasions };
}

/** Probability of all flags of a touch together. */
function vectorChance(journey: FrictionJourney, state: FrictionState, touch: number, flags: number): number {
  let [chance, before] = [1, false];
  for (const [place, plan] of (journey.world.touches[touch]?.flags ?? []).entries()) {
    const there = journey.flagChance(plan, touch, state, before);
    before = ((flags >> place) & 1) === 1;
    chance *= before ? there : 1 - there;
  }
  return chance;
}

/**
 * The probability of the order where something else came the first time, so that the last step is no repetition. What came
 * between stays as it was.
 */
function followOnce(
  journey: FrictionJourney,
  steps: readonly PlayedStep[],
  again: number,
  random: Random,
): number | null {
  const last = steps.at(-1);
  const before = steps.slice(0, -1).findLastIndex(({ touch }) => touch === last?.touch);
  const earlier = steps[before];
  if (!last || !earlier) return null;
  const other = journey.drawTouch(earlier.state, last.touch, random.next());
  const between = steps.slice(before + 1, -1);
  // What came later anyway cannot have come instead: the next draw tells as well.
  if (other < 0 || between.some(({ touch }) => touch === other)) return null;
  const state = { ...earlier.state, at: earlier.state.at.slice() };
  journey.advance(state, other, journey.drawFlags(other, state));
  for (const { touch, flags } of between) journey.advance(state, touch, flags);
  return follow(journey, state, last.touch, last.flags & ~again).order;
}

/** The probability of the order, and of leaving right after it, when the journey goes on with this. */
function follow(journey: FrictionJourney, from: FrictionState, touch: number, flags: number) {
  const state = { ...from, at: from.at.slice(), stays: 1 };
  journey.advance(state, touch, flags);
  const leaves = journey.leaveChance(touch);
  const ends = state.step >= state.length;
  while (state.step < state.length) {
    const next = journey.drawTouch(state);
    journey.advance(state, next, journey.drawFlags(next, state));
  }
  const order = journey.order(state);
  return { order: state.stays * order, exit: leaves + (ends ? (1 - leaves) * (1 - order) : 0) };
}
