/**
 * The customers behind a number: how many journeys a selection holds, of whom, and the newest of them row by row.
 * What tells them apart from the others is profile.ts; one customer's events are customer-journey.ts.
 */
import { z } from "zod";
import { PERSON } from "../domain/journey-definition.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import { bindRoles } from "./kpi-frame.ts";
import { askSelected, compileSelection, type SelectedJourneys, selectedScopeSchema } from "./selection.ts";

export const customersQuerySchema = selectedScopeSchema.extend({
  /** Rows at the most. */
  limit: z.int().min(1).max(1_000).default(100),
});
export type CustomersQuery = z.input<typeof customersQuerySchema>;

const rowSchema = z.object({
  /** The journey's own name, as `journeys` of its customer lists it. */
  owner: z.string(),
  /** The customer's id, or a visitor's anonymous id, for the operation `journeys`; null: nobody is known. */
  customer: z.string().nullable(),
  /** Distinct customers in the journey; of several, the first is named. */
  customers: z.int(),
  /** False for a visitor without a customer id. */
  known: z.boolean(),
  /** Times of the first and last event in scope. */
  start: z.string(),
  end: z.string(),
  events: z.int(),
  durationSeconds: z.number(),
  /** What its orders were worth, in the workspace's main currency; null without an order that has an amount. */
  value: z.number().nullable(),
});

export const customersReportSchema = z.object({
  journey: z.string(),
  unit: z.enum(["journeys", "customers"]),
  /** Journeys (customers) of the selection: the number that was asked about. */
  total: z.int(),
  /** Distinct persons in them. */
  customers: z.int(),
  currency: z.string(),
  /** The newest first; those that start together by owner. */
  rows: z.array(rowSchema),
});
export type CustomersReport = z.infer<typeof customersReportSchema>;

interface ListedUnit {
  /** UInt64 as text. */
  readonly ownerHash: string;
  readonly ownerName: string;
  readonly isKnown: number;
  /** Number of the journey within its owner, from 1. */
  readonly unitNumber: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly size: number;
}

/** Over the events, the number of the unit each is in, as it stands in a journey's name. */
function unitNumbers({ frame, unit }: SelectedJourneys): string {
  return frame.single || unit === "customers" ? "arrayMap(id -> toUInt32(1), ids)" : "numbers";
}

async function countSelected(context: AnalysisContext, selected: SelectedJourneys) {
  const customers = selected.frame.person
    ? "countIf(has(picks, 1))"
    : "uniqExactArrayIf(arrayFilter(person -> person != 0, arrayDistinct(people)), has(picks, 1))";
  const [row] = await askSelected<{ units: number; persons: number }>(context, selected, {
    select: ["sum(arraySum(picks)) AS units", `${customers} AS persons`],
  });
  return { total: row?.units ?? 0, customers: row?.persons ?? 0 };
}

async function listUnits(context: AnalysisContext, selected: SelectedJourneys, limit: number): Promise<ListedUnit[]> {
  const atStart = (array: string) => `arrayFilter((element, first) -> first, ${array}, unitFirsts)`;
  const ends = "arrayFilter((ms, last) -> last, at, unitLasts)";
  const units = `arrayZip(${atStart(unitNumbers(selected))}, ${atStart("at")}, ${ends}, unitSizes, picks)`;
  return askSelected<ListedUnit>(context, selected, {
    select: [
      "toString(owner) AS ownerHash",
      "ownerId AS ownerName",
      "known AS isKnown",
      "listed.1 AS unitNumber",
      "listed.2 AS startMs",
      "listed.3 AS endMs",
      "listed.4 AS size",
    ],
    each: `arrayFilter(unit -> unit.5 = 1, ${units}) AS listed`,
    tail: `ORDER BY startMs DESC, ownerName, unitNumber\nLIMIT ${limit}`,
  });
}

/** What only the listed rows are read for: looking up some owners by key spares these columns of all others. */
interface OwnerDetail {
  readonly ownerHash: string;
  /** Priced orders of the row: the number of the unit each is in, and its value. */
  readonly orderUnits: readonly number[];
  readonly orderValues: readonly number[];
  /** UInt64 as text, in order of their first event; for objects. */
  readonly persons: readonly string[];
}

