/**
 * Two people edited one requirement: what the API says about it, and theirs beside yours, field by field. Pure.
 */
import { type Requirement, requirementSchema } from "../../../../../src/domain/dsdm/requirement.ts";
import { ProblemError } from "../../../../api/client.ts";
import { FIELD_NAMES, type FieldName, fieldsOf, listChanged, type RequirementFields } from "./requirement-form.ts";

export interface Conflict {
  /** As it is now. */
  readonly current: Requirement;
  readonly changedBy: string;
  readonly changedAt: string;
}

/** undefined when the error is about something else. */
export function readConflict(error: Error): Conflict | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== "conflict") return undefined;
  const current = requirementSchema.safeParse(error.problem.details?.current).data;
  return current && { current, changedBy: current.changedBy, changedAt: current.changedAt };
}

export interface ConflictRow {
  readonly field: FieldName;
  readonly name: string;
  /** As it was when you read it. */
  readonly before: string;
  readonly theirs: string;
  readonly yours: string;
  /** Both changed it, and not to the same: sending yours again writes over theirs. */
  readonly clash: boolean;
}

/** Fields that either of the two changed. */
export function compareEdits(base: Requirement, mine: RequirementFields, current: Requirement): ConflictRow[] {
  const before = fieldsOf(base);
  const theirs = fieldsOf(current);
  const theirFields = listChanged(before, theirs);
  const myFields = listChanged(before, mine);
  const differ = listChanged(theirs, mine);
  return (Object.keys(FIELD_NAMES) as FieldName[])
    .filter((field) => theirFields.includes(field) || myFields.includes(field))
    .map((field) => ({
      field,
      name: FIELD_NAMES[field],
      before: String(before[field]),
      theirs: String(theirs[field]),
      yours: String(mine[field]),
      clash: theirFields.includes(field) && myFields.includes(field) && differ.includes(field),
    }));
}

/**
 * Which version an edit is meant for. What you changed yourself meanwhile in other fields (a priority, a plan) is no
 * conflict; what anybody else changed is.
 */
export function chooseVersion(
  base: Requirement,
  mine: RequirementFields,
  latest: Requirement,
  author: string | undefined,
) {
  if (latest.version === base.version || latest.changedBy !== author) return base.version;
  const before = fieldsOf(base);
  const theirs = listChanged(before, fieldsOf(latest));
  return listChanged(before, mine).some((field) => theirs.includes(field)) ? base.version : latest.version;
}
