/**
 * What happens when, over all initiatives: timeboxes, reviews of their stages, deployments, measurements, benefits assessments.
 * Days to come are shown only where something fixes them; nobody's wishes are.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { EffectState, Portfolio } from "../domain/dsdm/report.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { addDays, countWorkingDays, findWorkingDay } from "./working-days.ts";

type Entry = Portfolio["calendar"][number];

export interface CalendarContext {
  readonly today: string;
  readonly effects: ReadonlyMap<number, EffectState>;
  /** How long after a deployment its benefits are assessed. */
  readonly benefitsWeeks: number;
  /** The day of an instant in the workspace's zone. */
  readonly findDay: (instant: string) => string;
}

/** A review falls at the end of its stage: after 10–20 % of the timebox, after another 60–80 %, and at its end. */
const REVIEWS = [
  { stage: "investigation", from: 0.1, to: 0.2 },
  { stage: "refinement", from: 0.8, to: 0.9 },
  { stage: "consolidation", from: 1, to: 1 },
] as const;
const WEEK = 7;

function findState(timebox: Timebox, to: string, today: string): string {
  if (timebox.state === "closed") return "missed";
  return to < today ? "overdue" : "expected";
}

/** Held ones on their day; those of a structured timebox that are still to come, on the working days they are expected. */
function listReviews(initiative: number, timebox: Timebox, { today, findDay }: CalendarContext): Entry[] {
  const entry = (stage: string, from: string, to: string, state: string): Entry => ({
    ...{ kind: "review", initiative, title: `${timebox.title}: review of the ${stage}`, from, to, state },
  });
  const held = timebox.reviews.map(({ stage, at }) => entry(stage, findDay(at), findDay(at), "held"));
  if (timebox.format === "free") return held;
  const days = countWorkingDays(timebox.start, timebox.end);
  const isHeld = (stage: string) => timebox.reviews.some((one) => one.stage === stage);
  // A timebox without a working day (of a weekend) has its reviews on its last day.
  const find = (part: number) =>
    days > 0 ? findWorkingDay(timebox.start, Math.max(1, Math.ceil(part * days - 1e-9))) : timebox.end;
  const open = REVIEWS.filter(({ stage }) => !isHeld(stage)).map(({ stage, from, to }) =>
    entry(stage, find(from), find(to), findState(timebox, find(to), today)),
  );
  return [...held, ...open];
}

/** @returns the deployment, and when its benefits are due */
function listDeployments(initiative: Initiative, { today, benefitsWeeks, findDay }: CalendarContext): Entry[] {
  return initiative.increments.flatMap(({ title, deployed }): Entry[] => {
    if (deployed === null) return [];
    const { day, group } = deployed;
    const due = addDays(day, Math.ceil(benefitsWeeks * WEEK));
    const assessed = initiative.assessments.some(({ at }) => findDay(at) >= day);
    const live = group === null ? `${title} goes live` : `${title} goes live for ${group}`;
    const state = assessed ? "assessed" : due < today ? "overdue" : "expected";
    return [
      { kind: "deployment", initiative: initiative.id, title: live, from: day, to: day, state: "deployed" },
      { kind: "benefits", initiative: initiative.id, title: `Benefits of ${title}`, from: due, to: due, state },
    ];
  });
}

function listMeasurements({ id, effects }: Initiative, context: CalendarContext): Entry[] {
  return effects.flatMap((effect): Entry[] => {
    const state = context.effects.get(effect);
    if (state === undefined) return [];
    const [from, to] = [context.findDay(state.switchOn), context.findDay(state.until)];
    return [{ kind: "measurement", initiative: id, title: state.name, from, to, state: state.status }];
  });
}

/** Of a stopped initiative only what took place. */
function listEntries(initiative: Initiative, context: CalendarContext): Entry[] {
  const timeboxes = initiative.timeboxes.filter(
    ({ state }) => state !== "cancelled" && (initiative.state === "active" || state !== "planned"),
  );
  return [
    ...timeboxes.flatMap((timebox): Entry[] => {
      const { title, start, end, state } = timebox;
      const reviews = listReviews(initiative.id, timebox, context);
      return [{ kind: "timebox", initiative: initiative.id, title, from: start, to: end, state }, ...reviews];
    }),
    ...listDeployments(initiative, context),
    ...listMeasurements(initiative, context),
  ];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By first day, then last day; equal ones by initiative, then kind and title. */
export function listCalendar(initiatives: readonly Initiative[], context: CalendarContext): Entry[] {
  return initiatives
    .flatMap((initiative) => listEntries(initiative, context))
    .sort(
      (a, b) =>
        compare(a.from, b.from) ||
        compare(a.to, b.to) ||
        a.initiative - b.initiative ||
        compare(a.kind, b.kind) ||
        compare(a.title, b.title),
    );
}
