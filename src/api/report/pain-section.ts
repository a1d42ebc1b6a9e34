/**
 * The pain points of a report: what they cost a month, handling (a fact) apart from value at risk (an estimate); dated incidents;
 * and the frictions of which nothing is claimed, with the reason.
 */
import type { PainPoint, PainPointsReport, RejectedFriction } from "../../analysis/pain-points-schema.ts";
import { describeWindow, nameOutcome } from "../../domain/moment-words.ts";
import { type GatheredReport, isInsufficient } from "./gather-report.ts";
import {
  NONE,
  writeAmount,
  writeCount,
  writeCountOf,
  writeEnds,
  writeMoney,
  writePeriod,
  writePoints,
  writeShare,
} from "./number-words.ts";
import {
  type Block,
  type Cell,
  cell,
  gap,
  heading,
  type IntervalBar,
  list,
  type Section,
  text,
} from "./report-document.ts";

const MOST_BARS = 10;
const MOST_REJECTED = 10;

const day = (moment: string) => moment.slice(0, 10);

/** What is lost a month where it is known, with its 80 % ends; in money, else in outcomes. */
function findLoss({ valueAtRisk, outcomesAtRisk }: PainPoint) {
  const { value, low, high } = valueAtRisk;
  if (value === null || low === null || high === null) return { ...outcomesAtRisk, inMoney: false };
  return { value, low, high, inMoney: true };
}

type Asked = Pick<PainPointsReport, "currency" | "outcome">;

/** "24 outcomes lost"; of silence, which is bad when it comes, "24 more fall silent". */
function writeLost(value: number, { outcome }: Pick<Asked, "outcome">): string {
  return `${writeAmount(value)} ${outcome === "silence" ? "more fall silent" : "outcomes lost"}`;
}

function describeRisk(point: PainPoint, asked: Asked): { readonly words: string; readonly ends: string } {
  const { inMoney, ...loss } = findLoss(point);
  const write = inMoney ? (value: number) => writeMoney(value, "") : writeAmount;
  const words = inMoney ? writeMoney(loss.value, asked.currency) : writeLost(loss.value, asked);
  return { words, ends: writeEnds(loss, write, 80) };
}

function writeRisk(point: PainPoint, asked: Asked): Cell {
  const { words, ends } = describeRisk(point, asked);
  const lost = findLoss(point).inMoney && writeLost(point.outcomesAtRisk.value, asked);
  return cell(words, ends, lost);
}

function writeEffect({ effect, low, high }: Pick<PainPoint, "effect" | "low" | "high">): Cell {
  return cell(
    effect === null ? "not measured" : writePoints(effect),
    writeEnds({ low, high }, (value) => writePoints(value)),
  );
}

type Facts = Pick<PainPoint, "events" | "of" | "customers" | "journeys" | "kind">;

/** "1,234 of 5,678 (21.7 %), 567 customers" */
function writeFacts({ events, of, customers, journeys, kind }: Facts): string {
  const share =
    of > 0 && events <= of && kind !== "error-event" ? ` of ${writeCount(of)} (${writeShare(events / of)})` : " times";
  return `${writeCount(events)}${share}, ${customers > 0 ? writeCountOf(customers, "customer") : writeCountOf(journeys, "journey")}`;
}

const PAIN_COLUMNS = [
  { title: "Pain point" },
  { title: "Times a month", number: true },
  { title: "Handling a month (a fact)", number: true },
  { title: "At risk a month (an estimate)", number: true },
  { title: "Effect of one, in points", number: true },
] as const;

function toPainRow(point: PainPoint, asked: Asked): Cell[] {
  return [
    cell(point.name, writeFacts(point), point.label, point.trend),
    cell(writeAmount(point.perMonth)),
    cell(writeMoney(point.directCost, asked.currency)),
    writeRisk(point, asked),
    writeEffect(point),
  ];
}

function toBar(point: PainPoint, asked: Asked): IntervalBar {
  const { value, low, high } = findLoss(point);
  return { label: point.name, value, low, high, words: describeRisk(point, asked).words };
}

/** Only bars of one unit stand beside each other. */
function drawRisks(points: readonly PainPoint[], asked: Asked): Block[] {
  const shown = points.slice(0, MOST_BARS);
  const inMoney = shown.some((point) => findLoss(point).inMoney);
  const alike = shown.filter((point) => findLoss(point).inMoney === inMoney);
  if (alike.length < 2) return [];
  const unit = inMoney ? `in ${asked.currency || "money"}` : "in outcomes";
  const caption = `At risk a month, ${unit}: the estimate as a bar, its 80 % interval as a line`;
  return [{ kind: "intervals", caption, bars: alike.map((point) => toBar(point, asked)) }];
}

const INCIDENT_COLUMNS = [
  { title: "Incident" },
  { title: "When", short: true },
  { title: "Whom" },
  { title: "Times", number: true },
  { title: "Cost in all (an estimate)", number: true },
] as const;

function writeExcessCost({ excess }: PainPoint, asked: Asked): Cell {
  if (excess === null) return cell(NONE);
  const { outcomes, money } = excess;
  const lost = writeLost(outcomes.value, asked);
  if (money.value === null) return cell(lost, writeEnds(outcomes, writeAmount, 80));
  const ends = writeEnds(money, (value) => writeMoney(value, ""), 80);
  return cell(writeMoney(money.value, asked.currency), ends, lost);
}

function toIncidentRow(point: PainPoint, asked: Asked): Cell[] {
  const { name, window, segment, excess, p } = point;
  return [
    cell(name, `such weeks by chance: p ${p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`}`),
    cell(writePeriod(day(window.from), day(window.to))),
    cell(segment ?? "everybody"),
    cell(writeCount(excess?.events), excess && `usual: ${writeAmount(excess.usual)}`),
    writeExcessCost(point, asked),
  ];
}

const REJECTED_COLUMNS = [
  { title: "Friction" },
  { title: "Times a month", number: true },
  { title: "Handling a month (a fact)", number: true },
  { title: "Why nothing is claimed" },
] as const;

function toRejectedRow(friction: RejectedFriction, currency: string): Cell[] {
  const { name, perMonth, directCost, reason, detail } = friction;
  return [
    cell(name, writeFacts(friction)),
    cell(writeAmount(perMonth)),
    cell(writeMoney(directCost, currency)),
    cell(reason, detail),
  ];
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

function describeClaims({ painPoints, tested, ...asked }: PainPointsReport): Block[] {
  const [incidents, lasting] = [painPoints.filter((one) => one.incident), painPoints.filter((one) => !one.incident)];
  const none = `Of ${writeCountOf(tested, "friction")} tested none has a clear harm: there is no pain point to claim.`;
  return [
    ...(lasting.length === 0
      ? [text(none)]
      : [
          ...drawRisks(lasting, asked),
          {
            kind: "table" as const,
            caption: "Pain points, by what they cost at least",
            columns: PAIN_COLUMNS,
            rows: lasting.map((point) => toPainRow(point, asked)),
          },
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
  const more = rejected.length - shown.length;
  return [
    heading("Frictions without a claim"),
    {
      kind: "table",
      caption: "What was looked at too: facts, and why no effect is claimed",
      columns: REJECTED_COLUMNS,
      rows: shown.map((friction) => toRejectedRow(friction, currency)),
    },
    ...(more > 0
      ? [text(`And ${writeCount(more)} more: the page Pain points lists them all, and so does waymark pain-points.`)]
      : []),
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
