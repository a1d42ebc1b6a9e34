/**
 * Who they are: what channels, properties and traits the journeys of a selection have more, or less, often than all others
 * in scope. It explores: dozens of values are looked at once, and a difference that stands out says nothing of its cause.
 */
import { z } from "zod";
import { estimateClusteredDifference } from "../stats/clustered.ts";
import { CONFIDENCE, isInsufficient } from "../stats/estimate.ts";
import type { AnalysisContext } from "./context.ts";
import { type FieldValues, readFieldValues } from "./fields.ts";
import { customerBucket } from "./journey-steps.ts";
import { askSelected, compileSelection, type SelectedJourneys, selectedScopeSchema } from "./selection.ts";
import { spreadUnits } from "./selection-part.ts";
import { type BucketCounts, pairBuckets, sumOf } from "./share-report.ts";

export const profileQuerySchema = selectedScopeSchema;
export type ProfileQuery = z.input<typeof profileQuerySchema>;

/** A field with more values is a name, an amount or a text: its values describe single journeys, not kinds of them. */
const MOST_VALUES = 50;
/** A value that fewer journeys in scope have, chosen or not, tells nothing either way and is not looked at. */
const LEAST_JOURNEYS = 5;
const MOST_ROWS = 30;

const sideSchema = z.object({
  /** Journeys (customers) with the value, of the `n` that have any value of the field. */
  count: z.int(),
  n: z.int(),
  share: z.number(),
});

export const profileReportSchema = z.object({
  journey: z.string(),
  unit: z.enum(["journeys", "customers"]),
  /** Journeys (customers) of the selection, and all others in scope. */
  n: z.int(),
  others: z.int(),
  /** Values looked at. Each interval holds with `confidence`, so that all of them together hold with 95 %. */
  comparisons: z.int(),
  confidence: z.number(),
  /** The strongest first: those whose interval lies farthest from 0, then the largest differences. */
  fields: z.array(
    z.object({
      /** channel, prop.NAME or customer.NAME. */
      field: z.string(),
      value: z.string(),
      selected: sideSchema,
      rest: sideSchema,
      /** selected − rest, in shares of 0 … 1. */
      difference: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    }),
  ),
});
export type ProfileReport = z.infer<typeof profileReportSchema>;
type ProfileRow = ProfileReport["fields"][number];

/** Buckets of customers and what each adds, as two parallel arrays. */
type BucketSumsRow = readonly [buckets: readonly number[], sums: readonly number[]];

interface ValueRow {
  readonly fieldName: string;
  /** "": any value of the field. */
  readonly fieldValue: string;
  readonly ofSelected: BucketSumsRow;
  readonly ofRest: BucketSumsRow;
}

interface ValueCounts {
  readonly field: string;
  readonly value: string;
  readonly chosen: BucketCounts;
  readonly others: BucketCounts;
}

function toCounts([buckets, sums]: BucketSumsRow): BucketCounts {
  return new Map(buckets.map((bucket, index) => [bucket, sums[index] ?? 0]));
}

function bindNames({ frame }: SelectedJourneys, fields: readonly FieldValues[]): string | undefined {
  const names = fields.filter(({ distinct }) => distinct <= MOST_VALUES).map(({ name }) => name);
  return names.length > 0 ? frame.bag.bind(names, "Array(String)") : undefined;
}

/** The pairs once more with an empty value: whoever has any value of the field is counted there, once. */
const WITH_PRESENCE = (pairs: string, presence: string) => `arrayDistinct(arrayConcat(${pairs}, ${presence}))`;

/** What the events of each unit tell: (unit, chosen, field, value), each once a unit however often it happens. */
function eventPairs({ frame }: SelectedJourneys, names: string | undefined): string[] {
  const ofChannels = `arrayMap((place, unit, picked) -> (unit, picked, 'channel', toString(place)), ${frame.kept("channels")}, unitIndex, pickedEvents)`;
  const ofProperties = names
    ? `arrayFlatten(arrayMap((property, unit, picked) ->
    arrayMap((name, text) -> (unit, picked, concat('prop.', toString(name)), text), mapKeys(property), mapValues(property)),
    arrayMap(property -> mapFilter((name, text) -> has(${names}, name), property), ${frame.kept("properties")}), unitIndex, pickedEvents))`
    : undefined;
  const all = ofProperties ? `arrayConcat(${ofChannels}, ${ofProperties})` : ofChannels;
  return [
    "arrayCumSum(unitFirsts) AS unitIndex",
    `${spreadUnits("picks")} AS pickedEvents`,
    `arrayDistinct(arrayFilter(pair -> pair.4 != '', ${all})) AS pairs`,
    `${WITH_PRESENCE("pairs", "arrayMap(pair -> (pair.1, pair.2, pair.3, ''), pairs)")} AS told`,
  ];
}

const SUMS = (units: string) => `sumMap([bucket], [toUInt64(${units})])`;

async function countEventFields(
  context: AnalysisContext,
  selected: SelectedJourneys,
  properties: readonly FieldValues[],
): Promise<ValueRow[]> {
  return askSelected<ValueRow>(context, selected, {
    aliases: [...eventPairs(selected, bindNames(selected, properties)), `${customerBucket(selected.frame)} AS bucket`],
    select: [
      "pair.3 AS fieldName",
      "pair.4 AS fieldValue",
      `${SUMS("pair.2")} AS ofSelected`,
      `${SUMS("1 - pair.2")} AS ofRest`,
    ],
    each: "told AS pair",
    tail: `GROUP BY fieldName, fieldValue\nHAVING count() >= ${LEAST_JOURNEYS}`,
  });
}

