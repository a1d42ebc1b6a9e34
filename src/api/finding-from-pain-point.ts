/**
 * How the answer about one friction becomes a finding: its question, its title, its numbers.
 * Pure: nothing is asked and nothing is kept here.
 */
import type { PainPoint, PainPointReport } from "../analysis/pain-points-schema.ts";
import type { FindingMeasure } from "../domain/finding.ts";
import { describePainPoint } from "../domain/pain-words.ts";
import type { Basis, Insufficiency } from "./answer.ts";
import type { PainQuestion } from "./finding-question.ts";

/** What the operation `pain-point` answers. */
export type PainPointAnswer = PainPointReport & Pick<Basis, "dataVersion"> & Partial<Insufficiency>;
type Incident = NonNullable<PainQuestion["incident"]>;

const DAY_MS = 86_400_000;
const DAYS_A_MONTH = 365.25 / 12;
const NOT_THERE = "no such incident on this data";

/** The incident of the same part of the customers that shares most weeks with the one that was kept. */
function findIncident({ incidents }: PainPointAnswer, asked: Incident): PainPoint | undefined {
  const shared = ({ window: { from, to } }: PainPoint) =>
    Math.min(Date.parse(to), Date.parse(asked.to)) - Math.max(Date.parse(from), Date.parse(asked.from));
  return incidents
    .filter((incident) => incident.segment === asked.segment && shared(incident) > 0)
    .toSorted((a, b) => shared(b) - shared(a))[0];
}

/** What a question is about: the incident it names, else the friction itself. */
function findPainPoint(answer: PainPointAnswer, { incident }: Pick<PainQuestion, "incident">): PainPoint | undefined {
  return incident === undefined ? (answer.painPoint ?? undefined) : findIncident(answer, incident);
}

/**
 * The question with what was left to Waymark said: the journey, and which property tells it. The bound of a wait is left
 * to the data: it belongs to the period that is looked at. An incident is named by the weeks it was found in.
 */
export function pinPainQuestion(question: PainQuestion, answer: PainPointAnswer): PainQuestion {
  const { property: _, bad: __, incident, ...asked } = question;
  const shown = answer.painPoint ?? answer.rejected ?? question;
  const { property, bad } = { property: shown.property ?? null, bad: shown.bad ?? null };
  const found = incident && findIncident(answer, incident);
  return {
    ...asked,
    journey: answer.journey,
    ...(property === null ? {} : { property, ...(bad === null ? {} : { bad }) }),
    ...(found ? { incident: { segment: found.segment, from: found.window.from, to: found.window.to } } : {}),
  };
}

/** The sentence of a pain point, or what was looked at and why it is none; undefined where there is nothing to keep. */
export function titlePainPoint(answer: PainPointAnswer, question: Pick<PainQuestion, "incident">): string | undefined {
  const painPoint = findPainPoint(answer, question);
  if (painPoint) return describePainPoint(painPoint, answer);
  const { rejected } = answer;
  return rejected && question.incident === undefined ? `${rejected.name}: ${rejected.reason}` : undefined;
}

/** Outcomes are lost whatever the friction; of `silence`, the outcome that is bad, they are too many. */
const signOf = ({ outcome }: Pick<PainPointAnswer, "outcome">) => (outcome === "silence" ? 1 : -1);

/** Losses are below zero; without any price there is none, not nought. */
function addLosses(amounts: readonly (number | null)[], months: number): number | null {
  const known = amounts.flatMap((amount) => amount ?? []);
  const sum = known.reduce((total, amount) => total + amount, 0);
  return known.length === 0 ? null : -sum * months || 0;
}

/** Impact and money add up over `months`. */
type Losses = Pick<FindingMeasure, "impact" | "money" | "months">;

function sumLosses(painPoint: PainPoint, answer: PainPointAnswer): Losses {
  const { outcomesAtRisk, valueAtRisk, directCost, window, excess } = painPoint;
  const impactOf = (lost: number | null, times: number) => (lost === null ? null : signOf(answer) * lost * times || 0);
  if (excess === null) {
    const { months } = answer;
    return {
      impact: impactOf(outcomesAtRisk.value, months),
      money: addLosses([valueAtRisk.value, directCost], months),
      months,
    };
  }
  const days = (Date.parse(window.to) - Date.parse(window.from)) / DAY_MS;
  const months = days / DAYS_A_MONTH;
  const handling = directCost === null ? null : directCost * months;
  return {
    impact: impactOf(excess.outcomes.value, 1),
    money: addLosses([excess.money.value, handling], 1),
    months,
  };
}

/** The numbers of an answer as a measurement; without a friction there was too little to estimate anything. */
export function measurePainPoint(
  answer: PainPointAnswer,
  question: Pick<PainQuestion, "incident">,
  measuredAt: Date,
): FindingMeasure {
  const painPoint = findPainPoint(answer, question);
  const rejected = question.incident === undefined ? answer.rejected : null;
  const shown = painPoint ?? rejected;
  const nothing = question.incident === undefined ? (answer.reason ?? "too few") : NOT_THERE;
  const losses = painPoint ? sumLosses(painPoint, answer) : { impact: null, money: null, months: answer.months };
  return {
    ...{ measuredAt: measuredAt.toISOString(), dataVersion: answer.dataVersion },
    method: describeMethod(answer, painPoint),
    ...{ effect: shown?.effect ?? null, low: shown?.low ?? null, high: shown?.high ?? null },
    q: painPoint?.q ?? null,
    reach: painPoint?.excess?.events ?? shown?.reach ?? 0,
    ...losses,
    claimed: painPoint !== undefined,
    reason: painPoint ? null : (rejected?.reason ?? nothing),
  };
}

function describeMethod(answer: PainPointAnswer, painPoint: PainPoint | undefined): string {
  if (!painPoint && !answer.rejected) return "nothing to estimate from";
  if (painPoint?.incident)
    return `weekly scan over all frictions, parts of the customers and windows (p ${painPoint.p.toPrecision(2)}); weeks ${painPoint.window.from} up to ${painPoint.window.to}`;
  const placebo = painPoint?.placebo ? `, placebo: ${painPoint.placebo.of}` : "";
  const label = painPoint ? `; ${painPoint.label}${placebo}` : "";
  return `${answer.method.replace(/\.$/u, "")}; Benjamini–Hochberg over ${answer.tested} tested${label}`;
}
