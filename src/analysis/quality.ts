/**
 * How good the data are: what may be wrong with the events, how sure that is, and what to do about it.
 * It changes nothing, and asks no clock: an event is from the future when it is later than its own import.
 */
import { QUALITY_KINDS, QUALITY_WORDS, SEVERITIES } from "../domain/quality-words.ts";
import type { AnalysisContext } from "./context.ts";
import { judgeContents } from "./quality/contents.ts";
import { judgeCustomers } from "./quality/customers.ts";
import { judgeDuplicates } from "./quality/duplicates.ts";
import { dayOf, type PartReport } from "./quality/finding.ts";
import type { ImportFacts, QualityFinding, QualityQuery, QualityReport } from "./quality/quality-schema.ts";
import {
  type Cell,
  readCells,
  readDailyCurves,
  readDays,
  readHours,
  readKnown,
  readOwnerSizes,
  readRepeats,
  readTwins,
} from "./quality/read-tallies.ts";
import { judgeSilences } from "./quality/silences.ts";
import { judgeTimes } from "./quality/times.ts";

/** The worst first, then in the order of the kinds. */
function compareFindings(a: QualityFinding, b: QualityFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    QUALITY_KINDS.indexOf(a.kind) - QUALITY_KINDS.indexOf(b.kind) ||
    b.n - a.n
  );
}

/** Every check with its n and what it found. */
function listChecks(parts: readonly PartReport[]): QualityReport["checked"] {
  const checked = parts.flatMap((part) => part.checked);
  const findings = parts.flatMap((part) => part.findings);
  return QUALITY_KINDS.map((kind) => {
    const { n = 0, note = null } = checked.find((check) => check.kind === kind) ?? {};
    const { title, unit } = QUALITY_WORDS[kind];
    return { kind, title, n, unit, note, findings: findings.filter((finding) => finding.kind === kind).length };
  });
}

/** First and last of the events whose time can be; null without any. */
function readExtent(cells: readonly Cell[]): Pick<QualityReport, "first" | "last"> {
  const dated = cells.filter(({ events, late, old }) => events > late + old);
  if (dated.length === 0) return { first: null, last: null };
  return {
    first: new Date(Math.min(...dated.map(({ first }) => first))).toISOString(),
    last: new Date(Math.max(...dated.map(({ last }) => last))).toISOString(),
  };
}

async function readTallies(context: AnalysisContext, imports: readonly ImportFacts[]) {
  const asked = { context, imports };
  const cells = await readCells(asked);
  const hours = await readHours(asked);
  const series = await readDays(asked);
  // A daily curve is compared with that of another import.
  const curves = imports.length > 1 ? await readDailyCurves(asked) : [];
  const twins = await readTwins(asked);
  const repeats = await readRepeats(asked);
  const known = await readKnown(asked);
  return { cells, hours, series, curves, twins, repeats, known, sizes: await readOwnerSizes(asked) };
}

/**
 * The report over all live imports; it takes no filter. Each check is one aggregate over the events.
 * @param imports the live ones
 * @throws AppError unavailable (a limit of the engine)
 */
export async function analyzeQuality(
  context: AnalysisContext,
  _query: QualityQuery,
  imports: readonly ImportFacts[] = [],
): Promise<QualityReport> {
  const { touchpoints, zone } = context;
  const tallies = await readTallies(context, imports);
  const names = new Map(touchpoints.map(({ id, name }) => [id, name]));
  const input = {
    ...{ ...tallies, imports, touchpoints, zone, objectTypes: context.objectTypes },
    nameOf: (touchpointId: number) => names.get(touchpointId) ?? "",
    dayOf: (ms: number) => dayOf(ms, zone),
  };
  const customers = judgeCustomers(input);
  const parts = [judgeSilences(input), judgeDuplicates(input), judgeTimes(input), customers, judgeContents(input)];
  return {
    records: tallies.cells.reduce((sum, { events }) => sum + events, 0),
    imports: imports.length,
    touchpoints: new Set(tallies.cells.map(({ touchpointId }) => touchpointId)).size,
    ...readExtent(tallies.cells),
    findings: parts.flatMap(({ findings }) => findings).sort(compareFindings),
    checked: listChecks(parts),
    unknownByMonth: customers.unknownByMonth,
  };
}
