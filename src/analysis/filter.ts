/**
 * Filters: an expression compiled to SQL over the arrays of one journey row, values as parameters only.
 * It decides which events stay and which journeys count; how the arrays are then read is journey-frame.ts.
 */
import { AppError } from "../domain/app-error.ts";
import { type Expression, parseExpression } from "../domain/expression.ts";
import { parseMoment } from "../domain/moment.ts";
import { findTouchpoint, type Touchpoint } from "../domain/touchpoint.ts";
import type { QueryValue } from "../store/event-store.ts";

/** Collects the parameters of one statement: each value gets a name, and the SQL only ever holds that name. */
export class ParameterBag {
  readonly values: Record<string, QueryValue> = {};
  #count = 0;

  /** The placeholder for a value, e.g. `{p3:String}`. */
  bind(value: QueryValue, type: string): string {
    const name = `p${this.#count++}`;
    this.values[name] = value;
    return `{${name}:${type}}`;
  }
}

/** What the compiled filter refers to; each name is an array of the journey row, in event order. */
const EVENT_ARRAYS = {
  touchpoint: "touchpoints",
  channel: "channels",
  value: "values",
  currency: "currencies",
  score: "scores",
  scale: "scales",
  time: "times",
  customer: "customers",
  prop: "properties",
} as const;
type EventArray = (typeof EVENT_ARRAYS)[keyof typeof EVENT_ARRAYS];

/** A condition as a scalar expression over lambda arguments named like the arrays, plus what it reads. */
export interface CompiledCondition {
  readonly sql: string;
  readonly arrays: ReadonlySet<EventArray>;
}

/** One `has` or `count`: how many events of a journey are of these touchpoints. */
export interface TouchpointCount {
  /** Lambda argument that stands for the number in `journeySql`. */
  readonly name: string;
  /** Placeholder of the touchpoint ids. */
  readonly ids: string;
}

export interface CompiledFilter {
  /** Keeps or drops single events; undefined: all stay. */
  readonly event: CompiledCondition | undefined;
  /** Keeps or drops whole journeys; over the names of `counts` and the row's traits. */
  readonly journey: string | undefined;
  /** Every `has`/`count` that `event` or `journey` refers to. */
  readonly counts: readonly TouchpointCount[];
}

type Operand =
  | { readonly kind: "touchpoint"; readonly read: (touchpoint: Touchpoint) => string }
  | { readonly kind: "text" | "number" | "nullable-number" | "time"; readonly sql: string };

const SCALAR_FIELDS =
  "touchpoint, stage, channel, value, currency, score, scale, time, customer, prop.NAME, customer.TRAIT";

/** On what a filter works. */
export interface FilterPlace {
  /** Whether the rows are owned by persons. */
  readonly person: boolean;
  /** IANA zone of days and of times without an offset. */
  readonly zone: string;
}

class FilterCompiler {
  readonly arrays = new Set<EventArray>();
  readonly counts: TouchpointCount[] = [];
  /** Whether the part compiled last reads single events. */
  readsEvents = false;
  readonly #text: string;
  readonly #touchpoints: readonly Touchpoint[];
  readonly #bag: ParameterBag;
  readonly #person: boolean;
  readonly #zone: string;

  constructor(text: string, touchpoints: readonly Touchpoint[], bag: ParameterBag, { person, zone }: FilterPlace) {
    this.#text = text;
    this.#touchpoints = touchpoints;
    this.#bag = bag;
    this.#person = person;
    this.#zone = zone;
  }

  condition(tree: Expression): string {
    switch (tree.kind) {
      case "and":
      case "or":
        return `(${tree.terms.map((term) => this.condition(term)).join(tree.kind === "and" ? " AND " : " OR ")})`;
      case "not":
        return `NOT ${this.condition(tree.term)}`;
      case "compare":
        return this.#compare(tree.operator, tree.left, tree.right);
      case "in":
        return this.#in(tree.value, tree.list, tree.negated);
      case "empty":
        return this.#empty(tree.value, tree.negated);
      case "literal":
        if (typeof tree.value === "boolean") return tree.value ? "1" : "0";
        break;
      case "call":
        if (tree.name === "has") return `(${this.#count(tree.args)} > 0)`;
        if (TEXT_TESTS[tree.name]) return this.#textTest(tree.name, tree.args);
        break;
    }
    return this.#refuse('a condition such as touchpoint = "X", value > 10 or has("X") was expected');
  }

