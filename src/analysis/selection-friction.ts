/**
 * Selections by a friction: the journeys in which it happened; of an incident, in its days to those it hit.
 * They count as the pain points' facts count; what a friction costs is pain-points.ts.
 */
import { z } from "zod";
import { frictionKindSchema } from "../domain/friction.ts";
import { parseMoment } from "../domain/moment.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { compileEventCondition } from "./filter.ts";
import type { JourneyFrame, JourneyScope } from "./journey-frame.ts";
import { findEndOfData } from "./kpi-frame.ts";
import { compileOutcome } from "./moment-outcome.ts";
import { buildMomentRows, type MomentRows } from "./moment-rows.ts";
import { surveyMoments } from "./moment-survey.ts";
import { findFrictions } from "./pain/candidates.ts";
import { compileFlags } from "./pain/flags.ts";
import { type Friction, isFlag, LAST_BIT } from "./pain/friction.ts";
import { painPointsQuerySchema } from "./pain-points-schema.ts";
import { NOBODY, type SelectionPart } from "./selection-part.ts";

const { outcome, withinMs } = painPointsQuerySchema.shape;

export const frictionSelectionSchema = z.object({
  kind: z.literal("friction"),
  friction: frictionKindSchema,
  touchpoint: z.string().min(1),
  property: z.string().optional(),
  bad: z.string().optional(),
  outcome,
  withinMs,
  /** Only what happened in [from, to): days of the workspace's zone. */
  during: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
  /** Only what happened to these: an expression like `channel = "web"` or `customer.platform = "mobile"`. */
  segment: z.string().min(1).optional(),
});
export type FrictionSelection = z.output<typeof frictionSelectionSchema>;

export interface FramedSelection {
  readonly frame: JourneyFrame;
  readonly part: SelectionPart;
}

/** The one that is meant; of a wait whose bound moved with the data, the one of its touchpoint. */
function findAsked(frictions: readonly Friction[], touch: number, select: FrictionSelection): Friction | undefined {
  const own = frictions.filter(
    (one) => one.kind === select.friction && one.touch === touch && one.property === (select.property ?? null),
  );
  return own.find(({ bad }) => bad === (select.bad ?? null)) ?? own[0];
}

/** Conditions on one event, with the arrays that they read by the names of their places. */
interface Condition {
  readonly names: readonly string[];
  readonly arrays: readonly string[];
  readonly sql: string;
}

/** As facts.ts counts them; of drop-offs, those whose time to go on is over. */
function ofFriction(rows: MomentRows, friction: Friction, masks: string): Condition {
  const touch = rows.outcome.frame.bag.bind(friction.touch, "UInt16");
  const here = `touchId = ${touch}`;
  if (friction.sign.by === "touch") return { names: ["touchId"], arrays: ["ids"], sql: here };
  if (isFlag(friction))
    return { names: ["touchId", "mask"], arrays: ["ids", masks], sql: `${here} AND bitTest(mask, 0)` };
  const left = `eligible AND ended AND NOT result AND ${rows.shown} AND bitTest(mask, ${LAST_BIT})`;
  return {
    names: ["touchId", "mask", "eligible", "ended", "result", "hit"],
    arrays: ["ids", masks, "eligibles", "ends", "results", "hits"],
    sql: `${here} AND ${left}`,
  };
}

function ofDays({ frame }: MomentRows["outcome"], { from, to }: { from: string; to: string }, zone: string): Condition {
  const bound = (day: string) => frame.bag.bind(parseMoment(day, zone), "Int64");
  return { names: ["momentMs"], arrays: ["at"], sql: `momentMs >= ${bound(from)} AND momentMs < ${bound(to)}` };
}

function ofSegment(context: AnalysisContext, frame: JourneyFrame, segment: string): Condition {
  const { sql, arrays } = compileEventCondition(segment, context.touchpoints, frame.bag, {
    person: frame.person,
    zone: context.zone,
  });
  const names = [...arrays];
  const told = frame.kept(`arrayMap((${names.join(", ")}) -> toUInt8(${sql}), ${names.join(", ")})`);
  return { names: ["inSegment"], arrays: [told], sql: "inSegment" };
}

function marksOf(conditions: readonly Condition[]): string {
  const names = conditions.flatMap((one) => one.names).join(", ");
  const arrays = conditions.flatMap((one) => one.arrays).join(", ");
  return `arrayMap((${names}) -> toUInt8(${conditions.map(({ sql }) => sql).join(" AND ")}), ${arrays})`;
}

/** Traits choose whole journeys: they belong to the filter. */
function narrow(scope: JourneyScope, segment: string | undefined): JourneyScope {
  if (segment === undefined || !segment.startsWith("customer.")) return scope;
  return { ...scope, where: scope.where === undefined ? segment : `(${scope.where}) and (${segment})` };
}

/** @throws AppError not-found (touchpoint), invalid (outcome, segment) */
export async function selectByFriction(
  context: AnalysisContext,
  scope: JourneyScope,
  select: FrictionSelection,
): Promise<FramedSelection> {
  const { segment, during } = select;
  const query = {
    ...narrow(scope, segment),
    ...{ outcome: select.outcome, withinMs: select.withinMs, kinds: [select.friction] },
  };
  const compiled = await compileOutcome(context, query);
  const { frame } = compiled;
  const touch = findTouchpoint(select.touchpoint, context.touchpoints, "the selection");
  const end = await findEndOfData(context);
  if (end === null) return { frame, part: NOBODY };
  const rows = buildMomentRows(compiled, select.withinMs, end);
  const survey = await surveyMoments(context, rows);
  const friction = findAsked(await findFrictions(context, rows, survey, query), touch.id, select);
  if (!friction) return { frame, part: NOBODY };
  const { own, masks } = compileFlags(rows, [friction]);
  const choice = marksOf([
    ofFriction(rows, friction, masks),
    ...(during ? [ofDays(compiled, during, context.zone)] : []),
    ...(segment !== undefined && !segment.startsWith("customer.") ? [ofSegment(context, frame, segment)] : []),
  ]);
  // The frame's own aliases stand before these already.
  return { frame, part: { aliases: [rows.aliases.slice(frame.aliases.length + 1), own], choice: { marks: choice } } };
}
