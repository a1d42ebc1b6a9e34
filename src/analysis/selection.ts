/**
 * Selections: the journeys (or customers) behind a number on screen, named the way the view that shows it counts them.
 * It compiles one to SQL over a journey frame; listing them is journey-list.ts, describing them profile.ts.
 */
import { z } from "zod";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { buildFrames, findFamily } from "./kpi-families.ts";
import { cohortSelectionSchema, selectByCohort } from "./selection-cohort.ts";
import { frictionSelectionSchema, selectByFriction } from "./selection-friction.ts";
import { funnelSelectionSchema, selectByFunnel } from "./selection-funnel.ts";
import { kpiSelectionSchema, selectByKpi } from "./selection-kpi.ts";
import { type Choice, type SelectionPart, sumByUnit } from "./selection-part.ts";
import { placeSelectionSchema, selectByPlace } from "./selection-place.ts";

export const selectionSchema = z.discriminatedUnion("kind", [
  placeSelectionSchema,
  funnelSelectionSchema,
  cohortSelectionSchema,
  kpiSelectionSchema,
  frictionSelectionSchema,
]);

/** The part of a question that says which journeys are meant. */
export const selectedScopeSchema = journeyScopeSchema.extend({
  /** What the names of places are: touchpoints, or stages. Funnels are always of touchpoints. */
  by: z.enum(["touchpoint", "stage"]).default("touchpoint"),
  select: selectionSchema.default({ kind: "all" }),
});
export type SelectedScope = z.output<typeof selectedScopeSchema>;

export interface SelectedJourneys {
  readonly frame: JourneyFrame;
  /** What is chosen among: journeys, or customers with all their events in scope. */
  readonly unit: "journeys" | "customers";
  /**
   * Every alias for a WITH clause: the frame's, and over the events `unitFirsts` and `unitLasts` (1 where a unit starts
   * or ends), over the units of the row `unitSizes` (events) and `picks` (1: chosen).
   */
  readonly aliases: string;
}

/** Of a friction the outcome makes the frame: it cuts the attempts. */
type Placed = Exclude<SelectedScope["select"], { kind: "friction" }>;
type PlacedScope = SelectedScope & { readonly select: Placed };

/** The frame that the view behind a selection counts in. */
function frameSelection(workspace: AnalysisContext, { by, select, ...scope }: PlacedScope) {
  if (select.kind !== "kpi" && select.kind !== "cohort") {
    const customers = select.kind === "funnel" && select.per === "customer";
    const frame = buildJourneyFrame(workspace, customers ? { ...scope, journey: "life" } : scope);
    return { context: workspace, frame, unit: customers ? ("customers" as const) : ("journeys" as const) };
  }
  const context = seeHidden(workspace);
  if (select.kind === "cohort")
    return { context, frame: buildJourneyFrame(context, { ...scope, journey: "life" }), unit: "customers" as const };
  const { frame, people } = buildFrames(context, scope);
  return findFamily(select.id).ofJourneys
    ? { context, frame, unit: "journeys" as const }
    : { context, frame: people, unit: "customers" as const };
}

async function selectUnits(context: AnalysisContext, frame: JourneyFrame, scope: PlacedScope): Promise<SelectionPart> {
  const { select } = scope;
  if (select.kind === "funnel") return selectByFunnel(context, frame, select);
  if (select.kind === "cohort") return selectByCohort(context, frame, select);
  if (select.kind === "kpi") return selectByKpi(context, frame, select.id);
  return selectByPlace(context, frame, scope.by, select);
}

async function placeSelection(workspace: AnalysisContext, scope: SelectedScope) {
  const { select, by: _, ...journeys } = scope;
  if (select.kind === "friction") {
    const { frame, part } = await selectByFriction(workspace, journeys, select);
    return { frame, part, unit: "journeys" as const };
  }
  const placed = { ...scope, select };
  const { context, frame, unit } = frameSelection(workspace, placed);
  return { frame, unit, part: await selectUnits(context, frame, placed) };
}

function picksOf(choice: Choice): string {
  if ("picks" in choice) return choice.picks;
  if ("row" in choice) return `arrayWithConstant(length(unitSizes), toUInt8(${choice.row}))`;
  return `arrayMap(sum -> toUInt8(sum > 0), ${sumByUnit(choice.marks)})`;
}

/**
 * The SQL of a selection.
 * @throws AppError not-found (journey, touchpoint), invalid (filter, stage, funnel step, KPI, outcome)
 */
export async function compileSelection(workspace: AnalysisContext, scope: SelectedScope): Promise<SelectedJourneys> {
  const { frame, unit, part } = await placeSelection(workspace, scope);
  const { aliases, choice } = part;
  const journeys = frame.single || unit === "journeys";
  const unitAliases = [
    `${journeys ? "firsts" : "arrayMap(nth -> toUInt8(nth = 1), arrayEnumerate(ids))"} AS unitFirsts`,
    `${journeys ? "lasts" : "arrayReverse(unitFirsts)"} AS unitLasts`,
    `${sumByUnit("arrayMap(id -> toUInt8(1), ids)")} AS unitSizes`,
  ];
  const all = [frame.aliases, ...unitAliases, ...aliases, `${picksOf(choice)} AS picks`];
  return { frame, unit, aliases: all.join(",\n  ") };
}

export interface SelectedQuery {
  readonly aliases?: readonly string[];
  readonly select: readonly string[];
  /** Text of an ARRAY JOIN. */
  readonly each?: string;
  readonly where?: readonly string[];
  /** GROUP BY, HAVING, ORDER BY, LIMIT. */
  readonly tail?: string;
}

/** Runs a question on the rows in scope that still hold an event. One level: no subquery, no join. */
export async function askSelected<Row>(
  context: AnalysisContext,
  { frame, aliases }: SelectedJourneys,
  query: SelectedQuery,
): Promise<Row[]> {
  return context.store.query<Row>(
    `WITH ${[aliases, ...(query.aliases ?? [])].join(",\n  ")}
SELECT ${query.select.join(", ")}
FROM ${frame.source}${query.each ? `\nARRAY JOIN ${query.each}` : ""}
WHERE ${[frame.rows, "remaining > 0", ...(query.where ?? [])].join(" AND ")}
${query.tail ?? ""}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}
