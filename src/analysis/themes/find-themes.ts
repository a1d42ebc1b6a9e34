/**
 * The themes of a sample of texts: for each a label, its words and the pattern that finds it in any text.
 * It counts nothing that is shown: counts come from the pattern, over all texts, in themes.ts.
 */
import { findCandidates } from "./candidates.ts";
import { countOf, countShared, tally } from "./counting.ts";
import { joinKin } from "./kinships.ts";
import { listWords, nameTheme } from "./labels.ts";
import { knowLanguage, tellLanguages } from "./language.ts";
import { findPhrases, writePattern } from "./phrases.ts";
import { plainText, plainWord } from "./plain-text.ts";
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

/** A text with where it comes from: comments and subjects are written differently, and only one of them is scored. */
export interface SourcedText extends SampleText {
  readonly source: string;
}

function compare(a: SourcedText, b: SourcedText): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return (a.score ?? -1) - (b.score ?? -1);
}

/** Themes that mostly lie in a larger one, by their patterns, say nothing of their own. */
const WITHIN = 0.6;
/** A theme whose words are mostly written elsewhere means something else there. */
const AT_HOME = 0.5;

type SourcedTheme = FoundTheme & { readonly source: string };

/** The themes that say something of their own, with their texts in the whole sample. */
function keepOwn(themes: readonly SourcedTheme[], sample: readonly SourcedText[]): FoundTheme[] {
  const plain = sample.map(({ text }) => plainText(text));
  const said = themes.map((theme) => {
    const expression = new RegExp(theme.pattern, "u");
    return { theme, texts: new Set(plain.flatMap((text, at) => (expression.test(text) ? [at] : []))) };
  });
  said.sort((a, b) => b.texts.size - a.texts.size || (a.theme.id < b.theme.id ? -1 : 1));
  const kept: typeof said = [];
  const isAtHome = ({ theme, texts }: (typeof said)[number]) =>
    [...texts].filter((at) => sample[at]?.source === theme.source).length >= AT_HOME * texts.size;
  for (const one of said.filter(isAtHome))
    if (kept.every(({ texts }) => countShared(texts, one.texts) < WITHIN * one.texts.size)) kept.push(one);
  return kept.map(({ theme: { source: _, ...theme }, texts }) => ({ ...theme, texts: texts.size }));
}

/** The second theme of one label is called by its commonest words, and no two have one id. */
function nameApart(themes: readonly FoundTheme[]): FoundTheme[] {
  const seen = new Map<string, number>();
  const count = (key: string) => {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key) ?? 1;
  };
  return themes.map((theme) => {
    const label = count(`label ${theme.label}`) === 1 ? theme.label : (theme.words[0] ?? theme.label);
    const nth = count(`id ${theme.id}`);
    return { ...theme, label, id: nth === 1 ? theme.id : `${theme.id}-${nth}` };
  });
}

function groupBy<One>(all: readonly One[], keyOf: (one: One) => string): [key: string, own: One[]][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const own = groups.get(keyOf(one)) ?? [];
    own.push(one);
    groups.set(keyOf(one), own);
  }
  return [...groups].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
}

/**
 * The themes of a sample, the largest first, at most `most` of each source and language. The order of the texts is of no matter.
 */
export function findThemes(texts: readonly SourcedText[], most: number): FoundThemes {
  const sample = [...texts].sort(compare);
  const codes = tellLanguages(sample.map(({ text }) => text));
  const told = sample.map((text, at) => ({ ...text, code: codes[at] ?? "und" }));
  const groups = groupBy(told, ({ source, code }) => JSON.stringify([source, code]));
  const found = groups.flatMap(([, own]) => {
    const [{ code, source } = { code: "und", source: "" }] = own;
    return findIn(own, code, most).map((theme) => ({ ...theme, source }));
  });
  return {
    themes: nameApart(keepOwn(found, sample)),
    languages: groupBy(told, ({ code }) => code).map(([code, own]) => ({
      ...{ language: knowLanguage(code).code, texts: own.length },
    })),
  };
}