  /** Present names; a raw name stands for its touchpoint. A misspelt one must not look like one that never happened. */
  #touchpointNames(names: readonly string[]): string[] {
    return names.map((name) => findTouchpoint(name, this.#touchpoints, `the filter «${this.#text}»`).name);
  }

  #refuse(problem: string): never {
    throw new AppError("invalid", `In the filter «${this.#text}»: ${problem}.`, { filter: this.#text });
  }

  #use(array: EventArray): string {
    this.arrays.add(array);
    this.readsEvents = true;
    return array;
  }

  #field(scope: string, name: string): Operand {
    if (scope === "prop") return { kind: "text", sql: `${this.#use("properties")}[${this.#bag.bind(name, "String")}]` };
    if (scope === "customer") return { kind: "text", sql: `traits[${this.#bag.bind(name, "String")}]` };
    if (scope !== "") return this.#refuse(`«${scope}.${name}» is no field; there are ${SCALAR_FIELDS}`);
    switch (name.toLowerCase()) {
      case "touchpoint":
        return { kind: "touchpoint", read: (touchpoint) => touchpoint.name };
      case "stage":
        return { kind: "touchpoint", read: (touchpoint) => touchpoint.stage ?? "" };
      case "channel":
        return { kind: "text", sql: `toString(${this.#use("channels")})` };
      case "currency":
        return { kind: "text", sql: `toString(${this.#use("currencies")})` };
      case "scale":
        return { kind: "text", sql: `toString(${this.#use("scales")})` };
      case "value":
        return { kind: "nullable-number", sql: `toFloat64(${this.#use("values")})` };
      case "score":
        return { kind: "nullable-number", sql: this.#use("scores") };
      case "time":
        return { kind: "time", sql: this.#use("times") };
      default:
        return this.#refuse(`«${name}» is no field; there are ${SCALAR_FIELDS}`);
    }
  }

  /** Touchpoint conditions are decided here, once a catalogue entry, so that the engine compares small numbers. */
  #touchpointIn(test: (touchpoint: Touchpoint) => boolean): string {
    const ids = this.#touchpoints.filter(test).map((touchpoint) => touchpoint.id);
    const array = this.#use("touchpoints");
    const [only] = ids;
    if (only === undefined) return "0";
    return ids.length === 1
      ? `(${array} = ${this.#bag.bind(only, "UInt16")})`
      : `has(${this.#bag.bind(ids, "Array(UInt16)")}, ${array})`;
  }

  #literal(tree: Expression): string | number {
    if (tree.kind !== "literal") return this.#refuse("a text in quotes or a number was expected on the right");
    return typeof tree.value === "boolean" ? String(tree.value) : tree.value;
  }

  #compare(operator: string, left: Expression, right: Expression): string {
    if (left.kind === "literal" && right.kind !== "literal") return this.#compare(mirror(operator), right, left);
    if (left.kind === "call" && left.name === "count") {
      const number = Number(this.#literal(right));
      if (!Number.isFinite(number)) this.#refuse("count(…) is compared with a number");
      return `(${this.#count(left.args)} ${operator} ${this.#bag.bind(number, "Float64")})`;
    }
    if (left.kind !== "field") return this.#refuse(`a field was expected on the left; there are ${SCALAR_FIELDS}`);
    let literal = this.#literal(right);
    if (left.scope === "" && left.name.toLowerCase() === "touchpoint")
      [literal = ""] = this.#touchpointNames([String(literal)]);
    if (left.scope === "" && left.name.toLowerCase() === "customer") return this.#customer(operator, [String(literal)]);
    return this.#compareField(this.#field(left.scope, left.name), operator, literal);
  }

