/**
 * A plan as people fill it in, and the question it makes; and back, when a question is changed. Pure.
 * Which design fits is suggest-design.ts; the fields on screen are plan-*.tsx.
 */
import { effectQuestionSchema } from "../../../../src/domain/effect.ts";
import { addCondition, quote } from "../../../scope/filter-text.ts";
import type { Design } from "./design-words.ts";
import { type Metric, type Question, readTouchpoints } from "./metric-words.ts";

export interface PlanForm {
  readonly kind: Metric["kind"];
  /** Touchpoints that count. */
  readonly events: readonly string[];
  /** A condition on them besides, as text. */
  readonly extra: string;
  /** ratio: the touchpoints it is divided by. */
  readonly per: readonly string[];
  /** sum, mean: the number that counts. */
  readonly of: string;
  readonly better: "higher" | "lower";
  readonly unit: string;
  readonly who: "some" | "everybody";
  /** How it is decided who gets it. */
  readonly decided: "chance" | "choice";
  /** Field that tells who has it: `customer.group`. */
  readonly by: string;
  readonly treated: readonly string[];
  /** Empty: all others. */
  readonly control: readonly string[];
  /** Whether groups get it at different times, and when each. */
  readonly staggered: boolean;
  readonly starts: Readonly<Record<string, string>>;
  readonly since: string;
  readonly until: string;
  /** Touchpoints of which the first is where a customer's time begins; empty: the switch-on. */
  readonly at: readonly string[];
  readonly watchDays: number | "";
  /** In the unit people type: percent for shares, for each 100 for ratios. */
  readonly least: number | "";
  readonly design: Design | "suggested";
  readonly period: Question["period"];
  readonly where: string;
  /** What a question says and the form has no field for: it stays as it is. */
  readonly kept: Kept;
}

type Kept = Partial<Pick<Question, (typeof KEPT)[number]>>;
const KEPT = ["from", "adjust", "peeking", "split", "controls", "season", "confidence"] as const;

export const EMPTY_FORM: PlanForm = {
  ...{ kind: "share", events: [], extra: "", per: [], of: "value", better: "higher", unit: "customer" },
  ...{ who: "some", decided: "choice", by: "", treated: [], control: [], staggered: false, starts: {} },
  ...{ since: "", until: "", at: [], watchDays: "", least: "", design: "suggested", period: "week", where: "" },
  kept: {},
};

const DAY_MS = 86_400_000;

function touchpointsAre(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const [first = ""] = names;
  return names.length === 1 ? `touchpoint = ${quote(first)}` : `touchpoint in (${names.map(quote).join(", ")})`;
}

function eventOf({ events, extra }: PlanForm): string | undefined {
  const named = touchpointsAre(events);
  const more = extra.trim();
  if (more === "") return named;
  return named === undefined ? more : addCondition(named, more);
}

const hundredfold = (kind: Metric["kind"]) => kind === "share" || kind === "ratio";

function metricOf(form: PlanForm): unknown {
  const { kind, per, of } = form;
  return {
    ...{ kind, event: eventOf(form) },
    ...(kind === "ratio" ? { per: touchpointsAre(per) } : {}),
    ...(kind === "sum" || kind === "mean" ? { of } : {}),
  };
}

/** The typed size in the metric's unit; 0 when none is typed. */
export function leastOf({ least, kind }: Pick<PlanForm, "least" | "kind">): number {
  if (least === "") return 0;
  return hundredfold(kind) ? Number((least / 100).toPrecision(12)) : least;
}

function groupsOf(form: PlanForm, design: Design): object {
  const { by, treated, control, staggered, starts, since, at, watchDays } = form;
  const named = control.length > 0 ? { control: [...control] } : {};
  if (design === "series") return { since, unit: "day" };
  if (design === "staged" && staggered)
    return { by, switchOn: Object.fromEntries(treated.map((value) => [value, starts[value] || since])), ...named };
  const entry = touchpointsAre(at);
  const randomised = {
    ...(entry === undefined ? {} : { at: entry }),
    ...(watchDays === "" ? {} : { withinMs: watchDays * DAY_MS }),
  };
  return { by, treatment: [...treated], ...named, since, ...(design === "randomised" ? randomised : {}) };
}

