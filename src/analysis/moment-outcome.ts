/**
 * The outcome of a question about moments as SQL: which events are one, and how each was scored.
 * When the outcome counts for a touch is in moment-rows.ts.
 */

import type { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import { compileEventCondition } from "./filter.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame } from "./journey-frame.ts";
import { bindRoles, hasRole } from "./kpi-frame.ts";
import type { momentsQuerySchema } from "./moments-schema.ts";

export type OutcomeKind = "event" | "repurchase" | "silence";

/** How answers are read: those on this scale count, and half of it is what parts high from low. */
export interface ScoreScale {
  /** Like "1-5"; "" where the events name none. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Answers on other scales, which count nowhere. */
  readonly others: number;
}

export interface MomentOutcome {
  readonly kind: OutcomeKind;
  readonly frame: JourneyFrame;
  /** Whether a row holds the whole life of one customer as one journey. */
  readonly life: boolean;
  /** Array over the kept events, 1: the outcome. Of `silence`, 1: the first event after one. */
  readonly hits: string;
  readonly of: "score" | "nps" | null;
  /** Null for outcomes that come or do not, and where nothing was scored. */
  readonly scale: ScoreScale | null;
}

export type MomentScope = Pick<
  z.output<typeof momentsQuerySchema>,
  "journey" | "from" | "to" | "outside" | "where" | "outcome" | "withinMs" | "of"
>;

function compileHits(context: AnalysisContext, frame: JourneyFrame, kind: OutcomeKind, query: MomentScope): string {
  if (kind === "silence")
    return `arrayMap(wait -> toUInt8(wait > ${frame.bag.bind(query.withinMs, "Int64")}), arrayDifference(at))`;
  if (kind === "repurchase") return `arrayMap(one -> toUInt8(has(${bindRoles(context, frame, "order")}, one)), ids)`;
  const condition = compileEventCondition(query.outcome, context.touchpoints, frame.bag, {
    person: frame.person,
    zone: context.zone,
  });
  const names = [...condition.arrays].join(", ");
  return frame.kept(`arrayMap((${names}) -> toUInt8(${condition.sql}), ${names})`);
}

function kindOf(context: AnalysisContext, frame: JourneyFrame, { outcome, of }: MomentScope): OutcomeKind {
  if (outcome !== "repurchase" && outcome !== "silence") return "event";
  if (of)
    throw new AppError("invalid", `«${outcome}» has no score; «of» goes with the events of an answer.`, {
      field: "of",
    });
  if (outcome === "silence") return outcome;
  if (!frame.person)
    throw new AppError("invalid", `«repurchase» is asked of customers: use the journey life, visit or order-cycle.`, {
      field: "journey",
    });
  if (!hasRole(context, "order"))
    throw new AppError("invalid", "«repurchase» needs a touchpoint that counts as an order; give one the role order.", {
      field: "outcome",
    });
  return outcome;
}

interface ScaleRow {
  readonly name: string;
  readonly answers: number;
  readonly low: number;
  readonly high: number;
}

/** The scale most of the outcome's answers are on; its ends are those it names, or those seen. */
async function readScale(
  context: AnalysisContext,
  frame: JourneyFrame,
  hits: string,
  of: "score" | "nps",
): Promise<ScoreScale | null> {
  const rows = await context.store.query<ScaleRow>(
    `WITH ${frame.aliases},
  ${hits} AS hits
SELECT toString(answerScale) AS name, count() AS answers, min(assumeNotNull(answer)) AS low, max(assumeNotNull(answer)) AS high
FROM ${frame.source}
ARRAY JOIN ${frame.kept("scores")} AS answer, ${frame.kept("scales")} AS answerScale, hits AS hit
WHERE ${frame.rows} AND hit AND isNotNull(answer)
GROUP BY name
ORDER BY answers DESC, name`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  const usable = of === "nps" ? rows.filter(({ name }) => name === "0-10") : rows;
  const [row] = usable;
  if (!row) return null;
  const others = rows.reduce((sum, { answers }) => sum + answers, 0) - row.answers;
  const [, low = row.low, high = row.high] = /^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$/u.exec(row.name) ?? [];
  return { name: row.name, low: Number(low), high: Number(high), others };
}

/**
 * Compiles the outcome in a frame of its own.
 * @throws AppError invalid (expression, or a word that does not fit the journey), not-found (touchpoint)
 */
export async function compileOutcome(context: AnalysisContext, query: MomentScope): Promise<MomentOutcome> {
  const { journey, from, to, outside, where, of = null } = query;
  const frame = buildJourneyFrame(context, {
    ...(journey === undefined ? {} : { journey }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(outside === undefined ? {} : { outside }),
    ...(where === undefined ? {} : { where }),
  });
  const kind = kindOf(context, frame, query);
  const hits = compileHits(context, frame, kind, query);
  const scale = of === null ? null : await readScale(context, frame, hits, of);
  return { kind, frame, life: frame.person && frame.single, hits, of, scale };
}
