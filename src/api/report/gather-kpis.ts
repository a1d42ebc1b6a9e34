/**
 * The KPIs of a report as they stand now: the headline numbers, and those that have a target, each with its last complete period.
 * What they mean is in docs/kpis.md; nothing is estimated here.
 */
import { findDefinition, titleOf } from "../../analysis/kpi-definitions.ts";
import type { Kpi } from "../../analysis/kpi-report.ts";
import type { TrendPoint } from "../../analysis/kpi-trend.ts";
import type { OverviewReport } from "../../analysis/overview.ts";
import type { Change, Headline } from "../../analysis/overview-headline.ts";
import { AppError } from "../../domain/app-error.ts";
import type { Platform } from "../../platform.ts";
import type { Scope } from "../answer.ts";
import { KPI_OPERATIONS } from "../kpi-operations.ts";
import type { Call } from "../operation.ts";
import { parseInput } from "../problem.ts";

export type ScopeOfJourneys = Scope & { readonly journey?: string | undefined };

type Value =
  | { readonly value: number; readonly low: number | null; readonly high: number | null; readonly n: number }
  | { readonly value: null; readonly n: number; readonly message: string };

export interface KpiLine {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "higher" | "lower" | null;
  readonly journey: string;
  /** Days; `to` is the first day after. Null where no period is complete. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly current: Value;
  /** Against the period before; null where that was not asked for. */
  readonly change: Change | null;
  readonly target: number | null;
  /** Complete periods, the newest last. */
  readonly points: readonly TrendPoint[];
}

type Targets = ReadonlyMap<string, number | null>;

function toValue(kpi: Kpi | TrendPoint): Value {
  if (kpi.value === null) return { value: null, n: kpi.n, message: kpi.message };
  return { value: kpi.value, low: kpi.low, high: kpi.high, n: kpi.n };
}

const complete = (points: readonly TrendPoint[]) => points.filter((point) => point.complete);

function fromHeadline(headline: Headline, targets: Targets): KpiLine {
  const { id, title, unit, better, journey, periods, current, change, trend } = headline;
  return {
    ...{ id, title, unit, better, journey, change, period: periods.current, current: toValue(current) },
    ...{ target: targets.get(id) ?? null, points: complete(trend) },
  };
}

interface Asked {
  readonly id: string;
  readonly journey: string | undefined;
  readonly every: "day" | "week" | "month";
}

async function readTrend(
  platform: Platform,
  { id, journey, every }: Asked,
  scope: ScopeOfJourneys,
  call: Call,
): Promise<Omit<KpiLine, "target">> {
  const shared = { id, title: titleOf(id), better: findDefinition(id)?.better ?? null, change: null };
  const operation = KPI_OPERATIONS["kpi-trend"];
  const query = parseInput(operation.input, { ...scope, kpi: id, every, ...(journey ? { journey } : {}) });
  try {
    const report = await operation.run(platform, query, call);
    const points = complete(report.points);
    const newest = points.at(-1);
    const none: Value = { value: null, n: 0, message: "No period is complete yet." };
    return {
      ...{ ...shared, unit: report.unit, journey: report.journey, points },
      period: newest ? { from: newest.start, to: newest.end } : null,
      current: newest ? toValue(newest) : none,
    };
  } catch (error) {
    // A target may outlive its touchpoint: the report says so.
    if (!(error instanceof AppError && error.code === "not-found")) throw error;
    const current: Value = { value: null, n: 0, message: error.message };
    return { ...shared, unit: "", journey: "", points: [], period: null, current };
  }
}

/** Under a scope the headline numbers are asked again; without one they are the Overview's, with their change. */
export async function gatherKpis(
  platform: Platform,
  { headline, periods }: Pick<OverviewReport, "headline" | "periods">,
  scope: ScopeOfJourneys,
  call: Call,
): Promise<KpiLine[]> {
  const targets: Targets = new Map((await platform.state.listTargets()).map(({ kpi, target }) => [kpi, target]));
  const every = periods === null || periods.by === "half" ? "week" : periods.by;
  const narrowed = Object.values(scope).some((said) => said !== undefined);
  const shown = new Set(headline.map(({ id }) => id));
  const lines = narrowed ? [] : headline.map((one) => fromHeadline(one, targets));
  const asked: Asked[] = [
    ...(narrowed ? headline.map(({ id, journey }) => ({ id, journey: scope.journey ?? journey, every }) as const) : []),
    ...[...targets.keys()].filter((id) => !shown.has(id)).map((id) => ({ id, journey: scope.journey, every }) as const),
  ];
  for (const one of asked) {
    const line = await readTrend(platform, one, scope, call);
    lines.push({ ...line, target: targets.get(one.id) ?? null });
  }
  return lines;
}
