/**
 * The eight principles at a glance: how many broken rules stand against each.
 * Which rules these are is said by check-health.ts.
 */
import { type BrokenRule, PRINCIPLES } from "../../domain/dsdm/health.ts";

interface PrincipleState {
  readonly id: number;
  readonly errors: number;
  readonly warnings: number;
}

/** All eight, in their order; of one initiative or of many. */
export function tallyPrinciples(rules: Iterable<Pick<BrokenRule, "principle" | "severity">>): PrincipleState[] {
  const tally = new Map<number, { errors: number; warnings: number }>(
    PRINCIPLES.map(({ id }) => [id, { errors: 0, warnings: 0 }]),
  );
  for (const { principle, severity } of rules) {
    const state = tally.get(principle);
    if (state) state[severity === "error" ? "errors" : "warnings"]++;
  }
  return [...tally].map(([id, counts]) => ({ id, ...counts }));
}
