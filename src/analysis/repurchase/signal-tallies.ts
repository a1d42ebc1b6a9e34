/**
 * The heavy aggregate of signals: customers, second purchases and what was to be expected, by cell of alike customers and by behaviour.
 * Cells × behaviours come back, however many customers there are; what follows from them is in signal-effects.ts.
 */
import type { MatchedCell, SideSums } from "../../stats/matched-difference.ts";
import type { AnalysisContext } from "../context.ts";
import { dayNumber } from "../kpi-frame.ts";
import type { SignalCandidate, SignalSource } from "./signal-candidates.ts";
import { type LatenessForm, NO_DISCOUNT } from "./signal-fields.ts";
import type { SignalCell } from "./signal-history.ts";
import { askLife, type SignalLife } from "./signal-life.ts";
import { firstProducts, orderChannel } from "./signal-survey.ts";

/** Codes of everybody and of a behaviour as array expressions; 0 stands for "not so". */
type Codes = string;

function pick(source: SignalSource["by"], candidates: readonly SignalCandidate[]) {
  return candidates.filter((candidate) => candidate.source.by === source);
}

/** Codes by a table: those of the values of an array that stand for a behaviour. */
function byTable(
  life: SignalLife,
  array: string,
  entries: readonly (readonly [string | number, number])[],
  type: "UInt16" | "String",
): Codes[] {
  if (entries.length === 0) return [];
  const { bag } = life.frame;
  const values = entries.map(([value]) => value);
  const keys =
    type === "String" ? bag.bind(values as string[], "Array(String)") : bag.bind(values as number[], "Array(UInt16)");
  const codes = bag.bind(
    entries.map(([, code]) => code),
    "Array(UInt16)",
  );
  return [`arrayMap(one -> transform(one, ${keys}, ${codes}, toUInt16(0)), ${array})`];
}

const when = (condition: string, code: number): Codes => `[if(${condition}, toUInt16(${code}), toUInt16(0))]`;

function touchCodes(life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  const entries = candidates.flatMap(({ source, code }) =>
    source.by === "touchpoint" ? [[source.touch, code] as const] : [],
  );
  return byTable(life, `arrayDistinct(${life.after("ids")})`, entries, "UInt16");
}

function contactCodes(life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  return candidates.flatMap(({ source, code }) => {
    if (source.by !== "any contact") return [];
    const touched = `hasAny(${life.after("ids")}, ${life.frame.bag.bind(source.touches, "Array(UInt16)")})`;
    const ticketed = `arrayExists(kinds -> has(kinds, 'ticket'), ${life.after(life.frame.kept("objectTypes"))})`;
    return [when(source.ticketed ? `(${touched} OR ${ticketed})` : touched, code)];
  });
}

/** Over an event's `text`: whether it says anything of lateness, and whether that is late. */
function latenessOf(
  context: AnalysisContext,
  { frame }: SignalLife,
  form: LatenessForm,
): { tells: string; late: string } {
  const word = "lower(text)";
  const [yes, no] = ["('true', 'yes', 'y', 't', '1')", "('false', 'no', 'n', 'f', '0')"];
  if (form === "days") {
    const days = "toFloat64OrNull(text)";
    return { tells: `isNotNull(${days})`, late: `ifNull(${days} > 0, 0)` };
  }
  if (form === "promised day") {
    const promised = "toInt32(toDate32(parseDateTime64BestEffortOrNull(text, 3, 'UTC')))";
    return { tells: `isNotNull(${promised})`, late: `ifNull(${dayNumber(context, frame, "ms")} > ${promised}, 0)` };
  }
  return { tells: `(${word} IN ${yes} OR ${word} IN ${no})`, late: `${word} IN ${form === "late" ? yes : no}` };
}

function latenessCodes(context: AnalysisContext, life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  const { frame, after } = life;
  return candidates.flatMap(({ source, code, told }) => {
    if (source.by !== "lateness") return [];
    const { tells, late } = latenessOf(context, life, source.form);
    const texts = `arrayMap(property -> property[${frame.bag.bind(source.property, "String")}], ${after(frame.kept("properties"))})`;
    const touch = frame.bag.bind(source.touch, "UInt16");
    const exists = (condition: string) =>
      `arrayExists((id, text, ms) -> id = ${touch} AND ${condition}, ${after("ids")}, ${texts}, ${after("at")})`;
    return [when(exists(tells), told), when(exists(late), code)];
  });
}

/** On scales that are known: at most 2 of 5, 6 of 10, 3 of 7 is low; at least 4 of 5, 9 of 10, 6 of 7 high. */
const LOW_SCORE = "multiIf(best = 5, score <= 2, best = 10, score <= 6, best = 7, score <= 3, 0)";
const HIGH_SCORE = "multiIf(best = 5, score >= 4, best = 10, score >= 9, best = 7, score >= 6, 0)";

