/**
 * What is in the workspace, how it does, and what changed: counts, coverage, headline KPIs of the last complete period
 * against the one before, and what moved beyond chance. Everything is relative to the end of the data, not to today.
 */
import { z } from "zod";
import { dateToDay } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { coverageSchema, readCoverage } from "./coverage.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame } from "./journey-frame.ts";
import { findObserved } from "./kpi-trend.ts";
import { overviewChangeSchema, readChanges } from "./overview-changes.ts";
import { headlineSchema, periodSchema, readHeadlines, toPeriod } from "./overview-headline.ts";
import { choosePeriods } from "./overview-periods.ts";

export const overviewQuerySchema = z.strictObject({});

export const overviewReportSchema = z.object({
  events: z.int(),
  /** Persons, of them `anonymous` without a customer id. */
  customers: z.int(),
  anonymous: z.int(),
  /** First and last event, ISO 8601; null without any. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** The same as `last`: up to here everybody is observed. */
  endOfData: z.string().nullable(),
  journey: z.string(),
  currency: z.string(),
  /** How many journeys each definition cuts. */
  journeys: z.array(z.object({ name: z.string(), journeys: z.int() })),
  coverage: coverageSchema,
  /** Null when the data span less than two days. */
  periods: z
    .object({ by: z.enum(["day", "month", "week", "half"]), current: periodSchema, previous: periodSchema })
    .nullable(),
  headline: z.array(headlineSchema),
  changes: z.array(overviewChangeSchema),
});
export type OverviewReport = z.infer<typeof overviewReportSchema>;

interface OwnerTypeRow {
  readonly ownerType: string;
  readonly owners: number;
  readonly visited: number;
  readonly cycled: number;
}

/** Visits and cycles are numbered from 1 within a person, so the last number says how many there are. */
async function countDefinitions(context: AnalysisContext): Promise<OverviewReport["journeys"]> {
  const rows = await context.store.query<OwnerTypeRow>(
    `SELECT ownerType, count() AS owners, sum(visits[-1]) AS visited, sum(cycles[-1]) AS cycled
FROM ${context.source} WHERE notEmpty(touchpoints) GROUP BY ownerType`,
    { settings: ANALYSIS_SETTINGS },
  );
  const of = (type: string) => rows.find(({ ownerType }) => ownerType === type);
  const persons = of("customer");
  return [
    { name: "life", journeys: persons?.owners ?? 0 },
    { name: "visit", journeys: persons?.visited ?? 0 },
    { name: "order-cycle", journeys: persons?.cycled ?? 0 },
    ...context.objectTypes.map((name) => ({ name, journeys: of(name)?.owners ?? 0 })),
  ];
}

/** Day number of a moment in a zone. */
function dayIn(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  return (ms) => dateToDay(format.format(new Date(ms)));
}

/** The overview of everything; it takes no filter. */
export async function analyzeOverview(workspace: AnalysisContext): Promise<OverviewReport> {
  const context = seeHidden(workspace);
  const observed = await findObserved(context, buildJourneyFrame(context, {}));
  const { events, customers, coverage, spans } = await readCoverage(context);
  const journeys = await countDefinitions(context);
  const periods = observed ? choosePeriods(observed) : null;
  const headlines = observed && periods ? await readHeadlines({ context, periods, observed }) : [];
  const dayOf = dayIn(context.zone);
  const changes = periods ? await readChanges({ context: workspace, periods, spans, headlines, dayOf }) : [];
  const moments = [...spans.values()].flatMap(({ first, last }) => [first, last]);
  const [first, last] = moments.length === 0 ? [null, null] : [Math.min(...moments), Math.max(...moments)].map(toIso);
  return {
    ...{ events, customers, anonymous: coverage.anonymous.customers },
    ...{ first: first ?? null, last: last ?? null, endOfData: last ?? null },
    ...{ journey: context.defaultJourney, currency: context.currency, journeys, coverage },
    periods: periods && { by: periods.by, current: toPeriod(periods.current), previous: toPeriod(periods.previous) },
    headline: headlines,
    changes,
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
