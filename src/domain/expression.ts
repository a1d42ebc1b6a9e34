/**
 * The one expression language: filters, mapping rules, personas, outcomes and audiences are all written in it.
 * This file turns text into a tree and says exactly where a text is wrong; what a field means is for the compilers.
 *
 *   touchpoint = "X" and (channel in ("web", "app") or not has("Y"))
 *   prop."lifecycle:transition" = "COMPLETE"
 *   Quantity * UnitPrice > 10          (mapping rules: a bare name is a column, col."Any Name" too)
 */
import { AppError } from "./app-error.ts";

export type CompareOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticOperator = "+" | "-" | "*" | "/";

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** `scope` is "" for a bare name, else the word before the dot: prop, customer, col. */
  | { readonly kind: "field"; readonly scope: string; readonly name: string; readonly at: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly at: number }
  | {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "in"; readonly value: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  | { readonly kind: "empty"; readonly value: Expression; readonly negated: boolean }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "negate"; readonly value: Expression }
  | { readonly kind: "and" | "or"; readonly terms: readonly Expression[] }
  | { readonly kind: "not"; readonly term: Expression };

/** Longer texts and deeper nesting are refused: both come from outside. */
const MAX_LENGTH = 10_000;
const MAX_DEPTH = 100;

type Token =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "string"; readonly value: string; readonly at: number }
  | { readonly kind: "name"; readonly value: string; readonly at: number }
  | { readonly kind: "symbol"; readonly value: string; readonly at: number }
  | { readonly kind: "end"; readonly value: ""; readonly at: number };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\p{L}_$][\p{L}\p{N}_$-]*)|(<=|>=|!=|<>|==|[=<>+\-*/(),.]))/uy;

function fail(text: string, at: number, problem: string): never {
  throw new AppError("invalid", `In the expression «${text}», at character ${at + 1}: ${problem}`, {
    expression: text,
    position: at + 1,
  });
}

function unquote(body: string): string {
  return body.replace(/\\(.)/gu, (_, character: string) =>
    character === "n" ? "\n" : character === "t" ? "\t" : character,
  );
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/u.test(text[at] as string)) at++;
    if (at >= text.length) break;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) {
      const quote = text[at];
      if (quote === '"' || quote === "'") fail(text, at, `the text that opens with ${quote} is never closed.`);
      fail(text, at, `«${quote}» has no meaning here.`);
    }
    const [, number, doubleQuoted, singleQuoted, name, symbol] = match;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number), at });
    else if (doubleQuoted !== undefined) tokens.push({ kind: "string", value: unquote(doubleQuoted), at });
    else if (singleQuoted !== undefined) tokens.push({ kind: "string", value: unquote(singleQuoted), at });
    else if (name !== undefined) tokens.push({ kind: "name", value: name, at });
    else tokens.push({ kind: "symbol", value: symbol as string, at });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: "end", value: "", at: text.length });
  return tokens;
}

