/**
 * What is done to the initiative as a whole: its description, findings, KPIs and registered effects.
 * Whether a finding, a goal or an effect exists is known by the operation that asks, not here.
 */

import { givenFields } from "./edit.ts";
import type { Handlers } from "./handler.ts";
import { invalid } from "./refusal.ts";

export const INITIATIVE_ACTIONS: Handlers<
  "edit-initiative" | "link-finding" | "set-kpi" | "remove-kpi" | "register-effect"
> = {
  "edit-initiative": (before, { type: _type, ...fields }) => {
    const { effortUnit } = fields;
    const isUsed = before.timeboxes.some(({ kickOff }) => kickOff !== null);
    if (effortUnit !== undefined && effortUnit !== before.effortUnit && isUsed)
      throw invalid(
        "effortUnit",
        `«effortUnit» stays ${before.effortUnit}: a timebox was kicked off in it, and velocities of two units cannot be ` +
          "compared. Start another initiative to estimate differently.",
      );
    return { ...before, ...givenFields(fields) };
  },
  "link-finding": (before, { finding, linked }) => {
    const others = before.findings.filter((one) => one !== finding);
    if (linked && others.length < before.findings.length)
      throw invalid("finding", `«finding»: finding ${finding} is linked already.`);
    if (!linked && others.length === before.findings.length)
      throw invalid("finding", `«finding»: finding ${finding} is not linked; there is nothing to take away.`);
    return { ...before, findings: linked ? [...others, finding] : others };
  },
  "set-kpi": (before, { type: _type, ...kpi }) => ({
    ...before,
    kpis: before.kpis.some((one) => one.kpi === kpi.kpi)
      ? before.kpis.map((one) => (one.kpi === kpi.kpi ? kpi : one))
      : [...before.kpis, kpi],
  }),
  "remove-kpi": (before, { kpi }) => {
    const kpis = before.kpis.filter((one) => one.kpi !== kpi);
    if (kpis.length === before.kpis.length)
      throw invalid("kpi", `«kpi»: the initiative has no KPI «${kpi}»; there is nothing to take away.`);
    return { ...before, kpis };
  },
  "register-effect": (before, { effect }) => {
    if (before.effects.includes(effect))
      throw invalid("effect", `«effect»: effect ${effect} is registered with this initiative already.`);
    return { ...before, effects: [...before.effects, effect] };
  },
};
