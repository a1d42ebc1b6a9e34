/**
 * The pain points of a report: what they cost a month, handling (a fact) apart from value at risk (an estimate); dated incidents;
 * and the frictions of which nothing is claimed, with the reason.
 */
import type { PainPoint, PainPointsReport } from "../../analysis/pain-points-schema.ts";
import { describeWindow, nameOutcome } from "../../domain/moment-words.ts";
import { type GatheredReport, isInsufficient } from "./gather-report.ts";
import { writeCount, writeCountOf, writeMoney, writePeriod, writeShare } from "./number-words.ts";
import {
  type Asked,
  day,
  describeRisk,
  findLoss,
  INCIDENT_COLUMNS,
  PAIN_COLUMNS,
  REJECTED_COLUMNS,
  toIncidentRow,
  toPainRow,
  toRejectedRow,
} from "./pain-rows.ts";
import { type Block, gap, heading, type IntervalBar, list, type Section, text } from "./report-document.ts";

const MOST_BARS = 10;
const MOST_POINTS = 20;
const MOST_REJECTED = 10;

function toBar(point: PainPoint, asked: Asked): IntervalBar[] {
  const loss = findLoss(point);
  if (loss === undefined) return [];
  const { value, low, high } = loss;
  return [{ label: point.name, value, low, high, words: describeRisk(point, asked).words }];
}

/** Only bars of one unit stand beside each other. */
function drawRisks(points: readonly PainPoint[], asked: Asked): Block[] {
  const shown = points.slice(0, MOST_BARS);
  const inMoney = shown.some((point) => findLoss(point)?.inMoney === true);
  const alike = shown.filter((point) => findLoss(point)?.inMoney === inMoney);
  if (alike.length < 2) return [];
  const unit = inMoney ? `in ${asked.currency || "money"}` : "in outcomes";
  const caption = `At risk a month, ${unit}: the estimate as a bar, its 80 % interval as a line`;
  return [{ kind: "intervals", caption, bars: alike.flatMap((point) => toBar(point, asked)) }];
}

function describeQuestion({
  outcome,
  withinMs,
  n,
  customers,
  base,
  journey,
  worth,
  worthError,
  currency,
}: PainPointsReport): Block {
  const error = worthError === null ? "" : ` ± ${writeMoney(worthError, "")}`;
  return {
    kind: "facts",
    rows: [
      ["Outcome", nameOutcome({ outcome })],
      ["Counts when it comes within", describeWindow(withinMs)],
      [
        "It follows",
        `${writeShare(base)} of ${writeCountOf(n, "touch", "touches")}, ${writeCountOf(customers, "customer")}`,
      ],
      ["Journey", journey],
      ["One is worth", worth === null ? "not known: say it with --worth" : `${writeMoney(worth, currency)}${error}`],
    ],
  };
}

const HOW_TO_READ =
  "Handling is a fact: a price times a number. What is at risk is an estimate, and stands apart from it. The effect of one says how many points more or less often the outcome follows; of leaving, how many points more often journeys end there than is usual.";

function tellMore(more: number): Block[] {
  const where = "the page Pain points lists them all, and so does waymark pain-points.";
  return more > 0 ? [text(`And ${writeCount(more)} more: ${where}`)] : [];
}

function describeClaims({ painPoints, tested, ...asked }: PainPointsReport): Block[] {
  const [incidents, lasting] = [painPoints.filter((one) => one.incident), painPoints.filter((one) => !one.incident)];
  const none = `Of ${writeCountOf(tested, "friction")} tested none has a clear harm: there is no pain point to claim.`;
  return [
    ...(lasting.length === 0
      ? [text(none)]
      : [
          text(HOW_TO_READ),
          ...drawRisks(lasting, asked),
          {
            kind: "table" as const,
            caption: "Pain points, by what they cost at least",
            columns: PAIN_COLUMNS,
            rows: lasting.slice(0, MOST_POINTS).map((point) => toPainRow(point, asked)),
          },
          ...tellMore(lasting.length - MOST_POINTS),
        ]),
    heading("Dated incidents"),
    incidents.length === 0
      ? text("In no weeks was any friction commoner than chance explains.")
      : {
          kind: "table",
          caption: "Weeks in which a friction was commoner than usual",
          columns: INCIDENT_COLUMNS,
          rows: incidents.map((point) => toIncidentRow(point, asked)),
        },
  ];
}

function describeRejected({ rejected, currency }: PainPointsReport): Block[] {
  if (rejected.length === 0) return [];
  const shown = rejected.slice(0, MOST_REJECTED);
  return [
    heading("Frictions without a claim"),
    {
      kind: "table",
      caption: "What was looked at too: facts, and why no effect is claimed",
      columns: REJECTED_COLUMNS,
      rows: shown.map((friction) => toRejectedRow(friction, currency)),
    },
    ...tellMore(rejected.length - MOST_REJECTED),
  ];
}

const ASK =
  "Nothing is diagnosed: no touchpoint has the role «order», so it is not known what journeys are for. Name an outcome: waymark report --outcome 'touchpoint = \"NAME\"'.";

function describePain({ diagnosis }: GatheredReport): Block[] {
  if (diagnosis === null) return [gap("Nothing is diagnosed, because there are no events.")];
  const { painPoints } = diagnosis;
  if (painPoints === null) return [gap(ASK)];
  if (isInsufficient(painPoints)) return [gap(`Not enough data for pain points: ${painPoints.reason}`)];
  return [
    describeQuestion(painPoints),
    ...describeClaims(painPoints),
    ...describeRejected(painPoints),
    heading("What would bias this"),
    ...list(painPoints.caveats),
  ];
}

export function composePain(gathered: GatheredReport): Section {
  return { id: "pain-points", title: "Pain points", blocks: describePain(gathered) };
}

export function glanceAtPain({ diagnosis }: GatheredReport): string[] {
  const report = diagnosis?.painPoints;
  if (!report || isInsufficient(report)) return [];
  const top = report.painPoints.find((one) => !one.incident);
  const incidents = report.painPoints.filter((one) => one.incident);
  const newest = incidents.toSorted((a, b) => Date.parse(b.window.from) - Date.parse(a.window.from))[0];
  const risk = top && describeRisk(top, report);
  return [
    ...(top && risk
      ? [`Costliest pain point: ${top.name}, about ${risk.words} a month (an estimate, ${risk.ends}).`]
      : []),
    ...(newest
      ? [
          `${writeCountOf(incidents.length, "dated incident")}; the newest: ${newest.name}, ${writePeriod(day(newest.window.from), day(newest.window.to))}, ${newest.segment ?? "everybody"}.`,
        ]
      : []),
  ];
}
