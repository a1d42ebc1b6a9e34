/**
 * What a name means inside a mapping: a column of the rule's file table, a computed field, a column of a joined table.
 * It turns value sources into typed SQL and remembers which columns a rule uses.
 */
import { AppError } from "../domain/app-error.ts";
import { type Expression, parseExpression } from "../domain/expression.ts";
import type { Mapping, MappingProblem, ValueSource } from "../domain/mapping.ts";
import { compileExpression, compileLiteral } from "./compile-expression.ts";
import { columnId, type PlannedTable } from "./plan-tables.ts";
import type { SqlParameters } from "./sql-parameters.ts";
import { asNumber, asText, asTime, type TypedSql } from "./typed-sql.ts";

/** A joined table as the scope sees it: the columns it offers, and what `take` computed. */
export interface JoinedTable {
  readonly table: PlannedTable;
  readonly taken: ReadonlyMap<string, TypedSql>;
  /** The SQL name of one of its columns, which is brought in from now on. */
  readonly bring: (column: string) => string;
}

export interface ScopeOptions {
  readonly mapping: Mapping;
  readonly table: PlannedTable;
  readonly joined: ReadonlyMap<string, JoinedTable>;
  readonly set: Readonly<Record<string, ValueSource>>;
  readonly params: SqlParameters;
  readonly zone: string;
  readonly timeFormat: string;
  /** For messages: «event rule 2» or «skip rule 1». */
  readonly place: string;
  readonly aggregates?: boolean;
  /** Given, it is told every problem, and what is wrong counts as empty; else the first is thrown. */
  readonly onProblem?: ((problem: MappingProblem) => void) | undefined;
  /** The name that stands for an entry of a list, with the SQL of its JSON. */
  readonly entry?: readonly [name: string, sql: string];
}

/** «event rule 2» as the mapping writes it: events[1]. */
function placePath(place: string): (string | number)[] {
  const rule = /^(event|skip) rule (\d+)$/u.exec(place);
  if (rule) return [rule[1] === "event" ? "events" : "skip", Number(rule[2]) - 1];
  const table = /^(?:file table|join of) (\w+)/u.exec(place)?.[1];
  return table === undefined ? [] : ["files", table];
}

/** What a field that is wrong counts as, so that the others can be looked at. */
const WRONG: TypedSql = { type: "text", sql: "''", literal: "" };

/** Computed fields may use each other, but not in a circle. */
const MAX_SET_DEPTH = 20;

export class MappingScope {
  readonly #options: ScopeOptions;
  /** Columns that values were read from; conditions do not count. */
  readonly used = new Set<string>();
  #field = "";
  #depth = 0;

  constructor(options: ScopeOptions) {
    this.#options = options;
  }

  get params(): SqlParameters {
    return this.#options.params;
  }

  get zone(): string {
    return this.#options.zone;
  }

  get timeFormat(): string {
    return this.#options.timeFormat;
  }

  get columns(): readonly string[] {
    return this.#options.table.columns;
  }

