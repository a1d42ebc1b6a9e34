/**
 * What people write about a requirement, as fields of a form; what of it was changed; and the actions it makes. Pure.
 * Priorities and plans are not among them: each of those is a decision with a reason of its own.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import type { Requirement, RISK_LEVELS } from "../../../../../src/domain/dsdm/requirement.ts";

export interface RequirementFields {
  readonly title: string;
  /** Ids as text; "" for none. */
  readonly finding: string;
  readonly kpi: string;
  readonly goal: string;
  readonly kind: Requirement["kind"];
  /** One a line. */
  readonly acceptance: string;
  readonly effort: number | "";
  readonly value: number | "";
  readonly owner: string;
  readonly developer: string;
  readonly tester: string;
  readonly ifNotMet: string;
  readonly riskLevel: (typeof RISK_LEVELS)[number] | "";
  readonly riskText: string;
}
export type FieldName = keyof RequirementFields;

export const FIELD_NAMES: Readonly<Record<FieldName, string>> = {
  title: "Title",
  finding: "Need: finding",
  kpi: "Need: KPI",
  goal: "Need: goal",
  kind: "Kind",
  acceptance: "Acceptance criteria",
  effort: "Effort",
  value: "Value a month",
  owner: "Owner",
  developer: "Developer",
  tester: "Tester",
  ifNotMet: "What if it is not met?",
  riskLevel: "Risk",
  riskText: "What the risk is",
};

export const EMPTY_FIELDS: RequirementFields = {
  title: "",
  finding: "",
  kpi: "",
  goal: "",
  kind: "product",
  acceptance: "",
  effort: "",
  value: "",
  owner: "",
  developer: "",
  tester: "",
  ifNotMet: "",
  riskLevel: "",
  riskText: "",
};

const idText = (id: number | null) => (id === null ? "" : String(id));

export function fieldsOf(requirement: Requirement): RequirementFields {
  const { title, need, kind, acceptance, effort, value, owner, developer, tester, ifNotMet, risk } = requirement;
  return {
    ...{ title, kind, effort, finding: idText(need.finding), kpi: need.kpi ?? "", goal: idText(need.goal) },
    acceptance: acceptance.join("\n"),
    value: value ?? "",
    owner: owner ?? "",
    developer: developer ?? "",
    tester: tester ?? "",
    ifNotMet: ifNotMet ?? "",
    riskLevel: risk?.level ?? "",
    riskText: risk?.text ?? "",
  };
}

/** One a line, without blank ones and list marks. @example "- a\n\n b " → ["a", "b"] */
export function readCriteria(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•]\s+)?/u, "").trim())
    .filter((line) => line !== "");
}

/** Fields whose text differs, blanks at the ends aside. */
export function listChanged(before: RequirementFields, after: RequirementFields): FieldName[] {
  const plain = (value: string | number) => (typeof value === "string" ? value.trim() : value);
  return (Object.keys(FIELD_NAMES) as FieldName[]).filter((name) =>
    name === "acceptance"
      ? readCriteria(before.acceptance).join("\n") !== readCriteria(after.acceptance).join("\n")
      : plain(before[name]) !== plain(after[name]),
  );
}

export function findFieldLacks({ title, riskLevel, riskText }: RequirementFields): readonly string[] {
  return [
    ...(title.trim() === "" ? ["a title"] : []),
    ...(riskLevel !== "" && riskText.trim() === "" ? ["what the risk is"] : []),
    ...(riskLevel === "" && riskText.trim() !== "" ? ["how high the risk is"] : []),
  ];
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
const idOrNull = (text: string): number | null => (text === "" ? null : Number(text));

type Written = Omit<ActionOf<"edit-requirement">, "type" | "requirement" | "version">;

/** Only what was changed: what somebody else wrote in the other fields stays. */
function write(fields: RequirementFields, changed: readonly FieldName[]): Written {
  const has = (...names: readonly FieldName[]) => names.some((name) => changed.includes(name));
  const need = {
    ...(has("finding") ? { finding: idOrNull(fields.finding) } : {}),
    ...(has("kpi") ? { kpi: orNull(fields.kpi) } : {}),
    ...(has("goal") ? { goal: idOrNull(fields.goal) } : {}),
  };
  const { riskLevel: level, riskText } = fields;
  return {
    ...(has("title") ? { title: fields.title.trim() } : {}),
    ...(has("finding", "kpi", "goal") ? { need } : {}),
    ...(has("kind") ? { kind: fields.kind } : {}),
    ...(has("acceptance") ? { acceptance: readCriteria(fields.acceptance) } : {}),
    ...(has("effort") ? { effort: fields.effort === "" ? 0 : fields.effort } : {}),
    ...(has("value") ? { value: fields.value === "" ? null : fields.value } : {}),
    ...(has("owner") ? { owner: orNull(fields.owner) } : {}),
    ...(has("developer") ? { developer: orNull(fields.developer) } : {}),
    ...(has("tester") ? { tester: orNull(fields.tester) } : {}),
    ...(has("ifNotMet") ? { ifNotMet: orNull(fields.ifNotMet) } : {}),
    ...(has("riskLevel", "riskText") ? { risk: level === "" ? null : { level, text: riskText.trim() } } : {}),
  };
}

export function makeAdd(fields: RequirementFields): ActionOf<"add-requirement"> {
  const { title: _, ...written } = write(fields, listChanged(EMPTY_FIELDS, fields));
  return { type: "add-requirement", title: fields.title.trim(), ...written };
}

/** @param version the one the change is meant for: the one that was read, or the newer one after a conflict */
export function makeEdit(base: Requirement, fields: RequirementFields, version = base.version) {
  const written = write(fields, listChanged(fieldsOf(base), fields));
  return { type: "edit-requirement", requirement: base.id, version, ...written } satisfies ActionOf<"edit-requirement">;
}