/** Means and ratios say themselves what they are divided by. */
const unitOf = ({ kind, unit }: PlanForm) => (kind === "mean" || kind === "ratio" ? "customer" : unit);

/** What still has to be said before anything can be asked, in words; empty when nothing. */
export function findMissing(form: PlanForm): readonly string[] {
  const { kind, per, who, by, treated, since, staggered, starts } = form;
  const some = who === "some";
  const dated = staggered && some ? treated.every((value) => starts[value] || since) : since !== "";
  const lacks: readonly (readonly [boolean, string])[] = [
    [eventOf(form) === undefined, "which touchpoints count"],
    [kind === "ratio" && per.length === 0, "what it is divided by"],
    [some && by === "", "what tells the groups apart"],
    [some && by !== "" && treated.length === 0, "which values get the change"],
    [!dated, "the day of the switch-on"],
  ];
  return lacks.flatMap(([lack, words]) => (lack ? [words] : []));
}

/** What a plan needs besides. */
export function findUnplanned(form: PlanForm): readonly string[] {
  return [
    ...findMissing(form),
    ...(form.until === "" ? ["the stop date"] : []),
    ...(leastOf(form) > 0 ? [] : ["the least effect worth having"]),
  ];
}

/** The question a form makes, by a design; or what is wrong with it. */
export function questionOf(form: PlanForm, design: Design): Question | string {
  const where = form.where.trim();
  const parsed = effectQuestionSchema.safeParse({
    ...{ design, metric: metricOf(form), unit: unitOf(form), period: form.period, ...groupsOf(form, design) },
    ...(form.until === "" ? {} : { until: form.until }),
    ...(where === "" ? {} : { where }),
    ...{ minEffect: leastOf(form), lowerIsBetter: form.better === "lower" },
    ...form.kept,
  });
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message).join("; ");
}

/** The same text for the same question, in whatever order its fields stand. */
function textOf(question: unknown): string {
  return JSON.stringify(question, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Whether the form can show a question whole: not an audience, nor a beginning that is more than touchpoints. */
export function isMadeByForm(question: Question): boolean {
  return textOf(questionOf(formOf(question), question.design)) === textOf(question);
}

/** The form that makes a question, as far as a form can: `isMadeByForm`. */
export function formOf(question: Question): PlanForm {
  const { metric, design, by = "", switchOn, lowerIsBetter, minEffect, withinMs, until = "", where = "" } = question;
  const events = readTouchpoints(metric.event);
  const starts = switchOn ?? {};
  const [first = ""] = Object.values(starts);
  return {
    ...{ kind: metric.kind, events: events ?? [], extra: events ? "" : metric.event },
    ...{ per: readTouchpoints(metric.per ?? "") ?? [], of: metric.of ?? "value" },
    ...{ better: lowerIsBetter ? "lower" : "higher", unit: question.unit === "day" ? "customer" : question.unit },
    ...{ who: design === "series" ? "everybody" : "some", decided: design === "randomised" ? "chance" : "choice", by },
    ...{ treated: question.treatment ?? Object.keys(starts), control: question.control ?? [] },
    ...{ staggered: Object.keys(starts).length > 0, starts, since: question.since ?? first, until, where },
    ...{ at: readTouchpoints(question.at ?? "") ?? [], watchDays: withinMs === undefined ? "" : withinMs / DAY_MS },
    least: minEffect > 0 ? Number((minEffect * (hundredfold(metric.kind) ? 100 : 1)).toPrecision(12)) : "",
    ...{ design, period: question.period },
    kept: Object.fromEntries(KEPT.flatMap((name) => (question[name] === undefined ? [] : [[name, question[name]]]))),
  };
}
