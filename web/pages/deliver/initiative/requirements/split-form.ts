/**
 * A Must split into a smaller Must and a part that may be left out: the fields, and the actions in their order. Pure.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";

export interface SplitFields {
  readonly title: string;
  readonly effort: number | "";
  /** Criteria of the Must that go along with the part. */
  readonly criteria: readonly string[];
  readonly priority: "should" | "could";
}

export const EMPTY_SPLIT: SplitFields = { title: "", effort: "", criteria: [], priority: "should" };

export function findSplitLacks({ title, effort, criteria }: SplitFields, must: Requirement): readonly string[] {
  return [
    ...(title.trim() === "" ? ["what the part is called"] : []),
    ...(effort === "" ? ["its effort"] : []),
    ...(effort !== "" && effort >= must.effort && must.effort > 0 ? ["less effort than the Must has now"] : []),
    ...(must.acceptance.length > 1 && criteria.length === must.acceptance.length
      ? ["which criteria stay with the Must"]
      : []),
  ];
}

export function addPart(must: Requirement, { title, effort, criteria }: SplitFields): ActionOf<"add-requirement"> {
  const { need, kind, owner, id } = must;
  return {
    type: "add-requirement",
    title: title.trim(),
    need,
    kind,
    owner,
    effort: effort === "" ? 0 : effort,
    acceptance: [...criteria],
    splitFrom: id,
  };
}

/** What stays of the Must. */
export function shrinkMust(must: Requirement, { effort, criteria }: SplitFields): ActionOf<"edit-requirement"> {
  return {
    type: "edit-requirement",
    requirement: must.id,
    version: must.version,
    // Sums of tenths have tails.
    effort: Number((must.effort - (effort === "" ? 0 : effort)).toFixed(4)),
    acceptance: must.acceptance.filter((one) => !criteria.includes(one)),
  };
}

export function prioritisePart(part: Requirement, { priority }: SplitFields): ActionOf<"prioritise"> {
  return { type: "prioritise", requirement: part.id, version: part.version, level: "project", priority };
}
