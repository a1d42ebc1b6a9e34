/**
 * How a KPI is cut into parts: by time bucket, or by channel, stage, property or trait. Each event carries the label of its part.
 * What a part means for a KPI is decided by its family, kpi-*.ts: the label of the event, of the order, of the journey's start.
 */
import { AppError } from "../domain/app-error.ts";
import { type Every, startOfSql } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { dayNumber } from "./kpi-frame.ts";
import type { KpiPart } from "./kpi-report.ts";

/** What a breakdown may be by. */
export type Dimension =
  | { readonly kind: "channel" | "stage" }
  | { readonly kind: "prop" | "customer"; readonly name: string };

export type Grouping =
  /** One part, the whole. */
  | { readonly kind: "none" }
  /** Parts are the first days of buckets, as day numbers. */
  | { readonly kind: "time"; readonly every: Every }
  /** Two parts, `first` and `middle`: days before `middle`, and from it on. */
  | { readonly kind: "halves"; readonly first: number; readonly middle: number }
  /** Parts are values (`valuePart`); with `only`, all values but these are one part, OTHER_PART. */
  | { readonly kind: "field"; readonly field: Dimension; readonly only?: readonly string[] };

export const WHOLE: Grouping = { kind: "none" };
/** The part's name where there is only one. */
export const WHOLE_PART = "0";
export const OTHER_PART = "o";
const VALUE_PREFIX = "v";

/** The value behind a part of a field; null for the other values together. */
export function valueOfPart(part: string): string | null {
  return part === OTHER_PART ? null : part.slice(VALUE_PREFIX.length);
}

/** @throws AppError invalid when `text` is none of channel, stage, prop.NAME, customer.NAME */
export function parseDimension(text: string): Dimension {
  if (text === "channel" || text === "stage") return { kind: text };
  const [, scope, quoted, plain] = /^(prop|customer)\.(?:"(.+)"|([^"].*))$/su.exec(text) ?? [];
  const name = quoted ?? plain ?? "";
  if ((scope === "prop" || scope === "customer") && name !== "") return { kind: scope, name };
  throw new AppError(
    "invalid",
    `«${text}» is nothing to break down by; there are channel, stage, prop.NAME and customer.NAME.`,
    {
      by: text,
    },
  );
}

/** Array over the events that stay: the value of a field, "" where an event has none. */
export function valueLabels(context: AnalysisContext, frame: JourneyFrame, field: Dimension): string {
  const { bag } = frame;
  if (field.kind === "channel") return `arrayMap(channel -> toString(channel), ${frame.kept("channels")})`;
  if (field.kind === "prop")
    return `arrayMap(property -> property[${bag.bind(field.name, "String")}], ${frame.kept("properties")})`;
  if (field.kind === "customer") return `arrayWithConstant(length(ids), traits[${bag.bind(field.name, "String")}])`;
  const staged = context.touchpoints.filter(({ stage }) => stage !== null);
  const ids = bag.bind(
    staged.map(({ id }) => id),
    "Array(UInt16)",
  );
  const names = bag.bind(
    staged.map(({ stage }) => stage ?? ""),
    "Array(String)",
  );
  return `arrayMap(id -> transform(id, ${ids}, ${names}, ''), ids)`;
}

/** Alias `labels`: the part of each event that stays, parallel to `ids`. */
export function labelAlias(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): string {
  const day = dayNumber(context, frame, "ms");
  switch (grouping.kind) {
    case "none":
      return "arrayWithConstant(length(ids), toUInt8(0)) AS labels";
    case "time":
      return `arrayMap(ms -> ${startOfSql(grouping.every, day)}, at) AS labels`;
    case "halves": {
      const [first, middle] = [grouping.first, grouping.middle].map((one) => frame.bag.bind(one, "Int32"));
      return `arrayMap(ms -> if(${day} < ${middle}, ${first}, ${middle}), at) AS labels`;
    }
    case "field": {
      const values = valueLabels(context, frame, grouping.field);
      if (!grouping.only) return `arrayMap(label -> concat('${VALUE_PREFIX}', label), ${values}) AS labels`;
      const only = frame.bag.bind(grouping.only, "Array(String)");
      return `arrayMap(label -> if(has(${only}, label), concat('${VALUE_PREFIX}', label), '${OTHER_PART}'), ${values}) AS labels`;
    }
  }
}

/** A family's KPIs, part by part. */
export interface KpiCut {
  /** The parts that occur, in no order. */
  readonly parts: readonly string[];
  /** The KPIs of one part; one that does not occur has zeros and missing values. */
  readonly of: (part: string) => readonly KpiPart[];
}

/** Rows by part, and how one part's rows become KPIs. */
export function cutRows<Row extends { readonly part: string }>(
  rows: readonly Row[],
  estimate: (rows: readonly Row[], part: string) => readonly KpiPart[],
): KpiCut {
  const groups = groupRows(rows);
  return { parts: [...groups.keys()], of: (part) => estimate(groups.get(part) ?? [], part) };
}

function groupRows<Row extends { readonly part: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.part);
    if (group) group.push(row);
    else groups.set(row.part, [row]);
  }
  return groups;
}
