/**
 * The answer about one candidate, as its page takes it: what of it is there whether it is claimed or not.
 */
import type { Answer } from "../../../api/types.ts";
import type { Claim, Rejected } from "../views/effect-words.ts";

/** An answer with a candidate; too few data are handled before. */
export type MomentReport = Answer<"moment">;

/** Whether there is something to draw: what rests on too few is a result, never a number. */
export function isEstimated({ claim, rejected }: Pick<MomentReport, "claim" | "rejected">): boolean {
  return claim !== null || (rejected !== null && rejected.effect !== null && rejected.reason !== "too few");
}

/** The claim, or the candidate that is none; undefined in an answer without either. */
export function candidateOf({
  claim,
  rejected,
}: Pick<MomentReport, "claim" | "rejected">): Claim | Rejected | undefined {
  return claim ?? rejected ?? undefined;
}
