/**
 * Which ids new touchpoint names get: the next ones, in the order given, each name once.
 * It decides only; the state store keeps them.
 */
import { AppError } from "../domain/app-error.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { NewTouchpoint } from "./state-store.ts";

/** Ids are UInt16 inside journeys, and 0 stands for none. */
const MAX_TOUCHPOINTS = 65_535;

/**
 * The entries to add so that every wanted name is in the catalogue.
 * @throws AppError invalid for an empty name, one with a zero character, or more names than there are ids
 */
export function planTouchpoints(catalogue: readonly Touchpoint[], wanted: readonly NewTouchpoint[]): Touchpoint[] {
  const known = new Set(catalogue.map(({ name }) => name));
  const added: Touchpoint[] = [];
  let id = catalogue.at(-1)?.id ?? 0;
  for (const { name, stage, channel, role } of wanted) {
    if (known.has(name)) continue;
    if (name === "" || name.includes("\0"))
      throw new AppError("invalid", `«${name.replaceAll("\0", "\\0")}» cannot name a touchpoint.`);
    known.add(name);
    added.push({ id: ++id, name, stage, channel, role, owner: null });
  }
  if (id > MAX_TOUCHPOINTS)
    throw new AppError(
      "invalid",
      "There are more than 65,535 different touchpoints: the touchpoint column probably holds an id, not a kind of event; choose another column.",
      { touchpoints: id, limit: MAX_TOUCHPOINTS },
    );
  return added;
}
