/**
 * Finds what may be a friction in a workspace: by the names and stages of touchpoints, promises, properties and scores.
 * It does not look at the outcome; which frictions harm it, and what they cost, is found by pain-points.ts.
 */
import { FRICTION_KINDS, type FrictionKind, WAIT_PROPERTY } from "../../domain/friction.ts";
import { isErrorName, rankTopic } from "../../domain/friction-names.ts";
import { isBadKnown } from "../../domain/moment-condition.ts";
import { readPromiseName } from "../../domain/promise.ts";
import { STAGES, type Stage, type Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { bindTargets } from "../expectations.ts";
import { DAYS_LATE } from "../kpi-deliveries.ts";
import { type BadWhen, describeBad } from "../moment-candidates.ts";
import { badWaysOf, type FieldRow, fromScores, readFieldRows, readScores } from "../moment-experiences.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { MomentSurvey } from "../moment-survey.ts";
import { findThemeFrictions } from "../themes/theme-frictions.ts";
import { type Baseline, type PainPointsAsked, readBaseline } from "./baseline.ts";
import { findContacts } from "./contacts.ts";
import { type Friction, type FrictionSign, MOST_FLAGS } from "./friction.ts";

export interface FoundFrictions {
  /** Flags of one touchpoint stand in the order of their bits. */
  readonly frictions: Friction[];
  readonly baseline: Baseline | null;
}

const HOUR_MS = 3_600_000;
const CONTACT_WITHIN_MS = 7 * 86_400_000;
/** A property tells something of a touchpoint when so many of its events have it. */
const FILLED = 0.5;
const YES = /^(?:true|yes|1)$/iu;
const NO = /^(?:false|no|0)$/iu;

/** What there is to look at. */
interface Scene {
  readonly context: AnalysisContext;
  readonly person: boolean;
  readonly touchpoints: readonly Touchpoint[];
  readonly fields: readonly FieldRow[];
}

function make({ id, name }: Touchpoint, kind: FrictionKind, sign: FrictionSign, property?: string, bad?: string) {
  return { kind, touch: id, touchpoint: name, property: property ?? null, bad: bad ?? null, sign };
}

function fromProperty(touchpoint: Touchpoint, kind: FrictionKind, when: BadWhen): Friction {
  const { property, bad } = describeBad(when);
  return make(touchpoint, kind, { by: "property", when }, property, bad);
}

/** Hours as people write them: 26h, 0.5h. */
function inHours(ms: number): string {
  return `> ${Number((ms / HOUR_MS).toPrecision(3))}h`;
}

/** Where customers wait for the company: any step of a case, of people only what the company owes them. */
function mayWait({ person }: Scene, { stage, role }: Touchpoint): boolean {
  return !person || stage === "setup" || stage === "support" || role === "order" || role === "delivery";
}

function findGaps(scene: Scene, baseline: Baseline | null): Friction[] {
  const targets = bindTargets(scene.context).filter(({ property, atMost }) => property === WAIT_PROPERTY && atMost);
  const promised = new Map(targets.map(({ id, atMost }) => [id, (atMost ?? 0) * HOUR_MS]));
  return scene.touchpoints.flatMap((touchpoint): Friction[] => {
    const target = promised.get(touchpoint.id);
    const overMs = target ?? (mayWait(scene, touchpoint) ? baseline?.overMs : undefined);
    if (overMs === undefined) return [];
    const sign = { by: "gap", overMs, from: target === undefined ? "baseline" : "target" } as const;
    return [make(touchpoint, "wait", sign, undefined, inHours(overMs))];
  });
}

/** Values of a property that say that its promise was missed. */
function missedValues({ name, distinct, found }: FieldRow): string[] {
  const means = readPromiseName(name);
  const texts = found.map(({ text }) => text);
  if (means === undefined || distinct > texts.length || !texts.every((text) => YES.test(text) || NO.test(text)))
    return [];
  return texts.filter((text) => (means === "missed" ? YES : NO).test(text)).sort();
}

/** Promises that events say were missed: by a target, by yes or no, by days late. */
function findMissed({ context, fields }: Scene, touchpoint: Touchpoint): Friction[] {
  const own = fields.filter(({ touch }) => touch === touchpoint.id);
  const targets = bindTargets(context)
    .filter(({ id, property }) => id === touchpoint.id && property !== WAIT_PROPERTY)
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

/** Few-valued properties that say that it failed. */
function findFailures({ fields }: Scene, touchpoint: Touchpoint): Friction[] {
  if (isErrorName(touchpoint.name)) return [];
  const own = fields.filter(({ touch }) => touch === touchpoint.id);
  const events = own.find(({ name }) => name === "")?.events ?? 0;
  return own
    .filter((row) => row.name !== "" && row.events >= FILLED * events && readPromiseName(row.name) === undefined)
    .flatMap(badWaysOf)
    .filter((when) => when.kind === "equals" && isBadKnown(describeBad(when)))
    .map((when) => fromProperty(touchpoint, "error-event", when));
}

const REWORKED: ReadonlySet<Stage | null> = new Set<Stage | null>(["purchase", "setup", "support"]);

/** Touchpoints whose repetition is a loop; people may look at products as often as they like. */
function findRework({ person, context, touchpoints }: Scene): Friction[] {
  const rank = (stage: Stage | null) => (stage === null ? -1 : STAGES.indexOf(stage));
  return touchpoints
    .filter(({ stage }) => (stage === null ? !person : REWORKED.has(stage)))
    .filter(({ role }) => role !== "order")
    .map((touchpoint) => {
      const later = context.touchpoints.filter(
        ({ stage }) => touchpoint.stage !== null && rank(stage) > rank(touchpoint.stage),
      );
      return make(touchpoint, "rework", { by: "again", later: later.map(({ id }) => id) });
    });
}

/** The property that tells what contacts of this touchpoint are about: filled, and not a text of its own each time. */
function topicOf({ fields }: Scene, { id }: Touchpoint): string | null {
  const own = fields.filter(({ touch }) => touch === id);
  const all = own.find(({ name }) => name === "")?.events ?? 0;
  const ranked = own.flatMap((row) => {
    const rank = rankTopic(row.name);
    return rank !== undefined && row.events >= FILLED * all && row.distinct <= FILLED * row.events
      ? [{ name: row.name, rank }]
      : [];
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return ranked[0]?.name ?? null;
}

/** Frictions of one touchpoint that are flags, in the order of their bits; more than a mask takes are left out. */
function sortFlags(flags: readonly Friction[]): Friction[] {
  const order = ["wait", "bad-score", "rework", "repeat-contact", "error-event", "theme"];
  const sorted = [...flags].sort((a, b) => a.touch - b.touch || order.indexOf(a.kind) - order.indexOf(b.kind));
  const taken = new Map<number, number>();
  return sorted.filter(({ touch }) => {
    taken.set(touch, (taken.get(touch) ?? 0) + 1);
    return (taken.get(touch) ?? 0) <= MOST_FLAGS;
  });
}

/** Everything that may be a friction, and the bound of waits it was found with. */
export async function lookForFrictions(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  query: PainPointsAsked,
): Promise<FoundFrictions> {
  const { frame, kind } = rows.outcome;
  const kinds: ReadonlySet<FrictionKind> = new Set(query.kinds ?? FRICTION_KINDS.filter((one) => one !== "theme"));
  // Silence ends with the next event: no wait can come before it, and it is the drop-off itself.
  const [waits, exits] = [kinds.has("wait") && kind !== "silence", kinds.has("drop-off") && kind !== "silence"];
  const [baseline, fields, scores, contacts, themes] = await Promise.all([
    waits ? readBaseline(context, rows, query) : null,
    waits || kinds.has("error-event") || kinds.has("repeat-contact") ? readFieldRows(context, rows, survey, "1") : [],
    kinds.has("bad-score") ? readScores(context, rows, "1") : [],
    kinds.has("repeat-contact") && frame.person ? findContacts(context, rows) : [],
    kinds.has("theme") ? findThemeFrictions(context, query) : [],
  ]);
  const touchpoints = context.touchpoints.filter(({ id }) => survey.byTouch.has(id));
  const scene: Scene = { context, person: frame.person, touchpoints, fields };
  const byId = new Map(touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const scored = fromScores(scores).flatMap(({ touch, when }) => {
    const touchpoint = byId.get(touch);
    return touchpoint ? [fromProperty(touchpoint, "bad-score", when)] : [];
  });
  const repeated = contacts.flatMap((id) => {
    const touchpoint = byId.get(id);
    const sign = { by: "contact", topic: touchpoint ? topicOf(scene, touchpoint) : null, withinMs: CONTACT_WITHIN_MS };
    return touchpoint ? [make(touchpoint, "repeat-contact", sign as FrictionSign)] : [];
  });
  const flags = [
    ...(waits ? [...findGaps(scene, baseline), ...touchpoints.flatMap((one) => findMissed(scene, one))] : []),
    ...scored,
    ...(kinds.has("rework") ? findRework(scene) : []),
    ...repeated,
    ...(kinds.has("error-event") ? touchpoints.flatMap((one) => findFailures(scene, one)) : []),
    ...themes.filter(({ touch }) => byId.has(touch)),
  ];
  const errors = kinds.has("error-event") ? touchpoints.filter(({ name }) => isErrorName(name)) : [];
  const left = exits ? touchpoints.filter(({ id }) => (survey.byTouch.get(id)?.rows ?? 0) > 0) : [];
  return {
    frictions: [
      ...sortFlags(flags),
      ...errors.map((one) => make(one, "error-event", { by: "touch" })),
      ...left.map((one) => make(one, "drop-off", { by: "exit" })),
    ],
    baseline,
  };
}

/** Everything that may be a friction: flags, errors and exits of the touchpoints in scope. */
export async function findFrictions(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  query: PainPointsAsked,
): Promise<Friction[]> {
  return (await lookForFrictions(context, rows, survey, query)).frictions;
}
