/**
 * What a filter can name: touchpoints, channels, properties, traits and journey definitions, with their commonest values.
 * Touchpoints and channels are counted whole; properties and traits in large workspaces from a sample, which is said.
 */
import { z } from "zod";
import { PERSON } from "../domain/journey-definition.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";

export const fieldsQuerySchema = z.object({});

/** Values listed of each field, and fields listed at the most. */
const TOP_VALUES = 20;
const MOST_FIELDS = 200;
/** A value that is longer is a text to read, not one to choose. */
const LONGEST_VALUE = 200;

export const fieldsReportSchema = z.object({
  /** In the catalogue's order of events, the commonest first. */
  touchpoints: z.array(
    z.object({ name: z.string(), stage: z.string().nullable(), hidden: z.boolean(), events: z.int() }),
  ),
  channels: z.array(z.object({ channel: z.string(), events: z.int() })),
  /** The most widespread first; `distinct` and `events` are of the sample where it was one. */
  properties: z.array(
    z.object({
      name: z.string(),
      distinct: z.int(),
      events: z.int(),
      values: z.array(z.object({ value: z.string(), events: z.int() })),
    }),
  ),
  traits: z.array(
    z.object({
      name: z.string(),
      distinct: z.int(),
      customers: z.int(),
      values: z.array(z.object({ value: z.string(), customers: z.int() })),
    }),
  ),
  /** Names of journey definitions. */
  journeys: z.array(z.string()),
  /** Whether properties, or traits, were read from some owners only: rare names and values may then be missing. */
  sampled: z.object({ properties: z.boolean(), traits: z.boolean() }),
});
export type FieldsReport = z.infer<typeof fieldsReportSchema>;

/** Condition on rows that keeps a share of the owners: they are ordered by a hash of their id, so any range is a sample. */
interface Sample {
  readonly condition: string;
  readonly params: Readonly<Record<string, bigint>>;
  readonly whole: boolean;
}

const EVERYBODY: Sample = { condition: "1", params: {}, whole: true };
const LAST_HASH = 2n ** 64n - 1n;

function sampleOf(share: number): Sample {
  if (share >= 1) return EVERYBODY;
  const parts = 1_000_000_000;
  const last = (LAST_HASH / BigInt(parts)) * BigInt(Math.ceil(share * parts));
  return { condition: "owner <= {last:UInt64}", params: { last }, whole: false };
}

/** Sizes up to which everything is read: maps of properties are the heaviest column, traits stand once an owner. */
const MOST = { propertyOwners: 4_000, propertyEvents: 100_000, traitOwners: 100_000 };

async function chooseSamples(context: AnalysisContext) {
  const [row] = await context.store.query<Record<"rows" | "persons" | "events", number>>(
    `SELECT count() AS rows, countIf(ownerType = '${PERSON}') AS persons, sum(length(times)) AS events FROM ${context.source}`,
    { settings: ANALYSIS_SETTINGS },
  );
  const { rows = 0, persons = 0, events = 0 } = row ?? {};
  return {
    properties: sampleOf(
      events <= MOST.propertyEvents
        ? 1
        : Math.min(MOST.propertyOwners / (persons > 0 ? persons : rows), MOST.propertyEvents / events),
    ),
    traits: sampleOf(MOST.traitOwners / Math.max(1, persons)),
  };
}

/**
 * An event stands in its person's row and in those of its objects: it is read where the person is, and only where nobody
 * is known from the objects' rows, by its id. Array over the events, 1: read here.
 */
const READ_HERE = `if(ownerType = '${PERSON}', arrayMap(id -> toUInt8(1), touchpoints), arrayMap(person -> toUInt8(person = 0), customers))`;

async function countPlaces(context: AnalysisContext) {
  return context.store.query<{ id: number; place: string; happened: number }>(
    `SELECT id, toString(channel) AS place, countIf(ownerType = '${PERSON}') + uniqExactIf(event, ownerType != '${PERSON}') AS happened
FROM ${context.source}
ARRAY JOIN touchpoints AS id, channels AS channel, eventIds AS event, ${READ_HERE} AS here
WHERE here
GROUP BY id, place`,
    { settings: ANALYSIS_SETTINGS },
  );
}

