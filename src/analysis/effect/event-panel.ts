/**
 * What a change did that came to some groups of customers at known times, from events: the staged and the synthetic design.
 * One aggregate gives each group's sums by period and bucket of customers; everything after it is small.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { NEVER } from "../../stats/staged-panel.ts";
import type { AnalysisContext } from "../context.ts";
import type { UnitPanel } from "./effect-panel.ts";
import type { EffectReport } from "./effect-report.ts";
import {
  checkBorders,
  checkThinPeriods,
  completeOverTime,
  listLeftOut,
  refuseForeign,
  refuseMissing,
} from "./event-basis.ts";
import { buildUnitFrame, countUnitsOf, type PartCells, prepareCells, readCells, readRatios } from "./event-cells.ts";
import { groupParts, refuseOneSided, sampleGroups } from "./event-groups.ts";
import { findEventPeriods, type PeriodGrid } from "./event-periods.ts";
import { findSides, listValues, namePart, nameParts, partBySides, type Sides } from "./event-sides.ts";
import { isoOf } from "./event-stop.ts";
import { courseOfTreated } from "./staged-course.ts";
import { reportStagedSample } from "./staged-effect.ts";
import { measureUnitEffect } from "./synthetic-effect.ts";

/** One before the change carries the comparison; more show whether the groups had moved alike. */
const STAGED_BEFORE = 1;
/**
 * Weeks of a few dozen events are noisy: compared with the last one before the change alone, all effects share its chance.
 * Whether groups moved alike in all periods before it, which this takes for granted, is tested.
 */
const STAGED_BASE = "all-before";
/** Below this a mix of controls has no noise to be judged by. */
const SYNTHETIC_BEFORE = 3;
/** More values than this are no groups. */
const MOST_UNITS = 200;

/**
 * A change switched on for groups of customers, at the same time or one after the other, beside those who never got it (or not
 * yet). Each group's share, mean or ratio by period is linearised over 100 buckets of customers (stats/bucket-ratios.ts).
 * @throws AppError invalid (no switch-on, no groups, nobody to compare with, too few periods, nothing to divide by), not-found
 *   (a value, unit or touchpoint that is not there), unavailable (a limit of the engine)
 */
export async function measureStagedOnEvents(context: AnalysisContext, question: EffectQuestion): Promise<EffectReport> {
  refuseForeign(question);
  const sides = findSides(question, context.zone);
  const prepared = prepareCells(context, question);
  const periods = await findEventPeriods(context, question, sides.switchOn, STAGED_BEFORE);
  const { grid } = periods;
  const parting = partBySides(context, prepared.frame, sides, false);
  const cells = await readCells(context, { ...prepared, parting, grid });
  await refuseMissing(context, question, sides, cells);
  const groups = groupParts(cells.keys(), sides, grid);
  refuseOneSided(groups, sides, question.controls);
  const { sample, tested, least } = sampleGroups(groups, cells, grid, !(prepared.frame.person && parting.constant));
  const units = groups.reduce((n, { parts }) => n + parts.reduce((m, part) => m + countUnitsOf(cells.get(part)), 0), 0);
  const partsOf = (first: number) => groups.find((group) => group.firstTreated === first)?.parts ?? [];
  const names = {
    n: units,
    nameOf: (at: number) => grid.names[at] ?? String(at),
    nameGroup: (first: number) => `${nameParts(partsOf(first))} from ${grid.names[first] ?? ""}`,
  };
  const report = reportStagedSample(sample, question, names, { base: STAGED_BASE, tested });
  const course = courseOfTreated(sample, { ...question, base: STAGED_BASE });
  const series = course.map(({ time, ...point }) => ({ at: isoOf(grid.borders[time] ?? 0), ...point }));
  const checks = [...report.checks, ...checkBorders(sides, grid), ...checkThinPeriods(least)];
  const leftOut = listLeftOut(cells, sides);
  return completeOverTime({ ...report, series, checks }, question, periods, { unit: question.unit, units, leftOut });
}

