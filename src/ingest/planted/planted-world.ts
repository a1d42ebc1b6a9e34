/**
 * One world of a scenario: its touchpoints, who uses them and when, and what they do to the outcome.
 * Names say nothing of a touchpoint's kind, and which name stands for which is drawn by the seed.
 */
import { openRandom, type Random } from "../demo/random.ts";
import { type Decoy, NULLS, PLANTED_EFFECTS, type Scenario } from "./scenario.ts";

export type TouchKind = "planted" | "decoy" | "null" | "structural";

export interface PlantedTouch {
  readonly name: string;
  readonly kind: TouchKind;
  readonly decoy: Decoy | null;
  /** Change of the probability of the outcome, once a journey. */
  readonly planted: number;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  /** Exponents on the customer's hidden intent and activity. */
  readonly intent: number;
  readonly activity: number;
  /** Factors on the weight, by segment. */
  readonly segments: readonly number[];
  /** 1: those who ordered before have it more often; −1: those who did not; 0: no difference. */
  readonly loyal: 1 | 0 | -1;
  /** Only from this step on. */
  readonly fromStep: number;
  /** Position of the moment that leads to it; −1: none. */
  readonly follows: number;
  /** Structural steps: where everybody passes. */
  readonly place: "entry" | "checkout" | null;
}

export interface PlantedWorld {
  readonly scenario: Scenario;
  readonly touches: readonly PlantedTouch[];
  /** For each touch, the touches that come right after it. */
  readonly followers: readonly (readonly number[])[];
}

export const OUTCOME = "Order Completed";
export const LATE_STEP = 7;

type Traits = Partial<Omit<PlantedTouch, "name">>;

const ALL_SEGMENTS = [1, 1, 1, 1];
/** Used mostly by one segment. */
const onlyIn = (segment: number) => ALL_SEGMENTS.map((_, at) => (at === segment ? 3.4 : 0.2));

/** Odd ones are used by the opposite group, so that the others are no worse off on the whole. */
const sign = (nth: number) => (nth % 2 === 0 ? 1 : -1);

/** The nth decoy of its kind. */
function describeDecoy(decoy: Decoy, nth: number): Traits {
  switch (decoy) {
    case "late-step":
      return { weight: 4, fromStep: LATE_STEP };
    case "activity":
      return { activity: sign(nth) * (0.6 + 0.1 * (nth % 3)) };
    case "simpson":
      return { segments: onlyIn(nth % 2 === 0 ? 3 : 0) };
    case "follower":
      return { weight: 0.5, follows: nth % PLANTED_EFFECTS.length };
    case "loyalty":
      return { loyal: nth % 2 === 0 ? 1 : -1 };
    case "traffic":
      return { weight: 5 };
    case "structural":
      return { kind: "structural", weight: 0, place: nth === 0 ? "entry" : "checkout" };
    case "hidden-intent":
      return { intent: sign(nth) * (1 + 0.1 * (nth % 4)) };
  }
}

/** In disguise, small helpful moments stand in the worst segment and small harmful ones in the best. */
function describePlanted({ effects, disguised }: Scenario, effect: number): Traits {
  const small = Math.abs(effect) < 0.09;
  return {
    kind: effects ? "planted" : "null",
    planted: effects ? effect : 0,
    weight: 1.3,
    segments: disguised && small ? onlyIn(effect > 0 ? 0 : 3) : ALL_SEGMENTS,
  };
}

function describeTouches(scenario: Scenario, random: Random): Traits[] {
  const decoys = Object.entries(scenario.decoys) as [Decoy, number][];
  return [
    ...PLANTED_EFFECTS.map((effect) => describePlanted(scenario, effect)),
    ...decoys.flatMap(([decoy, count]) =>
      Array.from({ length: count }, (_, nth): Traits => ({ kind: "decoy", decoy, ...describeDecoy(decoy, nth) })),
    ),
    ...Array.from({ length: NULLS }, (): Traits => ({ weight: 0.6 + random.next() })),
  ];
}

function shuffle(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  return order
    .map((at) => [random.next(), at] as const)
    .toSorted((a, b) => a[0] - b[0])
    .map(([, at]) => at);
}

/** The same scenario and seed give the same world; planted moments come first in `touches`. */
export function buildWorld(scenario: Scenario, seed: number): PlantedWorld {
  const random = openRandom(seed, scenario.name, "world");
  const described = describeTouches(scenario, random);
  const numbers = shuffle(described.length, random);
  const touches = described.map(
    (traits, at): PlantedTouch => ({
      name: `Touch ${String((numbers[at] ?? 0) + 1).padStart(2, "0")}`,
      ...{ kind: "null", decoy: null, planted: 0, weight: 1, intent: 0, activity: 0, segments: ALL_SEGMENTS },
      ...{ loyal: 0, fromStep: 0, follows: -1, place: null },
      ...traits,
    }),
  );
  const followers = touches.map((_, at) => touches.flatMap(({ follows }, nth) => (follows === at ? [nth] : [])));
  return { scenario, touches, followers };
}
