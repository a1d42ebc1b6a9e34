/**
 * The record that one change of an initiative leaves: who, when, why, what it touched and each field before and after.
 * Where records are kept, and that nobody edits them, is the store's part.
 */
import type { ActionContext, ActionType } from "../../domain/dsdm/action.ts";
import type { DeliveryRecord, Initiative } from "../../domain/dsdm/initiative.ts";
import { listChanges } from "./changes.ts";
import { emptyInitiative } from "./empty-initiative.ts";

const requirement = /^(requirement)s\[(\d+)\]/;
const increment = /^(increment)s\[(\d+)\]/;
const timebox = /^(timebox)es\[(\d+)\]/;
const exception = /^(exception)s\[(\d+)\]/;
const feedback = /^(feedback)\[(\d+)\]/;
const constraint = /^(constraint)s\[(\d+)\]/;
const kpi = /^(kpi)s\[("(?:[^"\\]|\\.)*")\]/;
const department = /^(department)s\[("(?:[^"\\]|\\.)*")\]/;

/** What each action is about: the first changed field that fits names it; the initiative where nothing does. */
const SUBJECTS: Readonly<Record<ActionType, RegExp | null>> = {
  "edit-initiative": null,
  "link-finding": null,
  "set-kpi": kpi,
  "remove-kpi": kpi,
  "register-effect": null,
  "enter-phase": null,
  "decide-gate": null,
  "waive-must": null,
  "add-constraint": constraint,
  "settle-constraint": constraint,
  "answer-questionnaire": null,
  "hold-workshop": /^(workshop)s\[(\d+)\]/,
  "assign-role": null,
  "release-role": null,
  "set-department": department,
  "remove-department": department,
  "add-requirement": requirement,
  "edit-requirement": requirement,
  prioritise: requirement,
  "plan-requirement": requirement,
  "progress-requirement": requirement,
  "add-evidence": requirement,
  "approve-breadth": requirement,
  "add-increment": increment,
  "deploy-increment": increment,
  "review-case": increment,
  "plan-timebox": timebox,
  "edit-timebox": timebox,
  "cancel-timebox": timebox,
  "kick-off": timebox,
  "move-end": timebox,
  "review-stage": timebox,
  "stand-up": timebox,
  "raise-blocker": timebox,
  "clear-blocker": timebox,
  // These may touch a second timebox, by what leaves or enters it.
  "drop-requirements": /^(timebox)es\[(\d+)\]\.drops/,
  "close-out": /^(timebox)es\[(\d+)\]\.closeOut/,
  "raise-exception": exception,
  "answer-exception": exception,
  "give-feedback": feedback,
  "decide-feedback": feedback,
  "assess-benefits": null,
};

/** @param before null for the first record; then the changes are those from an empty document */
export function writeRecord(
  before: Initiative | null,
  after: Initiative,
  action: string,
  { author, at, reason }: ActionContext,
): DeliveryRecord {
  const changes = listChanges(before ?? emptyInitiative(after.id, { author, at }), after);
  const { id: initiative, version } = after;
  return { initiative, version, at, author, reason, action, subject: findSubject(action, changes), changes };
}

function findSubject(action: string, changes: DeliveryRecord["changes"]): string {
  const pattern = Object.hasOwn(SUBJECTS, action) ? SUBJECTS[action as ActionType] : null;
  if (!pattern) return "initiative";
  for (const { field } of changes) {
    const [, noun, id] = pattern.exec(field) ?? [];
    if (noun !== undefined && id !== undefined) return `${noun} ${id.startsWith('"') ? JSON.parse(id) : id}`;
  }
  return "initiative";
}
