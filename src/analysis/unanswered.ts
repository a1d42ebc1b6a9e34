/**
 * Negative feedback that nobody answered: bad scores after which no answer of support comes in time, of the same customer.
 * What an answer said is not looked at, nor whether it was about the feedback: no event tells.
 */
import { isOpeningName } from "../domain/friction-names.ts";
import { spellProperty } from "../domain/moment-condition.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import { isInsufficient } from "../stats/estimate.ts";
import { estimateShare } from "../stats/proportion.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame, type JourneyFrame } from "./journey-frame.ts";
import { askFrame, findEndOfData } from "./kpi-frame.ts";
import { fromScores, type ScoreRow } from "./moment-experiences.ts";
import type { UnansweredQuery, UnansweredReport } from "./unanswered-schema.ts";

const DAY_MS = 86_400_000;
const LONGEST_TEXT = 280;
/** What customers write has words, and more of them than the name of a topic. */
const LEAST_TEXT = 12;

/** In the stage support, but done by the customer alone. */
const OWN_ACTS =
  /\b(?:view(?:ed)?|search(?:ed)?|read|visit(?:ed)?|click(?:ed)?|help|faq|article|page|reopen(?:ed)?|request(?:ed)?|return(?:ed)?|shipped|error)\b/u;

/** Whether the company acts towards the customer by events of this touchpoint. */
function mayAnswer({ stage, name }: Touchpoint): boolean {
  return stage === "support" && !isOpeningName(name) && !OWN_ACTS.test(spellProperty(name));
}

/** The whole question, with its parameters bound. */
interface Scene {
  readonly context: AnalysisContext;
  readonly frame: JourneyFrame;
  readonly end: number;
  readonly from: number;
  readonly withinMs: number;
}

function readScales({ context, frame }: Scene): Promise<ScoreRow[]> {
  return askFrame<ScoreRow>(context, frame, {
    aliases: [
      `arrayFilter(one -> isNotNull(one.2), arrayZip(ids, ${frame.kept("scores")}, ${frame.kept("scales")})) AS scored`,
      "arrayJoin(scored) AS one",
    ],
    select: ["one.1 AS touch", "toString(one.3) AS scale", "count() AS events", "max(assumeNotNull(one.2)) AS best"],
    groupBy: ["touch", "scale"],
    tail: "ORDER BY touch, scale",
  });
}

interface Bad {
  readonly touch: number;
  readonly scale: string;
  readonly atMost: number;
}

/** At and below which a score of a touchpoint on a scale is bad. */
function listBad(scales: readonly ScoreRow[]): Bad[] {
  return fromScores(scales).flatMap(({ touch, when }) =>
    when.kind === "score" ? [{ touch, scale: when.scale, atMost: when.atMost }] : [],
  );
}

/**
 * Aliases up to `bads`: (time in ms, touchpoint id, score, scale, 1 where an answer came in time, place among the events)
 * of each bad score since `from`. The next answer is carried backwards over the events: one pass, whatever the length.
 */
function badAliases({ frame, from, withinMs }: Scene, bad: readonly Bad[], answers: readonly number[]): string[] {
  const keys = frame.bag.bind(
    bad.map(({ touch, scale }) => `${touch} ${scale}`),
    "Array(String)",
  );
  const bounds = frame.bag.bind(
    bad.map(({ atMost }) => atMost),
    "Array(Float64)",
  );
  const bound = `transform(concat(toString(id), ' ', toString(scale)), ${keys}, ${bounds}, toFloat64(-1e308))`;
  const ownAnswers = frame.bag.bind(answers, "Array(UInt16)");
  const since = frame.bag.bind(from, "Int64");
  const patience = frame.bag.bind(withinMs, "Int64");
  return [
    `arrayReverseFill(time -> time > 0, arrayMap((id, time) -> if(has(${ownAnswers}, id), time, toInt64(0)), ids, at)) AS nextAnswers`,
    `arrayMap((id, score, scale) -> isNotNull(score) AND assumeNotNull(score) <= ${bound}, ids, ${frame.kept("scores")}, ${frame.kept("scales")}) AS isBads`,
    `arrayFilter((one, isBad) -> isBad AND one.1 >= ${since}, arrayMap((time, id, score, scale, next, nth) ->
      (time, id, ifNull(score, 0.), toString(scale), toUInt8(next > 0 AND next <= time + ${patience}), nth),
      at, ids, ${frame.kept("scores")}, ${frame.kept("scales")}, nextAnswers, arrayEnumerate(ids)), isBads) AS bads`,
    "arrayJoin(bads) AS bad",
  ];
}

interface CountRow {
  readonly negative: number;
  readonly unanswered: number;
  readonly waiting: number;
  readonly customers: number;
}

interface BadRow {
  readonly owner: string;
  readonly customer: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly touch: number;
  readonly score: number;
  readonly scale: string;
  readonly nth: number;
}

