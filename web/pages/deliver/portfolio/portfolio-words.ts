/**
 * The portfolio in words and as a picture: KPIs beside their targets, what a finding costs, value against effort.
 * Nothing is estimated here.
 */
import type { Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import type { FindingState, InitiativeSummary, Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { amountPerMonth } from "../../../../src/domain/finding.ts";
import type { Scatter } from "../../../charts/scatter.ts";
import { formatCount, formatCountOf, formatShare, formatValue, NONE } from "../../../ui/format.ts";
import type { KpiDefinition, KpiFacts } from "../../measure/kpi-facts.ts";
import { type EffortUnit, formatEffort, INITIATIVE_STATES } from "../priority-words.ts";

export type GoalState = Portfolio["goals"][number];
export type Opportunity = Portfolio["opportunities"][number];

type Described = Partial<Pick<KpiDefinition, "unit" | "better">>;

/** A KPI's unit with the workspace's currency in it. */
export function unitOf({ unit = "" }: Described, currency: string): string {
  return unit === "currency" ? currency : unit;
}

/** "16.1 % (target 20.0 %)"; says what is missing. */
export function describeKpiState(
  { value, target }: { readonly value: number | null; readonly target: number | null },
  unit: string,
): string {
  const now = value === null ? "not measured" : formatValue(value, unit);
  return `${now} (${target === null ? "no target" : `target ${formatValue(target, unit)}`})`;
}

/** Whether the value stands where it was meant to; undefined while nobody can say. */
export function isReached(
  { value, target }: { readonly value: number | null; readonly target: number | null },
  { better }: ReturnType<KpiFacts["define"]>,
): boolean | undefined {
  if (value === null || target === null || better === null) return undefined;
  return better === "higher" ? value >= target : value <= target;
}

/** "costs 1,230 EUR a month", "brings 900 EUR in all" where nobody says over how many months: by its newest measurement. */
export function describeWorth({ money, months }: Pick<FindingState, "money" | "months">, currency: string): string {
  if (money === null) return NONE;
  const monthly = amountPerMonth(money, months);
  const sum = `${formatCount(Math.abs(Math.round(monthly ?? money)))} ${currency}`.trimEnd();
  return `${money < 0 ? "costs" : "brings"} ${sum} ${monthly === null ? "in all" : "a month"}`;
}

/** 1 − q; a certainty that rounds to all is never said. */
export function describeConfidence(confidence: number | null): string {
  if (confidence === null) return NONE;
  return confidence > 0.999 ? "over 99.9 %" : formatShare(confidence);
}

/** The unit of the efforts that were added up; undefined where it is mixed or nobody says. */
export function unitOfEfforts(
  { initiatives }: Pick<Opportunity, "initiatives">,
  all: readonly InitiativeSummary[],
): EffortUnit | undefined {
  const units = new Set(all.filter(({ id }) => initiatives.includes(id)).map(({ effortUnit }) => effortUnit));
  const [unit] = units;
  return units.size === 1 ? unit : undefined;
}

/** Whether it can be drawn: somebody said a value, and there is effort. */
export function isWeighed(initiative: InitiativeSummary): initiative is InitiativeSummary & { value: number } {
  return initiative.value !== null && initiative.effort > 0;
}

const isOpen = (state: Initiative["state"]) => state === "active";

/** One picture for each unit of effort: days and points stand on no common axis. */
export function drawnUnits(initiatives: readonly InitiativeSummary[]): readonly EffortUnit[] {
  return [...new Set(initiatives.filter(isWeighed).map(({ effortUnit }) => effortUnit))];
}

export function valueAgainstEffort(
  initiatives: readonly InitiativeSummary[],
  unit: EffortUnit,
  currency: string,
): Scatter {
  const drawn = initiatives.filter(isWeighed).filter(({ effortUnit }) => effortUnit === unit);
  const money = (value: number) => `${formatCount(value)} ${currency}`.trimEnd();
  const ended = drawn.some(({ state }) => !isOpen(state));
  return {
    title: "Value against effort",
    sentence: `${formatCountOf(drawn.length, "initiative")}: further up is worth more a month, further left takes less effort. Values are what people expect, no measurements.`,
    across: { title: `effort of Must, Should and Could, ${unit}`, format: formatCount },
    upwards: { title: `expected value a month, ${currency}`.replace(/, $/u, ""), format: formatCount },
    dots: drawn.map(({ title, effort, value, state }) => ({
      ...{ x: effort, y: value, name: title, hollow: !isOpen(state) },
      tip: `${title} (${INITIATIVE_STATES[state]}): ${money(value)} a month, ${formatEffort(effort, unit)}`,
    })),
    full: "active",
    hollow: ended ? "closed or stopped" : undefined,
  };
}