async function countTraits(
  context: AnalysisContext,
  selected: SelectedJourneys,
  traits: readonly FieldValues[],
): Promise<ValueRow[]> {
  const names = bindNames(selected, traits);
  if (!names) return [];
  const pairs = `arrayFilter(pair -> pair.2 != '' AND has(${names}, pair.1),
    arrayMap((name, text) -> (toString(name), text), mapKeys(traits), mapValues(traits)))`;
  return askSelected<ValueRow>(context, selected, {
    aliases: [
      `${pairs} AS pairs`,
      `${customerBucket(selected.frame)} AS bucket`,
      "arraySum(picks) AS chosenUnits",
      "length(picks) AS allUnits",
    ],
    select: [
      "concat('customer.', pair.1) AS fieldName",
      "pair.2 AS fieldValue",
      `${SUMS("chosenUnits")} AS ofSelected`,
      `${SUMS("allUnits - chosenUnits")} AS ofRest`,
    ],
    each: `${WITH_PRESENCE("pairs", "arrayMap(pair -> (pair.1, ''), pairs)")} AS pair`,
    tail: `GROUP BY fieldName, fieldValue\nHAVING sum(allUnits) >= ${LEAST_JOURNEYS}`,
  });
}

interface Looked {
  readonly value: ValueCounts;
  /** Everybody with any value of the field. */
  readonly field: ValueCounts;
}

/** The values to look at: of fields with few values, present on both sides. */
function chooseValues(rows: readonly ValueRow[]): Looked[] {
  const counts = rows.map(({ fieldName: field, fieldValue: value, ofSelected, ofRest }): ValueCounts => {
    return { field, value, chosen: toCounts(ofSelected), others: toCounts(ofRest) };
  });
  const fields = new Map(counts.filter(({ value }) => value === "").map((count) => [count.field, count]));
  const values = new Map<string, number>();
  for (const { field, value } of counts) if (value !== "") values.set(field, (values.get(field) ?? 0) + 1);
  return counts.flatMap((value) => {
    const field = fields.get(value.field);
    if (value.value === "" || !field || (values.get(value.field) ?? 0) > MOST_VALUES) return [];
    return sumOf(field.chosen) > 0 && sumOf(field.others) > 0 ? [{ value, field }] : [];
  });
}

function describeSide(hits: BucketCounts, units: BucketCounts): ProfileRow["selected"] {
  const [count, n] = [sumOf(hits), sumOf(units)];
  return { count, n, share: count / n };
}

function describeValue({ value, field }: Looked, confidence: number): ProfileRow[] {
  const difference = estimateClusteredDifference(
    pairBuckets(value.chosen, field.chosen),
    pairBuckets(value.others, field.others),
    confidence,
  );
  if (isInsufficient(difference)) return [];
  return [
    {
      field: value.field,
      value: value.value,
      selected: describeSide(value.chosen, field.chosen),
      rest: describeSide(value.others, field.others),
      difference: { value: difference.value, low: difference.low, high: difference.high },
    },
  ];
}

/** How far the interval lies from 0; 0 when it holds it. */
function leastDifference({ difference: { low, high } }: ProfileRow): number {
  return low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
}

function compareRows(a: ProfileRow, b: ProfileRow): number {
  return (
    leastDifference(b) - leastDifference(a) ||
    Math.abs(b.difference.value) - Math.abs(a.difference.value) ||
    (a.field === b.field ? (a.value < b.value ? -1 : 1) : a.field < b.field ? -1 : 1)
  );
}

/**
 * The profile of a selection. Shares are of the journeys that have any value of the field; their differences have
 * Newcombe's interval on effective numbers of customers, widened by Bonferroni to 1 − 0.05/comparisons each.
 * Source: Dunn (1961), J. Am. Stat. Assoc. 56, 52–64. Which values are looked at does not depend on who was selected.
 * @throws AppError not-found (journey, touchpoint), invalid (filter, stage, funnel step, KPI), unavailable (a limit of the engine)
 */
export async function analyzeProfile(context: AnalysisContext, input: ProfileQuery): Promise<ProfileReport> {
  const selected = await compileSelection(context, profileQuerySchema.parse(input));
  const { properties, traits } = await readFieldValues(context);
  const [[size], ofEvents, ofTraits] = await Promise.all([
    askSelected<{ units: number; chosenUnits: number }>(context, selected, {
      select: ["sum(length(picks)) AS units", "sum(arraySum(picks)) AS chosenUnits"],
    }),
    countEventFields(context, selected, properties),
    countTraits(context, selected, traits),
  ]);
  const looked = chooseValues([...ofEvents, ...ofTraits]);
  const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, looked.length);
  const n = size?.chosenUnits ?? 0;
  return {
    journey: selected.frame.journey,
    unit: selected.unit,
    n,
    others: (size?.units ?? 0) - n,
    comparisons: looked.length,
    confidence,
    fields: looked
      .flatMap((one) => describeValue(one, confidence))
      .sort(compareRows)
      .slice(0, MOST_ROWS),
  };
}
