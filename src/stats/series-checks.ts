/**
 * What must be looked at before an interrupted series is believed: enough seasons, errors that follow each other, and whether
 * the same method sees a change where there was none. Whatever they say, the verdict stays at most indicative.
 */
import type { DesignCheck } from "./design-check.ts";
import type { SeriesQuestion } from "./interrupted-fit.ts";
import { estimateInterruption, REQUIRED_BEFORE, type SeriesEffect } from "./interrupted-series.ts";
import { isNoAnswer } from "./no-answer.ts";

/** Up to here intervals hold in simulated series (prove/effect-series.proof.ts). */
const MOST_SERIAL = 0.4;

/** Seasons that must have been seen before the change to know their shape. */
const SEASONS = 2;

/**
 * The same question about the time before the change alone, with a change made up halfway: it should find nothing.
 * @returns undefined where the time before is too short for it
 */
function checkMadeUpChange(question: SeriesQuestion): DesignCheck | undefined {
  const before = Math.floor(question.before / 2);
  if (before < REQUIRED_BEFORE) return undefined;
  const cut = (values: ArrayLike<number>) => Array.from(values).slice(0, question.before);
  const offset = question.offset ? { offset: cut(question.offset) } : {};
  const found = estimateInterruption({ ...question, ...offset, values: cut(question.values), before });
  if (isNoAnswer(found)) return undefined;
  const { p } = found.absolute;
  return {
    id: "made-up-change",
    passed: p >= 0.05,
    detail: `A change made up after period ${before}, before the real one, has p ${p.toPrecision(2)}; it should have none below .05.`,
  };
}

/** @param found the answer to the same question */
export function checkSeries(question: SeriesQuestion, found: SeriesEffect): DesignCheck[] {
  const { before, season } = question;
  const rho = found.serialCorrelation;
  const checks: (DesignCheck | undefined)[] = [
    {
      id: "periods-before",
      passed: before >= REQUIRED_BEFORE,
      detail: `${before} periods before the change; ${REQUIRED_BEFORE} are needed.`,
    },
    season && {
      id: "seasons-before",
      passed: before >= SEASONS * season.period,
      detail: `${(before / season.period).toFixed(1)} seasons before the change; ${SEASONS} are wanted.`,
    },
    {
      id: "serial-correlation",
      passed: rho <= MOST_SERIAL,
      detail: `Errors follow the one before with a correlation of ${rho.toFixed(2)}; above ${MOST_SERIAL} intervals come out too narrow.`,
    },
    checkMadeUpChange(question),
  ];
  return checks.filter((check) => check !== undefined);
}
