/**
 * Who got the change and since when, in the designs over time: values of a field or an audience, and the rest as controls.
 * It reads no sums; the names that a question gives are checked against what was found by `refuseUnknown`.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { parseMoment } from "../../domain/moment.ts";
import { NEVER } from "../../stats/staged-panel.ts";
import type { AnalysisContext } from "../context.ts";
import { compileFilter } from "../filter.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { type Dimension, labelAlias, OTHER_PART, parseDimension, valueOfPart } from "../kpi-group.ts";
import { NO_VALUE, type Parting } from "./event-cells.ts";

/** The parts of an audience; no value of a field is called so, for those begin with a v. */
const AUDIENCE = "audience";
const REST = "rest";

export interface Sides {
  /** "customer.group", or the audience's expression. */
  readonly of: string;
  readonly field: Dimension | null;
  /** Values that the question names: those that got the change, then controls. */
  readonly treated: ReadonlyMap<string, number>;
  readonly control: readonly string[];
  /** The earliest switch-on, milliseconds since 1970. */
  readonly switchOn: number;
  /** Since when a part has the change; NEVER for controls, null for whoever is left out. */
  readonly startOf: (part: string) => number | null;
}

type Asked = Pick<EffectQuestion, "by" | "audience" | "control" | "treatment" | "since" | "switchOn">;

const invalid = (field: string, what: string) => new AppError("invalid", what, { field });

/** Since when each value has the change: `switchOn`, and `since` for those of `treatment`. */
function readStarts({ treatment = [], since, switchOn = {} }: Asked, zone: string): Map<string, number> {
  if (treatment.length > 0 && since === undefined && treatment.some((value) => switchOn[value] === undefined))
    throw invalid("since", "Say when the change was switched on: give its day (since).");
  const starts = new Map(treatment.map((value) => [value, parseMoment(since ?? "", zone)]));
  for (const [value, moment] of Object.entries(switchOn)) starts.set(value, parseMoment(moment, zone));
  return starts;
}

function sidesOfAudience({ audience = "", since }: Asked, zone: string): Sides {
  if (since === undefined) throw invalid("since", "Say when the change was switched on: give its day (since).");
  const start = parseMoment(since, zone);
  return {
    ...{ of: audience, field: null, treated: new Map(), control: [], switchOn: start },
    startOf: (part) => (part === AUDIENCE ? start : NEVER),
  };
}

/**
 * @throws AppError invalid: nothing tells the groups apart, no switch-on, nobody named, or a value on both sides
 */
export function findSides(question: Asked, zone: string): Sides {
  const { by, audience, control = [], since } = question;
  if (audience !== undefined) return sidesOfAudience(question, zone);
  if (by === undefined)
    throw invalid("by", "Say what tells the groups apart: a field such as customer.group (by), or an audience.");
  const field = parseDimension(by);
  const treated = readStarts(question, zone);
  const both = control.find((value) => treated.has(value));
  if (both !== undefined) throw invalid("control", `«${both}» of ${by} is named as control and as changed.`);
  const rest = treated.size === 0 && control.length > 0 && since !== undefined ? parseMoment(since, zone) : null;
  if (treated.size === 0 && rest === null)
    throw invalid(
      "switchOn",
      `Say which values of ${by} got the change and when: each with its day (switchOn), or their names (treatment) and one day (since).`,
    );
  const others = rest ?? (control.length > 0 ? null : NEVER);
  const startOf = (part: string) => {
    if (part === NO_VALUE) return null;
    const value = valueOfPart(part);
    if (value === null) return others;
    return treated.get(value) ?? (control.includes(value) ? NEVER : others);
  };
  return { ...{ of: by, field, treated, control, startOf }, switchOn: rest ?? Math.min(...treated.values()) };
}

/**
 * The audience as one array of labels: it is true of customers, so all events of a row have the same one. What it says of
 * events (`has`, `count`) is asked of those before the switch-on: nobody gets into it by what the change did.
 */
