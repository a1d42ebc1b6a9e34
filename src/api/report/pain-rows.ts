/**
 * Pain points, incidents and frictions as rows of a report's tables: facts apart from estimates, each with its interval.
 */
import type { PainPoint, PainPointsReport, RejectedFriction } from "../../analysis/pain-points-schema.ts";
import {
  writeAmount,
  writeCount,
  writeCountOf,
  writeEnds,
  writeMoney,
  writePeriod,
  writePoints,
  writeShare,
} from "./number-words.ts";
import { type Cell, cell } from "./report-document.ts";

export const day = (moment: string) => moment.slice(0, 10);

/** What is lost a month, with its 80 % ends; in money, else in outcomes; undefined where neither is known. */
export function findLoss({ valueAtRisk, outcomesAtRisk }: PainPoint) {
  const inMoney = valueAtRisk.value !== null;
  const { value, low, high } = inMoney ? valueAtRisk : outcomesAtRisk;
  return value === null || low === null || high === null ? undefined : { value, low, high, inMoney };
}

export type Asked = Pick<PainPointsReport, "currency" | "outcome">;

/** "24 outcomes lost"; of silence, which is bad when it comes, "24 more fall silent". */
function writeLost(value: number, { outcome }: Pick<Asked, "outcome">): string {
  return `${writeAmount(value)} ${outcome === "silence" ? "more fall silent" : "outcomes lost"}`;
}

export function describeRisk(point: PainPoint, asked: Asked): { readonly words: string; readonly ends: string } {
  const found = findLoss(point);
  if (found === undefined) return { words: "not known", ends: "" };
  const { inMoney, ...loss } = found;
  const write = inMoney ? (value: number) => writeMoney(value, "") : writeAmount;
  const words = inMoney ? writeMoney(loss.value, asked.currency) : writeLost(loss.value, asked);
  return { words, ends: writeEnds(loss, write, 80) };
}

function writeRisk(point: PainPoint, asked: Asked): Cell {
  const { words, ends } = describeRisk(point, asked);
  const lost = point.outcomesAtRisk.value;
  return cell(words, ends, findLoss(point)?.inMoney === true && lost !== null && writeLost(lost, asked));
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

export const PAIN_COLUMNS = [
  { title: "Pain point" },
  { title: "Times a month", number: true },
  { title: "Handling a month (a fact)", number: true },
  { title: "At risk a month (an estimate)", number: true },
  { title: "Effect of one, in points", number: true },
] as const;

export function toPainRow(point: PainPoint, asked: Asked): Cell[] {
  return [
    cell(point.name, writeFacts(point), point.trend === null ? point.label : `${point.label}, ${point.trend}`),
    cell(writeAmount(point.perMonth)),
    cell(writeMoney(point.directCost, asked.currency)),
    writeRisk(point, asked),
    writeEffect(point),
  ];
}

export const INCIDENT_COLUMNS = [
  { title: "Incident" },
  { title: "When", short: true },
  { title: "Whom" },
  { title: "Times", number: true },
  { title: "Cost in all (an estimate)", number: true },
] as const;

function writeExcessCost({ excess }: PainPoint, asked: Asked): Cell {
  if (excess === null || excess.outcomes.value === null) return cell("not known", "of one no effect is claimed");
  const { outcomes, money } = excess;
  const lost = writeLost(excess.outcomes.value, asked);
  if (money.value === null) return cell(lost, writeEnds(outcomes, writeAmount, 80));
  const ends = writeEnds(money, (value) => writeMoney(value, ""), 80);
  return cell(writeMoney(money.value, asked.currency), ends, lost);
}

export function toIncidentRow(point: PainPoint, asked: Asked): Cell[] {
  const { name, window, segment, excess, p } = point;
  return [
    cell(name, `such weeks by chance: p ${p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`}`),
    cell(writePeriod(day(window.from), day(window.to))),
    cell(segment ?? "everybody"),
    cell(writeCount(excess?.events), excess && `usual: ${writeAmount(excess.usual)}`),
    writeExcessCost(point, asked),
  ];
}

export const REJECTED_COLUMNS = [
  { title: "Friction" },
  { title: "Times a month", number: true },
  { title: "Handling a month (a fact)", number: true },
  { title: "Why nothing is claimed" },
] as const;

export function toRejectedRow(friction: RejectedFriction, currency: string): Cell[] {
  const { name, perMonth, directCost, reason, detail } = friction;
  return [
    cell(name, writeFacts(friction)),
    cell(writeAmount(perMonth)),
    cell(writeMoney(directCost, currency)),
    cell(reason, detail),
  ];
}
