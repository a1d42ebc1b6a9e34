/**
 * Which column of a table most likely says what: customer, time, touchpoint, channel, value, score, objects.
 * Names speak first, and content must not contradict them; every guess carries its reason. It writes no mapping.
 */
import { detectNumbers, type NumberForm } from "./detect-number.ts";
import { detectTime, type TimeForm } from "./detect-time.ts";
import { findActivity } from "./find-activity.ts";
import { fieldOfIds, fieldsOfName } from "./name-words.ts";
import type { Sample } from "./source-file.ts";

export type Field =
  | "customer"
  | "anonymous"
  | "time"
  | "touchpoint"
  | "channel"
  | "value"
  | "currency"
  | "score"
  | `object ${string}`;

export interface Guess {
  readonly field: Field;
  readonly column: string;
  readonly why: string;
  /** 0…1: a rule of thumb, no probability. */
  readonly confidence: number;
}

/** What the sample tells of a column. */
export interface ColumnFacts {
  readonly name: string;
  /** The name in lower case, words joined by _, without prefixes that every column of a format has. */
  readonly key: string;
  readonly filled: number;
  readonly records: number;
  readonly distinct: number;
  /** Share of filled values that are numbers. */
  readonly numbers: number;
  readonly numberForm: NumberForm;
  readonly min: number;
  readonly max: number;
  /** Share of numbers that are whole. */
  readonly whole: number;
  readonly time: TimeForm | undefined;
  /** Whose ids the values are by their form, such as user_0001. */
  readonly ids: Field | undefined;
}

/** Weight by exact key, the likeliest first. Sources: the formats in Segment's, Mixpanel's, GA4's and XES' documents. */
const NAMES: readonly (readonly [Field, number, string])[] = [
  ["customer", 1, "customer_unique_id customer_id customerid distinct_id"],
  ["customer", 0.95, "customer user_id userid customer_no customer_number customer_key customer_code cust_id"],
  [
    "customer",
    0.9,
    "client_id household_id member_id person_id subscriber_id shopper_id buyer_id reviewer_id account_id",
  ],
  ["customer", 0.85, "contact_id profile_id player_id guest_id patient_id passenger_id traveller_id borrower_id uid"],
  ["customer", 0.8, "user username user_name client member account customer_email user_email requester_id"],
  [
    "customer",
    0.7,
    "email e_mail email_address customer_name cust lead_id mql_id prospect_id company_id contact buyer shopper person",
  ],
  ["anonymous", 1, "anonymous_id anonymousid user_pseudo_id full_visitor_id fullvisitorid"],
  ["anonymous", 0.9, "visitor_id device_id cookie_id cookie fingerprint visitor"],
  ["time", 1, "timestamp time_timestamp event_time event_timestamp event_date occurred_at happened_at"],
  ["time", 0.95, "time datetime date_time ts date event_datetime transaction_timestamp order_purchase_timestamp"],
  ["time", 0.9, "created_at created invoice_date order_date purchase_date transaction_date logged_at created_date"],
  ["time", 0.85, "start_timestamp start_time started_at complete_timestamp completed_at timestamp_utc time_stamp day"],
  ["time", 0.75, "creation_date received_at sent_at order_time purchase_time purchased_at ordered_at paid_at"],
  ["touchpoint", 1, "event event_name activity activity_name concept_name touchpoint touchpoint_name interaction"],
  ["touchpoint", 0.9, "event_type action action_name interaction_type event_action activity_type"],
  ["touchpoint", 0.7, "step step_name task task_name page_name operation page screen_name milestone"],
  ["touchpoint", 0.55, "status state stage type event_category category_code behavior_type behaviour"],
  ["channel", 1, "channel channel_name contact_channel sales_channel interaction_channel event_channel"],
  ["channel", 0.85, "platform channel_type touch_channel"],
  ["value", 1, "value order_value dollar_value sales_value revenue order_total total_amount grand_total event_value"],
  [
    "value",
    0.95,
    "amount payment_value purchase_amount transaction_amount total_price order_amount total purchase_value",
  ],
  ["value", 0.85, "sales spend net_amount gross_amount turnover transaction_value line_total"],
  ["value", 0.6, "price unit_price"],
  ["currency", 1, "currency currency_code iso_currency currency_iso"],
  ["score", 1, "score rating stars review_score csat csat_score nps nps_score star_rating satisfaction_score"],
  ["score", 0.9, "satisfaction ces ces_score review_rating survey_score feedback_score satisfaction_rating overall"],
  ["object case", 1, "case_concept_name case_id caseid case_key case_number process_instance_id"],
  ["object case", 0.85, "case process_id instance_id trace_id claim_id application_id loan_id"],
  ["object session", 1, "session_id sessionid session ga_session_id visit_id sess_id user_session"],
  ["object order", 1, "order_id orderid order_no order_number invoice_no invoice_id invoice invoice_number order"],
  ["object order", 0.9, "transaction_id basket_id receipt_id receipt_no purchase_id checkout_id trans_id"],
  ["object ticket", 1, "ticket_id ticketid ticket ticket_no ticket_number incident_id issue_id issue_key incident"],
];

/** Words that make a time column one of something else than the event. */
const OTHER_TIME =
  /birth|end|due|deliver|estimat|expir|updat|modif|clos|resolv|approv|cancel|limit|sync|next|last|geburt|geboort|liefer|lever|f[aä]llig|versand|verzend|[aä]nder|wijzig|abgeschl|afgerond|storn|genehm|ablauf|livraison|modific|entrega|consegna|naiss/u;

