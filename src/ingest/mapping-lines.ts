/**
 * Where in a mapping file a field stands: its line and column, found in the YAML that people wrote.
 * Whether the field is right is for others; a field that is not written is placed at the nearest that is.
 */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLSeq } from "yaml";
import { AppError } from "../domain/app-error.ts";

export interface MappingLines {
  readonly value: unknown;
  /** Line and column, from 1. */
  readonly locate: (path: readonly (string | number)[]) => { readonly line: number; readonly column: number };
  /** What is wrong with the YAML itself; then `value` is undefined. */
  readonly faults: readonly { readonly line: number; readonly column: number; readonly message: string }[];
}

/** A few lines of YAML must not unfold into gigabytes. */
const MAX_ALIASES = 100;

/** The item of this place or, in a list of columns and named values, of this name. */
function findItem({ items }: YAMLSeq, part: string | number): unknown {
  if (typeof part === "number") return items[part];
  const named = (item: unknown) => (isMap(item) ? item.has(part) : isScalar(item) && item.value === part);
  const item = items.find(named);
  return isMap(item) ? item.items.find(({ key }) => isScalar(key) && key.value === part)?.key : item;
}

function findOffset(document: Document, path: readonly (string | number)[]): { offset: number; depth: number } {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) return { offset, depth };
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = findItem(node, part);
      if (!isNode(item)) return { offset, depth };
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return { offset, depth };
  }
  return { offset, depth: path.length };
}

/** @throws AppError invalid when the YAML unfolds without end */
export function readMappingLines(text: string, origin: string): MappingLines {
  const counter = new LineCounter();
  const document = parseDocument(text, { merge: true, prettyErrors: false, lineCounter: counter });
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = document.errors.map((error) => ({ ...place(error.pos[0]), message: error.message }));
  const locate = (path: readonly (string | number)[]) => {
    const own = findOffset(document, path);
    // What a rule takes over from `defaults` stands there.
    if (path[0] === "events" && own.depth === 2 && path.length > 2) {
      const shared = findOffset(document, ["defaults", ...path.slice(2)]);
      if (shared.depth > 1) return place(shared.offset);
    }
    return place(own.offset);
  };
  if (faults.length > 0) return { value: undefined, locate, faults };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), locate, faults };
  } catch (cause) {
    throw new AppError("invalid", `The mapping ${origin} cannot be read: ${(cause as Error).message}.`, {}, { cause });
  }
}
