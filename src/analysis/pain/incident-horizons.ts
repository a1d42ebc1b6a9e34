/**
 * How far back and ahead one has to look from a touch to see whether it carries a friction: where a log begins or ends, it cannot.
 * Only frictions that lie between two events need it; the weeks that are left out by it are cut in weekly-counts.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import { compileFlags } from "./flags.ts";
import { bindTouches, type Friction } from "./friction.ts";

const DAY_MS = 86_400_000;
/** As good as all: what is further away is missing in few of a hundred. */
const NEARLY_ALL = 0.99;

/** Days at the ends of the log in which a friction cannot be told. */
export interface Horizon {
  readonly back: number;
  readonly ahead: number;
}

/** What the log holds, in days since 1970, both inclusive, and of how many customers one is looked at. */
export interface LogSpan {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly oneIn: number;
}

interface HorizonRow {
  readonly touch: number;
  readonly ahead: number;
  readonly reach: number;
}

/**
 * Of each repeat how long ago the event was that it repeats, of each gap how long it is, and from when on one looks: a
 * repeat in the later half of the log has all of the earlier half to look back on, a gap in the earlier half all of the later.
 */
function horizonSql(rows: MomentRows, frictions: readonly Friction[], { firstDay, lastDay, oneIn }: LogSpan): string {
  const { frame } = rows.outcome;
  const flags = compileFlags(rows, frictions);
  const idsOf = (by: "again" | "gap") => bindTouches(frame.bag, frictions, by);
  const middle = frame.bag.bind(Math.round(((firstDay + lastDay + 1) / 2) * DAY_MS), "Int64");
  const repeated = `arraySort(arrayFilter(a -> has(${idsOf("again")}, a.1.2), arrayZip(arrayZip(${flags.repeats}), at)))`;
  const backs =
    flags.repeats === null
      ? []
      : [
          `arrayFilter(a -> a.3 >= 0 AND a.4 >= ${middle}, arrayMap((a, b) -> (toUInt16(a.1.2), toUInt8(0), toInt64(if(a.1 = b.1, a.2 - b.2, -1)), toInt64(a.2)),
    arrayPopFront(repeated), arrayPopBack(repeated)))`,
        ];
  const aheads = `arrayFilter(a -> a.3 >= 0 AND a.4 < ${middle} AND has(${idsOf("gap")}, a.1),
    arrayMap((a, b, c) -> (toUInt16(a), toUInt8(1), toInt64(c), toInt64(b)), ids, at, ${flags.gaps}))`;
  const known = flags.repeats === null ? "" : `,\n  ${repeated} AS repeated`;
  return `WITH ${flags.aliases}${known}
SELECT looked.1 AS touch, looked.2 AS ahead, quantileExact(${NEARLY_ALL})(looked.3) AS reach
FROM ${frame.source}
ARRAY JOIN ${[aheads, ...backs].length > 1 ? `arrayConcat(${[aheads, ...backs].join(", ")})` : aheads} AS looked
WHERE ${frame.rows}${oneIn > 1 ? ` AND cityHash64(owner) % ${frame.bag.bind(oneIn, "UInt64")} = 0` : ""}
GROUP BY touch, ahead`;
}

/**
 * The horizon of each friction, in their order. Where a log begins no attempt is old yet: a repeat of what was before it is not
 * seen as one, and all later weeks would stand out beside those. Where it ends, of the gaps only short ones are over.
 */
export async function readHorizons(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  log: LogSpan,
): Promise<Horizon[]> {
  const isMeasured = frictions.some(({ sign }) => sign.by === "again" || sign.by === "gap");
  const sql = isMeasured ? horizonSql(rows, frictions, log) : null;
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  const found = sql === null ? [] : await context.store.query<HorizonRow>(sql, options);
  const reachOf = (id: number, side: number) =>
    Number(found.find(({ touch, ahead }) => touch === id && ahead === side)?.reach ?? 0);
  return frictions.map(({ touch, sign }) => ({
    back: sign.by === "again" ? reachOf(touch, 0) / DAY_MS : sign.by === "contact" ? sign.withinMs / DAY_MS : 0,
    ahead: sign.by === "gap" ? reachOf(touch, 1) / DAY_MS : 0,
  }));
}
