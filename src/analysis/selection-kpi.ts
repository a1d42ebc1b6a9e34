/**
 * Selections by a KPI: the customers, or journeys, that its n rests on.
 * Where n counts orders, deliveries or answers, it is the customers who have one.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { DAYS_LATE, IS_LATE } from "./kpi-deliveries.ts";
import { findFamily, isScore } from "./kpi-families.ts";
import { askFrame, bindRoles, dayNumber, findEndOfData } from "./kpi-frame.ts";
import { AGE_DAYS, ORDERING_KPIS, REPEAT_KPIS } from "./kpi-orders.ts";
import { REVENUE_KPIS } from "./kpi-revenue.ts";
import { NOBODY, type SelectionPart } from "./selection-part.ts";

export const kpiSelectionSchema = z.object({ kind: z.literal("kpi"), id: z.string().min(1) });

const OF_BUYERS: readonly string[] = [...ORDERING_KPIS, ...REPEAT_KPIS, "time-to-second-order"];

/** Known customers with an order; for the 90-day form, observed that long after the first. */
async function selectBuyers(context: AnalysisContext, frame: JourneyFrame, id: string): Promise<SelectionPart> {
  const orders = bindRoles(context, frame, "order");
  const buyers = `known = 1 AND hasAny(ids, ${orders})`;
  if (id !== "repeat-purchase-rate-90d") return { aliases: [], choice: { row: buyers } };
  const end = await findEndOfData(context);
  if (end === null) return NOBODY;
  const day = (ms: string) => dayNumber(context, frame, ms);
  const age = frame.bag.bind(AGE_DAYS, "Int32");
  return {
    aliases: [`arrayFirst((ms, id) -> has(${orders}, id), at, ids) AS firstOrderAt`],
    choice: { row: `${buyers} AND ${day("firstOrderAt")} + ${age} <= ${day(frame.bag.bind(end, "Int64"))}` },
  };
}

/** Known customers with an order whose amount, the first that it has, is in the main currency. */
function selectPayers(context: AnalysisContext, frame: JourneyFrame): SelectionPart {
  const orders = bindRoles(context, frame, "order");
  const columns = ["orders", "eventIds", "values", "currencies"].map((column) => frame.kept(column));
  const main = frame.bag.bind(context.currency, "String");
  return {
    aliases: [
      `arrayFilter(entry -> entry.3, arrayMap((id, object, event, amount, money) ->
    (if(object != 0, object, event), toString(money), toUInt8(has(${orders}, id) AND isNotNull(amount))),
    ids, ${columns.join(", ")})) AS paidEvents`,
    ],
    choice: {
      row: `known = 1 AND arrayExists((entry, nth) -> nth = 1 AND entry.2 = ${main}, paidEvents, arrayEnumerateUniq(paidEvents.1))`,
    },
  };
}

/** Customers with a delivery that says whether it was late. */
function selectReceivers(context: AnalysisContext, frame: JourneyFrame): SelectionPart {
  const deliveries = bindRoles(context, frame, "delivery");
  const days = DAYS_LATE.map((name) => `property['${name}']`).join(", ");
  const yesNo = IS_LATE.map((name) => `property['${name}'] != ''`).join(" OR ");
  const says = `isNotNull(toFloat64OrNull(arrayFirst(text -> text != '', [${days}]))) OR ${yesNo}`;
  const told = `arrayExists((property, id) -> has(${deliveries}, id) AND (${says}), ${frame.kept("properties")}, ids)`;
  return { aliases: [], choice: { row: told } };
}

/** The scales a kind of score is counted on, and their ends; the mean score takes every answer. */
const SCALES: Readonly<Record<string, Readonly<Record<string, readonly [low: number, high: number]>>>> = {
  csat: { "1-5": [1, 5], "0-1": [0, 1] },
  nps: { "0-10": [0, 10] },
  ces: { "1-7": [1, 7] },
  "ces-share": { "1-7": [1, 7] },
};

/**
 * The scale behind an id like `csat:Review Answered` or `nps:Review Answered (0-10)`: the commonest one of the
 * touchpoint bears its plain name, the rarer ones carry theirs.
 */
async function findScale(context: AnalysisContext, frame: JourneyFrame, name: string) {
  const scored = (array: string) =>
    `arrayFilter((element, score) -> isNotNull(score), ${array}, ${frame.kept("scores")})`;
  const rows = await askFrame<{ touchpointId: number; scaleName: string; answers: number }>(context, frame, {
    aliases: [`arrayJoin(arrayZip(${scored("ids")}, ${scored(frame.kept("scales"))})) AS answer`],
    select: ["answer.1 AS touchpointId", "toString(answer.2) AS scaleName", "count() AS answers"],
    groupBy: ["touchpointId", "scaleName"],
  });
  const scales = rows.toSorted((a, b) => b.answers - a.answers);
  for (const { id, name: touchpoint } of context.touchpoints) {
    const [first, ...rarer] = scales.filter(({ touchpointId }) => touchpointId === id);
    if (first && touchpoint === name) return first;
    const found = rarer.find(
      ({ scaleName }) => `${touchpoint} (${scaleName === "" ? "no scale" : scaleName})` === name,
    );
    if (found) return found;
  }
  return undefined;
}

/** Customers with an answer that the score counts. */
async function selectScored(context: AnalysisContext, frame: JourneyFrame, id: string): Promise<SelectionPart> {
  const [kind = "", ...rest] = id.split(":");
  if (rest.length === 0)
    throw new AppError("invalid", `Name the touchpoint of the score too, such as «${kind}:Review Answered».`, {
      kpi: id,
    });
  const found = await findScale(context, frame, rest.join(":"));
  const scales = SCALES[kind];
  if (!found || (scales && !Object.hasOwn(scales, found.scaleName))) return NOBODY;
  const [low, high] = scales?.[found.scaleName] ?? [];
  const conditions = [
    `id = ${frame.bag.bind(found.touchpointId, "UInt16")}`,
    `toString(scale) = ${frame.bag.bind(found.scaleName, "String")}`,
    low === undefined ? "isNotNull(score)" : `ifNull(score BETWEEN ${low} AND ${high}, 0)`,
  ];
  const columns = [frame.kept("scales"), frame.kept("scores")].join(", ");
  return {
    aliases: [],
    choice: { row: `arrayExists((id, scale, score) -> ${conditions.join(" AND ")}, ids, ${columns})` },
  };
}

/**
 * @param frame journeys where the KPI's family is of journeys, else persons; hidden touchpoints seen, as KPIs see them
 * @throws AppError invalid when there is no such KPI
 */
export async function selectByKpi(context: AnalysisContext, frame: JourneyFrame, id: string): Promise<SelectionPart> {
  const { ids } = findFamily(id);
  if (OF_BUYERS.includes(id)) return selectBuyers(context, frame, id);
  if (ids === REVENUE_KPIS) return selectPayers(context, frame);
  if (id === "late-delivery-share") return selectReceivers(context, frame);
  if (isScore(id)) return selectScored(context, frame, id);
  // What counts customers, journeys or events, and what is measured on each of them, rests on all there are.
  return { aliases: [], choice: { row: "1" } };
}
