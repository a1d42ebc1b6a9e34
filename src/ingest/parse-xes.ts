/**
 * The events of a XES log (IEEE 1849) one after another, with the attributes of their trace.
 * It holds at most one run of events in memory and never follows anything that the document names outside itself.
 */
import { SaxesParser } from "saxes";
import { AppError } from "../domain/app-error.ts";
import { describeXmlFault, localName } from "./read-xml.ts";

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
  /** Attributes whose key their event or trace has already. */
  repeated: number;
  /** Elements inside traces and events that are none of XES; the first few names. */
  readonly strange: Set<string>;
}

const MAX_DEPTH = 100;
/** One attribute, comment or run of text may not be longer: the XML reader holds it in memory. Characters. */
const MAX_TOKEN = 8 * 1024 ** 2;
/** Events of one trace are held back until its attributes are known, but not more than this many. */
const MAX_HELD = 20_000;
/** … and not more than this much text. Characters. */
const MAX_HELD_TEXT = 16 * 1024 ** 2;
const MAX_STRANGE = 100;

const VALUE_ELEMENTS = new Set(["string", "date", "int", "float", "boolean", "id"]);
const GROUP_ELEMENTS = new Set(["list", "container", "values"]);

type Emit = (trace: XesAttributes, event: XesAttributes) => void;

/** A push parser: `write` pieces of text, `close` at the end. Both throw AppError invalid with file and line. */
export class XesParser {
  readonly tally: XesTally = { traces: 0, events: 0, nested: 0, late: 0, unnamed: 0, repeated: 0, strange: new Set() };
  readonly #parser = new SaxesParser({ xmlns: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  readonly #name: string;
  readonly #emit: Emit;
  readonly #path: string[] = [];
  #trace: Record<string, string> | undefined;
  #event: Record<string, string> | undefined;
  #held: XesAttributes[] = [];
  #heldText = 0;
  #handedOut = false;
  #sinceToken = 0;
  #root = false;

  constructor(name: string, emit: Emit) {
    this.#name = name;
    this.#emit = emit;
    this.#parser.on("error", (error) => this.#fail(describeXmlFault(error)));
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
    } else if (element === "trace") {
      if (parent !== "log") this.#fail(`a <trace> stands inside <${parent}>; traces belong into <log>`);
      this.#trace = Object.create(null) as Record<string, string>;
      this.#handedOut = false;
      this.tally.traces++;
    } else if (element === "event") {
      if (parent !== "trace" && parent !== "log")
        this.#fail(`an <event> stands inside <${parent}>; events belong into <trace>`);
      this.#event = Object.create(null) as Record<string, string>;
    } else if (VALUE_ELEMENTS.has(element) || GROUP_ELEMENTS.has(element)) this.#attribute(element, parent, attributes);
    else if ((this.#trace || this.#event) && this.tally.strange.size < MAX_STRANGE) this.tally.strange.add(element);
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
    if (key in target) this.tally.repeated++;
    target[key] = value;
    this.#heldText += key.length + value.length;
  }

  #close(element: string): void {
    this.#path.pop();
    if (element === "event" && this.#event) {
      this.tally.events++;
      if (this.#trace) this.#held.push(this.#event);
      else this.#emit({}, this.#event);
      this.#event = undefined;
      if (this.#held.length >= MAX_HELD || this.#heldText >= MAX_HELD_TEXT) this.#release();
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
    this.#heldText = 0;
  }

  #fail(problem: string): never {
    throw new AppError(
      "invalid",
      `${this.#name}, line ${this.#parser.line}, column ${this.#parser.column}: ${problem}.`,
      {
        file: this.#name,
        line: this.#parser.line,
      },
    );
  }
}
