/**
 * Mapping expressions as SQL over columns that all hold text: conversions, comparisons and functions, with types.
 * Literals become parameters. What a name means (a column, a computed field, a joined table) is told by the scope.
 */
import type { AppError } from "../domain/app-error.ts";
import type { Expression } from "../domain/expression.ts";
import { compileAggregate, compileFunction } from "./expression-functions.ts";
import type { SqlParameters } from "./sql-parameters.ts";
import { asNumber, asText, comparable, isEmptySql, requireBoolean, type TypedSql } from "./typed-sql.ts";

export interface ExpressionScope {
  readonly params: SqlParameters;
  /** Zone of times without an offset, and of `date()`. */
  readonly zone: string;
  readonly timeFormat: string;
  /** Whether sum, min, max, avg, count, first and last may be used, as in `group` and `take`. */
  readonly aggregates: boolean;
  /** SQL that gives the order of records, for first and last. */
  readonly order: string;
  /** @throws AppError invalid when there is no such field */
  readonly field: (scope: string, name: string) => TypedSql;
  /** An error that names mapping, rule and field. */
  readonly error: (problem: string) => AppError;
}

/**
 * The SQL of one expression tree.
 * @throws AppError invalid, through scope.error, for unknown names and types that do not go together
 */
export function compileExpression(tree: Expression, scope: ExpressionScope): TypedSql {
  const compile = (part: Expression): TypedSql => compileExpression(part, scope);
  switch (tree.kind) {
    case "literal":
      return compileLiteral(tree.value, scope.params);
    case "field":
      return scope.field(tree.scope, tree.name);
    case "call":
      return (
        compileFunction(tree.name, tree.args, scope, compile) ?? compileAggregate(tree.name, tree.args, scope, compile)
      );
    case "compare": {
      const [left, right] = comparable(compile(tree.left), compile(tree.right), scope);
      return { type: "boolean", sql: `ifNull(${left} ${tree.operator} ${right}, 0)` };
    }
    case "in": {
      const value = compile(tree.value);
      const any = tree.list.map((item) => {
        const [left, right] = comparable(value, compile(item), scope);
        return `ifNull(${left} = ${right}, 0)`;
      });
      const found = `(${any.join(" OR ")})`;
      return { type: "boolean", sql: tree.negated ? `(NOT ${found})` : found };
    }
    case "empty": {
      const empty = isEmptySql(compile(tree.value));
      return { type: "boolean", sql: tree.negated ? `(NOT ${empty})` : empty };
    }
    case "arithmetic":
      return compileArithmetic(tree.operator, compile(tree.left), compile(tree.right), scope);
    case "negate":
      return { type: "number", sql: `(-${asNumber(compile(tree.value), scope)})` };
    case "not":
      return { type: "boolean", sql: `(NOT ${requireBoolean(compile(tree.term), scope)})` };
    default: {
      const terms = tree.terms.map((term) => requireBoolean(compile(term), scope));
      return { type: "boolean", sql: `(${terms.join(tree.kind === "and" ? " AND " : " OR ")})` };
    }
  }
}

export function compileLiteral(value: string | number | boolean, params: SqlParameters): TypedSql {
  if (typeof value === "boolean") return { type: "boolean", sql: value ? "1" : "0" };
  if (typeof value === "number") return { type: "number", sql: params.number(value) };
  return { type: "text", sql: params.text(value), literal: value };
}

function compileArithmetic(
  operator: "+" | "-" | "*" | "/",
  left: TypedSql,
  right: TypedSql,
  scope: ExpressionScope,
): TypedSql {
  // `+` joins texts only where a literal text is among them: two columns of text are numbers more often than not.
  const isText = (side: TypedSql) => side.literal !== undefined || side.joined === true;
  if (operator === "+" && (isText(left) || isText(right)))
    return { type: "text", sql: `concat(${asText(left)}, ${asText(right)})`, joined: true };
  const divisor = operator === "/" ? `nullIf(${asNumber(right, scope)}, 0)` : asNumber(right, scope);
  return { type: "number", sql: `(${asNumber(left, scope)} ${operator} ${divisor})` };
}
