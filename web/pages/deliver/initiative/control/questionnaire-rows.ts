/**
 * The questionnaire's seventeen statements with the answers of both stages, and how far it is. Pure.
 */
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { STATEMENTS, WEAK_SCORE } from "../../../../../src/domain/dsdm/questionnaire.ts";

export type Stage = keyof Initiative["questionnaire"];
type GivenAnswer = Initiative["questionnaire"][Stage][number];

export interface StatementRow {
  /** 1–17. */
  readonly statement: number;
  readonly text: string;
  /** The newest answer; undefined before the first. */
  readonly answer: GivenAnswer | undefined;
  /** Answered with 1 or 2. */
  readonly weak: boolean;
}

export function listStatements({ questionnaire }: Initiative, stage: Stage): StatementRow[] {
  return STATEMENTS.map((text, index) => {
    const answer = questionnaire[stage].findLast(({ statement }) => statement === index + 1);
    return { statement: index + 1, text, answer, weak: answer !== undefined && answer.score <= WEAK_SCORE };
  });
}

/** "12 of 17 answered; 2 weak, 1 of them without an action". */
export function describeProgress(rows: readonly StatementRow[]): string {
  const answered = rows.filter(({ answer }) => answer !== undefined).length;
  const weak = rows.filter((row) => row.weak);
  const open = weak.filter(({ answer }) => answer?.action === null).length;
  const said = `${answered} of ${rows.length} answered`;
  if (weak.length === 0) return said;
  return `${said}; ${weak.length} weak${open === 0 ? ", each with an action" : `, ${open} without an action`}`;
}

export const SCORE_WORDS: Readonly<Record<number, string>> = {
  1: "not at all",
  2: "hardly",
  3: "partly",
  4: "mostly",
  5: "fully",
};