function partByAudience(
  context: AnalysisContext,
  frame: JourneyFrame,
  { of: audience, switchOn }: Pick<Sides, "of" | "switchOn">,
): Parting {
  const place = { person: frame.person, zone: context.zone };
  const { event, journey, counts } = compileFilter(audience, context.touchpoints, frame.bag, place);
  if (event !== undefined || journey === undefined)
    throw invalid("audience", `«${audience}» must be true of customers, like customer.country = "BR" or has("X").`);
  if (counts.length > 0 && !frame.person)
    throw invalid("audience", `«${audience}» counts what customers did, but the rows are objects: name traits only.`);
  // As arguments of a lambda: the frame's own filter may have counts of the same names.
  const before = `time < fromUnixTimestamp64Milli(${frame.bag.bind(switchOn, "Int64")}, 'UTC')`;
  const found = counts.map(
    ({ ids }) => `[arrayCount((id, time) -> has(${ids}, id) AND ${before}, touchpoints, times)]`,
  );
  const condition =
    counts.length === 0
      ? `toUInt8(${journey})`
      : `arrayMap((${counts.map(({ name }) => name).join(", ")}) -> toUInt8(${journey}), ${found.join(", ")})[1]`;
  return {
    alias: `[if(${condition}, '${AUDIENCE}', '${REST}')] AS labels`,
    constant: true,
  };
}

/** Everybody in one part. */
export const PART_NOBODY: Parting = { alias: "['all'] AS labels", constant: true };

/** Parts by a trait, named as kpi-group.ts names those of events: a v and the value, or an o for others than `only`. */
function partByTrait({ bag }: JourneyFrame, trait: string, only: readonly string[] | undefined): Parting {
  const value = `traits[${bag.bind(trait, "String")}]`;
  const named = `concat('${NO_VALUE}', ${value})`;
  const label = only ? `if(has(${bag.bind(only, "Array(String)")}, ${value}), ${named}, '${OTHER_PART}')` : named;
  return { alias: `[${label}] AS labels`, constant: true };
}

/**
 * Parts by the sides of a question.
 * @param apart whether values that the question does not name are parts of their own, too
 */
export function partBySides(
  context: AnalysisContext,
  frame: JourneyFrame,
  { of, switchOn, field, treated, control }: Sides,
  apart: boolean,
): Parting {
  if (field === null) return partByAudience(context, frame, { of, switchOn });
  // The empty value is named so that it does not fall among the others.
  const only = apart ? undefined : ["", ...treated.keys(), ...control];
  if (field.kind === "customer") return partByTrait(frame, field.name, only);
  const grouping = { kind: "field", field, ...(only ? { only } : {}) } as const;
  return { alias: labelAlias(context, frame, grouping), constant: false };
}

/** Values shown in a message. */
const MOST_NAMED = 8;
/** Values that are looked through for names that come near. */
const MOST_VALUES = 10_000;

/** The values of a field, the commonest first; at most so many. */
export async function listValues(
  context: AnalysisContext,
  frame: JourneyFrame,
  field: Dimension,
  most = MOST_VALUES,
): Promise<string[]> {
  const limit = frame.bag.bind(most, "UInt32");
  const rows = await askFrame<{ part: string }>(context, frame, {
    aliases: [labelAlias(context, frame, { kind: "field", field }), "arrayJoin(arrayDistinct(labels)) AS label"],
    select: ["label AS part", "count() AS counted"],
    groupBy: ["part"],
    tail: `ORDER BY counted DESC, part LIMIT ${limit}`,
  });
  return rows.flatMap(({ part }) => (part === NO_VALUE ? [] : [valueOfPart(part) ?? ""]));
}

const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** @throws AppError not-found for the first name that is none of the values, with those that come nearest */
export function refuseUnknown(of: string, names: Iterable<string>, values: readonly string[]): void {
  for (const name of names) {
    if (values.includes(name)) continue;
    const near = values.filter((value) => fold(value).includes(fold(name)) || fold(name).includes(fold(value)));
    const shown = (near.length > 0 ? near : values).slice(0, MOST_NAMED).map((value) => `«${value}»`);
    const hint = shown.length > 0 ? `Did you mean ${shown.join(", ")}?` : `Nobody has a value of ${of} at all.`;
    throw new AppError("not-found", `There is no «${name}» in ${of}. ${hint}`, { field: of, value: name });
  }
}

/** The value or values behind a part, as people call it. */
export function namePart(part: string): string {
  return part === OTHER_PART ? "all others" : (valueOfPart(part) ?? part);
}

/** Values listed in the name of a group. */
const MOST_LISTED = 4;

export function nameParts(parts: readonly string[]): string {
  const names = parts.slice(0, MOST_LISTED).map(namePart);
  return parts.length > MOST_LISTED ? `${names.join(", ")} and ${parts.length - MOST_LISTED} more` : names.join(", ");
}
