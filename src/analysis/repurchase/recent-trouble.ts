/**
 * What went badly for one customer lately: a bad score, a promise missed, an order that came back.
 * It looks one owner up by key and takes the latest sign; which troubles cost orders is for pain points and moments of truth.
 */
import { PERSON } from "../../domain/journey-definition.ts";
import { plural } from "../../domain/moment-words.ts";
import { readPromiseName } from "../../domain/promise.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { BAD_SCORES } from "../moment-experiences.ts";

/** Trouble counts for this long before the end of the data. */
const RECENT_DAYS = 30;

interface LateEvent {
  /** Days since 1970 in the workspace's zone. */
  readonly day: number;
  readonly touch: number;
  readonly score: number | null;
  readonly scale: string;
  readonly properties: Readonly<Record<string, string>>;
}

const YES = /^(?:1|true|yes|y|t)$/iu;
const NO = /^(?:0|false|no|n|f)$/iu;

/** A promise that the event itself says was not kept. */
function findMissed(properties: LateEvent["properties"]): string | undefined {
  return Object.entries(properties).find(([name, text]) => {
    const yesMeans = readPromiseName(name);
    return (yesMeans === "missed" && YES.test(text)) || (yesMeans === "kept" && NO.test(text));
  })?.[0];
}

/** What went badly in an event, or undefined. */
function describeTrouble({ score, scale, properties, touch }: LateEvent, context: AnalysisContext): string | undefined {
  const touchpoint = context.touchpoints.find(({ id }) => id === touch);
  const name = touchpoint?.name ?? `#${touch}`;
  const best = /-(\d+)$/u.exec(scale)?.[1];
  if (score !== null && best !== undefined && score <= (BAD_SCORES[Number(best)] ?? Number.NEGATIVE_INFINITY))
    return `«${name}» brought a score of ${score} of ${best}`;
  const missed = findMissed(properties);
  if (missed !== undefined) return `«${name}» says ${missed} = ${properties[missed]}`;
  return touchpoint?.role === "refund" || touchpoint?.role === "cancellation"
    ? `«${name}» took an order back`
    : undefined;
}

function describeDay(ago: number): string {
  return ago === 0 ? "On the last day of the data" : `${plural(ago, "day")} before the data end`;
}

/**
 * The latest trouble of a customer within 30 days before the end of the data, in words; null without any.
 * @param end last day of the data, days since 1970
 * @example "4 days before the data end «Delivery Due» says overdue = true"
 */
export async function findRecentTrouble(
  context: AnalysisContext,
  customer: string,
  end: number,
): Promise<string | null> {
  const events = await context.store.query<LateEvent>(
    `SELECT toInt32(toDate32(time, {zone:String})) AS day, touch, score, toString(ownScale) AS scale, property AS properties
FROM ${context.source}
ARRAY JOIN times AS time, touchpoints AS touch, scores AS score, scales AS ownScale, properties AS property,
  arrayEnumerate(times) AS nth
WHERE ownerType = '${PERSON}' AND owner = cityHash64({customer:String}) AND ownerId = {customer:String}
  AND day > {since:Int32}
ORDER BY nth DESC`,
    { params: { customer, zone: context.zone, since: end - RECENT_DAYS }, settings: ANALYSIS_SETTINGS },
  );
  for (const event of events) {
    const trouble = describeTrouble(event, context);
    if (trouble !== undefined) return `${describeDay(end - event.day)} ${trouble}`;
  }
  return null;
}
