/**
 * One first buyer's life cut at two days, as SQL: what came before the first order, what came in the first days after it, and
 * whether a second purchase came later (a landmark analysis). Which behaviours are looked for is in signal-candidates.ts.
 */
import type { z } from "zod";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame } from "../journey-frame.ts";
import { bindRoles, dayNumber } from "../kpi-frame.ts";
import type { repurchaseSignalsQuerySchema } from "../repurchase-signals-schema.ts";
import { ofPurchasers, purchaseDayAliases } from "./purchase-days.ts";

export type SignalsAsked = z.output<typeof repurchaseSignalsQuerySchema>;

/** SQL over one customer, for the `tuples` of a question. */
export interface SignalLife {
  readonly frame: JourneyFrame;
  /** A WITH clause, and conditions on rows. */
  readonly aliases: string;
  readonly rows: string;
  /** Of first buyers observed to the end of both windows, or only those of them without a second purchase by the landmark: SQL of an array of tuples a customer, from one with the names below. */
  readonly open: (tuples: string, who: "everybody" | "still to buy again") => string;
  /** 1: the second purchase had not come by the landmark, the last day on which a behaviour counts; 1: it came in time after it. */
  readonly isOpen: string;
  readonly again: string;
  /** A column of the events strictly before the first order; of the first days, after it; of the first day, from its first event on. */
  readonly before: (array: string) => string;
  readonly after: (array: string) => string;
  readonly firstDay: (array: string) => string;
  /** The element of a column at the first order. */
  readonly atOrder: (array: string) => string;
}

/** `body` with names for what is computed once: a list of one each, or every use would repeat its whole text on every shard. */
function letIn(names: Readonly<Record<string, string>>, body: string): string {
  const values = Object.values(names).map((value) => `[${value}]`);
  return `arrayMap((${Object.keys(names).join(", ")}) -> ${body}, ${values.join(", ")})[1]`;
}

/**
 * The life of each first buyer. Day numbers are of the workspace's zone; the first order is the first that stands.
 * @param lastDay of the data, in days since 1970
 */
export function buildSignalLife(
  context: AnalysisContext,
  { days, withinDays, ...scope }: SignalsAsked,
  lastDay: number,
): SignalLife {
  const frame = buildJourneyFrame(context, { ...scope, journey: "life" });
  const { bag } = frame;
  const orders = bindRoles(context, frame, "order");
  const [early, late] = [bag.bind(days, "Int32"), bag.bind(days + withinDays, "Int32")];
  const observed = `notEmpty(bought) AND bought[1] + ${late} <= ${bag.bind(lastDay, "Int32")}`;
  const places = (tuples: string) =>
    letIn(
      {
        place: `arrayFirstIndex((id, day) -> has(${orders}, id) AND day = dayOne, ids, eventDays)`,
        placesBefore: "arrayCount(day -> day < dayOne, eventDays)",
        placesOfDay: "arrayCount(day -> day <= dayOne, eventDays)",
        placesInTime: `arrayCount(day -> day <= dayOne + ${early}, eventDays)`,
        knownDays: "dayOne - eventDays[1]",
      },
      tuples,
    );
  return {
    ...{ frame, aliases: [frame.aliases, ...purchaseDayAliases(context, frame)].join(",\n  ") },
    rows: [frame.rows, "remaining > 0", ...ofPurchasers(context, frame)].join(" AND "),
    open: (tuples, who) => {
      const counts = who === "everybody" ? "1" : `(length(bought) = 1 OR bought[2] > bought[1] + ${early})`;
      const eventDays = `arrayMap(ms -> ${dayNumber(context, frame, "ms")}, at)`;
      const life = letIn({ dayOne: "bought[1]", dayTwo: "bought[2]", eventDays }, places(tuples));
      return `arrayFlatten(arrayMap(bought -> ${life}, arrayFilter(bought -> ${observed} AND ${counts}, [purchaseDays])))`;
    },
    // A customer without a second day has 0.
    isOpen: `toUInt8(dayTwo = 0 OR dayTwo > dayOne + ${early})`,
    again: `toUInt8(dayTwo > dayOne + ${early} AND dayTwo <= dayOne + ${late})`,
    before: (array) => `arraySlice(${array}, 1, toInt64(place) - 1)`,
    after: (array) => `arraySlice(${array}, place + 1, toInt64(placesInTime) - place)`,
    firstDay: (array) => `arraySlice(${array}, placesBefore + 1, toInt64(placesOfDay) - placesBefore)`,
    atOrder: (array) => `${array}[place]`,
  };
}

/** One question over the lives; all texts are our own. */
export interface LifeQuestion {
  readonly who: Parameters<SignalLife["open"]>[1];
  /** An array of tuples a customer; each is one `row` of what follows. */
  readonly tuples: string;
  readonly select: readonly string[];
  readonly where?: string;
  /** GROUP BY, ORDER BY and LIMIT. */
  readonly tail?: string;
}

export function lifeSql(life: SignalLife, { who, tuples, select, where = "1", tail = "" }: LifeQuestion): string {
  return `WITH ${life.aliases}
SELECT ${select.join(",\n  ")}
FROM ${life.frame.source}
ARRAY JOIN ${life.open(tuples, who)} AS row
WHERE ${life.rows} AND ${where}
${tail}`;
}

export async function askLife<Row>(context: AnalysisContext, life: SignalLife, question: LifeQuestion): Promise<Row[]> {
  return context.store.query<Row>(lifeSql(life, question), {
    params: life.frame.bag.values,
    settings: ANALYSIS_SETTINGS,
  });
}
