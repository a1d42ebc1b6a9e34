/**
 * The plain statement that a number cannot be given for these data, with the reason as a sentence for the reader.
 * What to do about it on screen is the caller's; too few units to show a number are in estimate.ts.
 */

export type NoAnswerCode =
  | "too-few"
  | "no-variation"
  | "zero-baseline"
  | "vague-baseline"
  | "not-finite"
  | "out-of-range"
  | "unreachable"
  | "dependent-columns"
  | "not-a-block";

export interface NoAnswer {
  readonly noAnswer: NoAnswerCode;
  /** One sentence: what is wrong, where, and what would help. */
  readonly reason: string;
  /** The input it is about, by its name in the call. */
  readonly field: string;
}

export function noAnswer(code: NoAnswerCode, field: string, reason: string): NoAnswer {
  return { noAnswer: code, reason, field };
}

export function isNoAnswer(result: object): result is NoAnswer {
  return "noAnswer" in result;
}
