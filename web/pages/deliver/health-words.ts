/**
 * Broken rules in words: counts, the principle's name, and the page where each is mended.
 * The rules themselves are in src/delivery/rules.
 */
import { type BrokenRule, PRINCIPLES } from "../../../src/domain/dsdm/health.ts";
import { deliveryRoleSchema, ROLE_FACTS } from "../../../src/domain/dsdm/role.ts";
import { formatCountOf } from "../../ui/format.ts";
import type { ScopeTarget } from "../../ui/scope-link.tsx";

export type Severity = BrokenRule["severity"];

export interface HealthCounts {
  readonly errors: number;
  readonly warnings: number;
}

export function namePrinciple(id: number): string {
  return PRINCIPLES.find((principle) => principle.id === id)?.name ?? `Principle ${id}`;
}

/** "2 errors, 1 warning"; "nothing broken". */
export function describeHealth({ errors, warnings }: HealthCounts): string {
  const said = [
    ...(errors > 0 ? [formatCountOf(errors, "error")] : []),
    ...(warnings > 0 ? [formatCountOf(warnings, "warning")] : []),
  ];
  return said.length === 0 ? "nothing broken" : said.join(", ");
}

export function countRules(rules: readonly Pick<BrokenRule, "severity">[]): HealthCounts {
  const errors = rules.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: rules.length - errors };
}

/** Errors first, then by principle and rule; else as they came. */
export function sortRules(rules: readonly BrokenRule[]): BrokenRule[] {
  const weigh = ({ severity }: BrokenRule) => (severity === "error" ? 0 : 1);
  return rules.toSorted((a, b) => weigh(a) - weigh(b) || a.principle - b.principle || a.id - b.id);
}

/** What a subject names: "requirement 3" → ["requirement", 3]. */
export function readSubject(subject: string): readonly [kind: string, id: number | undefined] {
  const [kind = "", rest] = subject.split(/ (.*)/su);
  return [kind, rest !== undefined && /^\d+$/u.test(rest) ? Number(rest) : undefined];
}

/** As people read it: "role of the business visionary", "requirement 3". */
export function nameSubject(subject: string): string {
  const [kind, rest] = subject.split(/ (.*)/su);
  const role = deliveryRoleSchema.safeParse(rest);
  return kind === "role" && role.success ? `role of the ${ROLE_FACTS[role.data].name.toLowerCase()}` : subject;
}

/** The tab of the initiative's page where a subject stands; the timebox has a page of its own. */
const TABS: Readonly<Record<string, string>> = {
  requirement: "requirements",
  increment: "timeboxes",
  person: "people",
  role: "people",
  department: "people",
  workshop: "control",
  exception: "control",
  feedback: "control",
  constraint: "overview",
  questionnaire: "control",
  effect: "effect",
};

/** Of rules about the whole initiative: the tab that mends them; the others are mended on its overview. */
const TABS_OF_WHOLE: ReadonlyMap<number, string> = new Map([
  [9, "requirements"],
  [10, "requirements"],
  [29, "timeboxes"],
]);

/** Where it is mended. */
export function targetOf({
  id: rule,
  initiative,
  subject,
}: Pick<BrokenRule, "id" | "initiative" | "subject">): ScopeTarget {
  const [kind, id] = readSubject(subject);
  if (kind === "timebox" && id !== undefined) return { to: "deliver/timebox", search: { initiative, timebox: id } };
  const tab = kind === "initiative" ? TABS_OF_WHOLE.get(rule) : TABS[kind];
  const own = kind === "requirement" && id !== undefined ? { requirement: id } : {};
  return { to: "deliver/initiative", search: { id: initiative, ...(tab === undefined ? {} : { tab }), ...own } };
}
