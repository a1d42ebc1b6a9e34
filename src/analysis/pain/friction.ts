/**
 * One friction as the analysis works with it: at which touchpoint, and by what sign in its events it is told.
 * Which there are is found in candidates.ts; the signs become SQL in flags.ts.
 */
import type { FrictionKind } from "../../domain/friction.ts";
import type { ParameterBag } from "../filter.ts";
import type { BadWhen } from "../moment-candidates.ts";

/** How a friction is told of an event of its touchpoint. */
export type FrictionSign =
  /** Nothing follows in the attempt, and no outcome: measured like a presence, with the drop-off as what is compared. */
  | { readonly by: "exit" }
  /** The event itself: measured like the presence of any touch. */
  | { readonly by: "touch" }
  /** The next event of the attempt comes later than this. */
  | { readonly by: "gap"; readonly overMs: number; readonly from: "target" | "baseline" }
  | { readonly by: "property"; readonly when: BadWhen }
  /**
   * The touchpoint came before in the attempt, and none of these (ids: touchpoints of later stages) since; with `each`, it
   * came before for the same order and ticket, where events name them.
   */
  | { readonly by: "again"; readonly later: readonly number[]; readonly each?: boolean }
  /** The customer was in contact about the same topic (a property; null or empty: the touchpoint itself) so shortly before. */
  | { readonly by: "contact"; readonly topic: string | null; readonly withinMs: number }
  /** The text of the property matches; RE2 syntax, matched against its plain text (themes/plain-text.ts). */
  | { readonly by: "text"; readonly property: string; readonly pattern: string };

export interface Friction {
  readonly kind: FrictionKind;
  readonly touch: number;
  readonly touchpoint: string;
  readonly property: string | null;
  readonly bad: string | null;
  readonly sign: FrictionSign;
}

/** Frictions that are flags on the touches of one touchpoint stand in one mask, a bit each, in the order of the list. */
export const MOST_FLAGS = 7;
/** The bit of a mask that says that nothing follows in the attempt. */
export const LAST_BIT = 7;

/** Placeholder of the touchpoints of the frictions that are told by one kind of sign. */
export function bindTouches(bag: ParameterBag, frictions: readonly Friction[], by: FrictionSign["by"]): string {
  return bag.bind(
    frictions.filter(({ sign }) => sign.by === by).map(({ touch }) => touch),
    "Array(UInt16)",
  );
}

/** Whether it is a flag on touches, rather than a touch or an exit of its own. */
export function isFlag({ sign }: Friction): boolean {
  return sign.by !== "exit" && sign.by !== "touch";
}
