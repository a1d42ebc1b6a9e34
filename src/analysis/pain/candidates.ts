/**
 * Finds what may be a friction in a workspace: by the names and stages of touchpoints, promises, properties and scores.
 * It does not look at the outcome; which frictions harm it, and what they cost, is found by pain-points.ts.
 */
import { FRICTION_KINDS, type FrictionKind, WAIT_PROPERTY } from "../../domain/friction.ts";
import { isErrorName } from "../../domain/friction-names.ts";
import { STAGES, type Stage, type Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { bindTargets } from "../expectations.ts";
import { fromScores, readFieldRows, readScores } from "../moment-experiences.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { MomentSurvey } from "../moment-survey.ts";
import { findThemeFrictions } from "../themes/theme-frictions.ts";
import { type Baseline, type PainPointsAsked, readBaseline } from "./baseline.ts";
import { findContacts } from "./contacts.ts";
import { type Friction, MOST_FLAGS } from "./friction.ts";
import {
  findFailures,
  findMissed,
  findTries,
  findWaited,
  fromProperty,
  makeFriction,
  readWaited,
  type Scene,
  topicOf,
} from "./told-frictions.ts";

export interface FoundFrictions {
  /** Flags of one touchpoint stand in the order of their bits. */
  readonly frictions: Friction[];
  readonly baseline: Baseline | null;
}

const HOUR_MS = 3_600_000;
const CONTACT_WITHIN_MS = 7 * 86_400_000;
/** Hours as people write them: 26h, 0.5h. */
function inHours(ms: number): string {
  return `> ${Number((ms / HOUR_MS).toPrecision(3))}h`;
}

/** Where customers wait for the company: any step of a case, of people only what the company owes them. */
function mayWait({ person }: Scene, { stage, role }: Touchpoint): boolean {
  if (!person) return true;
  // After a delivery the company owes nothing: what comes next is up to the customer.
  return role === "order" || (role !== "delivery" && (stage === "setup" || stage === "support"));
}

function findGaps(scene: Scene, baseline: Baseline | null): Friction[] {
  const targets = bindTargets(scene.context).filter(({ property, atMost }) => property === WAIT_PROPERTY && atMost);
  const promised = new Map(targets.map(({ id, atMost }) => [id, Math.round((atMost ?? 0) * HOUR_MS)]));
  return scene.touchpoints.flatMap((touchpoint): Friction[] => {
    const target = promised.get(touchpoint.id);
    const overMs = target ?? (mayWait(scene, touchpoint) ? baseline?.overMs : undefined);
    if (overMs === undefined) return [];
    const sign = { by: "gap", overMs, from: target === undefined ? "baseline" : "target" } as const;
    return [makeFriction(touchpoint, "wait", sign, undefined, inHours(overMs))];
  });
}

const REWORKED: ReadonlySet<Stage | null> = new Set<Stage | null>(["purchase", "setup", "support"]);

/** Touchpoints whose repetition is a loop; people may look at products as often as they like. */
function findRework(scene: Scene): Friction[] {
  const { person, context, touchpoints } = scene;
  const rank = (stage: Stage | null) => (stage === null ? -1 : STAGES.indexOf(stage));
  return touchpoints
    .filter(({ stage }) => (stage === null ? !person : REWORKED.has(stage)))
    .filter(({ role }) => role !== "order")
    .flatMap((touchpoint) => {
      const told = findTries(scene, touchpoint);
      if (told.length > 0) return told;
      const later = context.touchpoints.filter(
        ({ stage }) => touchpoint.stage !== null && rank(stage) > rank(touchpoint.stage),
      );
      // What follows an order, or is about a ticket, comes once for each of them.
      const each = person && (touchpoint.stage === "setup" || touchpoint.stage === "support");
      return [makeFriction(touchpoint, "rework", { by: "again", later: later.map(({ id }) => id), each })];
    });
}

function repeatOf(scene: Scene, touchpoint: Touchpoint): Friction {
  const sign = { by: "contact", topic: topicOf(scene, touchpoint), withinMs: CONTACT_WITHIN_MS } as const;
  return makeFriction(touchpoint, "repeat-contact", sign);
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

/** What the data say of the kinds that are asked for. */
async function readSigns(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  query: PainPointsAsked,
  kinds: ReadonlySet<FrictionKind>,
) {
  const isAsked = (...some: FrictionKind[]) => some.some((kind) => kinds.has(kind));
  const [baseline, fields, scores, contacts, themes] = await Promise.all([
    isAsked("wait") ? readBaseline(context, rows, query) : null,
    isAsked("wait", "rework", "error-event", "repeat-contact") ? readFieldRows(context, rows, survey, "1") : [],
    isAsked("bad-score") ? readScores(context, rows, "1") : [],
    isAsked("repeat-contact") && rows.outcome.frame.person ? findContacts(context, rows) : [],
    isAsked("theme") ? findThemeFrictions(context, query) : [],
  ]);
  const waited = isAsked("wait") ? await readWaited(context, rows, fields) : [];
  return { baseline, fields, scores, contacts, themes, waited };
}

/** The kinds that are asked for and can be. */
function kindsOf({ outcome: { kind } }: MomentRows, { kinds }: PainPointsAsked): ReadonlySet<FrictionKind> {
  const asked = kinds ?? FRICTION_KINDS.filter((one) => one !== "theme");
  // Silence ends with the next event: no wait can come before it, and it is the drop-off itself.
  return new Set(asked.filter((one) => kind !== "silence" || (one !== "wait" && one !== "drop-off")));
}

/** Everything that may be a friction, and the bound of waits it was found with. */
export async function lookForFrictions(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  query: PainPointsAsked,
): Promise<FoundFrictions> {
  const { frame } = rows.outcome;
  const kinds = kindsOf(rows, query);
  const { baseline, fields, scores, contacts, themes, waited } = await readSigns(context, rows, survey, query, kinds);
  const touchpoints = context.touchpoints.filter(({ id }) => survey.byTouch.has(id));
  // In a session it is the person who goes on or takes a break, as in a life.
  const scene: Scene = { context, person: frame.person || frame.journey === "session", touchpoints, fields };
  const byId = new Map(touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const at = (touch: number, find: (touchpoint: Touchpoint) => Friction) => [byId.get(touch) ?? []].flat().map(find);
  const each = (kind: FrictionKind, find: (touchpoint: Touchpoint) => Friction[]) =>
    kinds.has(kind) ? touchpoints.flatMap(find) : [];
  const flags = [
    ...(kinds.has("wait") ? findGaps(scene, baseline) : []),
    ...each("wait", (one) => [...findMissed(scene, one), ...findWaited(scene, one, waited)]),
    ...fromScores(scores).flatMap(({ touch, when }) => at(touch, (one) => fromProperty(one, "bad-score", when))),
    ...(kinds.has("rework") ? findRework(scene) : []),
    ...contacts.flatMap((touch) => at(touch, (one) => repeatOf(scene, one))),
    ...each("error-event", (one) => findFailures(scene, one)),
    ...themes.filter(({ touch }) => byId.has(touch)),
  ];
  const isLeft = ({ id }: Touchpoint) => (survey.byTouch.get(id)?.rows ?? 0) > 0;
  return {
    frictions: [
      ...sortFlags(flags),
      ...each("error-event", (one) =>
        isErrorName(one.name) ? [makeFriction(one, "error-event", { by: "touch" })] : [],
      ),
      ...each("drop-off", (one) => (isLeft(one) ? [makeFriction(one, "drop-off", { by: "exit" })] : [])),
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
