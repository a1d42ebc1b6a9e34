/**
 * Silences: what the rhythm of days, hours and touchpoints says of gaps, stops and starts, put together.
 */

import type { PartReport } from "./finding.ts";
import { sayCountOf } from "./finding.ts";
import { findHoles, findImportGaps, findWorkspaceGaps } from "./gaps.ts";
import { MOST_SERIES } from "./read-tallies.ts";
import { LEAST_DAYS, LEAST_EVENTS, lineUpTouchpoint, observedDays, type SilenceInput } from "./silence-lines.ts";
import { findStarts, findStops } from "./stops.ts";

/** All silences. */
export function judgeSilences(input: SilenceInput): PartReport {
  const days = observedDays(input.hours);
  const short = `takes ${LEAST_DAYS} days of data and ${LEAST_EVENTS} events of a touchpoint`;
  const nothing = (["gap", "stop", "start"] as const).map((kind) => ({ kind, n: 0, note: short }));
  if (!days || days.counts.length < LEAST_DAYS) return { findings: [], checked: nothing };
  const lines = input.series
    .filter(({ events }) => events >= LEAST_EVENTS)
    .map((one) => lineUpTouchpoint(input, one, days));
  const seldom = input.series.length - lines.length;
  const left = seldom > 0 ? `${sayCountOf(seldom, "touchpoint")} with under ${LEAST_EVENTS} events left out` : null;
  const note = input.series.length >= MOST_SERIES ? `the ${MOST_SERIES} commonest touchpoints` : left;
  return {
    findings: [
      ...findWorkspaceGaps(input.hours, days),
      ...findImportGaps(input.hours, input.imports, days),
      ...findHoles(lines, days),
      ...findStops(lines, input),
      ...findStarts(lines),
    ],
    checked: [
      {
        kind: "gap",
        n: days.counts.length,
        note: `and their hours; ${sayCountOf(lines.length, "touchpoint")} one by one`,
      },
      { kind: "stop", n: lines.length, note },
      { kind: "start", n: lines.length, note },
    ],
  };
}
