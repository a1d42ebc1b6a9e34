/**
 * The themes of a sample of texts: for each a label, its words and the pattern that finds it in any text.
 * It counts nothing that is shown: counts come from the pattern, over all texts, in themes.ts.
 */
import { findCandidates } from "./candidates.ts";
import { countOf, tally } from "./counting.ts";
import { joinKin } from "./kinships.ts";
import { knowLanguage, tellLanguages } from "./language.ts";
import { findPhrases, listWords, nameTheme, writePattern } from "./phrases.ts";
import { plainWord } from "./plain-text.ts";
import { type Line, listSenses, readLines, type SampleText } from "./senses.ts";

export interface FoundTheme {
  readonly id: string;
  readonly label: string;
  readonly words: readonly string[];
  readonly language: string;
  readonly pattern: string;
  /** Texts of the sample in which it was found. */
  readonly texts: number;
}

export interface FoundThemes {
  readonly themes: readonly FoundTheme[];
  /** Texts of the sample by language, the commonest first. */
  readonly languages: readonly { readonly language: string; readonly texts: number }[];
}

/** A theme is said in one of two hundred texts, and in ten at the least; senses that make it up may be rarer. */
const LEAST = { share: 0.005, texts: 10, sense: 0.6 } as const;
/** Fewer texts of a language have no themes. */
const LEAST_TEXTS = 30;
/** Negations that are worth looking for before a plain word: one of fifty, twelve at the most. */
const NEGATIONS = { share: 0.02, most: 12 } as const;

function listNegations(lines: readonly Line[]): string[] {
  const counts = new Map<string, number>();
  for (const { clauses } of lines)
    for (const { negation } of clauses.flat()) if (negation !== null) tally(counts, plainWord(negation));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .filter(([, count]) => count >= NEGATIONS.share * all)
    .sort((a, b) => countOf(b) - countOf(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, NEGATIONS.most)
    .map(([word]) => word);
}

function findIn(sample: readonly SampleText[], code: string, most: number): FoundTheme[] {
  if (sample.length < LEAST_TEXTS) return [];
  const language = knowLanguage(code);
  const scores = sample.map(({ score }) => score);
  const least = Math.max(LEAST.texts, Math.ceil(LEAST.share * sample.length));
  const lines = readLines(sample, language);
  const senses = listSenses(lines, scores, language, Math.ceil(LEAST.sense * least));
  const kins = joinKin(lines, senses, scores);
  const negations = listNegations(lines);
  return findCandidates(lines, kins, scores, least)
    .slice(0, most)
    .map((candidate) => {
      const phrases = findPhrases(lines, candidate);
      const label = nameTheme(phrases, language, candidate);
      return {
        id: `${language.code}-${plainWord(label).replace(/[^\p{L}\p{N}]+/gu, "-")}`,
        ...{ label, language: language.code },
        words: listWords(phrases),
        pattern: writePattern(phrases, candidate, negations, scores),
        texts: candidate.texts.size,
      };
    });
}

function compare(a: SampleText, b: SampleText): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return (a.score ?? -1) - (b.score ?? -1);
}

/**
 * The themes of a sample, the largest first, at most `most` of each language. The order of the texts is of no matter.
 */
export function findThemes(texts: readonly SampleText[], most: number): FoundThemes {
  const sample = [...texts].sort(compare);
  const codes = tellLanguages(sample.map(({ text }) => text));
  const byLanguage = new Map<string, SampleText[]>();
  for (const [at, text] of sample.entries()) {
    const code = codes[at] ?? "und";
    const own = byLanguage.get(code) ?? [];
    own.push(text);
    byLanguage.set(code, own);
  }
  const groups = [...byLanguage].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  const found = groups.flatMap(([code, own]) => findIn(own, code, most));
  const unique = new Map<string, FoundTheme>();
  for (const theme of found) if (!unique.has(theme.id)) unique.set(theme.id, theme);
  return {
    themes: [...unique.values()].sort((a, b) => b.texts - a.texts || (a.id < b.id ? -1 : 1)),
    languages: groups.map(([code, own]) => ({ language: knowLanguage(code).code, texts: own.length })),
  };
}
