/**
 * The events of a XES log (IEEE 1849) one after another, with the attributes of their trace.
 * It holds at most one run of events in memory and never follows anything that the document names outside itself.
 */
import { SaxesParser } from "saxes";
import { AppError } from "../domain/app-error.ts";

/** Attribute key → value as written. */
export type XesAttributes = Readonly<Record<string, string>>;

export interface XesTally {
  traces: number;
  events: number;
  /** Attributes inside attributes, lists and containers: not carried over. */
  nested: number;
  /** Trace attributes that came after events which were handed out already. */
  late: number;
  /** Traces without concept:name, which are numbered instead. */
  unnamed: number;
}

const MAX_DEPTH = 100;
/** One attribute, comment or run of text may not be longer: the XML reader holds it in memory. Characters. */
const MAX_TOKEN = 8 * 1024 ** 2;
/** Events of one trace are held back until its attributes are known, but not more than this many. */
const MAX_HELD = 20_000;

const VALUE_ELEMENTS = new Set(["string", "date", "int", "float", "boolean", "id"]);
const GROUP_ELEMENTS = new Set(["list", "container", "values"]);

type Emit = (trace: XesAttributes, event: XesAttributes) => void;

/** A push parser: `write` pieces of text, `close` at the end. Both throw AppError invalid with file and line. */
export class XesParser {
  readonly tally: XesTally = { traces: 0, events: 0, nested: 0, late: 0, unnamed: 0 };
  readonly #parser = new SaxesParser({ xmlns: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  readonly #name: string;
  readonly #emit: Emit;
  readonly #path: string[] = [];
  #trace: Record<string, string> | undefined;
  #event: Record<string, string> | undefined;
  #held: XesAttributes[] = [];
  #handedOut = false;
  #sinceToken = 0;
  #root = false;

  constructor(name: string, emit: Emit) {
    this.#name = name;
    this.#emit = emit;
    this.#parser.on("error", (error) => this.#fail(error.message.replace(/^(?:undefined:)?\d+:\d+:\s*/u, "")));
    this.#parser.on("doctype", (doctype) => {
      if (/<!ENTITY/iu.test(doctype)) this.#fail("it declares XML entities, which are not accepted");
    });
    this.#parser.on("opentag", (tag) => {
      this.#sinceToken = 0;
      this.#open(localName(tag.name), tag.attributes);
    });
    this.#parser.on("closetag", (tag) => {
      this.#sinceToken = 0;
      this.#close(localName(tag.name));
    });
  }

  write(text: string): void {
    this.#sinceToken += text.length;
    this.#parser.write(text);
    if (this.#sinceToken > MAX_TOKEN + text.length)
      this.#fail(`no element begins or ends within ${MAX_TOKEN / 1024 ** 2} MiB: this is not an event log`);
  }

  close(): void {
    this.#parser.close();
    if (!this.#root) this.#fail("it holds no <log> element");
  }

  #open(element: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#path.at(-1);
    if (this.#path.length >= MAX_DEPTH) this.#fail(`its elements are nested more than ${MAX_DEPTH} deep`);
    this.#path.push(element);
    if (parent === undefined) {
      if (element !== "log") this.#fail(`its root is <${element}>, not <log>: it is XML, but not a XES log`);
      this.#root = true;
    } else if (element === "trace" && parent === "log") {
      this.#trace = Object.create(null) as Record<string, string>;
      this.#handedOut = false;
      this.tally.traces++;
    } else if (element === "event" && (parent === "trace" || parent === "log")) {
      this.#event = Object.create(null) as Record<string, string>;
    } else if (VALUE_ELEMENTS.has(element) || GROUP_ELEMENTS.has(element)) this.#attribute(element, parent, attributes);
  }

  #attribute(element: string, parent: string, attributes: Readonly<Record<string, string>>): void {
    const target = parent === "event" ? this.#event : parent === "trace" ? this.#trace : undefined;
    if (!target) {
      // Inside a trace or an event but below another attribute; what describes the log itself is not counted.
      if (this.#event || this.#trace) this.tally.nested++;
      return;
    }
    if (GROUP_ELEMENTS.has(element)) {
      this.tally.nested++;
      return;
    }
    const { key, value } = attributes;
    if (key === undefined || value === undefined)
      this.#fail(`<${element}> lacks its ${key === undefined ? "key" : "value"}`);
    if (parent === "trace" && this.#handedOut) {
      this.tally.late++;
      return;
    }
    target[key] = value;
  }

  #close(element: string): void {
    this.#path.pop();
    if (element === "event" && this.#event) {
      this.tally.events++;
      if (this.#trace) this.#held.push(this.#event);
      else this.#emit({}, this.#event);
      this.#event = undefined;
      if (this.#held.length >= MAX_HELD) this.#release();
    } else if (element === "trace" && this.#trace && this.#path.at(-1) === "log") {
      this.#release();
      this.#trace = undefined;
    }
  }

  #release(): void {
    const trace = this.#trace as Record<string, string>;
    if (this.#held.length > 0 && !this.#handedOut && !trace["concept:name"]) {
      // Without a name its events would fall together with those of every other nameless trace.
      trace["concept:name"] = `trace ${this.tally.traces}`;
      this.tally.unnamed++;
    }
    for (const event of this.#held) this.#emit(trace, event);
    if (this.#held.length > 0) this.#handedOut = true;
    this.#held = [];
  }

  #fail(problem: string): never {
    throw new AppError("invalid", `${this.#name}, line ${this.#parser.line}: ${problem}.`, {
      file: this.#name,
      line: this.#parser.line,
    });
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
