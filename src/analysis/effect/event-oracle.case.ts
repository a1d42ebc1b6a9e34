/**
 * The units of a comparison between arms in plain loops over the recorded events, as slowly and plainly as can be.
 * It knows nothing of SQL, journeys or moments: what event-arms.ts adds up must come to the same.
 */
import type { EffectQuestion, Metric } from "../../domain/effect.ts";

/** One event; times in milliseconds, texts "" and numbers null where there is nothing. */
export interface LogEvent {
  readonly customer: string;
  readonly at: number;
  readonly touchpoint: string;
  readonly value: number | null;
  readonly currency: string;
  readonly score: number | null;
  readonly scale: string;
  readonly weight: string;
  readonly variant: string;
  readonly session: string;
  /** The customer's arm as the record says it. */
  readonly arm: string;
}

export interface PlainUnit {
  readonly arm: string;
  readonly zero: number;
  /** The moment from which it is no longer watched. */
  readonly finish: number;
  readonly value: number;
  readonly denominator: number;
  readonly before: number;
  readonly beforeDenominator: number;
}

interface PlainArms {
  readonly units: readonly PlainUnit[];
  readonly mixed: number;
  readonly none: number;
  readonly open: number;
}

export interface PlainSpan {
  readonly since: number | null;
  readonly until: number;
  readonly from: number | null;
}

/** The expressions that the tests use, as plain conditions. */
const CONDITIONS: Readonly<Record<string, (event: LogEvent) => boolean>> = {
  'touchpoint = "Order"': ({ touchpoint }) => touchpoint === "Order",
  'touchpoint = "Visit"': ({ touchpoint }) => touchpoint === "Visit",
  "value > 20": ({ value }) => value !== null && value > 20,
  'touchpoint = "Visit" or score <= 6': ({ touchpoint, score }) =>
    touchpoint === "Visit" || (score !== null && score <= 6),
};

function numberOf(event: LogEvent, of: string): number | null {
  if (of === "value") return event.currency === "EUR" ? event.value : null;
  if (of === "score") return event.score;
  if (of === "nps") {
    if (event.score === null || event.scale !== "0-10") return null;
    return event.score >= 9 ? 100 : event.score <= 6 ? -100 : 0;
  }
  const number = event.weight === "" ? Number.NaN : Number(event.weight);
  return Number.isFinite(number) ? number : null;
}

const is = (expression: string | undefined, event: LogEvent) => CONDITIONS[expression ?? ""]?.(event) ?? false;

/** What these events show: above and below the line. */
function showOf(metric: Metric, events: readonly LogEvent[]): { value: number; denominator: number } {
  let [value, denominator] = [0, 0];
  for (const event of events) {
    const hit = is(metric.event, event);
    const number = metric.of === undefined ? null : numberOf(event, metric.of);
    if (metric.kind === "ratio") {
      if (hit) value++;
      if (is(metric.per, event)) denominator++;
    } else if (metric.kind === "share" || metric.kind === "count") {
      if (hit) value++;
    } else if (hit && number !== null) {
      value += number;
      denominator++;
    }
  }
  if (metric.kind === "share") value = value > 0 ? 1 : 0;
  return { value, denominator: metric.kind === "mean" || metric.kind === "ratio" ? denominator : 1 };
}

const between = (events: readonly LogEvent[], low: number, high: number) =>
  events.filter(({ at }) => at >= low && at < high);

function groupBy(events: readonly LogEvent[], key: (event: LogEvent) => string): LogEvent[][] {
  const groups = new Map<string, LogEvent[]>();
  for (const event of events) {
    const group = groups.get(key(event));
    if (group) group.push(event);
    else groups.set(key(event), [event]);
  }
  return [...groups].filter(([name]) => name !== "").map(([, group]) => group);
}

/** The label of a value under the question's lists. */
function labelOf({ control, treatment }: EffectQuestion, value: string): string {
  if (control === undefined && treatment === undefined) return value;
  if (treatment?.includes(value)) return "treatment";
  if (control?.includes(value)) return "control";
  if (value === "" || (control !== undefined && treatment !== undefined)) return "";
  return treatment === undefined ? "treatment" : "control";
}

const traitOf = (events: readonly LogEvent[]) => events.findLast(({ arm }) => arm !== "")?.arm ?? "";

type Placed = { zero: number; arm: string; mixed: boolean } | null;

