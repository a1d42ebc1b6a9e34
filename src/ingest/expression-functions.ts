/**
 * The functions of mapping expressions: on texts, numbers, JSON, dates and times, and the aggregates of grouped records.
 * The list in docs/import.md is this list.
 */
import type { Expression } from "../domain/expression.ts";
import type { ExpressionScope } from "./compile-expression.ts";
import { jsonEntrySql, jsonListSql, jsonValueSql, totalSql } from "./json-functions.ts";
import { asDate, asNumber, asText, asTime, isEmptySql, requireBoolean, type TypedSql } from "./typed-sql.ts";

type Compile = (tree: Expression) => TypedSql;
type Build = (args: readonly TypedSql[], scope: ExpressionScope) => TypedSql;

interface MappingFunction {
  /** Fewest and most arguments. */
  readonly takes: readonly [number, number];
  readonly build: Build;
}

const text = (sql: string): TypedSql => ({ type: "text", sql });
const number = (sql: string): TypedSql => ({ type: "number", sql });
const list = (sql: string): TypedSql => ({ type: "list", sql });
const truth = (sql: string): TypedSql => ({ type: "boolean", sql });
const arg = (args: readonly TypedSql[], at: number): TypedSql => args[at] as TypedSql;
const onText = (name: string): MappingFunction => ({
  takes: [1, 1],
  build: (args) => text(`${name}(${asText(arg(args, 0))})`),
});
const testText = (name: string): MappingFunction => ({
  takes: [2, 2],
  build: (args) => truth(`(${name}(${asText(arg(args, 0))}, ${asText(arg(args, 1))}) != 0)`),
});

const FUNCTIONS: Readonly<Record<string, MappingFunction>> = {
  lower: onText("lowerUTF8"),
  upper: onText("upperUTF8"),
  trim: onText("trimBoth"),
  text: { takes: [1, 1], build: (args) => text(asText(arg(args, 0))) },
  number: { takes: [1, 1], build: (args, scope) => number(asNumber(arg(args, 0), scope)) },
  length: { takes: [1, 1], build: buildLength },
  concat: { takes: [1, 50], build: (args) => text(`concat('', ${args.map(asText).join(", ")})`) },
  replace: {
    takes: [3, 3],
    build: (args) => text(`replaceAll(${args.map(asText).join(", ")})`),
  },
  substring: {
    takes: [2, 3],
    build: (args, scope) =>
      text(
        `substringUTF8(${asText(arg(args, 0))}, ${args
          .slice(1)
          .map((part) => `toInt64(ifNull(${asNumber(part, scope)}, 1))`)
          .join(", ")})`,
      ),
  },
  startswith: testText("startsWith"),
  endswith: testText("endsWith"),
  contains: testText("position"),
  matches: testText("match"),
  extract: { takes: [2, 2], build: (args) => text(`extract(${asText(arg(args, 0))}, ${asText(arg(args, 1))})`) },
  coalesce: { takes: [1, 50], build: buildCoalesce },
  if: { takes: [3, 3], build: buildIf },
  abs: { takes: [1, 1], build: (args, scope) => number(`abs(${asNumber(arg(args, 0), scope)})`) },
  floor: { takes: [1, 1], build: (args, scope) => number(`floor(${asNumber(arg(args, 0), scope)})`) },
  round: {
    takes: [1, 2],
    build: (args, scope) => {
      const digits = args[1] ? `, toInt8(ifNull(${asNumber(args[1], scope)}, 0))` : "";
      return number(`round(${asNumber(arg(args, 0), scope)}${digits})`);
    },
  },
  json: { takes: [1, 20], build: ([first, ...path]) => text(jsonValueSql(first as TypedSql, path)) },
  list: { takes: [1, 20], build: ([first, ...path]) => list(jsonListSql(first as TypedSql, path)) },
  entry: { takes: [2, 2], build: (args) => text(jsonEntrySql(arg(args, 0), arg(args, 1))) },
  total: { takes: [1, 1], build: buildTotal },
  date: { takes: [1, 1], build: (args, scope) => ({ type: "date", sql: asDate(arg(args, 0), scope) }) },
  time: { takes: [1, 1], build: (args, scope) => ({ type: "time", sql: asTime(arg(args, 0), scope) }) },
  endofday: { takes: [1, 1], build: buildEndOfDay },
  days: {
    takes: [2, 2],
    build: (args, scope) =>
      number(`toFloat64(dateDiff('day', ${asDate(arg(args, 0), scope)}, ${asDate(arg(args, 1), scope)}))`),
  },
  hours: {
    takes: [2, 2],
    build: (args, scope) =>
      number(`dateDiff('millisecond', ${asTime(arg(args, 0), scope)}, ${asTime(arg(args, 1), scope)}) / 3600000`),
  },
  addhours: { takes: [2, 2], build: buildAddHours },
  record: { takes: [0, 0], build: (_, scope) => number(`toNullable(toFloat64(${scope.order}))`) },
};

/** Further away than this is no wait but a fault in the data, and would leave the range of times. */
const MAX_HOURS = 1_000_000;

