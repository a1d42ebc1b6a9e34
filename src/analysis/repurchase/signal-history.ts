/**
 * What is known of a customer at the first order and before it, and the score of what that alone says of a second purchase.
 * Customers of alike scores are compared; the score is fitted and written as SQL in the way of moments (moment-score.ts).
 */
import type { Stage, Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { type Feature, type MomentHistory, STEP_LEVEL } from "../moment-history.ts";
import type { SampleTouch } from "../moment-sample.ts";
import { compileScore, type PrognosticScore, UNIT } from "../moment-score.ts";
import { lifeSql, type SignalLife } from "./signal-life.ts";
import { orderChannel, orderValue, type SignalSurvey } from "./signal-survey.ts";

const MOST_FLAGS = 100;
const MOST_CUSTOMERS = 200_000;
const MOST_MONTHS = 24;
const DAYS_A_MONTH = 30;

/** A feature of the whole row. */
function feature(name: Feature["name"], levels: number, scalar: string): Feature {
  return { name, levels, array: null, ofRow: null, scalar };
}

export const CHANNEL_FEATURE = "first channel";

function levelOfPlace(life: SignalLife, value: string, places: readonly string[]): string {
  if (places.length === 0) return "toUInt8(0)";
  const names = life.frame.bag.bind(places, "Array(String)");
  const numbers = life.frame.bag.bind(
    places.map((_, place) => place + 1),
    "Array(UInt8)",
  );
  return `transform(${value}, ${names}, ${numbers}, toUInt8(0))`;
}

/** 0 without a value, else its fifth. */
function valueLevel(life: SignalLife, { fifths }: SignalSurvey): string {
  const value = orderValue(life);
  const bounds = life.frame.bag.bind(fifths, "Array(Float64)");
  // Side by side: inside a lambda the value would be computed for each bound.
  const above = `arrayCount((bound, value) -> value > bound, ${bounds}, arrayWithConstant(${fifths.length}, ${value}))`;
  return fifths.length === 0 ? "toUInt8(0)" : `if(${value} > 0, toUInt8(1 + ${above}), toUInt8(0))`;
}

function monthLevel(life: SignalLife, [first, last]: SignalSurvey["firstDays"]): Feature {
  const length = Math.max(DAYS_A_MONTH, Math.ceil((last - first + 1) / MOST_MONTHS));
  const levels = Math.floor((last - first) / length) + 1;
  const since = life.frame.bag.bind(first, "Int32");
  return feature("first month", levels, `toUInt8(intDiv(dayOne - ${since}, ${length}))`);
}

function traitFeatures(life: SignalLife, { traits }: SignalSurvey): Feature[] {
  return traits.map(({ name, values }, index) => {
    const ofRow = levelOfPlace(life, `traits[${life.frame.bag.bind(name, "String")}]`, values);
    return { ...feature(`trait ${index}`, values.length + 1, ofRow), ofRow };
  });
}

const visitsBefore = ({ frame, atOrder }: SignalLife) =>
  `(toInt64(${atOrder(frame.kept("visits"))}) - toInt64(${frame.kept("visits")}[1]))`;

/** Visits before that of the first order: none, one or two, more. */
function visitClass(life: SignalLife): string {
  const visits = visitsBefore(life);
  return `((${visits} > 0) + (${visits} > 2))`;
}

/** The history of each first buyer, as the score's features and flags. */
export function buildSignalHistory(life: SignalLife, survey: SignalSurvey): MomentHistory {
  const flags = [...survey.before].sort(([a, one], [b, other]) => other - one || a - b).slice(0, MOST_FLAGS);
  return {
    aliases: life.aliases,
    features: [
      monthLevel(life, survey.firstDays),
      feature("first value", survey.fifths.length + 2, valueLevel(life, survey)),
      feature(CHANNEL_FEATURE, survey.channels.length + 1, levelOfPlace(life, orderChannel(life), survey.channels)),
      feature("first step", 8, STEP_LEVEL("(toInt64(place) - 1)")),
      feature("first visit", 8, STEP_LEVEL(visitsBefore(life))),
      feature("first known", 5, "((knownDays > 0) + (knownDays > 7) + (knownDays > 30) + (knownDays > 90))"),
      ...traitFeatures(life, survey),
    ],
    flags: flags.map(([id]) => id),
  };
}

/** What was held equal, in words. */
export function describeHistory(survey: SignalSurvey): string[] {
  return [
    "month of the first order",
    ...(survey.fifths.length > 0 ? ["value of the first order"] : []),
    ...(survey.channels.length > 1 ? ["channel of the first order"] : []),
    ...(survey.before.size > 0 ? ["visits, events and touchpoints before it", "days known before it"] : []),
    ...survey.traits.map(({ name }) => name),
    "for touchpoints of coming by also visits in the first days",
  ];
}

interface SampleRow {
  readonly result: number;
  readonly levels: readonly number[];
  readonly seen: readonly number[];
}

/** History and outcome of each customer, or of a sample of at most about 200,000 of them. */
export async function readSignalSample(
  context: AnalysisContext,
  life: SignalLife,
  history: MomentHistory,
  survey: SignalSurvey,
): Promise<SampleTouch[]> {
  const oneIn = Math.ceil(Math.max(1, survey.buyers / MOST_CUSTOMERS));
  const places = new Map(history.flags.map((id, place) => [id, place]));
  const levels = history.features.map(({ scalar }) => `toUInt8(${scalar})`);
  const sql = lifeSql(life, {
    who: "still to buy again",
    tuples: `[(${life.again}, [${levels.join(", ")}], arrayDistinct(${life.before("ids")}))]`,
    select: ["row.1 AS result", "row.2 AS levels", "row.3 AS seen"],
    where: `cityHash64(owner) % ${life.frame.bag.bind(oneIn, "UInt64")} = 0`,
  });
  const sample: SampleTouch[] = [];
  const options = { params: life.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for await (const block of context.store.stream<SampleRow>(sql, options))
    for (const row of block)
      sample.push({
        ...{ levels: row.levels, result: row.result, past: 0, prior: 0, known: false, left: false },
        seen: row.seen.flatMap((id) => places.get(id) ?? []),
      });
  return sample;
}

export interface SignalCell {
  /** Number of the cell of alike customers. */
  readonly cell: string;
  /** The outcome less what the history lets expect, but for a constant. */
  readonly excess: string;
}

/** Stages in which a customer comes by: being there at all tells more than what was looked at. */
const VISITING: readonly (Stage | null)[] = ["awareness", "consideration", "evaluation", "purchase"];

/** Whether a touchpoint goes with a customer's coming by. */
export function isVisiting({ stage }: Touchpoint): boolean {
  return VISITING.includes(stage);
}

/** Mail is read elsewhere: opening one is no visit. */
const MAIL = "e-mail";

/** Visits in the first days in which a customer came by: 0 to 5, or more. */
function visitsSince({ touchpoints }: AnalysisContext, { frame, after }: SignalLife): string {
  const ids = frame.bag.bind(
    touchpoints.filter((one) => isVisiting(one) && one.channel !== MAIL).map(({ id }) => id),
    "Array(UInt16)",
  );
  return `least(6, arrayUniq(arrayFilter((visit, id) -> has(${ids}, id), ${after(frame.kept("visits"))}, ${after("ids")})))`;
}

/**
 * A customer's cell: bin of the score × the trait that tells most × visits before.
 * @param active × visits in the first days too
 */
export function compileSignalCell(
  context: AnalysisContext,
  life: SignalLife,
  history: MomentHistory,
  score: PrognosticScore,
  active: boolean,
): SignalCell {
  const { bag } = life.frame;
  const ids = bag.bind(history.flags, "Array(UInt16)");
  const weights = bag.bind(score.flags, "Array(Int64)");
  const seen = `arrayMap(id -> transform(id, ${ids}, ${weights}, toInt64(0)), arrayDistinct(${life.before("ids")}))`;
  const { expected, part } = compileScore(history, score, bag);
  const flagScore = history.flags.length === 0 ? "toInt64(0)" : `arraySum(${seen})`;
  const total = expected.replace("flagScore", flagScore);
  const edges = bag.bind(score.edges, "Array(Int64)");
  const bin =
    score.edges.length === 0
      ? "0"
      : `arrayCount((edge, total) -> total > edge, ${edges}, arrayWithConstant(${score.edges.length}, ${total}))`;
  return {
    cell: `toUInt32(((${bin}) * 3 + ${visitClass(life)}) * 16 + ${part}) * 7 + ${active ? visitsSince(context, life) : "0"}`,
    excess: `(toFloat64(${life.again}) - toFloat64(${total}) / ${UNIT})`,
  };
}