/** The synthetic design needs values of a field, of which some got the change at one time. */
function refuseUnsynthetic({ field, treated }: Sides): void {
  if (field === null)
    throw new AppError(
      "invalid",
      "An audience and the rest are two units: a mix needs several. Say which field tells them apart (by).",
      { field: "by" },
    );
  if (new Set(treated.values()).size > 1)
    throw new AppError("invalid", "The values got the change at different times: take the staged design.", {
      field: "switchOn",
    });
}

interface SyntheticParts {
  readonly used: ReadonlyMap<string, Float64Array>;
  readonly empty: readonly string[];
}

function listRatios(cells: ReadonlyMap<string, PartCells>, { startOf, of }: Sides, periods: number): SyntheticParts {
  const used = new Map<string, Float64Array>();
  const empty: string[] = [];
  for (const [part, own] of cells) {
    const start = startOf(part);
    if (start === null) continue;
    const ratios = readRatios(own, periods);
    if (ratios) used.set(part, ratios);
    else if (start === NEVER) empty.push(part);
    else
      throw new AppError(
        "invalid",
        `«${namePart(part)}» of ${of} has a period with nothing to divide by: take longer periods, or begin later (from).`,
        { field: "period" },
      );
  }
  return { used, empty };
}

function panelOf(used: ReadonlyMap<string, Float64Array>, { startOf }: Sides, { names, borders, before }: PeriodGrid) {
  const parts = [...used.keys()];
  const width = names.length;
  const rows = { length: parts.length * width };
  const panel: UnitPanel = {
    units: parts.map(namePart),
    periods: names,
    moments: borders.slice(0, -1).map(isoOf),
    unit: Int32Array.from(rows, (_, row) => Math.floor(row / width)),
    time: Int32Array.from(rows, (_, row) => row % width),
    value: Float64Array.from(rows, (_, row) => used.get(parts[Math.floor(row / width)] ?? "")?.[row % width] ?? 0),
    treated: Uint8Array.from(rows, (_, row) =>
      startOf(parts[Math.floor(row / width)] ?? "") !== NEVER && row % width >= before ? 1 : 0,
    ),
  };
  return panel;
}

/**
 * A change that one value of a field got (a country, a shop), or a few at once, beside a mix of the other values: synthetic
 * difference-in-differences on each value's share, mean or ratio by period.
 * @throws AppError invalid (no switch-on, several of them, an audience, too many values, too few controls or periods),
 *   not-found (a value, unit or touchpoint that is not there), unavailable (a limit of the engine)
 */
export async function measureSyntheticOnEvents(
  context: AnalysisContext,
  question: EffectQuestion,
): Promise<EffectReport> {
  refuseForeign(question);
  const sides = findSides(question, context.zone);
  refuseUnsynthetic(sides);
  const prepared = prepareCells(context, question);
  const periods = await findEventPeriods(context, question, sides.switchOn, SYNTHETIC_BEFORE);
  const { grid } = periods;
  const apart = question.control === undefined || sides.treated.size === 0;
  if (apart && sides.field) {
    const values = await listValues(context, buildUnitFrame(context, question), sides.field, MOST_UNITS + 1);
    if (values.length > MOST_UNITS)
      throw new AppError(
        "invalid",
        `${sides.of} has more than ${MOST_UNITS} values: name those to compare with (control).`,
        { field: "control" },
      );
  }
  const parting = partBySides(context, prepared.frame, sides, apart);
  const cells = await readCells(context, { ...prepared, parting, grid });
  await refuseMissing(context, question, sides, cells);
  const { used, empty } = listRatios(cells, sides, grid.names.length);
  const report = measureUnitEffect(panelOf(used, sides, grid), question);
  const units = [...used.keys()].reduce((n, part) => n + countUnitsOf(cells.get(part)), 0);
  const hollow = empty.reduce((n, part) => n + countUnitsOf(cells.get(part)), 0);
  const leftOut = [
    ...listLeftOut(cells, sides),
    ...(hollow > 0 ? [{ reason: `values with an empty period: ${empty.map(namePart).join(", ")}`, n: hollow }] : []),
  ];
  return completeOverTime(report, question, periods, { unit: question.unit, units, leftOut });
}
