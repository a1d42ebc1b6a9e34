/**
 * One KPI in parts: by channel, stage, property of the event, or trait of the customer, each part with n and interval.
 * A part that stands out may differ in many other ways as well: whether the channel is the cause is not said here.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { findDefinition, unitOf } from "./kpi-definitions.ts";
import {
  buildFrames,
  expectKpi,
  findFamily,
  isScore,
  type KpiFamily,
  type KpiQuestion,
  type Placement,
  partOf,
} from "./kpi-families.ts";
import { askFrame, findEndOfData } from "./kpi-frame.ts";
import { type Dimension, type KpiCut, labelAlias, OTHER_PART, parseDimension, valueOfPart } from "./kpi-group.ts";
import { type Kpi, kpiSchema } from "./kpi-report.ts";

/** Values named, those with the largest n; the rest together are «other». */
const MOST_VALUES = 20;
/** Values looked at to find them; a property with more distinct ones is first cut to those with most events. */
const MOST_LOOKED_AT = 500;

export const kpiBreakdownQuerySchema = journeyScopeSchema.extend({
  /** Its id; a score's with the touchpoint: `csat:Review Answered`. */
  kpi: z.string().min(1),
  /** channel, stage, prop.NAME or customer.NAME. */
  by: z.string().min(1),
  /** Touchpoint that counts as converted, for `conversion`. */
  target: z.string().optional(),
});
export type KpiBreakdownQuery = z.infer<typeof kpiBreakdownQuerySchema>;

export const kpiBreakdownReportSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  definition: z.string(),
  by: z.string(),
  /** What puts something into a part, in one sentence. */
  placement: z.string(),
  /** Whether the values of the parts add up to the KPI of the whole scope. */
  adds: z.boolean(),
  journey: z.string(),
  /** Largest n first, «other» last. */
  rows: z.array(
    z.object({
      /** "" where the event or customer has none. */
      value: z.string(),
      kind: z.enum(["value", "none", "other"]),
      kpi: kpiSchema,
    }),
  ),
});
export type KpiBreakdownReport = z.infer<typeof kpiBreakdownReportSchema>;
type Row = KpiBreakdownReport["rows"][number];

const BY_EVENT: Readonly<Record<Placement, string>> = {
  event: "Each event counts under its own value; a customer with events under several counts under each.",
  day: "A customer's days count under the customer's trait.",
  order:
    "Each order counts under the value of its first event with an amount, or of its first event; what it gives back counts with it.",
  "journey-start": "Each journey counts under the value of its first event.",
  "first-order": "Each buyer counts under the value of the first order.",
};

/** What cannot mean anything is refused rather than answered with one row. */
function refuseNonsense(kpi: string, family: KpiFamily, field: Dimension): void {
  const refuse = (why: string) => {
    throw new AppError("invalid", `«${kpi}» cannot be broken down by ${field.kind}: ${why}`, { kpi, by: field.kind });
  };
  if (kpi === "stickiness" && field.kind !== "customer")
    refuse("it looks at all days of a customer. Break it down by a trait (customer.NAME), or filter with --where.");
  if (field.kind !== "stage") return;
  if (isScore(kpi)) refuse("its touchpoint belongs to one stage.");
  if (family.placement === "order" || family.placement === "first-order" || kpi === "late-delivery-share")
    refuse(
      "orders and deliveries belong to the stage of their touchpoint. Break it down by channel, prop.NAME or customer.NAME.",
    );
}

/** The values with most events, if there are more than can be looked at; else undefined. */
async function commonestValues(
  context: AnalysisContext,
  frame: JourneyFrame,
  field: Dimension,
): Promise<string[] | undefined> {
  const most = frame.bag.bind(MOST_LOOKED_AT + 1, "UInt32");
  const rows = await askFrame<{ part: string; counted: number }>(context, frame, {
    aliases: [labelAlias(context, frame, { kind: "field", field }), "arrayJoin(labels) AS label"],
    select: ["label AS part", "count() AS counted"],
    groupBy: ["part"],
    tail: `ORDER BY counted DESC, part LIMIT ${most}`,
  });
  if (rows.length <= MOST_LOOKED_AT) return undefined;
  return rows.slice(0, MOST_LOOKED_AT).map(({ part }) => valueOfPart(part) ?? "");
}

function nOf(cut: KpiCut, part: string, id: string): number {
  const { kpi, denominator } = partOf(cut, part, id);
  return denominator ?? kpi.n;
}

/** The parts to name, largest n first; those that the KPI does not occur in are left out. */
function rankParts(cut: KpiCut, id: string): string[] {
  return cut.parts
    .map((part) => ({ part, n: nOf(cut, part, id) }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || (a.part < b.part ? -1 : 1))
    .map(({ part }) => part);
}

function toRow(part: string, kpi: Kpi): Row {
  const value = valueOfPart(part);
  if (value === null) return { value: "other", kind: "other", kpi };
  return { value, kind: value === "" ? "none" : "value", kpi };
}

/** Reads the parts; when there are more than are named, once more with the rest as one part: most KPIs do not add up. */
async function readParts(question: KpiQuestion, family: KpiFamily, field: Dimension, kpi: string): Promise<Row[]> {
  const frame = family.ofJourneys ? question.frame : question.people;
  const only = field.kind === "stage" ? undefined : await commonestValues(question.context, frame, field);
  const grouping = { kind: "field", field, ...(only ? { only } : {}) } as const;
  let cut = await family.measure({ ...question, grouping });
  expectKpi(question.context, cut, kpi);
  const ranked = rankParts(cut, kpi);
  const named = ranked.filter((part) => part !== OTHER_PART).slice(0, MOST_VALUES);
  const hasOther = ranked.length > named.length;
  if (hasOther) {
    const values = named.map((part) => valueOfPart(part) ?? "");
    cut = await family.measure({ ...question, grouping: { ...grouping, only: values } });
  }
  return [...named, ...(hasOther ? [OTHER_PART] : [])].map((part) => toRow(part, partOf(cut, part, kpi).kpi));
}

/**
 * One KPI by the values of a field. Hidden touchpoints count, as they do in `kpis`.
 * @throws AppError invalid (filter, unknown KPI or field, a combination without meaning), not-found (journey, target, score)
 */
export async function analyzeKpiBreakdown(
  workspace: AnalysisContext,
  query: KpiBreakdownQuery,
): Promise<KpiBreakdownReport> {
  const context = seeHidden(workspace);
  const { kpi, by, target } = query;
  const family = findFamily(kpi);
  const field = parseDimension(by);
  refuseNonsense(kpi, family, field);
  const frames = buildFrames(context, query);
  const end = (await findEndOfData(context)) ?? 0;
  const question = { ...frames, context, grouping: { kind: "field", field } as const, end, target };
  const definition = findDefinition(kpi);
  const trait = field.kind === "customer";
  return {
    ...{ kpi, unit: unitOf(kpi, context.currency), definition: definition?.definition ?? "", by },
    placement: trait ? "The latest value of the customer's trait decides." : BY_EVENT[family.placement],
    // Nobody has two values of a trait.
    adds: (definition?.adds ?? false) || (trait && kpi === "customers"),
    journey: frames.frame.journey,
    rows: await readParts(question, family, field, kpi),
  };
}
