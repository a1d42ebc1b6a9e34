/**
 * What is measured, in words, and its numbers in the unit people think in: shares as percent, ratios for each 100, others as they are.
 * Nothing is estimated here; what the numbers mean together is effect-words.ts.
 */
import { type Expression, parseExpression } from "../../../../src/domain/expression.ts";
import type { Answer } from "../../../api/types.ts";
import { formatDecimal } from "../../../ui/format.ts";

export type Question = Answer<"effect">["question"];
export type Metric = Question["metric"];

function isTouchpoint(tree: Expression): boolean {
  return tree.kind === "field" && tree.scope === "" && tree.name === "touchpoint";
}

function namedTouchpoints(tree: Expression): readonly string[] | undefined {
  if (tree.kind === "or") {
    const parts = tree.terms.map(namedTouchpoints);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  const [field, values] =
    tree.kind === "in" && !tree.negated
      ? [tree.value, tree.list]
      : tree.kind === "compare" && tree.operator === "="
        ? [tree.left, [tree.right]]
        : [undefined, []];
  if (!field || !isTouchpoint(field)) return undefined;
  const names = values.flatMap((value) => (value.kind === "literal" ? [String(value.value)] : []));
  return names.length === values.length ? names : undefined;
}

/** The touchpoints that an expression names and nothing else; undefined for any other expression. */
export function readTouchpoints(event: string): readonly string[] | undefined {
  try {
    return namedTouchpoints(parseExpression(event));
  } catch {
    return undefined;
  }
}

/** Events as people call them: the touchpoints by name, anything else as it is written. */
export function nameEvents(event: string): string {
  const names = readTouchpoints(event);
  if (names === undefined) return event;
  const last = names.at(-1) ?? event;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${last}` : last;
}

const NUMBERS: Readonly<Record<string, string>> = { value: "value", score: "score", nps: "NPS" };
const nameNumber = (of: string | undefined) => NUMBERS[of ?? ""] ?? of?.replace(/^prop\./u, "") ?? "value";

/** What one thing counted is: a customer, an order; over time a period. */
export function unitNoun({ design, unit, period }: Pick<Question, "design" | "unit" | "period">): string {
  return design === "series" ? period : unit === "day" ? "day" : unit;
}

/** What n counts: customers stand together for all their orders where the change was given to customers. */
export function countedNoun(question: Pick<Question, "design" | "unit" | "period" | "by" | "audience">): string {
  const { design, unit, by, audience } = question;
  if (design === "synthetic") return "group";
  const owned = design !== "series" && (audience !== undefined || by?.startsWith("customer.") === true);
  return owned ? "customer" : unitNoun({ design, unit, period: question.period });
}

/** "customers", "days", "weeks". */
export const plural = (noun: string) => `${noun}s`;

type Asked = Pick<Question, "metric" | "design" | "unit" | "period">;

/** "Order Completed per Checkout Started", "share of customers with Order Completed". */
export function nameMetric({ metric, design, unit, period }: Asked): string {
  const event = nameEvents(metric.event);
  const each = design === "series" ? `a ${period}` : `per ${unitNoun({ design, unit, period })}`;
  const owner = unit === "day" ? "customers" : plural(unit);
  switch (metric.kind) {
    case "share":
      return `share of ${owner} with ${event}`;
    case "count":
      return `${event} ${each}`;
    case "sum":
      return `${nameNumber(metric.of)} of ${event} ${each}`;
    case "mean":
      return metric.of === "nps" ? `NPS of ${event}` : `mean ${nameNumber(metric.of)} of ${event}`;
    case "ratio":
      return `${event} per ${nameEvents(metric.per ?? "")}`;
  }
}

/** How the numbers of a metric are said. */
export interface Spoken {
  readonly name: string;
  /** In a sentence: "the share of customers with Order Completed". */
  readonly subject: string;
  /** Over an axis: "Order Completed per 100 Checkout Started", "share of customers with Order Completed, in %". */
  readonly heading: string;
  /** Over an axis of differences. */
  readonly changeHeading: string;
  /** Of a difference, as people type it. */
  readonly changeUnit: string;
  /** "65.4 %". */
  readonly level: (value: number) => string;
  /** "65": on an axis that says the unit. */
  readonly tick: (value: number) => string;
  /** "+16.8": a difference, or the end of its interval. */
  readonly number: (value: number) => string;
  /** "+5": a difference on an axis. */
  readonly changeTick: (value: number) => string;
  /** "+16.8 points". */
  readonly change: (value: number) => string;
  /** "16.8 points": how large, whichever way. */
  readonly size: (value: number) => string;
}

/** Whole as it is, else three digits that matter, at least one after the point below 100. */
function formatPlain(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return formatDecimal(value, 0);
  if (size >= 10) return formatDecimal(value, 1);
  if (size >= 1) return formatDecimal(value, 2);
  return formatDecimal(value, Math.min(6, 1 - Math.floor(Math.log10(size))));
}

/** With its sign; what rounds to nothing has none. */
function sign(text: string, value: number): string {
  if (!/[1-9]/u.test(text)) return text.replace("−", "");
  return value > 0 ? `+${text}` : text;
}

interface Dialect {
  /** The number alone. */
  readonly bare: (value: number) => string;
  /** After a level, after a difference. */
  readonly units: readonly [level: string, change: string];
  /** Behind "in" over an axis: of levels, of differences; "" for none. */
  readonly axes: readonly [level: string, change: string];
}

function dialectOf({ kind, of }: Metric, currency: string): Dialect {
  const hundredfold = (value: number) => formatDecimal(value * 100, 1);
  if (kind === "share") return { bare: hundredfold, units: [" %", " points"], axes: ["%", "percentage points"] };
  if (kind === "ratio") return { bare: hundredfold, units: [" per 100", " per 100"], axes: ["", ""] };
  if (of === "nps" || of === "score") {
    const bare = (value: number) => formatDecimal(value, of === "nps" ? 1 : 2);
    return { bare, units: ["", " points"], axes: ["points", "points"] };
  }
  const money = of === "value" ? currency : "";
  const after = money === "" ? "" : ` ${money}`;
  return { bare: formatPlain, units: [after, after], axes: [money, money] };
}

/** Kinds whose names need an article in a sentence. */
const ARTICLED: ReadonlySet<Metric["kind"]> = new Set(["share", "sum", "mean"]);

const short = (text: string) => text.replace(/\.0+$/u, "");
const inUnit = (unit: string) => (unit === "" ? "" : `, in ${unit}`);

/** @param currency of the workspace, for sums of values */
export function speakOf(asked: Asked, currency: string): Spoken {
  const { metric } = asked;
  const { bare, units, axes } = dialectOf(metric, currency);
  const [ofLevels, ofChanges] = units;
  const name = nameMetric(asked);
  const ratio = metric.kind === "ratio";
  const hundred = `per 100 ${nameEvents(metric.per ?? "")}`;
  const number = (value: number) => sign(bare(value), value);
  return {
    ...{ name, number, subject: ARTICLED.has(metric.kind) ? `the ${name}` : name },
    heading: ratio ? `${nameEvents(metric.event)} ${hundred}` : `${name}${inUnit(axes[0])}`,
    changeHeading: ratio ? `difference ${hundred}` : `difference${inUnit(axes[1])}`,
    changeUnit: ratio ? "per 100" : axes[1],
    level: (value) => `${bare(value)}${ofLevels}`,
    tick: (value) => `${short(bare(value))}${metric.kind === "share" ? " %" : ""}`,
    changeTick: (value) => sign(short(bare(value)), value),
    change: (value) => `${number(value)}${ofChanges}`,
    size: (value) => `${bare(Math.abs(value))}${ofChanges}`,
  };
}
