/**
 * Filters as text, put together from what people choose. The language itself is src/domain/expression.ts.
 */
import { parseExpression } from "../../src/domain/expression.ts";

export const OPERATORS = [
  { value: "=", label: "is" },
  { value: "!=", label: "is not" },
  { value: ">", label: "is more than" },
  { value: ">=", label: "is at least" },
  { value: "<", label: "is less than" },
  { value: "<=", label: "is at most" },
  { value: "has", label: "journey has" },
  { value: "not has", label: "journey has not" },
] as const;
export type Operator = (typeof OPERATORS)[number]["value"];

export function quote(text: string): string {
  return `"${text.replace(/\\/gu, "\\\\").replace(/"/gu, '\\"')}"`;
}

/** `prop.amount` as it is, `prop."lifecycle:transition"` in quotes. */
export function fieldPath(scope: "prop" | "customer", name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `${scope}.${name}` : `${scope}.${quote(name)}`;
}

const NUMERIC: ReadonlySet<Operator> = new Set([">", ">=", "<", "<="]);

/** One condition. Numbers stay numbers where more or less is asked. */
export function toCondition(field: string, operator: Operator, value: string): string {
  if (operator === "has") return `has(${quote(value)})`;
  if (operator === "not has") return `not has(${quote(value)})`;
  const numeric = (NUMERIC.has(operator) || field === "value" || field === "score") && /^-?\d+(?:\.\d+)?$/u.test(value);
  return `${field} ${operator} ${numeric ? value : quote(value)}`;
}

/** Both must hold. */
export function addCondition(filter: string | undefined, condition: string): string {
  if (filter === undefined || filter.trim() === "") return condition;
  const expression = parseOrNothing(filter);
  return expression?.kind === "or" ? `(${filter}) and ${condition}` : `${filter} and ${condition}`;
}

function parseOrNothing(text: string) {
  try {
    return parseExpression(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a filter's form, in one sentence; undefined when nothing is. */
export function checkFilter(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
