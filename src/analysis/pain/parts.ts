/**
 * One friction in parts: in each channel and value of a trait, and month by month: how often, and what it does there.
 * Whether it is claimed is decided on the whole (claims.ts): a part does not make it easier.
 */
import { estimateStratifiedEffects } from "../../stats/stratified-effect.ts";
import { type MomentContrasts, presenceContrasts, presenceOf } from "../moment-candidates.ts";
import { intervalAt } from "../moment-claims.ts";
import { scoreFor } from "../moment-study.ts";
import { readTallies } from "../moment-tallies.ts";
import type { PainPoint, PainPointReport } from "../pain-points-schema.ts";
import { priceTouches } from "./costs.ts";
import { measureFlags } from "./effects.ts";
import { countParts, type EventSplit, type MaskCount } from "./facts.ts";
import { isFlag } from "./friction.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import { ratesOf, readFriction, sumOf } from "./measure-frictions.ts";
import { type FrictionEffect, harmOf, isExit, type MeasuredFriction } from "./measured-friction.ts";
import type { PainStudy } from "./pain-study.ts";

type Part = PainPointReport["overTime"][number];

/** Parts with fewer frictions that could be compared are listed without an effect. */
const LEAST_IN_PART = 50;

/** Months are a property of their own, behind the others. */
const MONTH = "month";
const keyOf = (place: number | typeof MONTH, value: string) => `${place} ${value}`;

/** All splits in one: an event stands in one part of each property that has a value for it, and in its month. */
function splitBy(study: PainStudy, properties: readonly IncidentProperty[]): Pick<EventSplit, "sql" | "columns"> {
  const { context, rows } = study.moments;
  const zone = rows.outcome.frame.bag.bind(context.zone, "String");
  const month = `toString(toStartOfMonth(toDate32(fromUnixTimestamp64Milli(toInt64(moment)), ${zone})))`;
  const texts = properties.map(({ ofRow }, place) => `concat('${keyOf(place, "")}', ${ofRow ?? `partText${place}`})`);
  return {
    sql: `arrayJoin([${[...texts, `concat('${keyOf(MONTH, "")}', ${month})`].join(", ")}])`,
    columns: properties.flatMap(({ array }, place) => (array === null ? [] : [`${array} AS partText${place}`])),
  };
}

/** The touch against all others, or of an exit how often nothing follows it: the touchpoint is arm 1, whatever else comes arm 0. */
function contrastWith({ moments }: PainStudy, own: MeasuredFriction, columns: readonly string[]): MomentContrasts {
  const { rows, survey } = moments;
  const presence = presenceContrasts(rows, isExit(own) ? [] : survey.deciding);
  const touch = rows.outcome.frame.bag.bind(own.friction.touch, "UInt16");
  return { ...presence, code: `toUInt32(touch = ${touch})`, columns: [...presence.columns, ...columns] };
}

/** The effects of one friction by part. */
async function measureParts(
  study: PainStudy,
  own: MeasuredFriction,
  { sql, columns }: Pick<EventSplit, "sql" | "columns">,
): Promise<Map<string, FrictionEffect>> {
  const { friction } = own;
  if (isFlag(friction)) {
    const parts = await measureFlags(study, [friction], "outcome", { sql, columns });
    return new Map(
      [...parts].flatMap(([part, effects]) => {
        const effect = effects.get(friction);
        return effect ? [[part, effect] as const] : [];
      }),
    );
  }
  const { moments } = study;
  const { context, rows, history, survey } = moments;
  const compared = isExit(own) ? "drop-off" : "outcome";
  const candidate = presenceOf({ id: friction.touch, name: friction.touchpoint } as Parameters<typeof presenceOf>[0]);
  const tallies = await readTallies(context, rows, history, {
    ...{ compared, score: scoreFor(moments, compared, candidate), contrasts: contrastWith(study, own, columns) },
    ...{ medianPrior: survey.medianPrior, byTrait: true, split: sql },
  });
  const effects = [...tallies].flatMap(([part, family]) => {
    const effect = estimateStratifiedEffects(family).find(({ arm }) => arm === 1);
    return effect ? [[part, effect] as const] : [];
  });
  return new Map(effects);
}

interface Measured {
  readonly study: PainStudy;
  readonly own: MeasuredFriction;
  /** The share of the friction's touches that it answers for alone; null where it is not claimed. */
  readonly shared: number | null;
  readonly code: number;
}