/** addHours(at, 1.5): an hour and a half later; below 0 earlier. Empty where either is. */
function buildAddHours(args: readonly TypedSql[], scope: ExpressionScope): TypedSql {
  const [time, hours] = [asTime(arg(args, 0), scope), asNumber(arg(args, 1), scope)];
  const known = `if(abs(${hours}) < ${MAX_HOURS}, ${hours}, NULL)`;
  return { type: "time", sql: `addMilliseconds(${time}, toInt64(round(${known} * 3600000)))` };
}

/** Characters of a text, entries of a list. */
function buildLength(args: readonly TypedSql[]): TypedSql {
  const value = arg(args, 0);
  return number(value.type === "list" ? `toFloat64(length(${value.sql}))` : `toFloat64(lengthUTF8(${asText(value)}))`);
}

function buildTotal(args: readonly TypedSql[], scope: ExpressionScope): TypedSql {
  const value = arg(args, 0);
  if (value.type !== "list")
    throw scope.error(`total() adds up a list, and this is a ${value.type}; list(a, "key") makes one`);
  return number(totalSql(value.sql));
}

/** The first argument that is not empty. Texts and numbers mixed give text. */
function buildCoalesce(args: readonly TypedSql[], scope: ExpressionScope): TypedSql {
  const type = args.every((one) => one.type === arg(args, 0).type) ? arg(args, 0).type : "text";
  if (type === "boolean") throw scope.error("coalesce() takes values, not conditions");
  if (type !== "text" && type !== "list") return { type, sql: `coalesce(${args.map((one) => one.sql).join(", ")})` };
  const same = (one: TypedSql) => (type === "list" ? one.sql : asText(one));
  const branches = args.slice(0, -1).map((one) => `NOT ${isEmptySql(one)}, ${same(one)}`);
  const last = same(arg(args, args.length - 1));
  return { type, sql: branches.length === 0 ? last : `multiIf(${branches.join(", ")}, ${last})` };
}

function buildIf(args: readonly TypedSql[], scope: ExpressionScope): TypedSql {
  const [condition, yes, no] = [requireBoolean(arg(args, 0), scope), arg(args, 1), arg(args, 2)];
  if (yes.type === no.type) return { type: yes.type, sql: `if(${condition}, ${yes.sql}, ${no.sql})` };
  if ([yes.type, no.type].includes("number") && [yes.type, no.type].includes("text"))
    return text(`if(${condition}, ${asText(yes)}, ${asText(no)})`);
  throw scope.error(`if() must give one type, not ${yes.type} or ${no.type}`);
}

/** The last millisecond of the local day. */
function buildEndOfDay(args: readonly TypedSql[], scope: ExpressionScope): TypedSql {
  const nextDay = `addDays(${asDate(arg(args, 0), scope)}, 1)`;
  const midnight = `toDateTime64(${nextDay}, 3, ${scope.params.text(scope.zone)})`;
  return { type: "time", sql: `toTimeZone(subtractMilliseconds(${midnight}, 1), 'UTC')` };
}

function checkCount(name: string, count: number, takes: readonly [number, number], scope: ExpressionScope): void {
  const [least, most] = takes;
  if (count >= least && count <= most) return;
  throw scope.error(`${name}() takes ${least === most ? least : `${least} to ${most}`} value(s), not ${count}`);
}

/** Undefined when there is no function of this name. */
export function compileFunction(
  name: string,
  args: readonly Expression[],
  scope: ExpressionScope,
  compile: Compile,
): TypedSql | undefined {
  const found = FUNCTIONS[name];
  if (!found || !Object.hasOwn(FUNCTIONS, name)) return undefined;
  checkCount(name, args.length, found.takes, scope);
  return found.build(args.map(compile), scope);
}

const AGGREGATES = ["sum", "min", "max", "avg", "count", "first", "last"];

/** @throws AppError invalid for unknown functions, and for aggregates outside `group` and `take` */
export function compileAggregate(
  name: string,
  args: readonly Expression[],
  scope: ExpressionScope,
  compile: Compile,
): TypedSql {
  if (!AGGREGATES.includes(name))
    throw scope.error(
      `there is no function ${name}(); known: ${[...Object.keys(FUNCTIONS), ...AGGREGATES].join(", ")}`,
    );
  if (!scope.aggregates) throw scope.error(`${name}() sums up several records: it belongs under group or take`);
  checkCount(name, args.length, name === "count" ? [0, 0] : [1, 1], scope);
  if (name === "count") return number("toNullable(toFloat64(count()))");
  const value = compile(args[0] as Expression);
  if (name === "first") return { type: value.type, sql: `argMin(${value.sql}, ${scope.order})` };
  if (name === "last") return { type: value.type, sql: `argMax(${value.sql}, ${scope.order})` };
  if (value.type === "time" || value.type === "date") {
    if (name === "min" || name === "max") return { type: value.type, sql: `${name}(${value.sql})` };
    throw scope.error(`${name}() of a ${value.type} has no meaning`);
  }
  // Over no readable number at all the answer is "unknown", not 0.
  return number(`${name}OrNull(${asNumber(value, scope)})`);
}
