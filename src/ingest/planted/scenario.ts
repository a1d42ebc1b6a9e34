/**
 * The scenarios in which a method for moments of truth is put to the test: which decoys stand beside the planted moments.
 * What each kind of touchpoint does is in planted-world.ts.
 */
import { AppError } from "../../domain/app-error.ts";

/** Why a touchpoint looks as if it decided the outcome although it does not. */
export const DECOYS = [
  /** Happens only late in a journey, and long journeys succeed more often. */
  "late-step",
  /** Used by active customers, or by inactive ones; activity is seen through past events and pace alone. */
  "activity",
  /** Used in one segment, which succeeds more or less often. */
  "simpson",
  /** Comes right after a planted moment. */
  "follower",
  /** Used by customers who bought before, or by those who did not. */
  "loyalty",
  /** Happens to almost everybody, so that long journeys have it more often. */
  "traffic",
  /** A step that everybody passes who reaches the outcome. */
  "structural",
  /** Used by those who meant to buy, or not to buy, anyway; nothing in the log says who they are. */
  "hidden-intent",
] as const;
export type Decoy = (typeof DECOYS)[number];

export const SCENARIOS = ["mixed", "late-step", "simpson", "loyalty", "hidden-intent", "followers", "null"] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly summary: string;
  /** Whether the eight planted moments do anything; where they do not, they count as nulls. */
  readonly effects: boolean;
  /** How much more often than the middle one each of the four segments reaches the outcome. */
  readonly segments: readonly [number, number, number, number];
  /** Small moments stand in the segment that hides their sign. */
  readonly disguised: boolean;
  /** So many of those who order nothing see the checkout all the same. */
  readonly abandons: number;
  readonly decoys: Readonly<Partial<Record<Decoy, number>>>;
}

/** Change of the probability of the outcome by each planted moment. Instead of the usual next touch, which may come later anyway, they are worth 3 to 18 points. */
export const PLANTED_EFFECTS: readonly number[] = [0.195, 0.13, 0.085, 0.055, -0.034, -0.067, -0.11, -0.165];
export const NULLS = 24;

const SEGMENTS = [-0.05, -0.02, 0.02, 0.05] as const;
const common = { effects: true, segments: SEGMENTS, disguised: false, abandons: 0.2 } as const;
const mixed = {
  "late-step": 4,
  activity: 4,
  simpson: 5,
  follower: 5,
  loyalty: 4,
  traffic: 3,
  structural: 3,
  "hidden-intent": 4,
} as const;

const TABLE: Readonly<Record<ScenarioName, Omit<Scenario, "name">>> = {
  mixed: { ...common, summary: "every kind of decoy, a few of each", decoys: mixed },
  "late-step": {
    ...common,
    summary: "most decoys happen late, or to almost everybody, and every second one gives up at the checkout",
    abandons: 0.5,
    decoys: { "late-step": 15, traffic: 5, structural: 3, follower: 5, activity: 2, simpson: 2 },
  },
  simpson: {
    ...common,
    summary: "segments differ more than moments do, and hide the signs of the small ones",
    segments: [-0.12, -0.04, 0.04, 0.12],
    disguised: true,
    decoys: { simpson: 20, structural: 3, "late-step": 3, follower: 2, loyalty: 2, traffic: 2 },
  },
  loyalty: {
    ...common,
    summary: "most decoys are used by those who bought before, or did not, or are active anyway",
    decoys: { loyalty: 16, activity: 6, "hidden-intent": 2, structural: 3, "late-step": 3, traffic: 2 },
  },
  "hidden-intent": {
    ...common,
    summary: "most decoys are used by those whose mind was made up, which the log does not show",
    decoys: { "hidden-intent": 12, activity: 8, structural: 3, "late-step": 3, simpson: 3, traffic: 3 },
  },
  followers: {
    ...common,
    summary: "most decoys come right after a moment that matters",
    decoys: { follower: 18, structural: 3, "late-step": 3, simpson: 3, activity: 3, traffic: 2 },
  },
  null: { ...common, summary: "nothing matters: every kind of decoy, no moment", effects: false, decoys: mixed },
};

/** @throws AppError invalid, naming the scenarios there are */
export function findScenario(name: string): Scenario {
  const known = SCENARIOS.find((scenario) => scenario === name);
  if (known) return { name: known, ...TABLE[known] };
  throw new AppError("invalid", `There is no scenario "${name}". Known: ${SCENARIOS.join(", ")}.`, { scenario: name });
}
