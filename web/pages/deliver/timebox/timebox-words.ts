/**
 * A timebox in words: efforts, shares, days, forecast, velocity. Pure; the numbers come with the report.
 */
import type { EffortByPriority } from "../../../../src/domain/dsdm/moscow.ts";
import type { DropProposal, InitiativeReport, TimeboxFacts } from "../../../../src/domain/dsdm/report.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatCountOf, formatDay } from "../../../ui/format.ts";
import { type EffortUnit, formatEffort, formatPlainDay } from "../priority-words.ts";

type Forecast = NonNullable<TimeboxFacts["forecast"]>;
type Shares = TimeboxFacts["shares"];

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const parts = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** 2.25 → "2.3", 0.25 → "0.25"; the unit is said beside it. */
export function formatAmount(value: number): string {
  return (Math.abs(value) < 1 ? parts : whole).format(value).replace("-", "−");
}

/** Must, Should and Could: what counts towards every share. */
export function sumCounted({ must, should, could }: EffortByPriority): number {
  return must + should + could;
}

/** Everything the team would do, decided or not; Won't is not done in this timebox. */
export function sumPlanned(effort: EffortByPriority): number {
  return sumCounted(effort) + effort.undecided;
}

/** Above the 60 % that a plan can carry. */
export function judgeShares(shares: Shares, waived: boolean): string | undefined {
  if (!shares || shares.must <= 0.6) return undefined;
  return waived
    ? "More than 60 % is Must; the initiative has waived that rule."
    : "More than 60 % is Must: too little is left to give way when something takes longer.";
}

export function describeCapacity(planned: number, capacity: number, unit: EffortUnit): string {
  const sentence = `${formatEffort(planned, unit)} planned of ${formatEffort(capacity, unit)} capacity`;
  if (planned > capacity) return `${sentence}: ${formatEffort(planned - capacity, unit)} too much.`;
  return planned === capacity ? `${sentence}.` : `${sentence}, ${formatEffort(capacity - planned, unit)} free.`;
}

export function describeElapsed({ elapsedDays, workingDays }: TimeboxFacts, timebox: Timebox, today: string): string {
  if (timebox.state === "closed") return "It is over.";
  if (timebox.state === "cancelled") return "It was cancelled.";
  if (today < timebox.start)
    return `It starts on ${formatPlainDay(timebox.start)}: ${formatCountOf(workingDays, "working day")}.`;
  if (today > timebox.end)
    return `All ${formatCountOf(workingDays, "working day")} gone: its end has passed, and it is not closed.`;
  return `${elapsedDays} of ${formatCountOf(workingDays, "working day")} gone before today, ${workingDays - elapsedDays} to come.`;
}

export function describeDatesFixed({ kickOff, moves }: Timebox, zone: string): string {
  if (!kickOff) return "The dates are fixed from the kick-off on.";
  const since = `Fixed since the kick-off on ${formatDay(kickOff.at, zone)}`;
  return moves.length === 0 ? `${since}.` : `${since}; the end was moved ${formatCountOf(moves.length, "time")} since.`;
}

function describeBasis({ basis, n }: Pick<Forecast, "basis" | "n">): string {
  return basis === "this timebox"
    ? `from ${formatCountOf(n, "day")} of this timebox`
    : `from ${formatCountOf(n, "past timebox", "past timeboxes")}`;
}

export function describeForecast(forecast: TimeboxFacts["forecast"], planned: number, unit: EffortUnit): string {
  if (!forecast) return "There is no forecast yet: nothing is done here, and no timebox was closed before.";
  const { low, middle, high } = forecast;
  const range = `${formatAmount(low)} to ${formatEffort(high, unit)} will be done by the end, ${formatAmount(middle)} in the middle`;
  const judged =
    middle >= planned
      ? `That is all of the ${formatAmount(planned)} planned.`
      : `${formatAmount(planned)} are planned.`;
  return `${range} (80 % range ${describeBasis(forecast)}). ${judged}`;
}

export function describeVelocity(velocity: InitiativeReport["velocity"], unit: EffortUnit): string {
  if (!velocity) return "No timebox of this initiative is closed yet, so there is no velocity.";
  const { low, middle, high, n } = velocity;
  if (n === 1) return `The one closed timebox delivered ${formatEffort(middle, unit)}. One is no range.`;
  return `${n} closed timeboxes: one delivers ${formatAmount(low)} to ${formatEffort(high, unit)}, ${formatAmount(middle)} in the middle.`;
}

/** Newest known point of the burn-down, in a sentence. */
export function describeBurnDown(facts: TimeboxFacts, unit: EffortUnit): string {
  const { burnDown, workingDays, elapsedDays, effort } = facts;
  const last = burnDown.findLast(({ must }) => must !== null);
  if (!last) return "The burn-down starts with the kick-off.";
  const left = (last.must ?? 0) + (last.should ?? 0) + (last.could ?? 0);
  const lag = left - last.ideal;
  const against =
    Math.abs(lag) < 0.05
      ? "just as the ideal line has it"
      : `${formatAmount(Math.abs(lag))} ${lag > 0 ? "more" : "less"} than the ideal line has`;
  return `After ${elapsedDays} of ${formatCountOf(workingDays, "working day")}, ${formatAmount(left)} of ${formatEffort(sumCounted(effort), unit)} are still to do (Must ${formatAmount(last.must ?? 0)}, Should ${formatAmount(last.should ?? 0)}, Could ${formatAmount(last.could ?? 0)}): ${against}.`;
}

export function describeProposal(proposal: DropProposal, unit: EffortUnit): string {
  const { drop, needed, freed, enough } = proposal;
  if (drop.length === 0)
    return `${formatEffort(needed, unit)} are missing, and there is no Could or Should left to drop.`;
  const frees = `Dropping ${drop.length === 1 ? "it" : "these"} frees ${formatEffort(freed, unit)} of the ${formatAmount(needed)} needed`;
  return enough ? `${frees}: that is enough.` : `${frees}: that is not enough.`;
}
