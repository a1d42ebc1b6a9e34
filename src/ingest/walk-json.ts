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

const opens = (code: number) => code === 0x7b || code === 0x5b;
const closes = (code: number) => code === 0x7d || code === 0x5d;

/** Push text in, get the members that it completes. Depth 1 is the outer object, depth 2 a list or object inside it. */
class JsonWalker {
  readonly #name: string;
  #depth = 0;
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
      const before = this.#depth;
      if (opens(code)) this.#depth++;
      else if (closes(code)) this.#depth--;
      if (this.#depth < 0 || this.#depth > MAX_DEPTH)
        throw this.#fault(`it is nested wrongly, or more than ${MAX_DEPTH} deep`);
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

  end(): void {
    if (this.#depth !== 0 || this.#inString) throw this.#fault("it ends before it is closed");
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
    return new AppError("invalid", `${this.#name}: ${why}.`, { file: this.#name }, { cause });
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
