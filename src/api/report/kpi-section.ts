/**
 * The KPIs of a report: value, interval and n of the last complete period, change, target, and the periods before as a small line.
 */

import type { KpiLine } from "./gather-kpis.ts";
import type { GatheredReport } from "./gather-report.ts";
import { writeCount, writeEnds, writePeriod, writeShare, writeValue } from "./number-words.ts";
import { type Block, type Cell, cell, gap, type Section, text } from "./report-document.ts";

const COLUMNS = [
  { title: "KPI" },
  { title: "Value", number: true },
  { title: "Change against the period before" },
  { title: "Target", short: true },
  { title: "Over time" },
] as const;

/** Points of a share: "+2.4". */
function writeTenths(value: number): string {
  // Not "−0.0": an end beside zero says on which side it lies.
  const digits = Math.abs(value) < 0.0005 && value !== 0 ? 2 : 1;
  return `${value > 0 ? "+" : ""}${(value * 100).toFixed(digits).replace("-", "−")}`;
}

const isShare = (unit: string) => unit.startsWith("share");

function writeValueCell({ current, unit }: KpiLine): Cell {
  if (current.value === null) return cell("not enough data", current.message, `n = ${writeCount(current.n)}`);
  const counted = current.low === null && current.n === current.value;
  const ends = writeEnds(current, (value) => writeValue(value, unit));
  return counted
    ? cell(writeValue(current.value, unit), unit)
    : cell(writeValue(current.value, unit), ends, `n = ${writeCount(current.n)}`);
}

type Changed = Pick<KpiLine, "change" | "unit">;

/** Which way and how much, or that chance may explain it. */
function describeChange({ change, unit }: Changed): string {
  if (change === null) return "not enough data to compare";
  if (!change.beyondChance) return "no clear change";
  const size = isShare(unit) ? `${writeTenths(change.value)} points` : writeValue(change.value, unit);
  const relative =
    change.relative === null || isShare(unit)
      ? ""
      : ` (${change.relative > 0 ? "+" : ""}${writeShare(change.relative)})`;
  return `${change.value > 0 ? "up" : "down"} ${size.replace(/^[+−]/u, "")}${relative}`;
}

function describeEnds({ change, unit }: Changed): string {
  return change === null ? "" : writeEnds(change, isShare(unit) ? writeTenths : (value) => writeValue(value, unit));
}

/** Whether a clear change is good or bad; undefined when it is not clear or nobody can say. */
function judgeChange({ change, better }: Pick<KpiLine, "change" | "better">): "good" | "bad" | undefined {
  if (change === null || better === null || !change.beyondChance) return undefined;
  return change.value > 0 === (better === "higher") ? "good" : "bad";
}

/** Where a value stands to its target: open while the interval holds the target. */
function judgeTarget({ current, target, better }: KpiLine): "reached" | "missed" | "too close to call" | undefined {
  if (target === null || current.value === null) return undefined;
  const { value, low, high } = current;
  if (low !== null && high !== null && low < target && high > target) return "too close to call";
  return (better === "lower" ? value <= target : value >= target) ? "reached" : "missed";
}

function writeTarget(line: KpiLine): Cell {
  const { target, better, unit } = line;
  if (target === null) return { text: "none set" };
  const judged = judgeTarget(line);
  const words = `${better === "lower" ? "at most" : "at least"} ${writeValue(target, unit)}`;
  const tone = judged === "missed" ? "bad" : judged === "reached" ? "good" : undefined;
  return { ...cell(words, judged), ...(tone ? { tone } : {}) };
}

function writeTrend({ points, unit, target }: KpiLine): Cell {
  const known = points.filter(({ value }) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return { text: "one period only" };
  const words = `${writeValue(first.value, unit)} (from ${first.start}) to ${writeValue(last.value, unit)} (from ${last.start})`;
  return { text: words, picture: { values: points.map(({ value }) => value), target } };
}

function toRow(line: KpiLine, journey: string): Cell[] {
  const tone = judgeChange(line);
  const period = line.period === null ? "" : writePeriod(line.period.from, line.period.to);
  return [
    cell(line.title, period, line.journey !== "" && line.journey !== journey && `per ${line.journey}`),
    writeValueCell(line),
    {
      ...cell(describeChange(line), describeEnds(line), tone && (tone === "good" ? "better" : "worse")),
      ...(tone ? { tone } : {}),
    },
    writeTarget(line),
    writeTrend(line),
  ];
}

function describeKpis(lines: readonly KpiLine[], { overview }: GatheredReport): Block[] {
  if (lines.length === 0) return [gap("There are no KPIs yet: they need events on at least two days.")];
  // Asked under a scope nothing is compared: then the column would only say so.
  const compared = lines.some(({ change }) => change !== null);
  const shown = (_: unknown, index: number) => compared || index !== 2;
  return [
    text(
      "Each value is of the last complete period that could be observed long enough, which is named; intervals are 95 %.",
    ),
    {
      kind: "table",
      caption: "Headline numbers, and what has a target",
      columns: COLUMNS.filter(shown),
      rows: lines.map((line) => toRow(line, overview.journey).filter(shown)),
    },
    ...(lines.some(({ target }) => target !== null)
      ? []
      : [gap("No KPI has a target. Set one with: waymark targets set KPI --target AMOUNT (or on the page KPIs).")]),
  ];
}

export function composeKpis(gathered: GatheredReport): Section {
  const { diagnosis } = gathered;
  const blocks =
    diagnosis === null
      ? [gap("There are no KPIs, because there are no events.")]
      : describeKpis(diagnosis.kpis, gathered);
  return { id: "kpis", title: "KPIs", blocks };
}

/** The sentences for the first lines of a report: targets missed, and what moved beyond chance. */
export function glanceAtKpis({ diagnosis }: GatheredReport): string[] {
  const missed = (diagnosis?.kpis ?? []).filter((line) => judgeTarget(line) === "missed");
  const compared = (diagnosis?.kpis ?? []).some(({ change }) => change !== null);
  const moved = (diagnosis?.kpis ?? []).filter(({ change }) => change?.beyondChance);
  return [
    ...(missed.length > 0 ? [`Targets missed: ${missed.map(({ title }) => title).join(", ")}.`] : []),
    ...moved.map((line) => {
      const judged = judgeChange(line);
      const how = judged ? `, ${judged === "good" ? "better" : "worse"}` : "";
      return `${line.title}: ${describeChange(line)} (${describeEnds(line)})${how}.`;
    }),
    ...(compared && moved.length === 0 ? ["No headline number moved beyond chance."] : []),
  ];
}