  error(problem: string): AppError {
    const { mapping, place } = this.#options;
    const message = problem.replace(/\.$/u, "");
    const found: MappingProblem = { path: [...placePath(place), ...this.#field.split(".")], message };
    return new AppError("invalid", `In the mapping ${mapping.recipe}, ${place}, field ${this.#field}: ${message}.`, {
      mapping: mapping.recipe,
      place,
      field: this.#field,
      problems: [found],
    });
  }

  /** The SQL of a source. Plain text is a literal or, with `plain: "expression"`, a column or an expression. */
  value(field: string, source: ValueSource, plain: "literal" | "expression"): TypedSql {
    return this.attempt(field, WRONG, () => this.#source(source, plain));
  }

  /** The SQL of an expression text. */
  expression(field: string, text: string): TypedSql {
    return this.attempt(field, WRONG, () => this.#text(text));
  }

  /** The SQL of an expression that gives a number. */
  number(field: string, text: string): string {
    return this.attempt(field, "0", () => asNumber(this.#text(text), this));
  }

  /** The SQL of a source as a time. */
  time(field: string, value: TypedSql): string {
    return this.attempt(field, "NULL", () => asTime(value, this));
  }

  /** What `compile` gives or, where problems are told one and all, `otherwise` for a field that is wrong. */
  attempt<Value>(field: string, otherwise: Value, compile: () => Value): Value {
    this.#field = field;
    const { onProblem } = this.#options;
    if (!onProblem) return compile();
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof AppError) || !Array.isArray(error.details.problems)) throw error;
      for (const problem of error.details.problems as readonly MappingProblem[]) onProblem(problem);
      this.#depth = 0;
      return otherwise;
    }
  }

  #source(source: ValueSource, plain: "literal" | "expression"): TypedSql {
    const { params, table } = this.#options;
    if (typeof source === "number") return compileLiteral(source, params);
    if (typeof source === "string") {
      if (plain === "literal") return compileLiteral(source, params);
      return this.#isField(source) ? this.#name("", source) : this.#text(source);
    }
    if ("literal" in source) return compileLiteral(source.literal, params);
    if ("expression" in source) return this.#text(source.expression);
    if (source.optional && !table.columns.includes(source.column)) return { type: "text", sql: "''", literal: "" };
    return this.#column(source.column);
  }

  #isField(name: string): boolean {
    return Object.hasOwn(this.#options.set, name) || this.#options.table.columns.includes(name);
  }

  #text(text: string): TypedSql {
    let tree: Expression;
    try {
      tree = parseExpression(text);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw this.error(`«${text}» is neither a column (${this.#known()}) nor a right expression. ${error.message}`);
    }
    const { params, zone, timeFormat, aggregates } = this.#options;
    return compileExpression(tree, {
      params,
      zone,
      timeFormat,
      aggregates: aggregates === true,
      order: "ord",
      field: (scope, name) => this.#name(scope, name),
      error: (problem) => this.error(problem),
    });
  }

  #name(scope: string, name: string): TypedSql {
    if (scope === "col") return this.#column(name);
    if (scope !== "") return this.#joinedField(scope, name);
    const computed = Object.hasOwn(this.#options.set, name) ? this.#options.set[name] : undefined;
    if (computed === undefined) return this.#column(name);
    if (++this.#depth > MAX_SET_DEPTH) throw this.error(`the computed field ${name} is made from itself`);
    const result = this.#source(computed, "expression");
    this.#depth--;
    return result;
  }

  #known(): string {
    const names = [...Object.keys(this.#options.set), ...this.#options.table.columns];
    return `the file table ${this.#options.table.name} has ${names.slice(0, 40).join(", ")}`;
  }

  #column(name: string): TypedSql {
    const { table, mapping } = this.#options;
    if (!table.columns.includes(name)) throw this.error(`there is no column «${name}»: ${this.#known()}`);
    this.used.add(name);
    return protectColumn(mapping, name, columnId(table, name), (problem) => this.error(problem));
  }

  #joinedField(scope: string, name: string): TypedSql {
    const { entry, params } = this.#options;
    if (entry?.[0] === scope) return { type: "text", sql: `JSONExtract(${entry[1]}, ${params.text(name)}, 'String')` };
    const joined = this.#options.joined.get(scope);
    if (!joined) {
      const known = [...this.#options.joined.keys()];
      throw this.error(
        `«${scope}.» means nothing here; ${known.length > 0 ? `joined tables: ${known.join(", ")}` : "no table is joined"}`,
      );
    }
    const taken = joined.taken.get(name);
    if (taken) return taken;
    // A table without a file has no columns: its values are empty.
    if (joined.table.files.length === 0) return { type: "text", sql: "''", literal: "" };
    if (!joined.table.columns.includes(name))
      throw this.error(`the table ${scope} has no column «${name}»; it has ${joined.table.columns.join(", ")}`);
    return protectColumn(this.#options.mapping, name, joined.bring(name), (problem) => this.error(problem));
  }

  /** A condition; the columns it asks about do not count as used. */
  condition(field: string, text: string): string {
    const before = new Set(this.used);
    const sql = this.attempt(field, "1", () => {
      const value = this.#text(text);
      if (value.type !== "boolean") throw this.error(`«${text}» is no condition but a ${value.type}`);
      return value.sql;
    });
    this.used.clear();
    for (const name of before) this.used.add(name);
    return sql;
  }

  /** Keys of a column's JSON that are columns of their own: those used otherwise or dropped, and those to be hashed. */
  inside(column: string): { readonly without: readonly string[]; readonly hashed: readonly string[] } {
    const pii = Object.entries(this.#options.mapping.pii ?? {});
    const keys = (names: readonly string[]) =>
      names.filter((name) => name.startsWith(`${column}.`)).map((name) => name.slice(column.length + 1));
    const treated = (treatment: "hash" | "drop") =>
      keys(pii.filter(([, how]) => how === treatment).map(([name]) => name));
    return { without: [...keys([...this.used]), ...treated("drop")], hashed: treated("hash") };
  }

  /** A column as text for properties, without counting as used; undefined when it is dropped. */
  property(name: string): string | undefined {
    const { table, mapping } = this.#options;
    if (mapping.pii?.[name] === "drop") return undefined;
    return asText(protectColumn(mapping, name, columnId(table, name), (problem) => this.error(problem)));
  }
}

/** Personal data never leaves its column unprotected. */
function protectColumn(mapping: Mapping, name: string, id: string, error: (problem: string) => AppError): TypedSql {
  const treatment = mapping.pii && Object.hasOwn(mapping.pii, name) ? mapping.pii[name] : undefined;
  if (treatment === "drop") throw error(`the column «${name}» is dropped under pii, so it cannot be used`);
  if (treatment === "hash") return { type: "text", sql: `if(${id} = '', '', lower(hex(SHA256(trimBoth(${id})))))` };
  return { type: "text", sql: id };
}
