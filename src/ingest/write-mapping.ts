/**
 * A mapping as the text of a file that people can read, correct and give back with --mapping.
 * Comments come from the proposal's reasons and notes; without them it is plain YAML.
 */
import { Document, isMap, isScalar, isSeq, visit, type YAMLMap } from "yaml";
import type { Mapping } from "../domain/mapping.ts";
import type { Reason } from "./propose-mapping.ts";

const HEAD = ` How the records of these files become events. Edit it, then:
   waymark import FILE --mapping THIS-FILE --dry-run`;

export interface MappingComments {
  readonly reasons?: readonly Reason[];
  readonly notes?: readonly string[];
}

function describe(reason: Reason): string {
  const sure = reason.confidence >= 0.85 ? "" : reason.confidence >= 0.6 ? "likely: " : "please check: ";
  return ` ${sure}${reason.why}`.replace(/\s*\n\s*/gu, " ");
}

/** `objects.case` of the first event rule gets its comment at the end of its line. */
function commentRule(rule: YAMLMap, reasons: readonly Reason[]): void {
  for (const reason of reasons) {
    const value: unknown = rule.getIn(reason.field.split("."), true);
    if (isMap(value) || isScalar(value)) value.comment = describe(reason);
  }
}

/** @returns YAML that parseMapping takes back unchanged */
export function mappingToYaml(mapping: Mapping, comments: MappingComments = {}): string {
  const document = new Document(mapping);
  const notes = (comments.notes ?? []).map((note) => ` ! ${note.replace(/\s*\n\s*/gu, " ")}`);
  // { column: event } reads better on one line.
  visit(document, {
    Map: (_, map) => {
      if (map.items.length <= 2 && map.items.every(({ value }) => isScalar(value))) map.flow = true;
    },
  });
  document.commentBefore = [HEAD, ...notes].join("\n");
  const events = document.get("events");
  if (isSeq(events) && events.items.length === 1 && isMap(events.items[0]))
    commentRule(events.items[0], comments.reasons ?? []);
  return document.toString({ lineWidth: 0 });
}
