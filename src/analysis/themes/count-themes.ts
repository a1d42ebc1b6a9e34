/**
 * How often each theme is said, over all texts, in one aggregate: by month and source, and by bucket of customers for the intervals.
 * It reads every text once and keeps none; examples come from the sample.
 */

import { startOfSql } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame, dayNumber } from "../kpi-frame.ts";
import { plainTextSql } from "./plain-text.ts";
import { fromSources, type TextSource, toldAlias } from "./texts.ts";

/** Sums over texts; arrays hold one number a theme. */
export interface TextTally {
  readonly texts: number;
  readonly covered: number;
  readonly scored: number;
  /** Sum of their scores. */
  readonly total: number;
  readonly hits: readonly number[];
  readonly hitsScored: readonly number[];
  readonly hitsTotal: readonly number[];
}

export interface MonthTally extends TextTally {
  readonly id: number;
  readonly property: string;
  /** Day number of its first day. */
  readonly month: number;
}

export interface BucketTally extends TextTally {
  readonly customers: number;
}

interface TallyRow extends MonthTally, BucketTally {
  readonly bySource: number;
}

export interface ThemeTallies {
  readonly months: readonly MonthTally[];
  readonly buckets: readonly BucketTally[];
}

/** @param scale only scores on this scale count */
export async function countThemes(
  context: AnalysisContext,
  frame: JourneyFrame,
  sources: readonly TextSource[],
  scale: string,
  patterns: readonly string[],
): Promise<ThemeTallies> {
  const hits = patterns.map((pattern) => `toUInt32(match(plain, ${frame.bag.bind(pattern, "String")}))`);
  const isScored = `isNotNull(told.5) AND told.6 = ${frame.bag.bind(scale, "String")}`;
  const rows = await askFrame<TallyRow>(context, frame, {
    aliases: [
      toldAlias(
        frame,
        sources.map(({ property }) => property),
      ),
      "told.1 AS id",
      "told.2 AS property",
      `${startOfSql("month", dayNumber(context, frame, "told.4"))} AS month`,
      "toUInt8(told.8 % 100) AS bucket",
      `${plainTextSql("told.3")} AS plain`,
      `[${hits.length > 0 ? hits.join(", ") : "toUInt32(0)"}] AS said`,
      `toUInt32(${isScored}) AS isScored`,
      `if(isScored = 1, ifNull(told.5, 0.), 0.) AS points`,
    ],
    select: [
      ...["id", "property", "month", "toUInt8(grouping(bucket) = 0) AS bySource", "count() AS texts"],
      ...["countIf(arrayMax(said) > 0) AS covered", "uniqExact(told.8) AS customers"],
      ...["sum(isScored) AS scored", "sum(points) AS total", "sumForEach(said) AS hits"],
      "sumForEach(arrayMap(one -> one * isScored, said)) AS hitsScored",
      "sumForEach(arrayMap(one -> one * points, said)) AS hitsTotal",
    ],
    where: [fromSources(frame, sources)],
    groupBy: ["GROUPING SETS ((id, property, month), (bucket))"],
  });
  return {
    months: rows.filter(({ bySource }) => bySource === 0).map(toNumbers),
    buckets: rows.filter(({ bySource }) => bySource === 1).map(toNumbers),
  };
}
/** Sums of integers may come as text. */
function toNumbers(row: TallyRow): TallyRow {
  return { ...row, hits: row.hits.map(Number), hitsScored: row.hitsScored.map(Number), texts: Number(row.texts) };
}
