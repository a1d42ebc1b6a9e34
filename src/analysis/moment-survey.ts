/**
 * A first look over the touches of an outcome: how many there are of each kind, what everybody passes, and the levels of the history.
 * It compares nothing; what it finds shapes the comparison (moment-history.ts, moment-tallies.ts).
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, type JourneyFrame } from "./journey-frame.ts";
import { dayNumber } from "./kpi-frame.ts";
import { findDeciding } from "./moment-deciding.ts";
import type { MomentRows } from "./moment-rows.ts";

/** Touches of one touchpoint, or of all. */
export interface TouchCount {
  readonly id: number;
  /** Touches that count in presence contrasts, those of them whose outcome is known, its sum, and customers. */
  readonly rows: number;
  readonly answers: number;
  readonly sum: number;
  readonly persons: number;
  /** Touches that count in experience contrasts: outcomes of a life as well; those of them with a known outcome, its sum, customers. */
  readonly touches: number;
  readonly touchAnswers: number;
  readonly touchSum: number;
  readonly touchPersons: number;
  readonly unfinished: number;
  /** Outcomes themselves, whether or not they count. */
  readonly outcomes: number;
  /** Attempts that reach the outcome, and in how many of them it was passed before. */
  readonly passed: number;
}

export interface Trait {
  readonly name: string;
  readonly values: readonly string[];
}

export interface MomentSurvey {
  readonly all: TouchCount;
  readonly byTouch: ReadonlyMap<number, TouchCount>;
  /** Attempts that reach the outcome. */
  readonly reached: number;
  /** Steps that nearly all of those pass: ids. */
  readonly structural: readonly number[];
  /** Those of them that come when the matter is decided (moment-deciding.ts). */
  readonly deciding: readonly number[];
  /** Four bounds between fifths of the mean gap so far, in milliseconds. */
  readonly paces: readonly number[];
  /** Bounds between fifths of the time since the event before, and above its 90th and 95th percentile, in milliseconds. */
  readonly waits: readonly number[];
  /** Median of the events before an attempt, of all touches but those of a customer's first attempt. */
  readonly medianPrior: number;
  readonly channels: readonly string[];
  readonly traits: readonly Trait[];
  /** Months from the first to the last touch that counts; at least one. */
  readonly months: number;
}

const STRUCTURAL_SHARE = 0.95;
const MOST_CHANNELS = 12;
/** Values of a trait that is looked at. */
export const MOST_VALUES = 12;
const MOST_TRAITS = 8;
const DAYS_A_MONTH = 365.25 / 12;

interface CountRow extends TouchCount {
  readonly total: number;
  readonly reachedAttempts: number;
  readonly paceBounds: readonly (number | null)[];
  readonly waitBounds: readonly (number | null)[];
  readonly medianPrior: number | null;
  readonly firstDay: number;
  readonly lastDay: number;
}

function countSql(context: AnalysisContext, { aliases, outcome, shown, customer, value, answered }: MomentRows) {
  const { frame } = outcome;
  const counts = `eligible AND ended AND ${shown}`;
  const columns = ["ids AS touch", "at AS moment", "hits AS hit", "eligibles AS eligible", "ends AS ended"];
  columns.push("results AS result", "reached AS reaches", "news AS new", "steps AS step", "kinds AS kind");
  columns.push("priors AS prior", "gaps AS gap", `${paceArray()} AS pace`);
  if (!frame.person) columns.push("people AS person");
  const who = frame.person ? customer : "if(person != 0, person, owner)";
  const day = dayNumber(context, frame, "moment");
  return `WITH ${aliases}
SELECT touch AS id, grouping(touch) AS total,
  countIf(${counts}) AS rows, countIf(${counts} AND ${answered}) AS answers,
  toFloat64(sumIf(${value}, ${counts})) AS sum, uniqExactIf(${who}, ${counts}) AS persons,
  countIf(eligible AND ended) AS touches, countIf(eligible AND ended AND ${answered}) AS touchAnswers,
  toFloat64(sumIf(${value}, eligible AND ended)) AS touchSum, uniqExactIf(${who}, eligible AND ended) AS touchPersons,
  countIf(eligible AND NOT ended AND ${shown}) AS unfinished,
  countIf(hit) AS outcomes, countIf(eligible AND reaches AND new AND ${shown}) AS passed,
  countIf(eligible AND reaches AND step = 0) AS reachedAttempts,
  quantilesExactInclusiveIf(0.2, 0.4, 0.6, 0.8)(pace, eligible AND ended AND step >= 2) AS paceBounds,
  quantilesExactInclusiveIf(0.2, 0.4, 0.6, 0.8, 0.9, 0.95)(gap, eligible AND ended AND step >= 1) AS waitBounds,
  quantileExactInclusiveIf(0.5)(prior, eligible AND ended AND kind != 0) AS medianPrior,
  minIf(${day}, eligible AND ended) AS firstDay, maxIf(${day}, eligible AND ended) AS lastDay
FROM ${frame.source}
ARRAY JOIN ${columns.join(", ")}
WHERE ${frame.rows}
GROUP BY GROUPING SETS ((touch), ())`;
}

