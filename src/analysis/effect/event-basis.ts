/**
 * What the report of a design over time says of its data: what was measured, who was left out, and how far to trust it.
 * The numbers themselves come from the design.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import type { AnalysisContext } from "../context.ts";
import { completeReport, type EffectBasis, type EffectReport } from "./effect-report.ts";
import { buildUnitFrame, countUnitsOf, NO_VALUE, type PartCells } from "./event-cells.ts";
import type { EventPeriods, PeriodGrid } from "./event-periods.ts";
import { listValues, refuseUnknown, type Sides } from "./event-sides.ts";
import { checkStopDate, isoOf } from "./event-stop.ts";

/** @throws AppError not-found for a value that the question names and nobody has, invalid where nobody had it in time */
export async function refuseMissing(
  context: AnalysisContext,
  question: EffectQuestion,
  { of, field, treated, control }: Sides,
  found: ReadonlyMap<string, PartCells>,
): Promise<void> {
  const missing = [...treated.keys(), ...control].filter((value) => !found.has(`v${value}`));
  const [first] = missing;
  if (field === null || first === undefined) return;
  refuseUnknown(of, missing, await listValues(context, buildUnitFrame(context, question), field));
  throw new AppError("invalid", `Nobody of «${first}» in ${of} is seen before the end of the measurement.`, {
    ...{ field: of, value: first },
  });
}

/** Said of one look at arms that chance made. */
const OF_ARMS = ["at", "withinMs", "split"] as const;

/**
 * What a question says that the design cannot mean: left out in silence, it would be taken for counted.
 * @throws AppError invalid
 */
export function refuseForeign(question: EffectQuestion): void {
  const { design, unit } = question;
  const ofOthers = design === "randomised" ? (["switchOn"] as const) : OF_ARMS;
  const foreign = [...ofOthers, ...(design === "series" ? [] : (["season"] as const))];
  const given = foreign.find((name) => question[name] !== undefined);
  if (given !== undefined)
    throw new AppError("invalid", `«${given}» means nothing to the ${design} design: leave it out.`, { field: given });
  if (unit === "day" && design !== "series")
    throw new AppError(
      "invalid",
      `Days have no groups: the ${design} design compares customers, or objects of a type.`,
      {
        field: "unit",
      },
    );
}

/** Units of the parts that stand on no side. */
export function listLeftOut(
  cells: ReadonlyMap<string, PartCells>,
  { of, field, startOf }: Sides,
): EffectBasis["leftOut"] {
  const others = [...cells.keys()].filter((part) => part !== NO_VALUE && startOf(part) === null);
  const n = others.reduce((total, part) => total + countUnitsOf(cells.get(part)), 0);
  const nameless = field?.kind === "customer" ? countUnitsOf(cells.get(NO_VALUE)) : 0;
  return [
    ...(nameless > 0 ? [{ reason: `no value of ${of}`, n: nameless }] : []),
    ...(n > 0 ? [{ reason: `other values of ${of}`, n }] : []),
  ];
}

type Basis = Pick<EffectBasis, "unit" | "units" | "leftOut">;

/** No interval of these designs holds at every look. */
function checkLooks({ peeking }: EffectQuestion): EffectReport["checks"] {
  if (!peeking) return [];
  const detail = "The interval of this design holds for one look, at the end: it knows none that holds at every look.";
  return [{ id: "one-look", passed: false, detail }];
}

/** The report of a design over time, with what it was made of and the check of the stop date. */
export function completeOverTime(
  report: EffectReport,
  question: EffectQuestion,
  { grid, stop }: EventPeriods,
  basis: Basis,
): EffectReport {
  const at = (border: number | undefined) => isoOf(border ?? 0);
  return completeReport(
    {
      ...report,
      checks: [...report.checks, ...checkLooks(question), ...checkStopDate(stop, { peeking: null })],
      basis: {
        ...basis,
        from: at(grid.borders[0]),
        switchOn: at(grid.borders[grid.before]),
        until: at(grid.borders.at(-1)),
        period: grid.period,
      },
    },
    question,
  );
}

/** Fewer than this in a period, and a share or ratio jumps about. */
const FEW = 20;

export function checkThinPeriods(least: number): EffectReport["checks"] {
  if (least >= FEW) return [];
  const detail = `In some period a group's number rests on ${least} only; ${FEW} are wanted. Longer periods would be steadier.`;
  return [{ id: "thin-periods", passed: false, detail }];
}

/** A change that begins inside a period counts there only in part. */
export function checkBorders({ treated }: Sides, { borders, names }: PeriodGrid): EffectReport["checks"] {
  const end = borders[names.length] ?? 0;
  const inside = [...treated].filter(([, start]) => start < end && !borders.includes(start)).map(([value]) => value);
  const late = [...treated].filter(([, start]) => start >= end).map(([value]) => value);
  const listed = (values: readonly string[]) => values.map((value) => `«${value}»`).join(", ");
  return [
    ...(inside.length > 0
      ? [
          {
            id: "switch-on-inside",
            passed: false,
            detail: `Switched on inside a period, which has the change only in part: ${listed(inside)}. Shorter periods would show more of it.`,
          },
        ]
      : []),
    ...(late.length > 0
      ? [
          {
            id: "switched-on-later",
            passed: true,
            detail: `Switched on after the last period, and until then compared with as not treated: ${listed(late)}.`,
          },
        ]
      : []),
  ];
}