async function readDetails(
  context: AnalysisContext,
  selected: SelectedJourneys,
  owners: readonly string[],
): Promise<ReadonlyMap<string, OwnerDetail>> {
  const { frame } = selected;
  const orders = bindRoles(context, frame, "order");
  const currency = frame.bag.bind(context.currency, "String");
  const columns = ["orders", "eventIds", "values", "currencies"].map((column) => frame.kept(column));
  const priced = `has(${orders}, id) AND isNotNull(amount) AND toString(money) = ${currency}`;
  const rows = await askSelected<OwnerDetail>(context, selected, {
    aliases: [
      `arrayFilter(entry -> entry.4, arrayMap((id, unit, object, event, amount, money) ->
    (unit, if(object != 0, object, event), toFloat64(ifNull(amount, 0)), toUInt8(${priced})),
    ids, ${unitNumbers(selected)}, ${columns.join(", ")})) AS pricedEvents`,
      // An order counts once in a journey, with its first amount, as revenue counts it.
      "arrayFilter((entry, nth) -> nth = 1, pricedEvents, arrayEnumerateUniq(pricedEvents.1, pricedEvents.2)) AS pricedOrders",
    ],
    select: [
      "toString(owner) AS ownerHash",
      "pricedOrders.1 AS orderUnits",
      "pricedOrders.3 AS orderValues",
      frame.person
        ? "emptyArrayString() AS persons"
        : "arrayMap(person -> toString(person), arrayFilter(person -> person != 0, arrayDistinct(people))) AS persons",
    ],
    where: [`owner IN ${frame.bag.bind(owners.map(BigInt), "Array(UInt64)")}`],
  });
  return new Map(rows.map((row) => [row.ownerHash, row]));
}

interface Person {
  readonly customer: string;
  readonly isKnown: number;
}

async function readPersons(context: AnalysisContext, hashes: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (hashes.length === 0) return new Map();
  const rows = await context.store.query<Person & { ownerHash: string }>(
    `SELECT toString(owner) AS ownerHash, ownerId AS customer, known AS isKnown
FROM ${context.source} WHERE ownerType = '${PERSON}' AND owner IN {hashes:Array(UInt64)}`,
    { params: { hashes: hashes.map(BigInt) }, settings: ANALYSIS_SETTINGS },
  );
  return new Map(rows.map((row) => [row.ownerHash, row]));
}

function describeUnit(
  listed: ListedUnit,
  detail: OwnerDetail | undefined,
  selected: SelectedJourneys,
  persons: ReadonlyMap<string, Person>,
): CustomersReport["rows"][number] {
  const { ownerName, unitNumber, startMs, endMs, size } = listed;
  const first = detail?.persons[0];
  const person = selected.frame.person
    ? { customer: ownerName, isKnown: listed.isKnown }
    : first === undefined
      ? undefined
      : persons.get(first);
  const values = detail?.orderValues.filter((_, index) => detail.orderUnits[index] === unitNumber) ?? [];
  const whole = selected.frame.single || selected.unit === "customers";
  return {
    owner: whole ? ownerName : `${ownerName}#${unitNumber}`,
    customer: person?.customer ?? null,
    customers: selected.frame.person ? 1 : (detail?.persons.length ?? 0),
    known: person?.isKnown === 1,
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    events: size,
    durationSeconds: (endMs - startMs) / 1000,
    // Amounts have four decimals; their sum has no more.
    value: values.length === 0 ? null : Math.round(values.reduce((sum, value) => sum + value, 0) * 10_000) / 10_000,
  };
}

/**
 * The journeys of a selection, or its customers where the number behind it counts customers.
 * @throws AppError not-found (journey, touchpoint), invalid (filter, stage, funnel step, KPI), unavailable (a limit of the engine)
 */
export async function listCustomers(context: AnalysisContext, input: CustomersQuery): Promise<CustomersReport> {
  const { limit, ...scope } = customersQuerySchema.parse(input);
  const selected = await compileSelection(context, scope);
  const [{ total, customers }, listed] = await Promise.all([
    countSelected(context, selected),
    listUnits(context, selected, limit),
  ]);
  const owners = [...new Set(listed.map(({ ownerHash }) => ownerHash))];
  const details = owners.length === 0 ? new Map() : await readDetails(context, selected, owners);
  const persons = await readPersons(
    context,
    [...details.values()].flatMap((detail: OwnerDetail) => detail.persons[0] ?? []),
  );
  return {
    journey: selected.frame.journey,
    unit: selected.unit,
    total,
    customers,
    currency: context.currency,
    rows: listed.map((unit) => describeUnit(unit, details.get(unit.ownerHash), selected, persons)),
  };
}
