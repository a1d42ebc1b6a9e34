/**
 * Buyers for the benchmark, put straight into prepared journeys by the engine: Pareto/NBD with first orders on random
 * days of three years. Every number follows from the customer's own and a seeded hash.
 */
import type { EventStore } from "../src/store/event-store.ts";
import type { WorkspaceRun } from "./workspace-run.ts";

/** Shapes of one half: a squared normal, so that the engine can draw it; rates in weeks. */
const TRUTH = { alpha: 20, beta: 40 } as const;
const DAYS = 1_095;
/** Nobody of ten million buys more often. */
const MOST = 64;
const BATCH = 1_000_000;
const BEFORE = "2021-12-31";

/** A uniform draw in (0, 1) of a customer, told apart by `salt`. */
const draw = (salt: string) => `((cityHash64(number, ${salt}) % 4294967295 + 1) / 4294967297)`;
/** Gamma(½, 1), the half of a squared normal (Box & Muller). */
const half = (salt: string) => `(-log(${draw(`'${salt}1'`)}) * pow(cos(2 * pi() * ${draw(`'${salt}2'`)}), 2))`;

/**
 * Adds `customers` buyers to a workspace that knows the touchpoint 1 as an order. What they have in no column stays empty.
 */
async function insertBuyers(events: EventStore, from: number, customers: number): Promise<void> {
  const empty = (value: string) => `arrayMap(moment -> ${value}, times)`;
  await events.command(
    `INSERT INTO journey_rows
SELECT 'customer' AS ownerType, cityHash64(ownerId) AS owner, concat('buyer-', toString(number)) AS ownerId,
  arrayWithConstant(length(times), toUInt16(1)) AS touchpoints,
  arrayMap(week -> toDateTime64('2022-01-01 10:00:00', 3, 'UTC') + toIntervalSecond(toInt64(86400 * (first + 7 * week))), weeks) AS times,
  arrayWithConstant(length(times), toUInt32(1)) AS visits, arrayWithConstant(length(times), toUInt32(1)) AS cycles, [] AS customers,
  ${empty("''")} AS channels, arrayMap(moment -> toDecimal64(10 + cityHash64(number, moment) % 90, 4), times) AS \`values\`,
  ${empty("'EUR'")} AS currencies, ${empty("NULL")} AS scores, ${empty("''")} AS scales, ${empty("toUInt64(0)")} AS orders,
  ${empty("[]")} AS objectTypes, ${empty("[]")} AS objectIds, arrayMap(moment -> cityHash64(number, moment, 'event'), times) AS eventIds,
  arrayWithConstant(length(times), toUInt32(1)) AS imports, ${empty("map()")} AS properties, map() AS traits,
  1 AS known, 1 AS version, 0 AS deleted
FROM (
  SELECT number, cityHash64(number, 'first') % ${DAYS} AS first, (${DAYS - 1} - first) / 7 AS age,
    ${half("rate")} / ${TRUTH.alpha} AS pace, -log(${draw("'leaves'")}) / (${half("exit")} / ${TRUTH.beta}) AS stays,
    arrayPushFront(arrayFilter(week -> week <= least(age, stays), arrayCumSum(
      arrayMap(nth -> -log((cityHash64(number, nth) % 4294967295 + 1) / 4294967297) / pace, range(1, ${MOST + 1})))), 0.) AS weeks
  FROM numbers({from:UInt64}, {customers:UInt64}))`,
    { params: { from, customers }, settings: { max_threads: 2 } },
  );
}

/** Opens what the buyers need: one order, so that its touchpoint is in the catalogue with its role, and then the buyers. */
export async function fillBuyers(run: WorkspaceRun, customers: number): Promise<void> {
  const { events, state } = run.platform;
  const [order] = await state.listTouchpoints();
  if (order?.id !== 1 || order.role !== "order")
    throw new Error(`the touchpoint 1 is no order: ${JSON.stringify(order)}`);
  for (let from = 0; from < customers; from += BATCH)
    await insertBuyers(events, from, Math.min(BATCH, customers - from));
}

/** A log of one order, before all others. */
export const FIRST_ORDER = `customer,event,timestamp,value,currency\nfirst,Order Completed,${BEFORE}T10:00:00Z,10,EUR\n`;
