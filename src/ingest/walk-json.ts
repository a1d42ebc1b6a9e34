/**
 * The members of the lists and objects inside one JSON object, one after another, whatever the size of the whole.
 * It knows no log format; each member is parsed alone.
 */
import { AppError } from "../domain/app-error.ts";
import { MAX_JSON_RECORD } from "./split-json.ts";

export interface JsonMember {
  /** The key of the outer object. */
  readonly list: string;
  /** The member's own key; "" in a list. */
  readonly key: string;
  readonly value: unknown;
}

const MAX_DEPTH = 100;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

const BEHIND = "more text follows after its end; each log belongs into a file of its own";
const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

const opens = (code: number) => code === OPEN_BRACE || code === 0x5b;
const closes = (code: number) => code === CLOSE_BRACE || code === CLOSE_BRACKET;

/** Push text in, get the members that it completes. Depth 1 is the outer object, depth 2 a list or object inside it. */
class JsonWalker {
  readonly #name: string;
  #depth = 0;
  /** What closes each depth. */
  readonly #closers = new Uint8Array(MAX_DEPTH + 1);
  #line = 1;
  #ended = false;
  #inString = false;
  #escaped = false;
  #list = "";
  #key = "";
  /** What came in earlier pieces of the key or member that is still open. */
  #open = "";

  constructor(name: string) {
    this.#name = name;
  }

  push(piece: string): JsonMember[] {
    const members: JsonMember[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (this.#isInString(code)) continue;
      if (code <= 0x20) {
        if (code === NEWLINE) this.#line++;
        continue;
      }
      const before = this.#depth;
      this.#follow(code);
      if (!this.#isBoundary(code, before)) continue;
      const text = (this.#open + piece.slice(start, at)).trim();
      if (code === COLON) this.#takeKey(text);
      else if (before === 2 && text !== "")
        members.push({ list: this.#list, key: this.#key, value: this.#parse(text) });
      this.#open = "";
      start = at + 1;
    }
    this.#open += piece.slice(start);
    if (this.#open.length > MAX_JSON_RECORD)
      throw this.#fault(`something in «${this.#list}» is longer than ${MAX_JSON_RECORD / 1024 ** 2} MiB`);
    return members;
  }

  /** Keeps count of what is open. */
  #follow(code: number): void {
    if (this.#ended) throw this.#fault(BEHIND);
    if (opens(code)) {
      if (++this.#depth > MAX_DEPTH) throw this.#fault(`it is nested more than ${MAX_DEPTH} deep`);
      this.#closers[this.#depth] = code === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
    } else if (closes(code)) {
      if (this.#depth === 0 || this.#closers[this.#depth] !== code)
        throw this.#fault(`it is nested wrongly: «${String.fromCharCode(code)}» closes what it did not open`);
      this.#depth--;
      this.#ended = this.#depth === 0;
    }
  }

  end(): void {
    if (this.#depth !== 0 || (this.#inString && !this.#ended)) throw this.#fault("it ends before it is closed");
    if (this.#open.trim() !== "") throw this.#fault(BEHIND);
  }

  #isInString(code: number): boolean {
    if (!this.#inString) {
      this.#inString = code === QUOTE;
      return this.#inString;
    }
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) this.#inString = false;
    return true;
  }

  /** Where a key or member begins or ends: commas and colons at depth 1 and 2, and what opens or closes depth 2. */
  #isBoundary(code: number, before: number): boolean {
    if (opens(code)) return before < 2;
    if (closes(code)) return before <= 2;
    return (code === COMMA || code === COLON) && before <= 2;
  }

  #takeKey(text: string): void {
    const key = String(this.#parse(text));
    if (this.#depth === 1) this.#list = key;
    this.#key = this.#depth === 1 ? "" : key;
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.#fault(`«${this.#list}» holds what is no valid JSON (${(cause as Error).message})`, cause);
    }
  }

  #fault(why: string, cause?: unknown): AppError {
    return new AppError(
      "invalid",
      `${this.#name}, line ${this.#line}: ${why}.`,
      { file: this.#name, line: this.#line },
      { cause },
    );
  }
}

/**
 * Members of depth 2: `{"events": [{…}, {…}]}` and `{"events": {"e1": {…}}}` give one an event.
 * @throws AppError invalid when the JSON is broken, too deep, or a member too long
 */
export async function* walkJson(pieces: AsyncIterable<string>, name: string): AsyncGenerator<JsonMember> {
  const walker = new JsonWalker(name);
  for await (const piece of pieces) yield* walker.push(piece);
  walker.end();
}
