/**
 * Whether what an action names outside its initiative exists: findings, effects, goals, KPIs.
 * What it names inside the initiative is checked by the action itself.
 */
import { findFamily } from "../analysis/kpi-families.ts";
import { AppError } from "../domain/app-error.ts";
import type { DeliveryAction } from "../domain/dsdm/action.ts";
import type { Platform } from "../platform.ts";
import { checkTarget } from "./kpi-operations.ts";

type State = Platform["state"];

/** Whether Waymark measures it. @param kpi an id, as kpi-definitions lists it; scores with their touchpoint */
export function isMeasured(kpi: string): boolean {
  try {
    findFamily(kpi);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** @throws AppError invalid for one that Waymark does not measure */
export function checkKpis(kpis: readonly string[]): void {
  for (const kpi of kpis) checkTarget(kpi, []);
}

interface References {
  readonly goal?: number | null | undefined;
  readonly findings?: readonly number[] | undefined;
}

/** @throws AppError not-found */
export async function checkNamed({ findings, initiatives }: State, named: References): Promise<void> {
  for (const finding of named.findings ?? []) await findings.get(finding);
  const { goal = null } = named;
  if (goal !== null && !(await initiatives.goals()).some(({ id }) => id === goal))
    throw new AppError("not-found", `There is no goal ${goal}.`, { goal });
}

/** @throws AppError not-found (finding, effect, goal), invalid (KPI) */
export async function checkReferences(state: State, action: DeliveryAction): Promise<void> {
  switch (action.type) {
    case "edit-initiative":
      return checkNamed(state, { goal: action.goal });
    case "link-finding":
      return checkNamed(state, { findings: action.linked ? [action.finding] : [] });
    case "register-effect":
      await state.effects.get(action.effect);
      return;
    case "set-kpi":
      return checkTarget(action.kpi, [action.baseline?.value ?? null, action.target]);
    case "add-requirement":
    case "edit-requirement": {
      const { finding, kpi, goal } = action.need ?? {};
      checkKpis(kpi ? [kpi] : []);
      return checkNamed(state, { goal, findings: finding ? [finding] : [] });
    }
  }
}
