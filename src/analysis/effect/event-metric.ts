/**
 * A metric as SQL: what each event of a journey row adds to it, and what a unit's value is over a stretch of time.
 * Which stretch belongs to which unit, and how units are compared, is decided by the design that asks.
 */
import type { Metric } from "../../domain/effect.ts";
import type { AnalysisContext } from "../context.ts";
import { compileEventCondition } from "../filter.ts";
import type { JourneyFrame } from "../journey-frame.ts";

export interface CompiledMetric {
  /** For a WITH clause, after `frame.aliases`. They define the arrays below. */
  readonly aliases: readonly string[];
  /** Alias of an array of numbers parallel to the frame's `at`: what each kept event adds, 0 where nothing. Never null or NaN. */
  readonly numerators: string;
  /** mean, ratio: alias of the same for what is divided by. Null: the value of a unit is the sum of the numerators alone. */
  readonly denominators: string | null;
  /** share: a unit's value is 1 when its numerators add up to more than 0, else 0. */
  readonly binary: boolean;
}

/** The value of one unit in SQL: numbers of the row, Float64. */
interface UnitValue {
  readonly value: string;
  readonly denominator: string | null;
}

/** A number that an event may carry, over lambda arguments named like the arrays it reads. */
interface EventNumber {
  readonly known: string;
  readonly number: string;
  readonly arrays: readonly string[];
}

const OWN_PROPERTY = /^prop\./u;

function readNumber(context: AnalysisContext, { bag }: JourneyFrame, of: string): EventNumber {
  if (of === "value")
    return {
      // Amounts of other currencies cannot be added to those of the main one.
      known: `isNotNull(\`values\`) AND toString(currencies) = ${bag.bind(context.currency, "String")}`,
      number: "toFloat64(assumeNotNull(`values`))",
      arrays: ["values", "currencies"],
    };
  if (of === "score")
    return {
      known: "ifNull(isFinite(scores), 0)",
      number: "assumeNotNull(scores)",
      arrays: ["scores"],
    };
  if (of === "nps")
    return {
      known: "ifNull(scores BETWEEN 0 AND 10, 0) AND toString(scales) = '0-10'",
      number: "multiIf(assumeNotNull(scores) >= 9, 100., assumeNotNull(scores) <= 6, -100., 0.)",
      arrays: ["scores", "scales"],
    };
  const text = `properties[${bag.bind(of.replace(OWN_PROPERTY, ""), "String")}]`;
  return {
    known: `ifNull(isFinite(toFloat64OrNull(${text})), 0)`,
    number: `toFloat64OrZero(${text})`,
    arrays: ["properties"],
  };
}

/** The arrays hold the events that stay: the whole row's are mapped, then filtered as the frame filters. */
function overEvents(frame: JourneyFrame, arrays: Iterable<string>, sql: string): string {
  const names = [...new Set(arrays)].map((name) => `\`${name}\``).join(", ");
  return frame.kept(`arrayMap((${names}) -> ${sql}, ${names})`);
}

function compileHits(context: AnalysisContext, frame: JourneyFrame, expression: string) {
  const place = { person: frame.person, zone: context.zone };
  return compileEventCondition(expression, context.touchpoints, frame.bag, place);
}

/**
 * What each event adds. `of: "value"` counts amounts in the workspace's main currency, `of: "nps"` answers on the scale 0–10;
 * an event without the number adds nothing, to a mean neither above nor below the line.
 * @param frame whose bag takes the parameters; the arrays are over the events it keeps
 * @throws AppError invalid (an expression that is not true of single events), not-found (touchpoint)
 * @example
 * const frame = buildJourneyFrame(context, { journey: "life", where });
 * const metric = compileMetric(context, frame, { kind: "mean", event: 'touchpoint = "Order"', of: "value" });
 * `WITH ${[frame.aliases, ...metric.aliases].join(", ")} SELECT sum(arraySum(${metric.numerators})) …`
 */
export function compileMetric(context: AnalysisContext, frame: JourneyFrame, metric: Metric): CompiledMetric {
  const { kind, event, per, of } = metric;
  const hit = compileHits(context, frame, event);
  const binary = kind === "share";
  const named = (sums: string, counts: string | null): CompiledMetric => ({
    aliases: [`${sums} AS numerators`, ...(counts === null ? [] : [`${counts} AS denominators`])],
    ...{ numerators: "numerators", denominators: counts === null ? null : "denominators", binary },
  });
  if (of === undefined) {
    const base = per === undefined ? null : compileHits(context, frame, per);
    const counts = base && overEvents(frame, base.arrays, `toUInt8(${base.sql})`);
    return named(overEvents(frame, hit.arrays, `toUInt8(${hit.sql})`), counts);
  }
  const { known, number, arrays } = readNumber(context, frame, of);
  const counted = `(${hit.sql}) AND ${known}`;
  const over = [...hit.arrays, ...arrays];
  const sums = overEvents(frame, over, `if(${counted}, ${number}, 0)`);
  return named(sums, kind === "mean" ? overEvents(frame, over, `toUInt8(${counted})`) : null);
}

/** Σ of an array over the events with `low` ≤ time < `high`, moments in ms since 1970 as SQL: parameters, or numbers of the row. */
function sumBetween(array: string, low: string, high: string): string {
  return `toFloat64(arraySum((amount, moment) -> if(moment >= ${low} AND moment < ${high}, amount, 0), ${array}, at))`;
}

/**
 * What a unit's value is over a stretch of time.
 * @param low first moment that counts, ms since 1970, as SQL
 * @param high first moment that no longer counts
 */
export function unitValueBetween(metric: CompiledMetric, low: string, high: string): UnitValue {
  const sum = sumBetween(metric.numerators, low, high);
  return {
    value: metric.binary ? `toFloat64(${sum} > 0)` : sum,
    denominator: metric.denominators === null ? null : sumBetween(metric.denominators, low, high),
  };
}