/** Mean gap of the attempt so far, without the touch itself; meaningless before the third event. */
export function paceArray(): string {
  return `arrayMap((a, b, c) -> if(c < 2, 0., (a - b) / (c - 1)), arrayPopBack(arrayPushFront(at, toInt64(0))),
    arrayFill(a -> a != toInt64(-9100000000000000000), arrayMap((a, b) -> if(b, a, toInt64(-9100000000000000000)), at, starts)), steps)`;
}

async function readChannels(context: AnalysisContext, { outcome: { frame } }: MomentRows): Promise<string[]> {
  const rows = await context.store.query<{ place: string }>(
    `WITH ${frame.aliases}
SELECT toString(channel) AS place, count() AS events
FROM ${frame.source}
ARRAY JOIN ${frame.kept("channels")} AS channel, firsts AS first
WHERE ${frame.rows} AND first AND channel != ''
GROUP BY place
ORDER BY events DESC, place
LIMIT ${MOST_CHANNELS}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return rows.map(({ place }) => place);
}

interface TraitRow {
  readonly name: string;
  readonly owners: number;
  readonly found: readonly string[];
}

/** The traits that half of the owners have, of few values each: what journeys are told apart by. */
export async function readTraits(context: AnalysisContext, frame: JourneyFrame): Promise<Trait[]> {
  const options = { params: frame.bag.values, settings: ANALYSIS_SETTINGS };
  const where = `WHERE ${frame.rows} AND remaining > 0`;
  const [[total], rows] = await Promise.all([
    context.store.query<{ owners: number }>(
      `WITH ${frame.aliases}\nSELECT count() AS owners FROM ${frame.source} ${where}`,
      options,
    ),
    context.store.query<TraitRow>(
      `WITH ${frame.aliases}
SELECT toString(traitName) AS name, count() AS owners, arraySort(groupUniqArray(${MOST_VALUES + 1})(traitValue)) AS found
FROM ${frame.source}
ARRAY JOIN mapKeys(traits) AS traitName, mapValues(traits) AS traitValue
${where} AND traitValue != ''
GROUP BY name
ORDER BY owners DESC, name`,
      options,
    ),
  ]);
  return rows
    .filter(({ owners, found }) => owners >= 0.5 * (total?.owners ?? 0) && found.length <= MOST_VALUES)
    .filter(({ found }) => found.length > 1)
    .slice(0, MOST_TRAITS)
    .map(({ name, found }) => ({ name, values: found }));
}

const NOTHING: TouchCount = {
  ...{
    id: 0,
    rows: 0,
    answers: 0,
    sum: 0,
    persons: 0,
    touches: 0,
    touchAnswers: 0,
    touchSum: 0,
    touchPersons: 0,
    unfinished: 0,
    outcomes: 0,
    passed: 0,
  },
};

/** Where every touch is an outcome itself, such as a review after a review, all of them are what the rate is of. */
function countAll(all: TouchCount | undefined): TouchCount {
  if (!all || all.rows > 0) return all ?? NOTHING;
  return { ...all, rows: all.touches, answers: all.touchAnswers, sum: all.touchSum, persons: all.touchPersons };
}

/** Everything that is counted before the comparison. */
export async function surveyMoments(context: AnalysisContext, rows: MomentRows): Promise<MomentSurvey> {
  const { frame } = rows.outcome;
  const options = { settings: ANALYSIS_SETTINGS };
  const sql = countSql(context, rows);
  const [counts, channels, traits] = await Promise.all([
    context.store.query<CountRow>(sql, { ...options, params: frame.bag.values }),
    readChannels(context, rows),
    readTraits(context, frame),
  ]);
  const all = counts.find(({ total }) => total === 1);
  const byTouch = new Map(counts.filter(({ total }) => total === 0).map((row) => [row.id, row]));
  const reached = all?.reachedAttempts ?? 0;
  const structural = [...byTouch.values()].filter(({ passed }) => reached > 0 && passed >= STRUCTURAL_SHARE * reached);
  return {
    all: countAll(all),
    byTouch,
    reached,
    structural: structural.sort((a, b) => b.passed - a.passed || a.id - b.id).map(({ id }) => id),
    deciding: await findDeciding(context, rows, structural, all ?? NOTHING),
    paces: (all?.paceBounds ?? []).map((pace) => pace ?? 0),
    waits: (all?.waitBounds ?? []).map((wait) => wait ?? 0),
    medianPrior: all?.medianPrior ?? 0,
    channels,
    traits,
    months: Math.max(1, ((all?.lastDay ?? 0) - (all?.firstDay ?? 0) + 1) / DAYS_A_MONTH),
  };
}
