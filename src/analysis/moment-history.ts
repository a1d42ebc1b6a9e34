/**
 * What is known of a customer strictly before a touch, as small numbers: one level of each feature, and which touchpoints were seen.
 * How much each tells about the outcome is fitted in moment-score.ts.
 */
import type { MomentRows } from "./moment-rows.ts";
import { sumBefore } from "./moment-rows.ts";
import { type MomentSurvey, paceArray } from "./moment-survey.ts";

export type FeatureName =
  | "kind"
  | "step"
  | "pace"
  | "wait"
  | "last"
  | "stage"
  | "past"
  | "activity"
  | "channel"
  | `trait ${number}`
  // Of a first order rather than a touch (repurchase/signal-history.ts).
  | `first ${string}`;

/** One thing known: a level from 0 up to `levels` − 1. */
export interface Feature {
  readonly name: FeatureName;
  readonly levels: number;
  /** Levels as SQL: an array over the events, or a scalar of the whole row that has as many levels for each kind of attempt. */
  readonly array: string | null;
  readonly ofRow: string | null;
  /** The level of a joined touch. */
  readonly scalar: string;
}

/** A customer's first attempt, one that begins with an outcome, and a later one. */
export const KINDS = 3;

export interface MomentHistory {
  /** For a WITH clause: those of the touches, and one array `levelOf…` a feature. */
  readonly aliases: string;
  readonly features: readonly Feature[];
  /** Ids of the touchpoints whose earlier occurrence in the attempt is known, the commonest first. */
  readonly flags: readonly number[];
}

const MOST_FLAGS = 200;

/** Levels of a number of steps: 0, 1, 2, 3–4, 5–6, 7–9, 10–14, 15 and more. */
export const STEP_LEVEL = (x: string) =>
  `toUInt8(multiIf(${x} <= 2, ${x}, ${x} <= 4, 3, ${x} <= 6, 4, ${x} <= 9, 5, ${x} <= 14, 6, 7))`;
/** Levels of events before the attempt: 0, 1–3, 4–10, 11–30, 31 and more. */
const ACTIVITY_LEVEL = (x: string) => `toUInt8(multiIf(${x} = 0, 0, ${x} <= 3, 1, ${x} <= 10, 2, ${x} <= 30, 3, 4))`;

function feature(name: FeatureName, levels: number, array: string): Feature {
  return { name, levels, array, ofRow: null, scalar: `${name}Level` };
}

function paceLevel(rows: MomentRows, paces: readonly number[]): string {
  const bounds = paces.map((pace) => `(a > ${rows.outcome.frame.bag.bind(pace, "Float64")})`).join(" + ") || "0";
  return `arrayMap((a, b) -> toUInt8(if(b < 2, 0, 1 + ${bounds})), ${paceArray()}, steps)`;
}

/** Time since the event before, by the bounds between fifths of it; its own level where an attempt begins. */
function waitLevel(rows: MomentRows, waits: readonly number[]): string {
  const bounds = waits.map((wait) => `(a > ${rows.outcome.frame.bag.bind(wait, "Float64")})`).join(" + ") || "0";
  return `arrayMap((a, b) -> toUInt8(if(b, 0, 1 + ${bounds})), gaps, starts)`;
}

/** What came right before: its place among the known touchpoints; 0 where an attempt begins, 1 for any other. */
function lastLevel({ outcome: { frame } }: MomentRows, known: readonly number[]): string {
  const ids = frame.bag.bind(known, "Array(UInt16)");
  const numbers = frame.bag.bind(
    known.map((_, place) => place + 2),
    "Array(UInt8)",
  );
  const before = "arrayPopBack(arrayPushFront(ids, toUInt16(0)))";
  return `arrayMap((a, b) -> if(b, toUInt8(0), transform(a, ${ids}, ${numbers}, toUInt8(1))), ${before}, starts)`;
}

function stageLevel(rows: MomentRows, structural: readonly number[]): string {
  const ids = rows.outcome.frame.bag.bind(structural, "Array(UInt16)");
  const passed = `arrayMap((a, b) -> toInt64(a AND has(${ids}, b)), news, ids)`;
  return `arrayMap(a -> toUInt8(least(a, 7)), ${sumBefore(passed)})`;
}

function channelLevel({ outcome: { frame } }: MomentRows, channels: readonly string[]): string {
  const names = frame.bag.bind(channels, "Array(String)");
  const numbers = frame.bag.bind(
    channels.map((_, index) => index + 1),
    "Array(UInt8)",
  );
  const level = channels.length === 0 ? "toUInt8(0)" : `transform(toString(a), ${names}, ${numbers}, toUInt8(0))`;
  return `arrayFill(a -> a != 255, arrayMap((a, b) -> if(b, ${level}, toUInt8(255)), ${frame.kept("channels")}, starts))`;
}

function traitFeatures({ outcome: { frame } }: MomentRows, { traits }: MomentSurvey): Feature[] {
  return traits.map((trait, index) => {
    const numbers = frame.bag.bind(
      trait.values.map((_, place) => place + 1),
      "Array(UInt8)",
    );
    const values = frame.bag.bind(trait.values, "Array(String)");
    const ofRow = `transform(traits[${frame.bag.bind(trait.name, "String")}], ${values}, ${numbers}, toUInt8(0))`;
    const levels = trait.values.length + 1;
    return {
      name: `trait ${index}` as const,
      // Who somebody is tells more of a first attempt than of one that has a history.
      levels: KINDS * levels,
      ...{ array: null, ofRow, scalar: `kindLevel * ${levels} + ${ofRow}` },
    };
  });
}

function listFlags({ byTouch }: MomentSurvey): number[] {
  const sorted = [...byTouch.values()]
    .filter(({ touches }) => touches > 0)
    .sort((a, b) => b.touches - a.touches || a.id - b.id);
  // Ids follow names: of touchpoints that are equally common, all are known or none.
  const left = sorted[MOST_FLAGS]?.touches ?? 0;
  return sorted
    .slice(0, MOST_FLAGS)
    .filter(({ touches }) => touches > left)
    .map(({ id }) => id);
}

/** The history of every touch. */
export function buildMomentHistory(rows: MomentRows, survey: MomentSurvey): MomentHistory {
  const flags = listFlags(survey);
  const features = [
    feature("kind", KINDS, "kinds"),
    feature("step", 8, `arrayMap(a -> ${STEP_LEVEL("a")}, steps)`),
    feature("pace", 6, paceLevel(rows, survey.paces)),
    feature("wait", survey.waits.length + 2, waitLevel(rows, survey.waits)),
    feature("last", flags.length + 2, lastLevel(rows, flags)),
    feature("stage", 8, stageLevel(rows, survey.structural)),
    feature("past", 4, "arrayMap(a -> toUInt8(least(a, 3)), pasts)"),
    feature("activity", 5, `arrayMap(a -> ${ACTIVITY_LEVEL("a")}, priors)`),
    feature("channel", survey.channels.length + 1, channelLevel(rows, survey.channels)),
  ];
  const arrays = features.map(({ name, array }) => `${array} AS ${levelsOf(name)}`);
  return {
    aliases: [rows.aliases, ...arrays].join(",\n  "),
    features: [...features, ...traitFeatures(rows, survey)],
    flags,
  };
}

/** Name of the array of a feature's levels. */
export function levelsOf(name: FeatureName): string {
  return `${name}Levels`;
}
