/**
 * What the workspace's events cover: stages, channels, identities and currencies, with what is empty said as well.
 * It counts every event once, hidden touchpoints and events of nobody included; whether a gap is a fault is for people to say.
 */
import { z } from "zod";
import { STAGES, stageSchema } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";

const count = z.int().nonnegative();
const share = z.number().nullable();

export const coverageSchema = z.object({
  /** All seven in the order of a journey; 0 where nothing is known of one. */
  stages: z.array(z.object({ stage: stageSchema, events: count, touchpoints: count })),
  /** Most events first. */
  channels: z.array(z.object({ channel: z.string(), events: count })),
  withoutChannel: count,
  /** Touchpoints without a stage, and their events. */
  unmapped: z.object({ touchpoints: count, events: count }),
  /** Events with neither a customer id nor an anonymous one; they stand in no person's journey. */
  withoutCustomer: z.object({ events: count, share }),
  /** Customers known by an anonymous id only, and their events. */
  anonymous: z.object({ customers: count, share, events: count }),
  /** Events with an amount, by currency ("" where none is named), most first. */
  currencies: z.array(z.object({ currency: z.string(), events: count })),
});
export type Coverage = z.infer<typeof coverageSchema>;

interface CountRow {
  readonly touchpointId: number;
  readonly channel: string;
  readonly counted: number;
  readonly ofNobody: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/** One touchpoint over all time. */
export interface TouchpointSpan {
  readonly touchpointId: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
}

async function read<Row>(context: AnalysisContext, sql: string): Promise<Row[]> {
  return context.store.query<Row>(sql, { settings: ANALYSIS_SETTINGS });
}

const SPAN = `toFloat64(toUnixTimestamp64Milli(min(event.3))) AS first, toFloat64(toUnixTimestamp64Milli(max(event.3))) AS last`;

async function countEvents(context: AnalysisContext): Promise<CountRow[]> {
  const persons = await read<CountRow>(
    context,
    `WITH arrayJoin(arrayZip(touchpoints, channels, times)) AS event
SELECT event.1 AS touchpointId, toString(event.2) AS channel, count() AS counted, toUInt64(0) AS ofNobody, ${SPAN}
FROM ${context.source} WHERE ownerType = 'customer' GROUP BY touchpointId, channel`,
  );
  if (context.objectTypes.length === 0) return persons;
  // An event of nobody stands only in the rows of its objects, perhaps in several: there it is counted by its id.
  const nobodys = await read<CountRow>(
    context,
    `WITH arrayJoin(arrayFilter(event -> event.5 = 0, arrayZip(touchpoints, channels, times, eventIds, customers))) AS event
SELECT event.1 AS touchpointId, toString(event.2) AS channel, uniqExact(event.4) AS counted, counted AS ofNobody, ${SPAN}
FROM ${context.source} WHERE ownerType != 'customer' AND has(customers, 0) GROUP BY touchpointId, channel`,
  );
  return [...persons, ...nobodys];
}

interface OwnerRow {
  readonly customers: number;
  readonly nameless: number;
  readonly namelessEvents: number;
}

async function countOwners(context: AnalysisContext): Promise<OwnerRow> {
  const [row] = await read<OwnerRow>(
    context,
    `SELECT count() AS customers, countIf(known = 0) AS nameless, sumIf(length(touchpoints), known = 0) AS namelessEvents
FROM ${context.source} WHERE ownerType = 'customer' AND notEmpty(touchpoints)`,
  );
  return row ?? { customers: 0, nameless: 0, namelessEvents: 0 };
}

async function countCurrencies(context: AnalysisContext): Promise<Coverage["currencies"]> {
  return read(
    context,
    `WITH arrayJoin(arrayFilter((name, amount) -> isNotNull(amount), currencies, values)) AS name
SELECT toString(name) AS currency, count() AS events FROM ${context.source} WHERE ownerType = 'customer'
GROUP BY currency ORDER BY events DESC, currency`,
  );
}

function addUp(rows: readonly CountRow[], fits: (row: CountRow) => boolean = () => true): number {
  return rows.reduce((sum, row) => sum + (fits(row) ? row.counted : 0), 0);
}

function joinSpans(rows: readonly CountRow[]): Map<number, TouchpointSpan> {
  const spans = new Map<number, TouchpointSpan>();
  for (const { touchpointId, counted, first, last } of rows) {
    const before = spans.get(touchpointId) ?? { events: 0, first, last };
    const [from, to] = [Math.min(before.first, first), Math.max(before.last, last)];
    spans.set(touchpointId, { touchpointId, events: before.events + counted, first: from, last: to });
  }
  return spans;
}

function byChannel(rows: readonly CountRow[]): Coverage["channels"] {
  const names = new Set(rows.map(({ channel }) => channel).filter((channel) => channel !== ""));
  return [...names]
    .map((channel) => ({ channel, events: addUp(rows, (row) => row.channel === channel) }))
    .sort((a, b) => b.events - a.events || (a.channel < b.channel ? -1 : 1));
}

/** Touchpoints without any event are no coverage. */
function byStage(context: AnalysisContext, spans: ReadonlyMap<number, TouchpointSpan>, stage: string | null) {
  const own = context.touchpoints.filter((touchpoint) => touchpoint.stage === stage && spans.has(touchpoint.id));
  return { events: own.reduce((sum, { id }) => sum + (spans.get(id)?.events ?? 0), 0), touchpoints: own.length };
}

export interface CoverageReport {
  readonly events: number;
  readonly customers: number;
  readonly coverage: Coverage;
  /** By touchpoint id; only those with events. */
  readonly spans: ReadonlyMap<number, TouchpointSpan>;
}

/** Coverage of all events, in four readings. */
export async function readCoverage(context: AnalysisContext): Promise<CoverageReport> {
  const rows = await countEvents(context);
  const owners = await countOwners(context);
  const currencies = await countCurrencies(context);
  const spans = joinSpans(rows);
  const events = addUp(rows);
  const nobodys = rows.reduce((sum, { ofNobody }) => sum + ofNobody, 0);
  const shareOf = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    ...{ events, customers: owners.customers, spans },
    coverage: {
      stages: STAGES.map((stage) => ({ stage, ...byStage(context, spans, stage) })),
      channels: byChannel(rows),
      withoutChannel: addUp(rows, ({ channel }) => channel === ""),
      unmapped: byStage(context, spans, null),
      withoutCustomer: { events: nobodys, share: shareOf(nobodys, events) },
      anonymous: {
        ...{ customers: owners.nameless, share: shareOf(owners.nameless, owners.customers) },
        events: owners.namelessEvents,
      },
      currencies,
    },
  };
}
