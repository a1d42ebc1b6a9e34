/**
 * What one action does to an initiative, as a type: every handler takes the document before and gives the one after.
 * Nothing is done here; which handler belongs to which action is in act.ts.
 */
import type { ActionContext, ActionOf, ActionType } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";

/** @throws AppError invalid, not-found, conflict, forbidden: then nothing was done */
type Handler<Type extends ActionType> = (
  before: Initiative,
  action: ActionOf<Type>,
  context: ActionContext,
) => Initiative;

/** One for each of the types: a missing one does not compile. */
export type Handlers<Type extends ActionType = ActionType> = { readonly [One in Type]: Handler<One> };
