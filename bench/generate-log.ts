/**
 * The log the benchmark runs on: a shop's events as one generic CSV, written by the engine from a seeded hash.
 * Customers have uneven activity, touchpoints uneven frequency; every number follows from the row's own number.
 */
import type { EventStore } from "../src/store/event-store.ts";

export const TOUCHPOINTS = 40;
/** With `leads`, every second `Touchpoint 39` is followed by a `Touchpoint 12` an hour later. */
export const LEADS = { from: 39, to: 12 } as const;
/** With `troubles`, touchpoints that have frictions: their names, and columns that tell how they went. */
export const TROUBLES = {
  names: { 7: "Payment Failed", 11: "Ticket Opened", 14: "Review Answered", 18: "Ticket Answered", 22: "Parcel Due" },
  columns: `,
  if(what = 14, toString(1 + cityHash64(number, 'score') % 5), '') AS score,
  if(what = 22, ['no', 'no', 'no', 'yes'][1 + cityHash64(number, 'late') % 4], '') AS overdue,
  if(what = 11, ['price', 'parcel', 'login', 'refund'][1 + cityHash64(number, 'topic') % 4], '') AS topic`,
} as const;
/** Events a customer has on average. */
const EVENTS_EACH = 20;

/** Skewed to small numbers: the square of a uniform draw. */
const skewed = (seed: string, size: number) =>
  `toUInt64(${size} * pow((cityHash64(number, '${seed}') % 1000000) / 1000000, 2))`;

/**
 * Writes `rows` events as CSV with header. With `changed`, only that many customers have events,
 * spread evenly over all `among`; `salt` makes the rows differ from those of another file. With `leads`, one
 * touchpoint truly leads to another (in some rows on top), so that there is something to be found; with `troubles`, some
 * have frictions.
 */
export async function writeLog(
  store: EventStore,
  path: string,
  log: {
    readonly rows: number;
    readonly changed?: number;
    readonly among?: number;
    readonly salt?: number;
    readonly leads?: true;
    readonly troubles?: true;
  },
): Promise<void> {
  const customers = Math.max(1, Math.round((log.among ?? log.rows) / EVENTS_EACH));
  const who = log.changed ? `intDiv(number % ${log.changed} * ${customers}, ${log.changed})` : skewed("who", customers);
  const from = log.salt ?? 0;
  const leads = log.leads ? `what = ${LEADS.from} AND cityHash64(number, 'leads') % 2 = 0` : "0";
  const plain = `concat('Touchpoint ', toString(if(led, ${LEADS.to}, what)))`;
  const [ids, names] = [Object.keys(TROUBLES.names).join(", "), Object.values(TROUBLES.names)];
  const event = log.troubles
    ? `transform(what, [${ids}], [${names.map((name) => `'${name}'`).join(", ")}], ${plain})`
    : plain;
  await store.command(
    `INSERT INTO FUNCTION file({path:String}, 'CSVWithNames')
SELECT concat('customer-', toString(${who})) AS customer,
  ${event} AS event,
  concat(formatDateTime(moment + 3600 * led, '%Y-%m-%dT%H:%i:%S', 'UTC'), '.', leftPad(toString(toUInt64(cityHash64(number, 'ms') % 1000)), 3, '0'), 'Z') AS timestamp,
  ['web', 'app', 'email', 'store'][1 + cityHash64(number, 'channel') % 4] AS channel,
  if(cityHash64(number, 'sells') % 10 = 0, toString(toDecimal64(cityHash64(number, 'value') % 20000 / 100, 2)), '') AS value,
  ['free', 'pro', 'team'][1 + cityHash64(number, 'plan') % 3] AS plan${log.troubles ? TROUBLES.columns : ""}
FROM (SELECT number, toDateTime('2025-01-01 00:00:00', 'UTC') + cityHash64(number, 'when') % 31536000 AS moment,
    ${skewed("what", TOUCHPOINTS)} AS what, arrayJoin(if(${leads}, [0, 1], [0])) AS led
  FROM numbers(${from}, ${log.rows}))`,
    { params: { path } },
  );
}
