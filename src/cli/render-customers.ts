/**
 * The customers behind a number, their profile, and what a filter can name, on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatDuration, formatMoney, formatNumber, formatShare, formatTime } from "./format.ts";
import { formatDifference } from "./render-compare.ts";
import { type Column, renderTable } from "./table.ts";

type CustomersAnswer = Answer<"customers">;
type CustomerRow = CustomersAnswer["rows"][number];

function countUnits({ journey, unit }: Pick<CustomersAnswer, "journey" | "unit">, count: number): string {
  return unit === "customers" ? formatCount(count, "customer") : formatCount(count, `${journey} journey`);
}

function nameCustomer({ customer, customers, known }: CustomerRow): string {
  if (customer === null) return "nobody known";
  const name = known ? customer : `${customer} (visitor)`;
  return customers > 1 ? `${name} and ${customers - 1} more` : name;
}

export function renderCustomers(answer: CustomersAnswer): string[] {
  const { rows, total, customers, unit, zone, currency } = answer;
  const counts = countUnits(answer, total);
  const own = rows.some(({ owner, customer }) => owner !== customer);
  const columns: Column<CustomerRow>[] = [
    { title: "Customer", value: nameCustomer },
    ...(own ? [{ title: "Journey", value: ({ owner }: CustomerRow) => owner }] : []),
    { title: "Start", value: ({ start }) => formatTime(start, zone) },
    { title: "Events", align: "right", value: ({ events }) => formatNumber(events) },
    { title: "Duration", align: "right", value: ({ durationSeconds }) => formatDuration(durationSeconds) },
    ...(rows.some(({ value }) => value !== null)
      ? [
          {
            title: "Orders' value",
            align: "right" as const,
            value: ({ value }: CustomerRow) => (value === null ? "" : formatMoney(value, currency)),
          },
        ]
      : []),
  ];
  const of = unit === "customers" ? "" : ` of ${formatCount(customers, "customer")}`;
  return [
    ...renderBasis("Customers", `${counts}${of}`, answer),
    ...(rows.length > 0 ? renderTable(columns, rows) : ["  Nobody is in this selection."]),
    "",
    ...(rows.length > 0
      ? [
          `  ${rows.length < total ? `The newest ${formatNumber(rows.length)}` : "All"} are listed. ` +
            "One customer's events: waymark journeys CUSTOMER",
        ]
      : []),
  ];
}

type ProfileAnswer = Answer<"profile">;

function formatSide({ share, n }: ProfileAnswer["fields"][number]["selected"]): string {
  return `${formatShare(share)} of ${formatNumber(n)}`;
}

export function renderProfile(answer: ProfileAnswer): string[] {
  const { n, others, fields, comparisons, confidence } = answer;
  const rows = renderTable(
    [
      { title: "Field", value: ({ field }) => field },
      { title: "Value", value: ({ value }) => value },
      { title: "These", align: "right", value: ({ selected }) => formatSide(selected) },
      { title: "All others", align: "right", value: ({ rest }) => formatSide(rest) },
      { title: "Difference", align: "right", value: ({ difference }) => formatDifference(difference) },
    ],
    fields,
  );
  return [
    ...renderBasis("Profile", `${countUnits(answer, n)} against ${formatNumber(others)} others`, answer),
    ...(fields.length > 0 ? rows : ["  No channel, property or trait has values to compare."]),
    "",
    "  Shares are of those with any value of the field. Differences in percentage points; * where zero is outside.",
    `  ${formatCount(comparisons, "value")} looked at, so each interval is widened to ${(confidence * 100).toFixed(2)} %. A difference says nothing of its cause.`,
  ];
}

type FieldsAnswer = Answer<"fields">;

/** "web 1,204 · app 310 · …" */
function listValues(values: readonly { readonly value: string; readonly count: number }[]): string {
  const shown = values.slice(0, 6).map(({ value, count }) => `${value} ${formatNumber(count)}`);
  return [...shown, ...(values.length > shown.length ? ["…"] : [])].join(" · ");
}

interface FieldLine {
  readonly name: string;
  readonly distinct: string;
  readonly values: string;
}

function fieldLines({ channels, properties, traits }: FieldsAnswer): FieldLine[] {
  const ofChannel = {
    name: "channel",
    distinct: formatNumber(channels.length),
    values: listValues(channels.map(({ channel, events }) => ({ value: channel, count: events }))),
  };
  return [
    ...(channels.length > 0 ? [ofChannel] : []),
    ...properties.map(({ name, distinct, values }) => ({
      name: `prop.${quote(name)}`,
      distinct: formatNumber(distinct),
      values: listValues(values.map(({ value, events }) => ({ value, count: events }))),
    })),
    ...traits.map(({ name, distinct, values }) => ({
      name: `customer.${quote(name)}`,
      distinct: formatNumber(distinct),
      values: listValues(values.map(({ value, customers }) => ({ value, count: customers }))),
    })),
  ];
}

/** As a filter writes it. */
function quote(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : JSON.stringify(name);
}

export function renderFields(answer: FieldsAnswer): string[] {
  const { touchpoints, journeys, sampled } = answer;
  const { properties, traits } = sampled;
  const parts = [...(properties ? ["properties"] : []), ...(traits ? ["traits"] : [])].join(" and ");
  return [
    `What a filter can name; journeys: ${journeys.join(", ")}`,
    "",
    ...renderTable(
      [
        { title: "Touchpoint", value: ({ name, hidden }) => (hidden ? `${name} (hidden)` : name) },
        { title: "Stage", value: ({ stage }) => stage ?? "–" },
        { title: "Events", align: "right", value: ({ events }) => formatNumber(events) },
      ],
      touchpoints,
    ),
    "",
    ...renderTable<FieldLine>(
      [
        { title: "Field", value: ({ name }) => name },
        { title: "Values", align: "right", value: ({ distinct }) => distinct },
        { title: "The commonest", whole: true, value: ({ values }) => values },
      ],
      fieldLines(answer),
    ),
    ...(parts === "" ? [] : ["", `  The ${parts} are read from a sample of customers: rare values may be missing.`]),
  ];
}
