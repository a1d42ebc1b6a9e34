/**
 * Does one action to an initiative: a pure function from the document before to the one after, or a refusal that says what
 * to do. Keeps nothing: the store writes the document and its record (record.ts) in one transaction.
 */
import {
  type ActionContext,
  type ActionOf,
  type ActionType,
  type DeliveryAction,
  NEEDS_REASON,
} from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { keepBurn } from "./burn.ts";
import { listChanges } from "./changes.ts";
import { CONTROL_ACTIONS } from "./control-actions.ts";
import { emptyInitiative } from "./empty-initiative.ts";
import { END_ACTIONS } from "./end-timebox.ts";
import type { Handlers } from "./handler.ts";
import { INITIATIVE_ACTIONS } from "./initiative-actions.ts";
import { PEOPLE_ACTIONS } from "./people-actions.ts";
import { PHASE_ACTIONS } from "./phase-actions.ts";
import { PLANNING_ACTIONS } from "./planning-actions.ts";
import { invalid } from "./refusal.ts";
import { REQUIREMENT_ACTIONS } from "./requirement-actions.ts";
import { TIMEBOX_ACTIONS } from "./timebox-actions.ts";

const HANDLERS: Handlers = {
  ...INITIATIVE_ACTIONS,
  ...PHASE_ACTIONS,
  ...PEOPLE_ACTIONS,
  ...REQUIREMENT_ACTIONS,
  ...PLANNING_ACTIONS,
  ...TIMEBOX_ACTIONS,
  ...END_ACTIONS,
  ...CONTROL_ACTIONS,
};

/** What is still done once an initiative is closed or stopped; entering a phase takes it up again. */
const AFTER_THE_END: ReadonlySet<ActionType> = new Set<ActionType>([
  "enter-phase",
  "cancel-timebox",
  "clear-blocker",
  "close-out",
  "review-case",
  "answer-exception",
  "give-feedback",
  "decide-feedback",
  "assess-benefits",
]);

/** @throws AppError invalid, not-found, conflict (requirement changed since it was read), forbidden (role) */
export function act(before: Initiative, action: DeliveryAction, context: ActionContext): Initiative {
  const reason = context.reason?.trim() || null;
  if (context.author.trim() === "") throw invalid("author", "«author»: say who does it.");
  demandReason(action.type, reason);
  if (before.state !== "active" && !AFTER_THE_END.has(action.type))
    throw invalid(
      "type",
      `«${action.type}»: the initiative is ${before.state}; enter a phase first to take it up again (enter-phase).`,
    );
  const after = keepBurn(handle(before, action, { ...context, reason }), context.at);
  // A record that tells of nothing would hide those that tell of something.
  if (listChanges(before, after).length === 0)
    throw invalid("type", `«${action.type}»: everything is like that already; there is nothing to change.`);
  return { ...after, version: before.version + 1 };
}

function handle<Type extends ActionType>(before: Initiative, action: ActionOf<Type>, context: ActionContext) {
  return HANDLERS[action.type as Type](before, action, context);
}

function demandReason(type: ActionType, reason: string | null): void {
  if (NEEDS_REASON.has(type) && reason === null)
    throw invalid("reason", `«reason»: «${type}» is kept with its reason; say why it is done.`);
}

/** Version 1. In no phase yet: which one it starts in is entered. */
export function startInitiative(
  fields: Pick<Initiative, "id" | "title" | "summary" | "goal" | "findings">,
  context: ActionContext,
): Initiative {
  return { ...emptyInitiative(fields.id, context), ...fields, version: 1 };
}
