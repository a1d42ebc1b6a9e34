/**
 * Where the strings, comments, names and symbols of a ClickHouse statement begin and end.
 * It knows nothing of grammar: the read guard, parameter binding and migrations build on it.
 */

export interface SqlToken {
  /** `name` is a quoted identifier, `word` a bare one or a keyword. */
  readonly kind: "space" | "comment" | "string" | "name" | "word" | "number" | "symbol";
  readonly text: string;
}

const SPACE = /\s+/uy;
const COMMENT = /--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\//uy;
const WORD = /[A-Za-z_][A-Za-z0-9_$]*/uy;
const NUMBER = /\d[A-Za-z0-9_]*(?:\.\w*)?/uy;
const HEREDOC = /\$\w*\$/uy;
/** A backslash takes the next character with it; a doubled quote is one quote. The typographic quotes have no escapes. */
const QUOTED: Readonly<Record<string, { readonly kind: "string" | "name"; readonly rule: RegExp }>> = {
  "'": { kind: "string", rule: /'(?:[^'\\]|\\[\s\S]|'')*'/uy },
  '"': { kind: "name", rule: /"(?:[^"\\]|\\[\s\S]|"")*"/uy },
  "`": { kind: "name", rule: /`(?:[^`\\]|\\[\s\S]|``)*`/uy },
  "‘": { kind: "string", rule: /‘[^’]*’/uy },
  "“": { kind: "name", rule: /“[^”]*”/uy },
};

function matchAt(rule: RegExp, sql: string, at: number): string | undefined {
  rule.lastIndex = at;
  return rule.exec(sql)?.[0];
}

function heredocAt(sql: string, at: number): string | undefined {
  const tag = matchAt(HEREDOC, sql, at);
  if (tag === undefined) return undefined;
  const end = sql.indexOf(tag, at + tag.length);
  return end < 0 ? undefined : sql.slice(at, end + tag.length);
}

function tokenAt(sql: string, at: number): SqlToken {
  const char = sql.charAt(at);
  const quoted = QUOTED[char];
  if (quoted) {
    const text = matchAt(quoted.rule, sql, at);
    if (text === undefined) throw new Error(`SQL text has an unclosed ${char} at position ${at}`);
    return { kind: quoted.kind, text };
  }
  const space = matchAt(SPACE, sql, at);
  if (space !== undefined) return { kind: "space", text: space };
  const comment = matchAt(COMMENT, sql, at);
  if (comment !== undefined) return { kind: "comment", text: comment };
  if (sql.startsWith("/*", at)) throw new Error(`SQL text has an unclosed comment at position ${at}`);
  const word = matchAt(WORD, sql, at);
  if (word !== undefined) return { kind: "word", text: word };
  const number = matchAt(NUMBER, sql, at);
  if (number !== undefined) return { kind: "number", text: number };
  const heredoc = heredocAt(sql, at);
  if (heredoc !== undefined) return { kind: "string", text: heredoc };
  return { kind: "symbol", text: char };
}

/**
 * Every token of the text; joined, they are the text again.
 * @throws Error for an unclosed quote or comment
 */
export function readSqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** The tokens that mean something: without white space and comments. */
export function significantTokens(sql: string): SqlToken[] {
  return readSqlTokens(sql).filter((token) => token.kind !== "space" && token.kind !== "comment");
}

/** The statements of a script without their semicolons; comments stay with the statement they precede. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let text = "";
  let meant = false;
  const flush = (): void => {
    if (meant) statements.push(text.trim());
    text = "";
    meant = false;
  };
  for (const token of readSqlTokens(script)) {
    if (token.kind === "symbol" && token.text === ";") {
      flush();
      continue;
    }
    text += token.text;
    meant ||= token.kind !== "space" && token.kind !== "comment";
  }
  flush();
  return statements;
}
