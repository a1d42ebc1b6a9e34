/**
 * What frictions do to the outcome: flags by the joint model of their touchpoint, errors and drop-offs as presences.
 * What was counted of them is in facts.ts; which effects are claimed is decided in claims.ts.
 */
import { estimateJointEffects, type JointFlag } from "../../stats/joint-effects.ts";
import type { ArmEffect } from "../../stats/stratified-effect.ts";
import { type MomentCandidate, presenceOf } from "../moment-candidates.ts";
import { canTell, type PlaceboNumbers } from "../moment-claims.ts";
import { MOST_OWN } from "../moment-own-history.ts";
import { measureEffects, measureOwnHistory, scoreFor } from "../moment-study.ts";
import type { Before, Compared } from "../moment-tallies.ts";
import { type PlacedFlag, placeFlags } from "./flags.ts";
import { type Friction, isFlag, LAST_BIT } from "./friction.ts";
import type { FrictionEffect } from "./measured-friction.ts";
import type { PainStudy } from "./pain-study.ts";
import { type FlagQuestion, type FlagTallies, readFlagTallies } from "./tallies.ts";

export type FrictionEffects = ReadonlyMap<Friction, FrictionEffect>;

/** Touchpoints whose flags one query can measure: with the same score. */
interface FlagGroup {
  readonly touches: number[];
  /** Whether a property tells some flag: the time since the event before may be what it tells. */
  readonly told: boolean;
  readonly telling: readonly number[];
}

