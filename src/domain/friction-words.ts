/**
 * What a friction is called: one short phrase that names the touchpoint and what goes wrong there.
 * Whole sentences about what it costs are made where they are shown.
 */
import type { FrictionKind } from "./friction.ts";
import { describeBad } from "./moment-condition.ts";

export interface NamedFriction {
  readonly kind: FrictionKind;
  readonly touchpoint: string;
  readonly property: string | null;
  readonly bad: string | null;
}

/** "26h" → "26 h"; two days and more in days, less than one hour in minutes. */
function sayHours(bad: string): string {
  const hours = Number(/^> (\d+(?:\.\d+)?)h$/u.exec(bad)?.[1]);
  if (Number.isNaN(hours)) return bad;
  const rounded = (value: number) => String(Number(value.toPrecision(2)));
  if (hours >= 48) return `${rounded(hours / 24)} days`;
  return hours >= 1 ? `${rounded(hours)} h` : `${rounded(hours * 60)} min`;
}

function sayBad({ touchpoint, property, bad }: NamedFriction): string {
  const { adjective, text } = describeBad({ property, bad });
  return adjective === undefined ? `«${touchpoint}», ${text}` : `«${touchpoint}» ${adjective}`;
}

/**
 * @example { kind: "wait", touchpoint: "Ticket Opened", property: null, bad: "> 26h" } // "Waiting over 26 h after «Ticket Opened»"
 */
export function nameFriction(friction: NamedFriction): string {
  const { kind, touchpoint, property, bad } = friction;
  switch (kind) {
    case "drop-off":
      return `Leaving after «${touchpoint}»`;
    case "rework":
      return `«${touchpoint}» again`;
    case "wait":
      return property === null ? `Waiting over ${sayHours(bad ?? "")} after «${touchpoint}»` : sayBad(friction);
    case "repeat-contact":
      return `«${touchpoint}» again about the same within 7 days`;
    case "bad-score":
      return `«${touchpoint}» scored ${(bad ?? "").replace(/^<= /u, "")} or less`;
    case "error-event":
      return property === null ? `«${touchpoint}»` : sayBad(friction);
    case "theme":
      return `“${bad ?? ""}” in «${touchpoint}»`;
  }
}