/** Bad scores whose whole waiting time lies in the data, and those that nobody answered yet but still may. */
async function countBad(scene: Scene, bad: readonly Bad[], answers: readonly number[]): Promise<CountRow> {
  const { context, frame, end, withinMs } = scene;
  const settled = `bad.1 <= ${frame.bag.bind(end - withinMs, "Int64")}`;
  const [row] = await askFrame<CountRow>(context, frame, {
    aliases: badAliases(scene, bad, answers),
    select: [
      `countIf(${settled}) AS negative`,
      `countIf(${settled} AND NOT bad.5) AS unanswered`,
      `countIf(NOT (${settled}) AND NOT bad.5) AS waiting`,
      `uniqExactIf(owner, ${settled} AND NOT bad.5) AS customers`,
    ],
  });
  return row ?? { negative: 0, unanswered: 0, waiting: 0, customers: 0 };
}

async function readNewest(scene: Scene, bad: readonly Bad[], answers: readonly number[], limit: number) {
  const { context, frame, end, withinMs } = scene;
  return askFrame<BadRow>(context, frame, {
    aliases: badAliases(scene, bad, answers),
    select: [
      ...["toString(owner) AS owner", "ownerId AS customer", "bad.1 AS time", "bad.2 AS touch", "bad.3 AS score"],
      ...["bad.4 AS scale", "bad.6 AS nth"],
    ],
    where: [`bad.1 <= ${frame.bag.bind(end - withinMs, "Int64")}`, "NOT bad.5"],
    tail: `ORDER BY time DESC, customer, nth LIMIT ${frame.bag.bind(limit, "UInt32")}`,
  });
}

/** What was said with each: the longest value with several words. Customers are looked up by key, so few rows are read. */
async function readTexts(scene: Scene, rows: readonly BadRow[]): Promise<ReadonlyMap<string, string>> {
  const { context, frame } = scene;
  if (rows.length === 0) return new Map();
  const places = frame.bag.bind(
    rows.map(({ owner, nth }) => `${owner} ${nth}`),
    "Array(String)",
  );
  const owners = frame.bag.bind([...new Set(rows.map(({ owner }) => BigInt(owner)))], "Array(UInt64)");
  const texts = `arrayFilter(text -> length(text) >= ${LEAST_TEXT} AND position(text, ' ') > 0, mapValues(property))`;
  const found = await context.store.query<{ place: string; text: string }>(
    `WITH ${frame.aliases}
SELECT concat(toString(owner), ' ', toString(nth)) AS place, arraySort(text -> -lengthUTF8(text), ${texts})[1] AS text
FROM ${frame.source}
ARRAY JOIN ${frame.kept("properties")} AS property, arrayEnumerate(ids) AS nth
WHERE ${frame.rows} AND owner IN ${owners} AND has(${places}, place) AND text != ''`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(found.map(({ place, text }) => [place, text.trim().slice(0, LONGEST_TEXT)]));
}

const NOTHING = { negative: 0, unanswered: 0, share: null, waiting: 0, customers: 0, newest: [] };

/**
 * Bad scores of the last `days` days of data. Where nothing in the data is an answer, `answers` is empty and nothing is
 * called unanswered: it cannot be told.
 * @throws AppError invalid (filter)
 */
export async function analyzeUnanswered(
  workspace: AnalysisContext,
  { withinMs = 7 * DAY_MS, days = 90, limit = 10, ...scope }: UnansweredQuery,
): Promise<UnansweredReport> {
  // Hidden or not, it was said and it was answered.
  const context = seeHidden(workspace);
  const end = await findEndOfData(context);
  if (end === null) return { ...NOTHING, from: null, to: null, answers: [] };
  const from = end - days * DAY_MS;
  const frame = () => buildJourneyFrame(context, { ...scope, journey: "life" });
  const scene = (): Scene => ({ context, frame: frame(), end, from, withinMs });
  const scales = await readScales(scene());
  const scored = new Set(scales.map(({ touch }) => touch));
  const answering = context.touchpoints.filter((one) => mayAnswer(one) && !scored.has(one.id));
  const names = answering.map(({ name }) => name).sort();
  const span = { from: new Date(from).toISOString(), to: new Date(end).toISOString(), answers: names };
  const bad = listBad(scales);
  if (bad.length === 0) return { ...NOTHING, ...span };
  const answers = answering.map(({ id }) => id);
  const counts = await countBad(scene(), bad, answers);
  if (answers.length === 0) return { ...NOTHING, ...span, negative: counts.negative };
  const rows = await readNewest(scene(), bad, answers, limit);
  const texts = await readTexts(scene(), rows);
  const share = estimateShare(counts.unanswered, counts.negative);
  const nameOf = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  return {
    ...{ ...counts, ...span },
    share: isInsufficient(share) ? null : { value: share.value, low: share.low, high: share.high },
    newest: rows.map(({ owner, nth, customer, time, touch, score, scale }) => ({
      ...{ customer, time: new Date(time).toISOString(), touchpoint: nameOf.get(touch) ?? "", score, scale },
      ...{ text: texts.get(`${owner} ${nth}`) ?? null, days: (end - time) / DAY_MS },
    })),
  };
}