/** Time zero and arm of one row; null: it takes no part. */
function place(question: EffectQuestion, events: readonly LogEvent[], { since, until, from }: PlainSpan): Placed {
  const first = since ?? Number.NEGATIVE_INFINITY;
  const finishOf = (zero: number) => (question.withinMs === undefined ? until : zero + question.withinMs);
  if (question.by === "prop.variant") {
    const label = (event: LogEvent) => labelOf(question, event.variant);
    const told = between(events, first, until).filter((event) =>
      question.at === undefined ? label(event) !== "" : is(question.at, event),
    );
    const teller = told.find((event) => label(event) !== "") ?? told[0];
    if (teller === undefined) return null;
    const arm = label(teller);
    const others = told.filter((event) => label(event) !== "" && label(event) !== arm);
    return { zero: teller.at, arm, mixed: others.some(({ at }) => at < finishOf(teller.at)) };
  }
  const zero =
    question.at === undefined ? first : between(events, first, until).find((event) => is(question.at, event))?.at;
  if (zero === undefined) return null;
  if (question.at === undefined && between(events, from ?? Number.NEGATIVE_INFINITY, finishOf(zero)).length === 0)
    return null;
  if (question.audience === undefined) return { zero, arm: labelOf(question, traitOf(events)), mixed: false };
  const chosen = traitOf(events) === "A" && events.some(({ touchpoint, at }) => touchpoint === "Order" && at < zero);
  return { zero, arm: chosen ? "treatment" : "control", mixed: false };
}

/** Units that are rows: customers, or objects that the events themselves put into an arm. */
function rowArms(question: EffectQuestion, rows: readonly LogEvent[][], span: PlainSpan): PlainArms {
  const { withinMs, metric } = question;
  const units: PlainUnit[] = [];
  let [mixed, none, open] = [0, 0, 0];
  for (const events of rows) {
    const placed = place(question, events, span);
    if (placed === null) continue;
    const { zero, arm } = placed;
    const finish = withinMs === undefined ? span.until : zero + withinMs;
    if (arm === "") none++;
    else if (placed.mixed) mixed++;
    else if (finish > span.until) open++;
    else {
      const early = Math.max(span.from ?? Number.NEGATIVE_INFINITY, zero - (finish - zero));
      const [now, before] = [
        showOf(metric, between(events, zero, finish)),
        showOf(metric, between(events, early, zero)),
      ];
      const [beforeValue, beforeDenominator] = [before.value, before.denominator];
      units.push({ arm, zero, finish, ...now, before: beforeValue, beforeDenominator });
    }
  }
  return { units, mixed, none, open };
}

/** Customers whose objects are added up: those that start since the switch-on, and those of as long a time before. */
function clusterArms(question: EffectQuestion, rows: readonly LogEvent[][], span: PlainSpan): PlainArms {
  const { withinMs, metric, at } = question;
  const since = span.since ?? Number.NEGATIVE_INFINITY;
  const low = Math.max(span.from ?? Number.NEGATIVE_INFINITY, since - (span.until - since));
  const units: PlainUnit[] = [];
  let [mixed, none, open] = [0, 0, 0];
  for (const objects of groupBy(rows.flat(), ({ customer }) => customer).map((own) =>
    groupBy(own, ({ session }) => session),
  )) {
    const sums = { value: 0, denominator: 0, before: 0, beforeDenominator: 0 };
    const labels = new Set<string>();
    let [late, counted, openHere, zeroOfUnit] = [0, 0, 0, Number.POSITIVE_INFINITY];
    for (const events of objects) {
      const zero = at === undefined ? events[0]?.at : events.find((event) => is(at, event))?.at;
      if (zero === undefined || zero >= span.until || zero < low) continue;
      const end = zero >= since ? span.until : since;
      const finish = withinMs === undefined ? end : zero + withinMs;
      const label = labelOf(question, traitOf(events));
      if (zero >= since) {
        late++;
        if (label !== "") labels.add(label);
        zeroOfUnit = Math.min(zeroOfUnit, zero);
        if (finish > end) openHere++;
      }
      if (finish > end) continue;
      const shown = showOf(metric, between(events, zero, finish));
      if (zero >= since) {
        counted++;
        sums.value += shown.value;
        sums.denominator += shown.denominator;
      } else {
        sums.before += shown.value;
        sums.beforeDenominator += shown.denominator;
      }
    }
    if (late === 0) continue;
    open += openHere;
    const [arm = ""] = [...labels];
    if (arm === "") none++;
    else if (labels.size > 1) mixed++;
    else if (counted > 0) units.push({ arm, zero: zeroOfUnit, finish: span.until, ...sums });
  }
  return { units, mixed, none, open };
}

/** @param log in the order of time, ties in that of their source */
export function plainArms(question: EffectQuestion, log: readonly LogEvent[], span: PlainSpan): PlainArms {
  if (question.unit === "customer")
    return rowArms(
      question,
      groupBy(log, ({ customer }) => customer),
      span,
    );
  const rows = groupBy(log, ({ session }) => session);
  return question.by === "prop.variant" ? rowArms(question, rows, span) : clusterArms(question, rows, span);
}
