/**
 * Paths in words: repetitions drawn together, and how a path differs from the main one.
 * What differs is found by the API; here it is only said.
 */
import type { Answer } from "../../../api/types.ts";

export type Variant = Answer<"variants">["variants"][number];
export type Detour = NonNullable<Variant["detour"]>;

export interface Stretch {
  readonly touchpoint: string;
  /** How often in a row. */
  readonly times: number;
}

/** A A B → A ×2, B. */
export function drawTogether(path: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const touchpoint of path) {
    const last = stretches.at(-1);
    if (last?.touchpoint === touchpoint) stretches[stretches.length - 1] = { touchpoint, times: last.times + 1 };
    else stretches.push({ touchpoint, times: 1 });
  }
  return stretches;
}

export function sayStretch({ touchpoint, times }: Stretch): string {
  return times === 1 ? touchpoint : `${touchpoint} ×${times}`;
}

/** Every name once with how often it stands in the list, in the order of its first place. */
function countNames(names: readonly string[]): Stretch[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([touchpoint, times]) => ({ touchpoint, times }));
}

/** "+ Wait ×2, − Resolve ticket"; the same touchpoints in another order are said so. */
export function describeDetour({ added, skipped }: Detour): string {
  const more = countNames(added).map((stretch) => `+ ${sayStretch(stretch)}`);
  const less = countNames(skipped).map((stretch) => `− ${sayStretch(stretch)}`);
  const all = [...more, ...less];
  return all.length === 0 ? "another order" : all.join(", ");
}

/** The same as words alone, for files: "adds Wait ×2; leaves out Resolve ticket". A sign would begin a formula there. */
export function spellDetour({ added, skipped }: Detour): string {
  const say = (names: readonly string[]) => countNames(names).map(sayStretch).join(", ");
  const parts = [
    ...(added.length > 0 ? [`adds ${say(added)}`] : []),
    ...(skipped.length > 0 ? [`leaves out ${say(skipped)}`] : []),
  ];
  return parts.length === 0 ? "another order" : parts.join("; ");
}

/** The commonest path that adds something to the main one; without such a path, the commonest other one. */
export function findCommonestDetour(variants: readonly Variant[]): (Variant & { readonly detour: Detour }) | undefined {
  const others = variants.flatMap((variant) => (variant.detour ? [{ ...variant, detour: variant.detour }] : []));
  return others.find(({ detour }) => detour.added.length > 0) ?? others[0];
}
