/**
 * Frictions that the properties of events tell: promises missed, times waited, tries, failures; and what a contact is about.
 * Those that the order and the time of events tell are in candidates.ts.
 */
import { type FrictionKind, WAIT_PROPERTY } from "../../domain/friction.ts";
import { isErrorName, isWaitName, rankTopic, readTries } from "../../domain/friction-names.ts";
import { isBadKnown } from "../../domain/moment-condition.ts";
import { readPromiseName } from "../../domain/promise.ts";
import type { Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { bindTargets } from "../expectations.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { DAYS_LATE } from "../kpi-deliveries.ts";
import { type BadWhen, describeBad } from "../moment-candidates.ts";
import { badWaysOf, type FieldRow } from "../moment-experiences.ts";
import type { MomentRows } from "../moment-rows.ts";
import { LEAST_GAPS, PERCENTILE, readFirstHalf } from "./baseline.ts";
import type { Friction, FrictionSign } from "./friction.ts";

/** What there is to look at. */
export interface Scene {
  readonly context: AnalysisContext;
  /** Whether a journey is what people do by themselves, rather than what the company works on. */
  readonly person: boolean;
  readonly touchpoints: readonly Touchpoint[];
  readonly fields: readonly FieldRow[];
}

/** A bound is written with so many. */
const DIGITS = 4;
/** A property tells something of a touchpoint when so many of its events have it. */
const FILLED = 0.5;
const YES = /^(?:true|yes|1)$/iu;
const NO = /^(?:false|no|0)$/iu;

export function makeFriction(
  { id, name }: Touchpoint,
  kind: FrictionKind,
  sign: FrictionSign,
  property: string | null = null,
  bad: string | null = null,
): Friction {
  return { kind, touch: id, touchpoint: name, property, bad, sign };
}

export function fromProperty(touchpoint: Touchpoint, kind: FrictionKind, when: BadWhen): Friction {
  const { property, bad } = describeBad(when);
  return makeFriction(touchpoint, kind, { by: "property", when }, property, bad);
}

/** Properties of a touchpoint that most of its events have. */
function filledOf({ fields }: Scene, { id }: Touchpoint): FieldRow[] {
  const own = fields.filter(({ touch }) => touch === id);
  const events = own.find(({ name }) => name === "")?.events ?? 0;
  return own.filter((row) => row.name !== "" && row.events >= FILLED * events);
}

/** Values of a property that say that its promise was missed. */
function missedValues({ name, distinct, found }: FieldRow): string[] {
  const means = readPromiseName(name);
  const texts = found.map(({ text }) => text);
  if (means === undefined || distinct > texts.length || !texts.every((text) => YES.test(text) || NO.test(text)))
    return [];
  return texts.filter((text) => (means === "missed" ? YES : NO).test(text)).sort();
}

/** The targets of a touchpoint's own numbers. */
function targetsOf({ context }: Scene, { id }: Touchpoint) {
  return bindTargets(context).filter((target) => target.id === id && target.property !== WAIT_PROPERTY);
}

/** Promises that events say were missed: by a target, by yes or no, by days late. */
export function findMissed(scene: Scene, touchpoint: Touchpoint): Friction[] {
  const own = scene.fields.filter(({ touch }) => touch === touchpoint.id);
  const targets = targetsOf(scene, touchpoint)
    .filter(({ property }) => own.some(({ name, numbers }) => name === property && numbers > 0))
    .map(({ property, atMost, atLeast }) =>
      atMost === null
        ? ({ kind: "below", property, bound: atLeast ?? 0 } as const)
        : ({ kind: "above", property, bound: atMost } as const),
    );
  const told = own.flatMap((row) =>
    missedValues(row).map((value) => ({ kind: "equals", property: row.name, value }) as const),
  );
  const late = own
    .filter(({ name, numbers, top }) => DAYS_LATE.includes(name) && numbers > 0 && top > 0)
    .filter(({ name }) => !targets.some(({ property }) => property === name))
    .map(({ name }) => ({ kind: "above", property: name, bound: 0 }) as const);
  return [...targets, ...told, ...late].map((when) => fromProperty(touchpoint, "wait", when));
}

/** The bound above which a time waited, as a property of a touchpoint tells it, is long. */
export interface WaitedBound {
  readonly touch: number;
  readonly property: string;
  readonly bound: number;
}

/** The 90th percentile of times waited that properties tell, in the earlier half of the events in scope. */
export async function readWaited(
  context: AnalysisContext,
  rows: MomentRows,
  fields: readonly FieldRow[],
): Promise<WaitedBound[]> {
  const told = fields.filter(({ name, numbers, events }) => name !== "" && isWaitName(name) && numbers === events);
  const half = told.length > 0 ? await readFirstHalf(context, rows) : null;
  if (half === null) return [];
  const { frame } = rows.outcome;
  const properties = [...new Set(told.map(({ name }) => name))].sort();
  const read = properties.map(async (property) => {
    const found = await context.store.query<{ touch: number; bound: number; filled: number }>(
      `WITH ${frame.aliases}
SELECT touch, quantileExactInclusive(${PERCENTILE})(assumeNotNull(number)) AS bound, count() AS filled
FROM ${frame.source}
ARRAY JOIN ids AS touch, at AS moment, arrayMap(a -> toFloat64OrNull(a[${frame.bag.bind(property, "String")}]), ${frame.kept("properties")}) AS number
WHERE ${frame.rows} AND isNotNull(number) AND moment < ${frame.bag.bind(half.to, "Int64")}
GROUP BY touch
ORDER BY touch`,
      { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
    );
    return found
      .filter(({ filled }) => filled >= LEAST_GAPS)
      .map(({ touch, bound }) => ({ touch, property, bound: Number(bound.toPrecision(DIGITS)) }));
  });
  return (await Promise.all(read)).flat();
}

/** Times waited that are long; where a target says how long is too long, that counts. */
export function findWaited(scene: Scene, touchpoint: Touchpoint, bounds: readonly WaitedBound[]): Friction[] {
  const targets = targetsOf(scene, touchpoint).map(({ property }) => property);
  return filledOf(scene, touchpoint)
    .filter(({ name }) => !targets.includes(name))
    .flatMap(({ name, top }) =>
      bounds
        .filter(({ touch, property, bound }) => touch === touchpoint.id && property === name && bound < top)
        .map(({ bound }) => fromProperty(touchpoint, "wait", { kind: "above", property: name, bound })),
    );
}

/** Numbers of tries: more than one is work done twice. */
export function findTries(scene: Scene, touchpoint: Touchpoint): Friction[] {
  const own = scene.fields.filter(({ touch, name }) => touch === touchpoint.id && name !== "");
  return own.flatMap(({ name, numbers, events, top }) => {
    const bound = readTries(name);
    return bound !== undefined && numbers === events && top > bound
      ? [fromProperty(touchpoint, "rework", { kind: "above", property: name, bound })]
      : [];
  });
}

/** Few-valued properties that say that it failed. */
export function findFailures(scene: Scene, touchpoint: Touchpoint): Friction[] {
  if (isErrorName(touchpoint.name)) return [];
  return filledOf(scene, touchpoint)
    .filter(({ name }) => readPromiseName(name) === undefined)
    .flatMap(badWaysOf)
    .filter((when) => when.kind === "equals" && isBadKnown(describeBad(when)))
    .map((when) => fromProperty(touchpoint, "error-event", when));
}

/** The property that tells what contacts of this touchpoint are about: filled, and not a text of its own each time. */
export function topicOf(scene: Scene, touchpoint: Touchpoint): string | null {
  const ranked = filledOf(scene, touchpoint).flatMap(({ name, distinct, events }) => {
    const rank = rankTopic(name);
    return rank !== undefined && distinct <= FILLED * events ? [{ name, rank }] : [];
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return ranked[0]?.name ?? null;
}
