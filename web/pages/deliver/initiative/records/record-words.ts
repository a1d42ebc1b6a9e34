/**
 * A record in words: what was done, and each changed field with what it was and is. Pure.
 */
import type { DeliveryRecord, Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { PHASE_FACTS } from "../../../../../src/domain/dsdm/phase.ts";
import { NONE } from "../../../../ui/format.ts";

const DONE: Readonly<Record<string, string>> = {
  "create-initiative": "began the initiative",
  "edit-initiative": "changed what it is for",
  "link-finding": "changed the findings it acts on",
  "set-kpi": "set a KPI's baseline or target",
  "remove-kpi": "took a KPI away",
  "register-effect": "registered a measurement",
  "enter-phase": "entered a phase",
  "decide-gate": "decided a gate",
  "waive-must": "allowed more than 60 % Must",
  "add-constraint": "added a constraint",
  "settle-constraint": "settled a constraint",
  "answer-questionnaire": "answered the questionnaire",
  "hold-workshop": "wrote down a workshop",
  "assign-role": "assigned a role",
  "release-role": "released somebody from a role",
  "set-department": "named a department",
  "remove-department": "took a department away",
  "add-requirement": "added a requirement",
  "edit-requirement": "changed a requirement",
  prioritise: "decided a priority",
  "plan-requirement": "planned a requirement",
  "progress-requirement": "moved a requirement on",
  "add-evidence": "added test evidence",
  "approve-breadth": "approved a change of breadth",
  "add-increment": "added an increment",
  "deploy-increment": "deployed an increment",
  "review-case": "reviewed the business case",
  "plan-timebox": "planned a timebox",
  "edit-timebox": "changed a timebox",
  "cancel-timebox": "cancelled a timebox",
  "kick-off": "kicked a timebox off",
  "move-end": "moved a timebox's end",
  "review-stage": "reviewed a stage",
  "stand-up": "noted a stand-up",
  "raise-blocker": "raised a blocker",
  "clear-blocker": "cleared a blocker",
  "drop-requirements": "dropped requirements to save a Must",
  "close-out": "closed a timebox out",
  "raise-exception": "raised an exception",
  "answer-exception": "answered an exception",
  "give-feedback": "added feedback",
  "decide-feedback": "decided on feedback",
  "assess-benefits": "assessed the benefits",
};

export function nameAction(action: string): string {
  return DONE[action] ?? action.replaceAll("-", " ");
}

const LONGEST = 160;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u;

/** A value as people read it: text as it is, lists by commas, fields by name; long ones are cut. @param moment a time in the zone */
export function showValue(value: unknown, moment: (iso: string) => string = (iso) => iso): string {
  if (value === null || value === undefined || value === "") return NONE;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object" || one === null)) {
    return value.length === 0 ? NONE : cut(value.map((one) => showValue(one, moment)).join(", "));
  }
  if (typeof value === "object") return cut(describeFields(value as Readonly<Record<string, unknown>>, moment));
  if (typeof value === "string" && Object.hasOwn(PHASE_FACTS, value))
    return PHASE_FACTS[value as keyof typeof PHASE_FACTS].name;
  if (typeof value === "string" && INSTANT.test(value)) return moment(value);
  return cut(String(value));
}

/** The record itself says who and when, and its subject the number. */
const SAID_ALREADY: ReadonlySet<string> = new Set(["at", "author", "id"]);

function describeFields(fields: Readonly<Record<string, unknown>>, moment: (iso: string) => string): string {
  return Object.entries(fields)
    .filter(([name]) => !SAID_ALREADY.has(name))
    .map(([name, value]) => [name, showValue(value, moment)] as const)
    .filter(([, shown]) => shown !== NONE && shown !== "")
    .map(([name, shown]) => `${nameField(name)}: ${shown}`)
    .join("; ");
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Their elements are told apart by their position only, which says nothing to people. */
const BY_POSITION =
  /^(?:phases|gates|people|evidence|history|carried|weakened|reviews|standups|moves|burn|drops|assessments)$/u;
const SINGULAR: Readonly<Record<string, string>> = {
  people: "role",
  timeboxes: "timebox",
  history: "priority decided",
  standups: "stand-up",
};

/** @example requirements[3].priority.project → "requirement 3, priority, project" */
export function nameField(field: string): string {
  return field
    .split(/\.(?![^[]*\])/u)
    .map((part) => {
      const [, list, key] = /^(\w+)\[(.+)\]$/u.exec(part) ?? [];
      if (list === undefined || key === undefined) return spell(part);
      const noun = SINGULAR[list] ?? spell(list).replace(/s$/u, "");
      return BY_POSITION.test(list) ? noun : `${noun} ${key.replace(/^"|"$/gu, "")}`;
    })
    .join(", ");
}

const spell = (name: string) =>
  name.replace(/([a-z])([A-Z])/gu, (_, low: string, high: string) => `${low} ${high.toLowerCase()}`);

interface Subject {
  readonly value: string;
  readonly label: string;
}

/** What records can be about. */
export function listSubjects(initiative: Initiative): Subject[] {
  const named = (kind: string, parts: readonly { readonly id: number; readonly title?: string }[]) =>
    parts.map(({ id, title }) => ({
      value: `${kind} ${id}`,
      label: title === undefined ? `${kind} ${id}` : `${kind} ${id}: ${title}`,
    }));
  return [
    { value: "initiative", label: "the initiative itself" },
    ...named("requirement", initiative.requirements),
    ...named("timebox", initiative.timeboxes),
    ...named("increment", initiative.increments),
    ...initiative.kpis.map(({ kpi }) => ({ value: `kpi ${kpi}`, label: `KPI ${kpi}` })),
    ...initiative.departments.map(({ department }) => ({ value: `department ${department}`, label: department })),
    ...named(
      "exception",
      initiative.exceptions.map(({ id }) => ({ id })),
    ),
    ...named(
      "constraint",
      initiative.constraints.map(({ id }) => ({ id })),
    ),
  ];
}

export type Change = DeliveryRecord["changes"][number];
