/**
 * The fields of "What it is for", from an initiative and back into the action that changes it. Pure.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";

export interface AboutFields {
  readonly title: string;
  readonly summary: string;
  /** Id of the goal; "" for none. */
  readonly goal: string;
  readonly benefit: string;
  readonly monthly: number | "";
  readonly expected: boolean;
  readonly effortUnit: Initiative["effortUnit"];
}

export function aboutOf(initiative: Initiative): AboutFields {
  const { title, summary, goal, benefit, effortUnit } = initiative;
  return {
    title,
    summary: summary ?? "",
    goal: goal === null ? "" : String(goal),
    benefit: benefit?.text ?? "",
    monthly: benefit?.monthly ?? "",
    expected: benefit?.expected ?? true,
    effortUnit,
  };
}

export function findAboutLacks({ title, benefit, monthly }: AboutFields): readonly string[] {
  return [
    ...(title.trim() === "" ? ["a title"] : []),
    ...(monthly !== "" && benefit.trim() === "" ? ["what the benefit is, not only what it is worth"] : []),
  ];
}

export function makeAboutEdit(fields: AboutFields): ActionOf<"edit-initiative"> {
  const { title, summary, goal, benefit, monthly, expected, effortUnit } = fields;
  return {
    type: "edit-initiative",
    title: title.trim(),
    summary: summary.trim() === "" ? null : summary.trim(),
    goal: goal === "" ? null : Number(goal),
    benefit:
      benefit.trim() === "" ? null : { monthly: monthly === "" ? null : monthly, text: benefit.trim(), expected },
    effortUnit,
  };
}
