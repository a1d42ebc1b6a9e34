/**
 * Broken health rules on a terminal: which rule, the principle it protects, where, what is wrong, what to do.
 * Which rules there are, and what they find, is in src/delivery/rules.
 */
import type { Answer } from "../api/operations.ts";
import { namePrinciple } from "../domain/delivery-words.ts";
import { formatCount } from "./format.ts";
import { renderTable } from "./table.ts";

type Rule = Answer<"health">["rules"][number];
type Thresholds = Answer<"health-thresholds">;
type Principle = Answer<"initiative">["principles"][number];

/** Errors first, each kind by its number. */
function sortRules(rules: readonly Rule[]): Rule[] {
  const weigh = ({ severity, id }: Rule) => (severity === "error" ? 0 : 1_000) + id;
  return [...rules].sort((a, b) => weigh(a) - weigh(b));
}

/** Three lines a rule: what protects what and where; what is wrong; what to do. */
export function renderRules(rules: readonly Rule[]): string[] {
  return sortRules(rules).flatMap(({ id, severity, principle, subject, message, action }) => [
    `  ${severity === "error" ? "ERROR  " : "warning"}  rule ${id}, ${subject} (principle ${principle}, ${namePrinciple(principle)})`,
    `    ${message}`,
    `    → ${action}`,
  ]);
}

/** "2 errors, 1 warning", or "none". */
export function countRules(rules: readonly Pick<Rule, "severity">[]): string {
  const errors = rules.filter(({ severity }) => severity === "error").length;
  const counts = [
    ...(errors > 0 ? [formatCount(errors, "error")] : []),
    ...(rules.length > errors ? [formatCount(rules.length - errors, "warning")] : []),
  ];
  return counts.length === 0 ? "no rule is broken" : counts.join(", ");
}

/** @param titles of the initiatives, as far as they are known */
export function renderHealth(
  { rules }: { readonly rules: readonly Rule[] },
  titles: ReadonlyMap<number, string> = new Map(),
): string[] {
  if (rules.length === 0) return ["No rule is broken."];
  const initiatives = [...new Set(rules.map(({ initiative }) => initiative))];
  return [
    `${formatCount(initiatives.length, "initiative")}: ${countRules(rules)}`,
    ...initiatives.flatMap((id) => {
      const own = rules.filter(({ initiative }) => initiative === id);
      const title = titles.get(id);
      return [
        "",
        `Initiative ${id}${title === undefined ? "" : `: ${title}`} (${countRules(own)})`,
        ...renderRules(own),
      ];
    }),
  ];
}

/** The eight at a glance: those that hold in one line, the others one a line. */
export function renderPrinciples(principles: readonly Principle[]): string[] {
  const [kept, broken] = [
    principles.filter(({ errors, warnings }) => errors + warnings === 0),
    principles.filter(({ errors, warnings }) => errors + warnings > 0),
  ];
  const tally = ({ errors, warnings }: Principle) => [
    ...(errors > 0 ? [formatCount(errors, "error")] : []),
    ...(warnings > 0 ? [formatCount(warnings, "warning")] : []),
  ];
  return [
    ...broken.map((one) => `  principle ${one.id}, ${namePrinciple(one.id)}: ${tally(one).join(", ")}`),
    ...(kept.length === 0
      ? []
      : [`  nothing against ${kept.length === 1 ? "principle" : "principles"} ${kept.map(({ id }) => id).join(", ")}`]),
  ];
}

export function renderThresholds(thresholds: Thresholds): string[] {
  return [
    ...renderTable(
      [
        { title: "Threshold", value: ([name]) => name },
        { title: "Value", align: "right", value: ([, value]) => String(value) },
      ],
      Object.entries(thresholds),
    ),
    "",
    "What each means, and which rule it belongs to: docs/health-rules.md.",
  ];
}
