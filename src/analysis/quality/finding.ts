/**
 * How a finding is made of what was seen: what it leaves out is null, and numbers in its sentences read the same everywhere.
 */
import { QUALITY_WORDS, type QualityKind, type Severity } from "../../domain/quality-words.ts";
import type { QualityFinding } from "./quality-schema.ts";

type Seen = Pick<QualityFinding, "n" | "seen" | "action"> & Partial<Omit<QualityFinding, "kind" | "severity" | "why">>;

/** A finding of a kind; its share is n of `of`. */
export function makeFinding(kind: QualityKind, severity: Severity, seen: Seen): QualityFinding {
  const { why } = QUALITY_WORDS[kind];
  const of = seen.of ?? null;
  return {
    ...{ kind, severity, why, touchpoint: null, importId: null, from: null, to: null },
    ...{ periods: [], command: null, page: null, share: of === null || of === 0 ? null : seen.n / of },
    ...seen,
    of,
  };
}

const counts = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2 });

/** 1234 → "1,234". */
export function sayCount(count: number): string {
  return counts.format(count);
}

/** "1 event", "1,234 events". */
export function sayCountOf(count: number, noun: string): string {
  return `${sayCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** 0.0234 → "2.3 %"; what is not nothing does not look like it. */
export function sayShare(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return share > 0 && share < 0.001 ? "under 0.1 %" : `${(100 * share).toFixed(1)} %`;
}

/** Two digits: 0.123 → "0.12", 12.34 → "12"; large ones whole. */
export function sayNumber(value: number): string {
  return value >= 100 ? counts.format(value) : decimals.format(value);
}

/** Events a day, in the unit in which there is at least one: "12 times a day", "3 times a week". */
export function sayRate(perDay: number): string {
  const [unit, days] = perDay >= 1 ? ["day", 1] : perDay * 7 >= 1 ? ["week", 7] : ["month", 30];
  return `${sayNumber(perDay * Number(days))} times a ${unit}`;
}

/** A chance as people read small ones: "1 in 10,000 or less" is as small as it gets. */
export function sayChance(p: number): string {
  return p < 1e-6 ? "less than one in a million" : `one in ${counts.format(Math.floor(1 / p))}`;
}

/** Names in quotation marks, at most four. */
export function sayNames(names: readonly string[]): string {
  const quoted = names.slice(0, 4).map((name) => `«${name}»`);
  if (names.length > 4) quoted.push(`${sayCount(names.length - 4)} more`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

/** ISO day of a moment in a zone. */
export function dayOf(ms: number, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(new Date(ms));
}

/** "on 2024-05-01", "from 2024-05-01 to 2024-05-07". */
export function saySpan(from: string, to: string): string {
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}

export const IMPORTS_PAGE = { to: "collect", label: "Imports", search: {} } as const;

export function touchpointsPage(find?: string) {
  return { to: "collect/touchpoints", label: "Touchpoints", search: find === undefined ? {} : { find } };
}

/** A word of a command line, quoted for a shell. */
export function quoteWord(word: string): string {
  return /^[\w.@%+=:,/-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** What the checks of one part found, with what was looked at. */
export interface PartReport {
  readonly findings: readonly QualityFinding[];
  readonly checked: readonly { readonly kind: QualityKind; readonly n: number; readonly note?: string | null }[];
}
