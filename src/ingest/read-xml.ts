/**
 * XML of any length as opening tags, closing tags and text, one after another: bounded in depth, without entities.
 * What the elements mean is for whoever reads them; a document that names things outside itself is never followed.
 */
import { SaxesParser } from "saxes";
import { AppError } from "../domain/app-error.ts";
import { decodeText } from "./decode-text.ts";
import type { ByteSource, UnpackLimits } from "./read-bytes.ts";

export interface XmlHandlers {
  /** @param element its name without prefix @param attribute a value by its name without prefix */
  readonly open: (element: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (element: string) => void;
  readonly text?: (text: string) => void;
}

interface XmlOptions {
  readonly limits?: UnpackLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MAX_DEPTH = 100;
/** One attribute, comment or run of text may not be longer: the XML reader holds it in memory. Characters. */
const MAX_TOKEN = 8 * 1024 ** 2;
/** Pieces are cut so that one parser call stays short. Characters. */
const PIECE = 64 * 1024;

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The XML reader's message without its own place, which is told by the caller. */
export function describeXmlFault({ message }: Error): string {
  return `the XML is broken: ${message.replace(/^(?:undefined:)?\d+:\d+:\s*/u, "").replace(/\.+$/u, "")}`;
}

/** @throws AppError invalid naming the document, line and column */
function openParser(name: string, { open, close, text }: XmlHandlers) {
  const parser = new SaxesParser({ xmlns: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  let depth = 0;
  let sinceToken = 0;
  const fail = (why: string): never => {
    const place = `${name}, line ${parser.line}, column ${parser.column}`;
    throw new AppError("invalid", `${place}: ${why}.`, { file: name, line: parser.line });
  };
  parser.on("error", (error) => fail(describeXmlFault(error)));
  parser.on("doctype", () => fail("it has a document type declaration, which is not accepted"));
  parser.on("opentag", ({ name: element, attributes }) => {
    sinceToken = 0;
    if (++depth > MAX_DEPTH) fail(`its elements are nested more than ${MAX_DEPTH} deep`);
    open(localName(element), (wanted) => {
      if (wanted in attributes) return attributes[wanted];
      for (const key in attributes) if (localName(key) === wanted) return attributes[key];
      return undefined;
    });
  });
  parser.on("closetag", ({ name: element }) => {
    sinceToken = 0;
    depth--;
    close?.(localName(element));
  });
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  const write = (piece: string) => {
    sinceToken += piece.length;
    parser.write(piece);
    if (sinceToken > MAX_TOKEN + piece.length) fail(`no element begins or ends within ${MAX_TOKEN / 1024 ** 2} MiB`);
  };
  return { write, end: () => void parser.close() };
}

/**
 * Reads a document to its end, and rests after every 64 Ki characters: then what the handlers collected can be taken.
 * @throws AppError invalid when the XML is broken, too deep, or declares a document type; the signal's reason
 */
export async function* readXml(
  source: ByteSource,
  handlers: XmlHandlers,
  { limits, signal }: XmlOptions = {},
): AsyncGenerator<void> {
  const parser = openParser(source.name, handlers);
  for await (const text of decodeText(source, "utf-8", limits)) {
    for (let at = 0; at < text.length; at += PIECE) {
      signal?.throwIfAborted();
      parser.write(text.slice(at, at + PIECE));
      yield;
    }
  }
  parser.end();
  yield;
}
