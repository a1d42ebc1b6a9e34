/**
 * The findings of a report: what somebody kept because it matters, with status, owner, newest numbers and what was said of it.
 */
import { amountPerMonth } from "../../domain/finding.ts";
import type { GatheredReport } from "./gather-report.ts";
import { NONE, writeCount, writeCountOf, writeDay, writeEnds, writeMoney, writePoints } from "./number-words.ts";
import { type Block, type Cell, cell, gap, heading, list, type Section } from "./report-document.ts";

type Finding = GatheredReport["findings"][number];

const KINDS: Readonly<Record<Finding["kind"], string>> = { moment: "moment of truth", "pain-point": "pain point" };
const MOST_COMMENTS = 20;

const COLUMNS = [
  { title: "Finding" },
  { title: "Status" },
  { title: "Effect in points", number: true },
  { title: "Touches", number: true },
  { title: "Money a month", number: true },
] as const;

function writeState({ status, owner, reason, waiting, outdated }: Finding): Cell {
  const notes = [
    owner ?? "nobody owns it",
    reason,
    waiting && "nobody acted for two weeks",
    outdated && "measured on older data",
  ];
  return { ...cell(status, ...notes), ...(waiting ? { tone: "bad" } : {}) };
}

function writeEffect({ measures, question }: Finding): Cell {
  const newest = measures.at(-1);
  if (newest === undefined) return { text: "never measured" };
  const of = typeof question.of === "string" ? question.of : null;
  const ends = writeEnds(newest, (value) => writePoints(value, of));
  return cell(writePoints(newest.effect, of), ends, !newest.claimed && `no claim: ${newest.reason ?? NONE}`);
}

function writeWorth({ measures }: Finding, currency: string): Cell {
  const newest = measures.at(-1);
  if (newest === undefined || newest.money === null) return { text: NONE };
  const monthly = amountPerMonth(newest.money, newest.months);
  // Kept before the months were: its sum says nothing of a month.
  return monthly === null
    ? cell(NONE, `${writeMoney(newest.money, currency)} in all`)
    : cell(writeMoney(monthly, currency));
}

function toRow(finding: Finding, { overview, zone }: GatheredReport): Cell[] {
  const { id, kind, title, createdAt, measures } = finding;
  const measured = measures.at(-1)?.measuredAt;
  return [
    cell(
      title,
      `No. ${id}, ${KINDS[kind]}`,
      `kept ${writeDay(createdAt, zone)}`,
      measured !== undefined && `measured ${writeDay(measured, zone)}`,
    ),
    writeState(finding),
    writeEffect(finding),
    { text: writeCount(measures.at(-1)?.reach) },
    writeWorth(finding, overview.currency),
  ];
}

/** The newest first. */
function listComments({ findings, zone }: GatheredReport): string[] {
  return findings
    .flatMap(({ id, comments }) => comments.map((comment) => ({ ...comment, finding: id })))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, MOST_COMMENTS)
    .map(({ at, by, text, finding }) => `${writeDay(at, zone)}, ${by ?? "somebody"}, on No. ${finding}: ${text}`);
}

export function composeFindings(gathered: GatheredReport): Section {
  const { findings } = gathered;
  const comments = listComments(gathered);
  const blocks: Block[] =
    findings.length === 0
      ? [
          gap(
            "No finding is kept. Keep one from a moment of truth or a pain point, with its button «Make it a finding».",
          ),
        ]
      : [
          {
            kind: "table",
            caption: "Findings, those that wait for somebody first",
            columns: COLUMNS,
            rows: findings.map((finding) => toRow(finding, gathered)),
          },
          ...(comments.length === 0 ? [] : [heading("What was said of them"), ...list(comments)]),
        ];
  return { id: "findings", title: "Findings", blocks };
}

export function glanceAtFindings({ findings }: GatheredReport): string[] {
  const waiting = findings.filter((finding) => finding.waiting).length;
  const verified = findings.filter(({ status }) => status === "verified").length;
  return [
    ...(waiting > 0 ? [`${writeCountOf(waiting, "finding")} without any action for two weeks.`] : []),
    ...(verified > 0 ? [`${writeCountOf(verified, "finding")} verified by a measured effect.`] : []),
  ];
}