function surveyCodes(life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  const { frame, after } = life;
  const best = `arrayMap(scale -> toUInt8OrZero(extract(toString(scale), '-(\\\\d+)$')), ${after(frame.kept("scales"))})`;
  const exists = (condition: string) =>
    `arrayExists((score, best) -> isNotNull(score) AND ifNull(${condition}, 0), ${after(frame.kept("scores"))}, ${best})`;
  const conditions = { any: exists("1"), low: exists(LOW_SCORE), high: exists(HIGH_SCORE) } as const;
  return candidates.flatMap(({ source, code, told }) => {
    if (source.by !== "survey") return [];
    const own = when(conditions[source.answer], code);
    return told === 0 ? [own] : [own, when(exists("best IN (5, 7, 10)"), told)];
  });
}

function discountCodes(life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  const { frame, firstDay } = life;
  const none = frame.bag.bind([...NO_DISCOUNT], "Array(String)");
  return candidates.flatMap(({ source, code }) => {
    if (source.by !== "discount") return [];
    const name = frame.bag.bind(source.property, "String");
    const touch = frame.bag.bind(source.touch, "UInt16");
    const exists = `arrayExists((id, property) -> id = ${touch} AND NOT has(${none}, lower(property[${name}])),
      ${firstDay("ids")}, ${firstDay(frame.kept("properties"))})`;
    return [when(exists, code)];
  });
}

function valueEntries(candidates: readonly SignalCandidate[]): (readonly [string, number])[] {
  return candidates.flatMap(({ source, code }) => ("value" in source ? [[source.value, code] as const] : []));
}

function productCodes(context: AnalysisContext, life: SignalLife, candidates: readonly SignalCandidate[]): Codes[] {
  const [first] = candidates;
  if (first === undefined) return [];
  const products = firstProducts(context, life);
  return [...byTable(life, products, valueEntries(candidates), "String"), when(`notEmpty(${products})`, first.told)];
}

/** All codes of a customer, each once, 0 (everybody) among them. */
function compileCodes(context: AnalysisContext, life: SignalLife, candidates: readonly SignalCandidate[]): string {
  const codes = [
    ...touchCodes(life, pick("touchpoint", candidates)),
    ...contactCodes(life, pick("any contact", candidates)),
    ...latenessCodes(context, life, pick("lateness", candidates)),
    ...byTable(life, `[${orderChannel(life)}]`, valueEntries(pick("channel", candidates)), "String"),
    ...productCodes(context, life, pick("product", candidates)),
    ...surveyCodes(life, pick("survey", candidates)),
    ...discountCodes(life, pick("discount", candidates)),
  ];
  return `arrayDistinct(arrayConcat(${["[toUInt16(0)]", ...codes].join(",\n    ")}))`;
}

interface TallyRow extends SideSums {
  readonly cell: number;
  readonly code: number;
}

/** Sums by code and cell. */
export type SignalTallies = ReadonlyMap<number, ReadonlyMap<number, SideSums>>;

/** One pass over the first buyers: the sums of some behaviours, compared within the cells of one score. */
export async function readSignalTallies(
  context: AnalysisContext,
  life: SignalLife,
  candidates: readonly SignalCandidate[],
  { cell, excess }: SignalCell,
): Promise<SignalTallies> {
  const codes = compileCodes(context, life, candidates);
  const rows = await askLife<TallyRow>(context, life, {
    who: "still to buy again",
    // The cell and the excess are computed once a customer, whatever the number of behaviours.
    tuples: `arrayMap((codes, own) -> arrayMap(mark -> (mark, own.1, own.2, own.3), codes), [${codes}], [(${cell}, ${life.again}, ${excess})])[1]`,
    select: [
      ...["row.1 AS code", "row.2 AS cell", "count() AS n", "sum(row.3) AS high"],
      ...["sum(row.4) AS excess", "sum(row.4 * row.4) AS squares"],
    ],
    tail: "GROUP BY code, cell",
  });
  const tallies = new Map<number, Map<number, SideSums>>();
  for (const { cell: number, code, ...sums } of rows) {
    const byCell = tallies.get(code) ?? new Map<number, SideSums>();
    byCell.set(number, sums);
    tallies.set(code, byCell);
  }
  return tallies;
}

const NOBODY: SideSums = { n: 0, high: 0, excess: 0, squares: 0 };

function subtract(all: SideSums, part: SideSums): SideSums {
  return {
    ...{ n: all.n - part.n, high: all.high - part.high },
    ...{ excess: all.excess - part.excess, squares: all.squares - part.squares },
  };
}

/** A behaviour's cells: who shows it, and the others of whom it is known. */
export function cellsOf(tallies: SignalTallies, { code, told }: SignalCandidate): MatchedCell[] {
  const marked = tallies.get(code);
  return [...(tallies.get(told) ?? [])].map(([cell, all]) => {
    const own = marked?.get(cell) ?? NOBODY;
    return { with: own, without: subtract(all, own) };
  });
}
