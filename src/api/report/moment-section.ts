/**
 * The moments of truth of a report: what makes or breaks the outcome, each as the sentence that the pages say too.
 */
import { describeMoment, nameMoment } from "../../domain/moment-words.ts";
import { type GatheredReport, isInsufficient } from "./gather-report.ts";
import { writeAmount, writeCount, writeCountOf, writeEnds, writeMoney, writePoints } from "./number-words.ts";
import { type Block, type Cell, cell, gap, type Section, text } from "./report-document.ts";

type Report = NonNullable<NonNullable<GatheredReport["diagnosis"]>["moments"]>;

const MOST = 10;

const COLUMNS = [
  { title: "Moment" },
  { title: "Effect in points", number: true },
  { title: "Touches", number: true },
  { title: "Outcomes a month", number: true },
  { title: "Worth a month", number: true },
] as const;

function toRow(claim: Report["claims"][number], { currency, months, of }: Report): Cell[] {
  const monthly = (amount: number | null) => (amount === null || months <= 0 ? null : amount / months);
  return [
    cell(nameMoment(claim), claim.label),
    cell(
      writePoints(claim.effect, of),
      writeEnds(claim, (value) => writePoints(value, of)),
    ),
    cell(writeCount(claim.reach)),
    cell(writeAmount(monthly(claim.impact))),
    cell(writeMoney(monthly(claim.money), currency)),
  ];
}

function describeMoments({ diagnosis }: GatheredReport): Block[] {
  const report = diagnosis?.moments;
  if (!report) return [gap("No moment of truth is looked for: there is no outcome to ask about (see Pain points).")];
  if (isInsufficient(report)) return [gap(`Not enough data for moments of truth: ${report.reason}`)];
  const { claims, tested } = report;
  if (claims.length === 0)
    return [
      text(`Of ${writeCountOf(tested, "candidate")} tested none has a sure effect: there is no moment to claim.`),
    ];
  const more = claims.length - MOST;
  return [
    {
      kind: "table",
      caption: `What decides, the largest impact first, of ${writeCountOf(tested, "candidate")} tested`,
      columns: COLUMNS,
      rows: claims.slice(0, MOST).map((claim) => toRow(claim, report)),
    },
    ...(more > 0
      ? [text(`And ${writeCount(more)} more: the page Moments lists them all, and so does waymark moments.`)]
      : []),
  ];
}

export function composeMoments(gathered: GatheredReport): Section {
  return { id: "moments", title: "Moments of truth", blocks: describeMoments(gathered) };
}

export function glanceAtMoments({ diagnosis }: GatheredReport): string[] {
  const report = diagnosis?.moments;
  if (!report || isInsufficient(report)) return [];
  const [top] = report.claims;
  return top ? [`${describeMoment(top, report)}.`] : [];
}
