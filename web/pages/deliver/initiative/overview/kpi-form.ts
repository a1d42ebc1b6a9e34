/**
 * Baseline and target of a KPI as they are typed, and the action they make. Shares are typed as percent. Pure.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";

export type InitiativeKpi = Initiative["kpis"][number];
export type Baseline = NonNullable<InitiativeKpi["baseline"]>;
type Typed = number | "";

export interface KpiFields {
  readonly kpi: string;
  readonly baseline: Typed;
  /** The measurement that filled the baseline, as long as nobody typed over it. */
  readonly measured: Baseline | null;
  readonly target: Typed;
}

export function isShareUnit(unit: string): boolean {
  return unit.startsWith("share");
}

/** Four digits keep what was typed. */
export function toTyped(value: number | null, unit: string): Typed {
  if (value === null) return "";
  return isShareUnit(unit) ? Number((value * 100).toFixed(4)) : value;
}

export function fromTyped(typed: Typed, unit: string): number | null {
  if (typed === "") return null;
  return isShareUnit(unit) ? Number((typed / 100).toFixed(6)) : typed;
}

export function kpiFieldsOf({ kpi, baseline, target }: InitiativeKpi, unit: string): KpiFields {
  return { kpi, baseline: toTyped(baseline?.value ?? null, unit), measured: baseline, target: toTyped(target, unit) };
}

interface MeasuredKpi {
  readonly value: number | null;
  readonly n: number;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** Fills the baseline with a measurement; one without a value changes nothing. @param at ISO 8601 */
export function fillBaseline(fields: KpiFields, found: MeasuredKpi, unit: string, at: string): KpiFields {
  const { value, n, low = null, high = null } = found;
  if (value === null) return fields;
  return { ...fields, baseline: toTyped(value, unit), measured: { value, n, low, high, at } };
}

/** What stands in the field decides: the measurement goes along only while the field still says it. */
export function makeKpi({ kpi, baseline, measured, target }: KpiFields, unit: string, at: string): ActionOf<"set-kpi"> {
  const value = fromTyped(baseline, unit);
  const kept = measured !== null && toTyped(measured.value, unit) === baseline;
  return {
    type: "set-kpi",
    kpi,
    baseline: value === null ? null : kept ? measured : { value, n: null, low: null, high: null, at },
    target: fromTyped(target, unit),
  };
}

export function findKpiLacks({ kpi, baseline, target }: KpiFields): readonly string[] {
  return [
    ...(kpi === "" ? ["which KPI"] : []),
    ...(baseline !== "" && target === baseline ? ["a target that differs from the baseline"] : []),
  ];
}

/** What speaks against the target as it is typed; nothing is refused for it. @param better null where it depends */
export function objectToTarget({ baseline, target }: KpiFields, better: "higher" | "lower" | null): string | undefined {
  if (baseline === "" || target === "" || better === null || baseline === target) return undefined;
  if (target > baseline === (better === "higher")) return undefined;
  return `Reaching this target would be a step back: ${better} is better, and it is ${better === "higher" ? "below" : "above"} the baseline.`;
}