/** "CustomerID" → customer_id, "time:timestamp" → time_timestamp, "properties.distinct_id" → distinct_id. */
export function columnKey(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .replace(/^(?:properties|context|event_properties|traits)_(?=.)/u, "");
}

const WEIGHTS = new Map<string, { field: Field; weight: number }>(
  NAMES.flatMap(([field, weight, keys]) => keys.split(" ").map((key) => [key, { field, weight }] as const)),
);

export function describeColumns(sample: Sample): ColumnFacts[] {
  const rows = [...sample.rows, ...sample.spread];
  return sample.columns.map((name, at) => {
    const values = rows.map((row) => (row[at] ?? "").trim()).filter((value) => value !== "");
    const numberForm = detectNumbers(values);
    const { numbers } = numberForm;
    return {
      name,
      key: columnKey(name),
      filled: values.length,
      records: rows.length,
      distinct: new Set(values).size,
      numbers: numberForm.share,
      numberForm,
      min: Math.min(...numbers),
      max: Math.max(...numbers),
      whole: numbers.length === 0 ? 0 : numbers.filter(Number.isInteger).length / numbers.length,
      time: detectTime(values),
      ids: fieldOfIds(values),
    };
  });
}

/** How far the content allows the column this field: 0 forbids it. */
function fitContent(field: Field, facts: ColumnFacts): number {
  if (facts.filled === 0) return 0;
  switch (field) {
    case "time":
      // Beside a column with a clock, one with days alone is the poorer copy.
      return (facts.time?.share ?? 0) * (facts.time?.dayOnly ? 0.9 : 1);
    case "value":
      return facts.numbers >= 0.9 ? 1 : 0;
    case "score":
      return facts.numbers >= 0.9 && facts.min >= -100 && facts.max <= 100 ? 1 : 0;
    case "touchpoint":
      // Names of touchpoints recur; a text of its own on every record is no name.
      if (facts.numbers > 0.9 || facts.time) return 0;
      return facts.distinct <= Math.max(50, facts.filled / 2) ? 1 : 0.3;
    case "channel":
    case "currency":
      return facts.distinct <= 50 && facts.numbers < 0.5 ? 1 : 0;
    default:
      // Measurements are no identifiers; ids that came through a spreadsheet look like 17850.0.
      return facts.numbers > 0.9 && facts.whole < 0.95 ? 0 : 1;
  }
}

function nameWords(facts: ColumnFacts): string {
  return facts.key === facts.name ? "by its name" : `by its name, ${facts.key}`;
}

/** Names of the formats first; then those of other languages and of business systems. */
function namedFields(key: string): readonly { readonly field: Field; readonly weight: number }[] {
  const known = WEIGHTS.get(key);
  return known ? [known] : fieldsOfName(key);
}

function guessesByName(facts: ColumnFacts): Guess[] {
  return namedFields(facts.key).flatMap(({ field, weight }) => {
    const confidence = weight * fitContent(field, facts);
    if (confidence < 0.3) return [];
    const form = field === "time" && facts.time ? `, and its form: ${facts.time.words}` : "";
    return [{ field, column: facts.name, why: nameWords(facts) + form, confidence }];
  });
}

/** Where no name helps: ids that begin with what they are. */
function guessByIds({ ids, key, name, filled }: ColumnFacts): Guess | undefined {
  if (ids === undefined || filled < 2 || namedFields(key).length > 0) return undefined;
  const kind = ids.replace(/^object /u, "");
  return { field: ids, column: name, why: `its values look like ids of a ${kind}`, confidence: 0.55 };
}

/** Where no name helps: a column all of whose values are times. */
function guessTimeByContent(facts: ColumnFacts): Guess | undefined {
  const [named] = namedFields(facts.key);
  if (!facts.time || facts.time.share < 0.95 || (named && named.field !== "time")) return undefined;
  const filled = facts.filled / facts.records;
  // Bare numbers can look like Unix times or days by chance.
  const digits = facts.numbers > 0.9 && !/time|date|_at$|^ts$/u.test(facts.key) ? 0.5 : 1;
  const confidence = 0.65 * filled * digits * (OTHER_TIME.test(facts.key) ? 0.7 : 1);
  if (confidence < 0.3) return undefined;
  return { field: "time", column: facts.name, why: `its values are times: ${facts.time.words}`, confidence };
}

/**
 * The best column for each field; a column serves one field only, and ties go to the column that stands first.
 * Object fields are named «object order» and the like.
 */
export function guessColumns(columns: readonly ColumnFacts[], sample: Sample): Guess[] {
  const candidates = columns.flatMap((facts) => [
    ...guessesByName(facts),
    ...[guessByIds(facts) ?? [], guessTimeByContent(facts) ?? []].flat(),
  ]);
  const byConfidence = [...candidates].sort((a, b) => b.confidence - a.confidence);
  const chosen: Guess[] = [];
  for (const guess of byConfidence) {
    if (chosen.some((other) => other.field === guess.field || other.column === guess.column)) continue;
    chosen.push(guess);
  }
  const activity = findActivity(columns, chosen, sample);
  return activity ? [...chosen, activity] : chosen;
}
