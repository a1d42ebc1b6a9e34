/**
 * Why a change was refused, for people on a page: the API's sentence without the names of fields and actions that scripts need;
 * and of two who changed the same card, what each wanted.
 */
import type { Requirement } from "../../../../src/domain/dsdm/requirement.ts";
import { describePlace, findPlace, type Place } from "./board/move.ts";

/** "«author»: Ana may not." → "Ana may not."; "raise an exception (raise-exception)" → "raise an exception". */
export function explainRefusal({ message }: Error): string {
  const plain = message.replace(/^«[\w.]+»: /u, "").replace(/ \([a-z]+(?:-[a-z]+)+\)/gu, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

interface MovedMeanwhile {
  readonly current: Requirement;
  readonly changedBy: string;
}

/** Where the card is now, by whom, and where it was meant to go. */
export function describeMoveConflict({ current, changedBy }: MovedMeanwhile, to: Place, timebox: number): string {
  const now = describePlace(findPlace(current, timebox));
  return `${changedBy} changed requirement ${current.id} meanwhile: it is in “${now}” now. You wanted it in “${describePlace(to)}”. Move it again if that still holds.`;
}
