/**
 * How rules write figures, names and lists in their messages, the same in each.
 * What is counted is the rules' own matter.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";

const MOST_NAMED = 3;

/** At most two decimals. @example 2.5 → "2.5", 1/3 → "0.33" */
export const writeNumber = (value: number) => String(Math.round(value * 100) / 100);

/** @example (1, "day") → "1 day"; (3, "day") → "3 days"; (2, "person", "people") → "2 people" */
export const writeCount = (count: number, one: string, many = `${one}s`) =>
  `${writeNumber(count)} ${count === 1 ? one : many}`;

/** In the initiative's unit. @example 3 → "3 days" */
export const writeEffort = (effort: number, { effortUnit }: Pick<Initiative, "effortUnit">) =>
  writeCount(effort, effortUnit.slice(0, -1), effortUnit);

/** Whole percents; one decimal where it would otherwise read like the limit. @example (0.75, 0.6) → "75 %"; (0.604, 0.6) → "60.4 %" */
export function writeShare(share: number, limit: number): string {
  const [percent, bound] = [share * 100, limit * 100];
  return `${Math.round(percent) === Math.round(bound) ? writeNumber(percent) : Math.round(percent)} %`;
}

/** @example ["a"] → "a"; ["a", "b"] → "a and b"; five → "a, b, c and 2 more" */
export function writeList(names: readonly string[]): string {
  const shown = names.length > MOST_NAMED + 1 ? names.slice(0, MOST_NAMED) : names;
  const more = names.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

export const quote = (title: string) => `“${title}”`;

export const writeTitles = (parts: readonly { readonly title: string }[]) =>
  writeList(parts.map(({ title }) => quote(title)));
