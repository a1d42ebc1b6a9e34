/**
 * What may have made a difference: touchpoints that happened, and the ways in which each can go well or badly.
 * Candidates are found in the data without looking at the outcome; which of them matter is decided in moment-claims.ts.
 */
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { MomentRows } from "./moment-rows.ts";
import { FAMILY_SIZE } from "./moment-tallies.ts";

/** What tells a bad event of a touchpoint from a good one. */
export type BadWhen =
  | { readonly kind: "equals"; readonly property: string; readonly value: string }
  | { readonly kind: "above" | "below"; readonly property: string; readonly bound: number }
  | { readonly kind: "score"; readonly scale: string; readonly atMost: number };

/** One contrast that is tested. */
export interface MomentCandidate {
  readonly touch: number;
  readonly touchpoint: string;
  readonly contrast: "presence" | "experience";
  readonly property: string | null;
  readonly bad: string | null;
  readonly where: string;
  /** Presence is family 0 with the touchpoint's id as arm; each experience is a family of its own with arms 1 and 0. */
  readonly family: number;
  readonly arm: number;
  /** Null for presence. */
  readonly when: BadWhen | null;
  /** Places in the history's flags of touchpoints that tell good from bad by themselves (moment-exposure.ts). */
  readonly telling: readonly number[];
}

/** How the tallies tell contrasts apart, as SQL over the joined touches. */
export interface MomentContrasts {
  /** family × 65,536 + arm. */
  readonly code: string;
  readonly where: string;
  /** What ARRAY JOIN has to add. */
  readonly columns: readonly string[];
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/gu, "\\$&")}"`;
}

function nameProperty(property: string): string {
  return `prop.${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(property) ? property : quote(property)}`;
}

export function presenceOf({ id, name }: Touchpoint): MomentCandidate {
  const where = `touchpoint = ${quote(name)}`;
  return {
    ...{ touch: id, touchpoint: name, contrast: "presence", property: null, bad: null, where },
    ...{ family: 0, arm: id, when: null, telling: [] },
  };
}

export function describeBad(when: BadWhen): { property: string; bad: string; condition: string } {
  switch (when.kind) {
    case "equals": {
      const bad = `= ${quote(when.value)}`;
      return { property: when.property, bad, condition: `${nameProperty(when.property)} ${bad}` };
    }
    case "above":
    case "below": {
      const bad = `${when.kind === "above" ? ">" : "<"} ${when.bound}`;
      return { property: when.property, bad, condition: `${nameProperty(when.property)} ${bad}` };
    }
    case "score": {
      const bad = `<= ${when.atMost}`;
      const scale = when.scale === "" ? "scale is empty" : `scale = ${quote(when.scale)}`;
      return { property: "score", bad, condition: `score ${bad} and ${scale}` };
    }
  }
}

/** What somebody calls bad, as candidates write it: `= "true"`, `> 48`, `< 3`; undefined when it is written otherwise. */
export function readBad(property: string, bad: string): BadWhen | undefined {
  const [, operator, text, number] = /^(=|>|<)\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?))$/u.exec(bad.trim()) ?? [];
  if (operator === "=") {
    const value = text?.replace(/\\(.)/gu, "$1") ?? number;
    return value === undefined ? undefined : { kind: "equals", property, value };
  }
  if (operator === undefined || number === undefined) return undefined;
  return { kind: operator === ">" ? "above" : "below", property, bound: Number(number) };
}

/** @param family a number from 1, its own among the candidates of a question */
export function experienceOf({ id, name }: Touchpoint, when: BadWhen, family: number): MomentCandidate {
  const { property, bad, condition } = describeBad(when);
  const where = `touchpoint = ${quote(name)} and ${condition}`;
  return {
    ...{ touch: id, touchpoint: name, contrast: "experience", property, bad, where },
    ...{ family, arm: 1, when, telling: [] },
  };
}

/** The contrasts of what happened. */
export function presenceContrasts({ shown, outcome }: MomentRows, deciding: readonly number[]): MomentContrasts {
  // A step that comes when the matter is nearly decided is no alternative to anything else.
  const passed = `has(${outcome.frame.bag.bind(deciding, "Array(UInt16)")}, touch)`;
  return { code: "toUInt32(touch)", where: `${shown} AND NOT ${passed}`, columns: [] };
}

/** The code of one candidate: 0 for events it says nothing about. */
export function codeOf({ touch, family, when }: MomentCandidate, { outcome: { frame } }: MomentRows): string {
  const bind = (value: string | number, type: string) => frame.bag.bind(value, type);
  const tell = (filled: string, bad: string) =>
    `if(touch = ${bind(touch, "UInt16")} AND ${filled}, toUInt32(${family * FAMILY_SIZE} + (${bad})), toUInt32(0))`;
  switch (when?.kind) {
    case "equals": {
      const text = `property[${bind(when.property, "String")}]`;
      return tell(`${text} != ''`, `${text} = ${bind(when.value, "String")}`);
    }
    case "above":
    case "below": {
      const number = `toFloat64OrNull(property[${bind(when.property, "String")}])`;
      return tell(
        `isNotNull(${number})`,
        `ifNull(${number} ${when.kind === "above" ? ">" : "<"} ${bind(when.bound, "Float64")}, 0)`,
      );
    }
    case "score":
      return tell(
        `isNotNull(ownScore) AND toString(ownScale) = ${bind(when.scale, "String")}`,
        `ifNull(ownScore <= ${bind(when.atMost, "Float64")}, 0)`,
      );
    default:
      return "toUInt32(0)";
  }
}

/** The contrasts of how it went; a touch counts in each that says something about it. */
export function experienceContrasts(candidates: readonly MomentCandidate[], rows: MomentRows): MomentContrasts {
  const { frame } = rows.outcome;
  const touches = frame.bag.bind([...new Set(candidates.map(({ touch }) => touch))], "Array(UInt16)");
  const scored = candidates.some(({ when }) => when?.kind === "score");
  const described = candidates.some(({ when }) => when?.kind !== "score");
  const codes = candidates.map((candidate) => codeOf(candidate, rows));
  return {
    code: `arrayJoin(arrayFilter(a -> a != 0, [${codes.join(", ")}]))`,
    where: `has(${touches}, touch)`,
    columns: [
      ...(described ? [`${frame.kept("properties")} AS property`] : []),
      ...(scored ? [`${frame.kept("scores")} AS ownScore`, `${frame.kept("scales")} AS ownScale`] : []),
    ],
  };
}