/** Where fields stand: an ARRAY JOIN that gives `field` = (name, value, event or owner) for each one filled. */
const PROPERTY_FIELDS = `arrayFilter(field -> field.2 != '', arrayFlatten(arrayMap((property, event, here) ->
    arrayMap((name, text) -> (toString(name), text, event), arrayFilter(name -> here, mapKeys(property)), arrayFilter(text -> here, mapValues(property))),
    properties, eventIds, ${READ_HERE}))) AS field`;
const TRAIT_FIELDS = `arrayFilter(field -> field.2 != '',
    arrayMap((name, text) -> (toString(name), text, owner), mapKeys(traits), mapValues(traits))) AS field`;

export interface FieldValues {
  readonly name: string;
  readonly distinct: number;
  /** Events, or owners, that have it. */
  readonly count: number;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

async function readFields(
  context: AnalysisContext,
  fields: string,
  rows: string,
  sample: Sample,
): Promise<FieldValues[]> {
  const from = `FROM ${context.source}\nARRAY JOIN ${fields}\nWHERE ${rows} AND ${sample.condition}`;
  const options = { params: { ...sample.params, longest: LONGEST_VALUE }, settings: ANALYSIS_SETTINGS };
  const names = await context.store.query<{ name: string; distinct: number; count: number }>(
    `SELECT field.1 AS name, uniqExact(field.2) AS distinct, uniqExact(field.3) AS count
${from}
GROUP BY name ORDER BY count DESC, name LIMIT ${MOST_FIELDS}`,
    options,
  );
  if (names.length === 0) return [];
  const values = await context.store.query<{ name: string; value: string; count: number }>(
    `SELECT field.1 AS name, field.2 AS value, uniqExact(field.3) AS count
${from} AND length(field.2) <= {longest:UInt32} AND has({names:Array(String)}, field.1)
GROUP BY name, value ORDER BY name, count DESC, value LIMIT ${TOP_VALUES} BY name`,
    { ...options, params: { ...options.params, names: names.map(({ name }) => name) } },
  );
  return names.map((field) => ({
    ...field,
    values: values.filter(({ name }) => name === field.name).map(({ value, count }) => ({ value, count })),
  }));
}

/** The properties of events and the traits of customers, with their commonest values, as far as the samples tell. */
export async function readFieldValues(context: AnalysisContext) {
  const samples = await chooseSamples(context);
  const properties = await readFields(context, PROPERTY_FIELDS, "1", samples.properties);
  // Traits of people who only appear in objects' rows are nobody's.
  const traits = await readFields(context, TRAIT_FIELDS, `ownerType = '${PERSON}'`, samples.traits);
  return { properties, traits, sampled: { properties: !samples.properties.whole, traits: !samples.traits.whole } };
}

function sumBy<Key>(rows: readonly { readonly happened: number }[], keyOf: (index: number) => Key): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const [index, { happened }] of rows.entries()) sums.set(keyOf(index), (sums.get(keyOf(index)) ?? 0) + happened);
  return sums;
}

/** @throws AppError unavailable (a limit of the engine) */
export async function listFields(context: AnalysisContext): Promise<FieldsReport> {
  const [places, { properties, traits, sampled }] = await Promise.all([countPlaces(context), readFieldValues(context)]);
  const byTouchpoint = sumBy(places, (index) => places[index]?.id ?? 0);
  const byChannel = sumBy(places, (index) => places[index]?.place ?? "");
  byChannel.delete("");
  return {
    touchpoints: context.touchpoints
      .map(({ id, name, stage, hidden }) => ({ name, stage, hidden, events: byTouchpoint.get(id) ?? 0 }))
      .sort((a, b) => b.events - a.events || (a.name < b.name ? -1 : 1)),
    channels: [...byChannel]
      .map(([channel, events]) => ({ channel, events }))
      .sort((a, b) => b.events - a.events || (a.channel < b.channel ? -1 : 1)),
    properties: properties.map(({ name, distinct, count: events, values }) => ({
      ...{ name, distinct, events },
      values: values.map(({ value, count }) => ({ value, events: count })),
    })),
    traits: traits.map(({ name, distinct, count: customers, values }) => ({
      ...{ name, distinct, customers },
      values: values.map(({ value, count }) => ({ value, customers: count })),
    })),
    journeys: ["life", "visit", "order-cycle", ...context.objectTypes],
    sampled,
  };
}
