/**
 * What a change did that came to everybody at once, from events: one series by period, before and since the switch-on.
 * Where somebody did not get the change there are better designs: event-panel.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { parseMoment } from "../../domain/moment.ts";
import { REQUIRED_BEFORE } from "../../stats/interrupted-series.ts";
import type { AnalysisContext } from "../context.ts";
import type { UnitPanel } from "./effect-panel.ts";
import type { EffectReport } from "./effect-report.ts";
import { completeOverTime, refuseForeign } from "./event-basis.ts";
import { addUpPeriods, countUnitsOf, type PartCells, prepareCells, readCells } from "./event-cells.ts";
import { findEventPeriods, type PeriodGrid } from "./event-periods.ts";
import { PART_NOBODY } from "./event-sides.ts";
import { isoOf } from "./event-stop.ts";
import { measureSeriesEffect } from "./series-effect.ts";

/** What of others would be left out in silence. */
function refuseGroups({ by, audience, treatment, control, switchOn }: EffectQuestion): void {
  const given = Object.entries({ by, audience, treatment, control, switchOn }).find(([, value]) => value !== undefined);
  if (given)
    throw new AppError(
      "invalid",
      `A series has nothing beside it, so «${given[0]}» means nothing to it: take the staged or the synthetic design, or narrow it with a filter (where).`,
      { field: given[0] },
    );
}

/** Counts and sums as they are; shares, means and ratios divided. */
function valuesOf(cells: PartCells | undefined, { names }: PeriodGrid, kind: EffectQuestion["metric"]["kind"]) {
  const { numerators, denominators } = addUpPeriods(cells, names.length);
  if (kind === "count" || kind === "sum") return numerators;
  const empty = denominators.findIndex((one) => !(one > 0));
  if (empty >= 0)
    throw new AppError(
      "invalid",
      `There is nothing to divide by in the period from ${names[empty]}: take longer periods, or begin later (from).`,
      { field: "period" },
    );
  return numerators.map((one, period) => one / (denominators[period] ?? 1));
}

/**
 * A change that came to everybody: an interrupted series of counts and sums a period, or of shares, means and ratios.
 * @throws AppError invalid (no switch-on, groups, fewer than 12 periods before it, nothing to divide by), not-found (a unit or
 *   touchpoint that is not there), unavailable (a limit of the engine)
 */
export async function measureSeriesOnEvents(context: AnalysisContext, question: EffectQuestion): Promise<EffectReport> {
  refuseGroups(question);
  refuseForeign(question);
  if (question.since === undefined)
    throw new AppError("invalid", "Say when the change was switched on: give its day (since).", { field: "since" });
  const { frame, metric } = prepareCells(context, question);
  const switchOn = parseMoment(question.since, context.zone);
  const periods = await findEventPeriods(context, question, switchOn, REQUIRED_BEFORE);
  const { grid } = periods;
  const cells = await readCells(context, { frame, metric, grid, parting: PART_NOBODY });
  const [all] = cells.values();
  const rows = { length: grid.names.length };
  const panel: UnitPanel = {
    units: [question.unit],
    periods: grid.names,
    moments: grid.borders.slice(0, -1).map(isoOf),
    unit: Int32Array.from(rows, () => 0),
    time: Int32Array.from(rows, (_, at) => at),
    value: valuesOf(all, grid, question.metric.kind),
    treated: Uint8Array.from(rows, (_, at) => (at >= grid.before ? 1 : 0)),
  };
  const report = measureSeriesEffect(panel, question);
  const units = question.unit === "day" ? grid.names.length : countUnitsOf(all);
  return completeOverTime(report, question, periods, { unit: question.unit, units, leftOut: [] });
}
