/**
 * Kinds of friction on the command line: which there are, and what a word stands for.
 */
import { InvalidArgumentError } from "commander";
import type { Input } from "../api/operations.ts";
import { FRICTION_WORDS } from "../domain/pain-words.ts";

export type FrictionKind = Input<"pain-point">["kind"];

const ALL = Object.keys(FRICTION_WORDS) as FrictionKind[];
export const KINDS = ALL.join(", ");

/** @throws InvalidArgumentError for a word that is no kind */
export function readKind(text: string): FrictionKind {
  const kind = ALL.find((one) => one === text);
  if (kind === undefined) throw new InvalidArgumentError(`It must be one of ${KINDS}.`);
  return kind;
}

/** "wait,rework" → both; what was said before stays. */
export function readKinds(text: string, before: readonly FrictionKind[] = []): FrictionKind[] {
  return [...before, ...text.split(",").map((word) => readKind(word.trim()))];
}
