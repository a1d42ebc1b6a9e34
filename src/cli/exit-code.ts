/**
 * What the command line ends with: 0 done, 1 a fault of ours, 2 wrong use or bad input, 3 not enough data.
 * The one place where problems become exit codes; scripts rely on these numbers.
 */
import type { Problem } from "../api/problem.ts";

export const EXIT = {
  done: 0,
  fault: 1,
  wrongUse: 2,
  /** Only when the whole answer is "not enough data". */
  insufficientData: 3,
  /** As shells report an interrupted program. */
  interrupted: 130,
} as const;

export function toExitCode({ code }: Pick<Problem, "code">): number {
  return code === "bug" || code === "unavailable" ? EXIT.fault : EXIT.wrongUse;
}
