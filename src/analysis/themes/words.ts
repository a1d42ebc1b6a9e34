/**
 * A text as clauses of words: content words in order, each with the negation and the function words before it.
 * What words mean, and which belong together, is for senses.ts and kinships.ts.
 */

import type { Language } from "./language.ts";
import { plainWord, splitClauses } from "./plain-text.ts";

/** Numbers, ids and single letters say nothing by themselves. */
const NO_WORD = /\p{N}|^[^\p{Script=Han}]?['’]*$/u;
/** Scripts that put no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A negation reaches so many function words far. */
export const REACH = 4;

/** One content word. */
export interface ContentWord {
  /** Folded. */
  readonly form: string;
  /** As written, in small letters. */
  readonly written: string;
  /** As written. */
  readonly negation: string | null;
  /** Function words, as written, since the content word before, up to the negation if there is one. */
  readonly before: readonly string[];
  /** Function words, as written, between the negation and the word. */
  readonly after: readonly string[];
  /** Of the last of its clause, what is left behind it, as written. */
  readonly tail: readonly string[];
}

function segmentUnspaced(words: readonly string[]): string[] {
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(words.join(" "));
  return [...segments].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** The words of each clause, as written, in small letters. */
export function splitWords(text: string): string[][] {
  return splitClauses(text).map((words) =>
    words.some((word) => UNSPACED.test(word)) ? segmentUnspaced(words) : words,
  );
}

function readClause(words: readonly string[], language: Language): ContentWord[] {
  const found: ContentWord[] = [];
  let before: string[] = [];
  let after: string[] = [];
  let negation: string | null = null;
  for (const written of words) {
    const form = plainWord(written);
    if (language.negations.has(form)) {
      before = negation === null ? before : [...before, negation, ...after];
      [negation, after] = [written, []];
    } else if (NO_WORD.test(form) || language.functionWords.has(form)) {
      (negation === null ? before : after).push(written);
      if (after.length <= REACH || negation === null) continue;
      [before, after, negation] = [[...before, negation, ...after], [], null];
    } else {
      found.push({ form, written, negation, before, after, tail: [] });
      [before, after, negation] = [[], [], null];
    }
  }
  const last = found.pop();
  if (!last) return [];
  return [...found, { ...last, tail: [...before, ...(negation === null ? [] : [negation]), ...after] }];
}

/** The content words of a text, clause by clause. */
export function readWords(text: string, language: Language): ContentWord[][] {
  return splitWords(text)
    .map((words) => readClause(words, language))
    .filter((clause) => clause.length > 0);
}