const NO_MONEY = { value: null, low: null, high: null };

/** @param months over which the part spreads */
function describePart(
  { study: { rules }, own, shared, code }: Measured,
  value: string,
  masks: readonly MaskCount[],
  effect: FrictionEffect | undefined,
  months: number,
): Part {
  const reading = readFriction(masks, own.friction, code);
  const [of, events] = [sumOf(reading.rows, reading.of), sumOf(reading.rows, reading.hits)];
  const { perMonth, touchesPerMonth } = ratesOf(months, own.friction, reading);
  const facts = { value, of, events, share: of > 0 ? events / of : null, perMonth };
  const harm = harmOf({ ...own, effect }, rules);
  if (!effect || effect.effect === null || effect.error === null || effect.rows < LEAST_IN_PART || harm === null)
    return { ...facts, effect: null, low: null, high: null, valueAtRisk: NO_MONEY };
  const numbers = { effect: effect.effect, ...intervalAt(effect.effect, effect.error, 0.95) };
  // Where it helps nothing is at risk.
  const priced = priceTouches(touchesPerMonth * (shared ?? 0), harm, rules.worth).valueAtRisk;
  const atRisk = priced.value === null || priced.value > 0 ? priced : { ...priced, value: 0 };
  return { ...facts, ...numbers, valueAtRisk: shared === null ? NO_MONEY : atRisk };
}

/** Touches that a claimed friction answers for, as part of all of its own; null without a claim. */
function sharedOf({ rules }: PainStudy, own: MeasuredFriction, claim: PainPoint | null): number | null {
  const alone = own.touchesPerMonth * (harmOf(own, rules)?.value ?? 0);
  return claim === null ? null : alone > 0 ? (claim.outcomesAtRisk.value ?? 0) / alone : 0;
}

function firstDayOf(month: number): string {
  const [year, of] = [Math.floor((month - 1) / 12), ((month - 1) % 12) + 1];
  return `${String(year).padStart(4, "0")}-${String(of).padStart(2, "0")}-01`;
}

/** Days since the year 0 of months, as facts.ts counts them, back to their first days. */
export function listMonths({ counts: { masks } }: PainStudy): { readonly month: number; readonly day: string }[] {
  const months = masks.map(({ month }) => month);
  if (months.length === 0) return [];
  const [first, last] = [months.reduce((a, b) => Math.min(a, b)), months.reduce((a, b) => Math.max(a, b))];
  return Array.from({ length: last - first + 1 }, (_, place) => ({
    ...{ month: first + place, day: firstDayOf(first + place) },
  }));
}

export interface FrictionParts {
  readonly bySegment: PainPointReport["bySegment"];
  readonly overTime: Part[];
}

/**
 * One friction by each property, the largest share first, and by month.
 * @param code its place among the counts, as codeOf gives it
 */
export async function splitFriction(
  study: PainStudy,
  own: MeasuredFriction,
  claim: PainPoint | null,
  code: number,
  properties: readonly IncidentProperty[],
): Promise<FrictionParts> {
  const { moments, frictions, counts, rules } = study;
  const split = splitBy(study, properties);
  // An error is a part of everything that happens.
  const where =
    own.friction.sign.by === "touch"
      ? "1"
      : `touch = ${moments.rows.outcome.frame.bag.bind(own.friction.touch, "UInt16")}`;
  const [parts, effects] = await Promise.all([
    countParts(moments.context, moments.rows, frictions, { ...split, where }),
    measureParts(study, own, split),
  ]);
  const measured = { study, own, code, shared: sharedOf(study, own, claim) };
  const describe = (place: number | typeof MONTH, value: string, masks: readonly MaskCount[], months: number) =>
    describePart(measured, value, masks, effects.get(keyOf(place, value)), months);
  return {
    bySegment: properties
      .map(({ field, values }, place) => ({
        trait: field,
        rows: values
          .map((value) => describe(place, value, parts.get(keyOf(place, value)) ?? [], rules.months))
          .filter(({ of }) => of > 0)
          .sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || (a.value < b.value ? -1 : 1)),
      }))
      .filter(({ rows }) => rows.length > 1),
    overTime: listMonths(study).map(({ month, day }) =>
      describe(
        MONTH,
        day,
        counts.masks.filter((row) => row.month === month),
        1,
      ),
    ),
  };
}