function groupTouches({ telling }: PainStudy, flags: readonly Friction[]): FlagGroup[] {
  const groups = new Map<string, FlagGroup>();
  for (const touch of new Set(flags.map((flag) => flag.touch))) {
    const own = telling.get(touch);
    const key = own === undefined ? "" : `told ${own.join(" ")}`;
    const group = groups.get(key) ?? { touches: [], told: own !== undefined, telling: own ?? [] };
    group.touches.push(touch);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A wait ends with the next event: touches that nothing follows say nothing of it. */
function jointFlagOf({ friction, bit }: PlacedFlag): JointFlag {
  return { group: friction.touch, bit, without: friction.sign.by === "gap" ? 2 ** LAST_BIT : 0 };
}

function estimateFlags(tallies: FlagTallies, placed: readonly PlacedFlag[]): [Friction, FrictionEffect][] {
  const effects = estimateJointEffects(tallies, placed.map(jointFlagOf));
  return placed.flatMap(({ friction }, index) => {
    const effect = effects[index];
    return effect ? [[friction, effect] as [Friction, FrictionEffect]] : [];
  });
}

/**
 * The effects of the flags of the touchpoints that some flags are of, by part of a split ("" without one).
 */
export async function measureFlags(
  study: PainStudy,
  flags: readonly Friction[],
  compared: "outcome" | Before,
  split?: FlagQuestion["split"],
): Promise<Map<string, Map<Friction, FrictionEffect>>> {
  const { moments, frictions } = study;
  const placed = placeFlags(frictions);
  const parts = new Map<string, Map<Friction, FrictionEffect>>();
  for (const { touches, told, telling } of groupTouches(study, flags)) {
    const score = scoreFor(moments, compared, { contrast: told ? "experience" : "presence", telling });
    const tallies = await readFlagTallies(moments.context, moments.rows, moments.history, {
      ...{ compared, score, frictions, touches, medianPrior: moments.survey.medianPrior, stepless: telling.length > 0 },
      touchesOf: (touch) => moments.survey.byTouch.get(touch)?.touches ?? 0,
      ...(split === undefined ? {} : { split }),
    });
    const here = placed.filter(({ friction }) => touches.includes(friction.touch));
    for (const [part, columns] of tallies) {
      const effects = parts.get(part) ?? new Map<Friction, FrictionEffect>();
      for (const [friction, effect] of estimateFlags(columns, here)) effects.set(friction, effect);
      parts.set(part, effects);
    }
  }
  return parts;
}

function presencesOf({ moments: { context } }: PainStudy, frictions: readonly Friction[]): MomentCandidate[] {
  const touches = new Set(frictions.map(({ touch }) => touch));
  return context.touchpoints.filter(({ id }) => touches.has(id)).map(presenceOf);
}

/** The effects of what happened at all, by part of a split: of errors on the outcome, of exits on the drop-off. */
export async function measurePresences(
  study: PainStudy,
  presences: readonly Friction[],
  compared: Compared,
  split?: string,
): Promise<Map<string, Map<Friction, FrictionEffect>>> {
  if (presences.length === 0) return new Map();
  const measured = await measureEffects(study.moments, presencesOf(study, presences), compared, split);
  const effectsOf = (byArm: ReadonlyMap<string, ArmEffect>) =>
    presences.flatMap((friction) => {
      const effect = byArm.get(`0/${friction.touch}`);
      return effect ? [[friction, effect] as [Friction, FrictionEffect]] : [];
    });
  return new Map([...measured].map(([part, byArm]) => [part, new Map(effectsOf(byArm))]));
}

const [TOUCH, EXIT] = ["outcome", "drop-off"] as const;

/** What a friction is measured by. */
function comparedOf({ sign }: Friction): typeof TOUCH | typeof EXIT {
  return sign.by === "exit" ? EXIT : TOUCH;
}

/** The effects of all frictions. */
export async function measureFrictions(study: PainStudy): Promise<Map<Friction, FrictionEffect>> {
  const { frictions } = study;
  const presences = frictions.filter((friction) => !isFlag(friction));
  const measured = [
    await measureFlags(study, frictions.filter(isFlag), TOUCH),
    await measurePresences(
      study,
      presences.filter((one) => comparedOf(one) === TOUCH),
      TOUCH,
    ),
    await measurePresences(
      study,
      presences.filter((one) => comparedOf(one) === EXIT),
      EXIT,
    ),
  ];
  return new Map(measured.flatMap((parts) => [...(parts.get("") ?? [])]));
}

/**
 * Errors and exits once more, among customers who have had the touch before alike: who had it already is no comparison for
 * having it (moment-own-history.ts). What was compared plainly stays beside it.
 */
export async function lookAgain(
  study: PainStudy,
  effects: FrictionEffects,
  surprising: readonly Friction[],
): Promise<Map<Friction, FrictionEffect>> {
  const again = new Map(effects);
  for (const compared of [TOUCH, EXIT]) {
    const presences = surprising.filter((one) => !isFlag(one) && comparedOf(one) === compared).slice(0, MOST_OWN);
    const own = await measureOwnHistory(study.moments, presencesOf(study, presences), compared);
    const byTouch = new Map([...own].map(([{ touch }, effect]) => [touch, effect]));
    for (const friction of presences) {
      const effect = byTouch.get(friction.touch);
      if (effect) again.set(friction, { ...effect, crude: effects.get(friction)?.crude ?? null });
    }
  }
  return again;
}

/**
 * The placebo of each: an earlier outcome where enough touches have one and enough have none, else earlier activity.
 * Journeys of objects know nothing from before.
 */
export async function readFrictionPlacebos(
  study: PainStudy,
  surprising: readonly Friction[],
): Promise<Map<Friction, PlaceboNumbers>> {
  const placebos = new Map<Friction, PlaceboNumbers>();
  if (!study.moments.rows.outcome.frame.person) return placebos;
  for (const of of ["an earlier outcome", "earlier activity"] as const) {
    const open = surprising.filter((friction) => !placebos.has(friction));
    const [flags, presences] = [open.filter(isFlag), open.filter((one) => !isFlag(one))];
    const effects = [await measureFlags(study, flags, of), await measurePresences(study, presences, of)];
    const found = new Map(effects.flatMap((parts) => [...(parts.get("") ?? [])]));
    for (const friction of open) {
      const effect = found.get(friction);
      if (effect && canTell(effect)) placebos.set(friction, { ...effect, of });
    }
  }
  return placebos;
}
