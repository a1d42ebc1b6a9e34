/**
 * One customer's journeys: every event of one person in order, with the journey each stands in.
 * It looks one owner up by key; it aggregates nothing.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findJourneyDefinition, journeyNameSchema, PERSON } from "../domain/journey-definition.ts";
import type { AnalysisContext } from "./context.ts";
import { findCustomerOf } from "./identities.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";

export const customerJourneysQuerySchema = z.object({
  /** The customer's own id, or an anonymous one: it leads to the customer it belongs to now, if there is one. */
  customer: z.string().min(1),
  journey: journeyNameSchema.optional(),
  /** Events at the most, the first ones. */
  limit: z.int().min(1).max(100_000).default(10_000),
});
export type CustomerJourneysQuery = z.input<typeof customerJourneysQuerySchema>;

const journeyEventSchema = z.object({
  /** UInt64 as text. */
  id: z.string(),
  time: z.string(),
  touchpoint: z.string(),
  stage: z.string().nullable(),
  channel: z.string().nullable(),
  value: z.number().nullable(),
  currency: z.string().nullable(),
  score: z.number().nullable(),
  scale: z.string().nullable(),
  objects: z.array(z.object({ type: z.string(), id: z.string() })),
  properties: z.record(z.string(), z.string()),
  import: z.int(),
});

export const customerJourneysReportSchema = z.object({
  /** Whose they are: another id than was asked for when that is one of their anonymous ids. */
  customer: z.string(),
  journey: z.string(),
  /** False for a visitor without a customer id. */
  known: z.boolean(),
  traits: z.record(z.string(), z.string()),
  /** All events of the customer, also those beyond the limit. */
  events: z.int(),
  /** In order of their start; an event of two objects stands in both. `owner` is the object's id, or the customer's. */
  journeys: z.array(
    z.object({
      owner: z.string(),
      start: z.string(),
      end: z.string(),
      durationSeconds: z.number(),
      events: z.array(journeyEventSchema),
    }),
  ),
  /** Events in no journey of this definition. */
  unassigned: z.int(),
});
export type CustomerJourneysReport = z.infer<typeof customerJourneysReportSchema>;
type JourneyEvent = z.infer<typeof journeyEventSchema>;

interface EventRow {
  readonly id: string;
  readonly ms: number;
  readonly touchpoint: number;
  readonly visit: number;
  readonly cycle: number;
  readonly channel: string;
  readonly value: number | null;
  readonly currency: string;
  readonly score: number | null;
  readonly scale: string;
  readonly types: readonly string[];
  readonly objects: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly import: number;
}

interface Owner {
  readonly known: number;
  readonly traits: Record<string, string>;
  readonly events: number;
}

async function findOwner(context: AnalysisContext, customer: string): Promise<Owner | undefined> {
  const [owner] = await context.store.query<Owner>(
    `SELECT known, traits, length(times) AS events FROM ${context.source}
WHERE ownerType = '${PERSON}' AND owner = cityHash64({customer:String}) AND ownerId = {customer:String}`,
    { params: { customer }, settings: ANALYSIS_SETTINGS },
  );
  return owner;
}

/** A customer, under their own id or one of their anonymous ones. */
async function readOwner(context: AnalysisContext, id: string): Promise<Owner & { readonly customer: string }> {
  const own = await findOwner(context, id);
  const customer = own ? undefined : await findCustomerOf(context, id);
  const owner = own ?? (customer === undefined ? undefined : await findOwner(context, customer));
  if (!owner) throw new AppError("not-found", `There is no customer «${id}» in this workspace.`, { customer: id });
  return { ...owner, customer: customer ?? id };
}

async function readEvents(context: AnalysisContext, customer: string, limit: number): Promise<EventRow[]> {
  return context.store.query<EventRow>(
    `SELECT toString(eventId) AS id, toUnixTimestamp64Milli(time) AS ms, touchpoint, visit, cycle, channel,
  toFloat64(amount) AS value, currency, score, scale, types, objects, property AS properties, source AS import
FROM ${context.source}
ARRAY JOIN eventIds AS eventId, times AS time, touchpoints AS touchpoint, visits AS visit, cycles AS cycle,
  channels AS channel, values AS amount, currencies AS currency, scores AS score, scales AS scale,
  objectTypes AS types, objectIds AS objects, properties AS property, imports AS source, arrayEnumerate(times) AS nth
WHERE ownerType = '${PERSON}' AND owner = cityHash64({customer:String}) AND ownerId = {customer:String}
ORDER BY nth
LIMIT {limit:UInt32}`,
    { params: { customer, limit }, settings: ANALYSIS_SETTINGS },
  );
}

/** In which journeys an event stands: their owners' names within one customer. */
function journeyKeys(event: EventRow, journey: string, customer: string): string[] {
  if (journey === "life") return [customer];
  if (journey === "visit") return [`${customer}#${event.visit}`];
  if (journey === "order-cycle") return [`${customer}#${event.cycle}`];
  return event.objects.filter((_, index) => event.types[index] === journey);
}

/**
 * @throws AppError not-found (customer or journey)
 */
export async function readCustomerJourneys(
  context: AnalysisContext,
  input: CustomerJourneysQuery,
): Promise<CustomerJourneysReport> {
  const query = customerJourneysQuerySchema.parse(input);
  const definition = findJourneyDefinition(query.journey ?? context.defaultJourney, context.objectTypes);
  const owner = await readOwner(context, query.customer);
  const rows = await readEvents(context, owner.customer, query.limit);
  const catalogue = new Map(context.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const runs = new Map<string, JourneyEvent[]>();
  let unassigned = 0;
  for (const row of rows) {
    const keys = journeyKeys(row, definition.name, owner.customer);
    if (keys.length === 0) unassigned++;
    const touchpoint = catalogue.get(row.touchpoint);
    for (const key of keys) {
      const run = runs.get(key) ?? [];
      run.push(describeEvent(row, touchpoint?.name ?? `#${row.touchpoint}`, touchpoint?.stage ?? null));
      runs.set(key, run);
    }
  }
  return {
    customer: owner.customer,
    journey: definition.name,
    known: owner.known === 1,
    traits: owner.traits,
    events: owner.events,
    journeys: [...runs].map(([key, events]) => describeRun(key, events)),
    unassigned,
  };
}

function describeEvent(row: EventRow, touchpoint: string, stage: string | null): JourneyEvent {
  return {
    id: row.id,
    time: new Date(row.ms).toISOString(),
    touchpoint,
    stage,
    channel: row.channel || null,
    value: row.value,
    currency: row.currency || null,
    score: row.score,
    scale: row.scale || null,
    objects: row.types.map((type, index) => ({ type, id: row.objects[index] ?? "" })),
    properties: row.properties,
    import: row.import,
  };
}

function describeRun(owner: string, events: JourneyEvent[]): CustomerJourneysReport["journeys"][number] {
  const start = events[0]?.time ?? "";
  const end = events.at(-1)?.time ?? "";
  return { owner, start, end, durationSeconds: (Date.parse(end) - Date.parse(start)) / 1000, events };
}
