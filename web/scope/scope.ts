/**
 * The scope of a question as it stands in the address: journey, period, filter, and what it is compared with.
 * Reading it is pure; the hook that also changes it is use-scope.ts.
 */
import { z } from "zod";

const text = z.string().min(1).optional().catch(undefined);

/** Search parameters that every page of a workspace keeps. */
export const scopeSearchSchema = z.looseObject({
  journey: text,
  from: text,
  /** Exclusive. */
  to: text,
  where: text,
  outside: z.boolean().optional().catch(undefined),
  /** before: the time before `from`; outside: all other time; custom: the vs… parameters. */
  vs: z.enum(["before", "outside", "custom"]).optional().catch(undefined),
  vsFrom: text,
  vsTo: text,
  vsWhere: text,
  /** JSON of { title, select } when the customers behind a number are shown. */
  behind: text,
});
/** Further parameters belong to the page's view (useViewSearch). */
export interface ScopeSearch {
  readonly journey?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly where?: string | undefined;
  readonly outside?: boolean | undefined;
  readonly vs?: Comparison["kind"] | undefined;
  readonly vsFrom?: string | undefined;
  readonly vsTo?: string | undefined;
  readonly vsWhere?: string | undefined;
  readonly behind?: string | undefined;
}

export const SCOPE_KEYS = ["journey", "from", "to", "where", "outside", "vs", "vsFrom", "vsTo", "vsWhere"] as const;

/** The part of a question that says which journeys count; only what is said. */
export interface ScopeInput {
  readonly journey?: string;
  readonly from?: string;
  readonly to?: string;
  readonly where?: string;
  readonly outside?: boolean;
}

export interface Comparison {
  readonly kind: "before" | "outside" | "custom";
  /** The other side's period and filter, for `compare`'s `vs`. */
  readonly input: Omit<ScopeInput, "journey">;
  /** What is looked at, in words: "19 May – 7 June 2024". */
  readonly label: string;
  /** What it is compared with, in words. */
  readonly baseLabel: string;
}

type Bag = { readonly [Key in keyof ScopeInput]?: ScopeInput[Key] | undefined };

/** Drops what is not said, so that equal questions have equal keys. */
export function said(bag: Bag): ScopeInput {
  return Object.fromEntries(
    Object.entries(bag).filter(([, value]) => value !== undefined && value !== false),
  ) as ScopeInput;
}

export function toScopeInput({ journey, from, to, where, outside }: ScopeSearch): ScopeInput {
  return said({ journey, from, to, where, outside });
}

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/u;
const DAY_MS = 86_400_000;

/** Moves a plain date by days; anything with a time stays as it is. */
export function shiftDate(date: string, days: number): string {
  if (!DATE_ONLY.test(date)) return date;
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

function describeDay(date: string): string {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    time,
  );
}

/** A period in words, its last day included. */
export function describePeriod(from: string | undefined, to: string | undefined, outside = false): string {
  const last = to === undefined ? undefined : describeDay(shiftDate(to, -1));
  const words =
    from !== undefined && last !== undefined
      ? `${describeDay(from)} – ${last}`
      : from !== undefined
        ? `since ${describeDay(from)}`
        : last !== undefined
          ? `until ${last}`
          : "all time";
  return outside && words !== "all time" ? `outside ${words}` : words;
}

function describeSide(input: ScopeInput): string {
  const period = describePeriod(input.from, input.to, input.outside);
  if (input.where === undefined) return period;
  return period === "all time" ? input.where : `${period}, ${input.where}`;
}

/**
 * What the scope is compared with; undefined when nothing is chosen, or when it needs a period and there is none.
 * "before" and "outside" keep the filter; "custom" says its own.
 */
export function toComparison(search: ScopeSearch): Comparison | undefined {
  const { vs: kind, from, to, where } = search;
  if (kind === undefined) return undefined;
  const { journey: _, ...own } = toScopeInput(search);
  const label = describeSide(own);
  if (kind === "before") {
    if (from === undefined) return undefined;
    return { kind, input: said({ to: from, where }), label, baseLabel: "the time before" };
  }
  if (kind === "outside") {
    if (from === undefined && to === undefined) return undefined;
    return { kind, input: said({ from, to, where, outside: !search.outside }), label, baseLabel: "all other time" };
  }
  const input = said({ from: search.vsFrom, to: search.vsTo, where: search.vsWhere });
  return { kind, input, label, baseLabel: describeSide(input) === "all time" ? "all journeys" : describeSide(input) };
}
