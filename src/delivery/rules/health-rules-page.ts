/**
 * The page docs/health-rules.md, written from the rules themselves: what each asks, why, and what to do; and the thresholds.
 * It is kept equal by health-rules-page.test.ts; `npm run health-rules` writes it anew.
 */
import { type HealthThresholds, healthThresholdsSchema, PRINCIPLES } from "../../domain/dsdm/health.ts";
import { RULES } from "./check-health.ts";
import { writeNumber } from "./figures.ts";
import type { Rule } from "./rule.ts";

interface ThresholdFacts {
  readonly what: string;
  readonly unit: "share" | "weeks" | "months" | "working days" | "days" | "times" | "people";
}

/** One for each: a new one does not compile without its words. */
const THRESHOLDS: Readonly<Record<keyof HealthThresholds, ThresholdFacts>> = {
  mostMust: { what: "largest share of Must in the Must, Should and Could effort", unit: "share" },
  leastCould: { what: "smallest share of Could", unit: "share" },
  benefitsWeeks: { what: "from a deployment to its benefits assessment", unit: "weeks" },
  ambassadorDays: { what: "that an ambassador may do nothing while a timebox runs", unit: "working days" },
  standUpDays: { what: "without a stand-up or a word about a blocker", unit: "working days" },
  exceptionDays: { what: "that an exception may wait for an answer", unit: "days" },
  incrementMonths: { what: "of development without a deployment", unit: "months" },
  leastShouldDelivered: { what: "smallest share of its Should effort that a timebox delivers", unit: "share" },
  carriedTimes: { what: "that a requirement is carried over at the same priority", unit: "times" },
  leastTeam: { what: "fewest in the team", unit: "people" },
  mostTeam: { what: "most in the team", unit: "people" },
  feedbackDays: { what: "that negative feedback may wait for a decision", unit: "days" },
  dataDays: { what: "that the newest event may be behind what is decided by it", unit: "days" },
};

/** Named in the concept or by the method, and not checked: with the reason. */
const LEFT_OUT: readonly (readonly [what: string, why: string])[] = [
  [
    "a KPI’s target far outside what its history has ever shown",
    "an initiative keeps one baseline with its interval, which says how well that value is known, not how far the KPI ever moved; any limit would be made up",
  ],
  [
    "one locale or culture that diverges from the whole",
    "initiatives hold no measurement by locale; compare the journeys of a locale with all (`waymark compare`)",
  ],
  [
    "a use case as the need of a requirement (rule 1)",
    "requirements name a finding, a KPI or a goal; use cases are measured, but not linked yet",
  ],
];

const isThreshold = (name: string): name is keyof HealthThresholds => name in THRESHOLDS;

function writeThreshold(name: keyof HealthThresholds, thresholds: HealthThresholds): string {
  const value = thresholds[name];
  return THRESHOLDS[name].unit === "share" ? `${writeNumber(value * 100)} %` : writeNumber(value);
}

/** Puts thresholds into the words of a rule. @example "after {exceptionDays} days" → "after 2 days" */
function fillIn(text: string, thresholds: HealthThresholds): string {
  return text.replace(/\{(\w+)\}/gu, (all, name: string) =>
    isThreshold(name) ? writeThreshold(name, thresholds) : all,
  );
}

/** @param principle 1–8 */
function writePrinciple(principle: (typeof PRINCIPLES)[number], rules: readonly Rule[], defaults: HealthThresholds) {
  const rows = rules
    .filter((rule) => rule.principle === principle.id)
    .map(
      ({ id, severity, title, when, why, action }) =>
        `| ${id} | ${severity} | ${title} | ${fillIn(when, defaults)} | ${why} | ${action} |`,
    );
  return [
    `## ${principle.id} ${principle.name}`,
    "",
    "| # | severity | rule | asked of | why | what to do |",
    "|--|--|--|--|--|--|",
    ...rows,
    "",
  ];
}

/** Which rules name it in their words. */
function listUsers(name: string, rules: readonly Rule[]): string {
  return rules
    .filter(({ when }) => when.includes(`{${name}}`))
    .map(({ id }) => id)
    .join(", ");
}

function writeThresholds(rules: readonly Rule[], defaults: HealthThresholds): string[] {
  return [
    "## Thresholds",
    "",
    "Ours, not DSDM’s, apart from the 60 % and the team of seven, give or take two. They hold for the workspace and can be changed; above, the defaults are written.",
    "",
    "| name | default | what | rule |",
    "|--|--|--|--|",
    ...Object.entries(THRESHOLDS).map(([name, { what, unit }]) => {
      const value = isThreshold(name) ? writeThreshold(name, defaults) : "";
      return `| \`${name}\` | ${value}${unit === "share" ? "" : ` ${unit}`} | ${what} | ${listUsers(name, rules)} |`;
    }),
    "",
  ];
}

/** Markdown, with a last line end. */
export function writeHealthRules(): string {
  const defaults = healthThresholdsSchema.parse({});
  const errors = RULES.filter(({ severity }) => severity === "error").length;
  const past = RULES.filter(({ history }) => history === true).map(({ id }) => id);
  return [
    "<!-- Generated from src/delivery/rules by `npm run health-rules`; do not edit. -->",
    "# Health rules",
    "",
    `Waymark follows DSDM: it knows its rules and tells where an initiative breaks one. ${RULES.length} rules (${errors} errors, ${RULES.length - errors} warnings) protect the eight principles. They report; they refuse nothing (what is refused: [delivery.md](delivery.md#what-it-reports-and-what-it-refuses)). Each says where it is broken, with the figures, and what to do: \`waymark health\`, or Deliver → Health.`,
    "",
    `Rules 1–40 check what the method asks for, in our own words; from 41 on they ask for more. Active initiatives are held against all of them; closed and stopped ones only against ${past.slice(0, -1).join(", ")} and ${past.at(-1)}, which are about what happened. Shares are shares of effort, without Won’t and without what has no priority. Working days are Monday to Friday; public holidays are not known.`,
    "",
    ...PRINCIPLES.flatMap((principle) => writePrinciple(principle, RULES, defaults)),
    ...writeThresholds(RULES, defaults),
    "## Not checked",
    "",
    ...LEFT_OUT.map(([what, why]) => `- ${what}: ${why}.`),
    "",
  ].join("\n");
}