  #compareField(field: Operand, operator: string, literal: string | number): string {
    if (field.kind === "touchpoint") {
      if (operator !== "=" && operator !== "!=") this.#refuse("a touchpoint or stage is compared with = or !=");
      const same = this.#touchpointIn((touchpoint) => field.read(touchpoint) === String(literal));
      return operator === "=" ? same : `NOT ${same}`;
    }
    if (operator === "!=") return `NOT ${this.#compareField(field, "=", literal)}`;
    if (field.kind === "time") return `(${field.sql} ${operator} ${this.#moment(literal)})`;
    if (field.kind === "nullable-number") {
      const number = Number(literal);
      if (!Number.isFinite(number)) this.#refuse(`«${literal}» is compared with a number`);
      // What is missing satisfies no comparison.
      return `ifNull(${field.sql} ${operator} ${this.#bag.bind(number, "Float64")}, 0)`;
    }
    if (typeof literal === "number")
      return `ifNull(toFloat64OrNull(${field.sql}) ${operator} ${this.#bag.bind(literal, "Float64")}, 0)`;
    return `(${field.sql} ${operator} ${this.#bag.bind(literal, "String")})`;
  }

  #moment(literal: string | number): string {
    const milliseconds = typeof literal === "string" ? parseMoment(literal, this.#zone) : Number.NaN;
    if (Number.isNaN(milliseconds)) this.#refuse(`«${literal}» is no time; write it like "2025-03-31T12:00:00Z"`);
    return `fromUnixTimestamp64Milli(${this.#bag.bind(milliseconds, "Int64")}, 'UTC')`;
  }

  #customer(operator: string, ids: readonly string[]): string {
    if (operator !== "=" && operator !== "!=") this.#refuse("a customer is compared with = or !=");
    const hashes = `arrayMap(id -> cityHash64(id), ${this.#bag.bind(ids, "Array(String)")})`;
    const same = this.#person ? `has(${hashes}, owner)` : `has(${hashes}, ${this.#use("customers")})`;
    return operator === "=" ? same : `NOT ${same}`;
  }

  #in(value: Expression, list: readonly Expression[], negated: boolean): string {
    const not = negated ? "NOT " : "";
    if (value.kind !== "field") return this.#refuse("a field was expected before «in»");
    let literals = list.map((item) => this.#literal(item));
    if (value.scope === "" && value.name.toLowerCase() === "customer")
      return `${not}${this.#customer("=", literals.map(String))}`;
    if (value.scope === "" && value.name.toLowerCase() === "touchpoint")
      literals = this.#touchpointNames(literals.map(String));
    const field = this.#field(value.scope, value.name);
    if (field.kind === "touchpoint") {
      const names = new Set(literals.map(String));
      return `${not}${this.#touchpointIn((touchpoint) => names.has(field.read(touchpoint)))}`;
    }
    return `${not}(${literals.map((literal) => this.#compareField(field, "=", literal)).join(" OR ")})`;
  }

  #empty(value: Expression, negated: boolean): string {
    if (value.kind !== "field") return this.#refuse("a field was expected before «is empty»");
    const not = negated ? "NOT " : "";
    const field = this.#field(value.scope, value.name);
    if (field.kind === "touchpoint")
      return `${not}${this.#touchpointIn((touchpoint) => field.read(touchpoint) === "")}`;
    if (field.kind === "text") return `${not}empty(${field.sql})`;
    return `${not}isNull(${field.sql})`;
  }

  #textTest(name: string, args: readonly Expression[]): string {
    const [field, needle] = args;
    const test = TEXT_TESTS[name] as TextTest;
    if (args.length !== 2 || field?.kind !== "field" || needle?.kind !== "literal")
      return this.#refuse(`${name}(FIELD, "text") takes a field and a text`);
    const operand = this.#field(field.scope, field.name);
    const text = String(needle.value);
    if (operand.kind === "touchpoint")
      return this.#touchpointIn((touchpoint) => test.read(operand.read(touchpoint), text));
    if (operand.kind !== "text") return this.#refuse(`${name} takes a field that holds text`);
    return test.sql(operand.sql, this.#bag.bind(text, "String"));
  }

  #count(args: readonly Expression[]): string {
    const named = args.map((arg) => String(this.#literal(arg)));
    if (named.length === 0) this.#refuse("has(…) and count(…) take the name of a touchpoint");
    const names = this.#touchpointNames(named);
    const ids = this.#touchpoints.filter((touchpoint) => names.includes(touchpoint.name)).map(({ id }) => id);
    const name = `count${this.counts.length}`;
    this.counts.push({ name, ids: this.#bag.bind(ids, "Array(UInt16)") });
    return name;
  }
}

interface TextTest {
  readonly read: (text: string, needle: string) => boolean;
  readonly sql: (text: string, needle: string) => string;
}

const TEXT_TESTS: Readonly<Record<string, TextTest>> = {
  contains: {
    read: (text, needle) => text.toLowerCase().includes(needle.toLowerCase()),
    sql: (text, needle) => `(positionCaseInsensitiveUTF8(${text}, ${needle}) > 0)`,
  },
  startswith: {
    read: (text, needle) => text.startsWith(needle),
    sql: (text, needle) => `startsWith(${text}, ${needle})`,
  },
  endswith: { read: (text, needle) => text.endsWith(needle), sql: (text, needle) => `endsWith(${text}, ${needle})` },
};

function mirror(operator: string): string {
  return { "<": ">", "<=": ">=", ">": "<", ">=": "<=" }[operator] ?? operator;
}

function isConjunction(tree: Expression): tree is Extract<Expression, { kind: "and" | "or" }> {
  return tree.kind === "and";
}

/**
 * Compiles a filter for rows of one kind of owner.
 * The conjuncts that speak of whole journeys only (`has`, `count`, `customer.`) decide on journeys;
 * all others decide on single events, and an emptied journey then falls away.
 * @throws AppError invalid, naming the filter and what was expected
 */
export function compileFilter(
  text: string | undefined,
  touchpoints: readonly Touchpoint[],
  bag: ParameterBag,
  place: FilterPlace,
): CompiledFilter {
  if (text === undefined || text.trim() === "") return { event: undefined, journey: undefined, counts: [] };
  const tree = parseExpression(text);
  const compiler = new FilterCompiler(text, touchpoints, bag, place);
  const onEvents: string[] = [];
  const onJourneys: string[] = [];
  for (const conjunct of isConjunction(tree) ? tree.terms : [tree]) {
    compiler.readsEvents = false;
    const sql = compiler.condition(conjunct);
    (compiler.readsEvents ? onEvents : onJourneys).push(sql);
  }
  return {
    event: onEvents.length > 0 ? { sql: onEvents.join(" AND "), arrays: compiler.arrays } : undefined,
    journey: onJourneys.length > 0 ? onJourneys.join(" AND ") : undefined,
    counts: compiler.counts,
  };
}

/**
 * Compiles an expression that is true of single events, such as an outcome: each event by itself, whatever its journey.
 * @throws AppError invalid: it speaks of whole journeys, or of no event at all
 */
export function compileEventCondition(
  text: string,
  touchpoints: readonly Touchpoint[],
  bag: ParameterBag,
  place: FilterPlace,
): CompiledCondition {
  const compiler = new FilterCompiler(text, touchpoints, bag, place);
  const sql = compiler.condition(parseExpression(text));
  if (compiler.counts.length > 0 || compiler.arrays.size === 0)
    throw new AppError(
      "invalid",
      `«${text}» must be true of single events, like touchpoint = "X" or score <= 2; has(…), count(…) and customer.TRAIT are for the filter.`,
      { expression: text },
    );
  return { sql, arrays: compiler.arrays };
}
