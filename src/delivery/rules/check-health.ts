/**
 * Which health rules are broken, by which initiatives, and where. Each initiative is held against each rule once.
 * The rules are in the files named after the principles; nothing is refused or changed here.
 */
import type { BrokenRule } from "../../domain/dsdm/health.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { BUSINESS_NEED } from "./business-need.ts";
import { COLLABORATION } from "./collaboration.ts";
import { COMMUNICATION } from "./communication.ts";
import { CONTROL } from "./control.ts";
import { FOUNDATIONS } from "./foundations.ts";
import { GATE_BASIS } from "./gate-basis.ts";
import { ITERATION } from "./iteration.ts";
import { MOSCOW_BALANCE } from "./moscow-balance.ts";
import { ON_TIME } from "./on-time.ts";
import { QUALITY } from "./quality.ts";
import type { HealthContext, Rule } from "./rule.ts";

/** In the order of their numbers. */
export const RULES: readonly Rule[] = [
  ...BUSINESS_NEED,
  ...MOSCOW_BALANCE,
  ...ON_TIME,
  ...COLLABORATION,
  ...QUALITY,
  ...FOUNDATIONS,
  ...ITERATION,
  ...COMMUNICATION,
  ...CONTROL,
  ...GATE_BASIS,
].sort((a, b) => a.id - b.id);

/** Of a closed or stopped initiative only what happened is asked, not what is still to be done. */
const PAST_RULES = RULES.filter(({ history }) => history === true);

function checkInitiative(initiative: Initiative, context: HealthContext): BrokenRule[] {
  const rules = initiative.state === "active" ? RULES : PAST_RULES;
  return rules.flatMap(({ id, principle, severity, action, check }) =>
    check(initiative, context).map((breach) => ({
      id,
      principle,
      severity: breach.severity ?? severity,
      initiative: initiative.id,
      subject: breach.subject,
      message: breach.message,
      action: breach.action ?? action,
    })),
  );
}

/** In the order of the initiatives, then of the rules. */
export function checkHealth(initiatives: readonly Initiative[], context: HealthContext): BrokenRule[] {
  return initiatives.flatMap((initiative) => checkInitiative(initiative, context));
}