const KEYWORDS = new Set(["and", "or", "not", "in", "is", "empty", "true", "false"]);
const COMPARE: Readonly<Record<string, CompareOperator>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** Recursive descent, one method a precedence level, loosest first. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Expression {
    if (this.#peek().kind === "end") fail(this.#text, 0, "it is empty.");
    const tree = this.#or();
    const rest = this.#peek();
    if (rest.kind !== "end") fail(this.#text, rest.at, `«${rest.value}» was not expected here.`);
    return tree;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === "name" && token.value.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#next++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== "symbol" || token.value !== symbol) return false;
    this.#next++;
    return true;
  }

  #expectSymbol(symbol: string): void {
    const token = this.#peek();
    if (!this.#takeSymbol(symbol))
      fail(this.#text, token.at, `«${symbol}» was expected${token.kind === "end" ? " before the end" : ""}.`);
  }

  #or(): Expression {
    if (++this.#depth > MAX_DEPTH) fail(this.#text, this.#peek().at, "it is nested too deeply.");
    const terms = [this.#and()];
    while (this.#takeWord("or")) terms.push(this.#and());
    this.#depth--;
    return terms.length === 1 ? (terms[0] as Expression) : { kind: "or", terms };
  }

  #and(): Expression {
    const terms = [this.#not()];
    while (this.#takeWord("and")) terms.push(this.#not());
    return terms.length === 1 ? (terms[0] as Expression) : { kind: "and", terms };
  }

  #not(): Expression {
    let negated = false;
    while (this.#takeWord("not")) negated = !negated;
    const term = this.#comparison();
    return negated ? { kind: "not", term } : term;
  }

  #comparison(): Expression {
    const left = this.#sum();
    const token = this.#peek();
    if (token.kind === "symbol" && COMPARE[token.value]) {
      this.#next++;
      return { kind: "compare", operator: COMPARE[token.value] as CompareOperator, left, right: this.#sum() };
    }
    if (this.#takeWord("is")) {
      const negated = this.#takeWord("not");
      if (!this.#takeWord("empty")) fail(this.#text, this.#peek().at, "«empty» was expected after «is».");
      return { kind: "empty", value: left, negated };
    }
    const negated = this.#isWord("not");
    if (negated) this.#next++;
    if (this.#takeWord("in")) return { kind: "in", value: left, list: this.#list(), negated };
    if (negated) fail(this.#text, this.#peek().at, "«in» was expected after «not».");
    return left;
  }

  #list(): Expression[] {
    this.#expectSymbol("(");
    const list: Expression[] = [];
    do list.push(this.#sum());
    while (this.#takeSymbol(","));
    this.#expectSymbol(")");
    return list;
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = this.#takeSymbol("+") ? "+" : this.#takeSymbol("-") ? "-" : undefined;
      if (!operator) return left;
      left = { kind: "arithmetic", operator, left, right: this.#product() };
    }
  }

  #product(): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#takeSymbol("*") ? "*" : this.#takeSymbol("/") ? "/" : undefined;
      if (!operator) return left;
      left = { kind: "arithmetic", operator, left, right: this.#unary() };
    }
  }

  #unary(): Expression {
    let negative = false;
    while (this.#takeSymbol("-")) negative = !negative;
    const value = this.#primary();
    if (!negative) return value;
    if (value.kind === "literal" && typeof value.value === "number") return { kind: "literal", value: -value.value };
    return { kind: "negate", value };
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token.kind === "number" || token.kind === "string") {
      this.#next++;
      return { kind: "literal", value: token.value };
    }
    if (this.#takeSymbol("(")) {
      const inner = this.#or();
      this.#expectSymbol(")");
      return inner;
    }
    if (token.kind !== "name")
      fail(
        this.#text,
        token.at,
        token.kind === "end" ? "it ends too early." : `«${token.value}» was not expected here.`,
      );
    const word = token.value.toLowerCase();
    if (word === "true" || word === "false") {
      this.#next++;
      return { kind: "literal", value: word === "true" };
    }
    if (KEYWORDS.has(word)) fail(this.#text, token.at, `«${token.value}» was not expected here.`);
    this.#next++;
    if (this.#takeSymbol("(")) return this.#call(token.value, token.at);
    if (this.#takeSymbol(".")) return this.#member(token.value, token.at);
    return { kind: "field", scope: "", name: token.value, at: token.at };
  }

  #call(name: string, at: number): Expression {
    const args: Expression[] = [];
    if (!this.#takeSymbol(")")) {
      do args.push(this.#or());
      while (this.#takeSymbol(","));
      this.#expectSymbol(")");
    }
    return { kind: "call", name: name.toLowerCase(), args, at };
  }

  #member(scope: string, at: number): Expression {
    const token = this.#peek();
    if (token.kind !== "name" && token.kind !== "string")
      fail(this.#text, token.at, `a name was expected after «${scope}.».`);
    this.#next++;
    return { kind: "field", scope: scope.toLowerCase(), name: token.value, at };
  }
}

/**
 * Parses one expression.
 * @throws AppError invalid, naming the text and the character (from 1).
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH)
    throw new AppError(
      "invalid",
      `An expression may have at most ${MAX_LENGTH} characters; this one has ${text.length}.`,
    );
  return new Parser(text).parse();
}

/** Every node of the tree, the root first. */
export function* walkExpression(tree: Expression): Generator<Expression> {
  yield tree;
  switch (tree.kind) {
    case "literal":
    case "field":
      return;
    case "call":
      for (const arg of tree.args) yield* walkExpression(arg);
      return;
    case "in":
      yield* walkExpression(tree.value);
      for (const item of tree.list) yield* walkExpression(item);
      return;
    case "compare":
    case "arithmetic":
      yield* walkExpression(tree.left);
      yield* walkExpression(tree.right);
      return;
    case "empty":
    case "negate":
      yield* walkExpression(tree.value);
      return;
    case "not":
      yield* walkExpression(tree.term);
      return;
    default:
      for (const term of tree.terms) yield* walkExpression(term);
  }
}
