/**
 * How a candidate is written in the sample: its words, what stands around them, and from that its pattern, label and words.
 * What counts is the pattern; everything here only serves to build it and to name it.
 */
import { type Candidate, MOST_BETWEEN } from "./candidates.ts";
import { countOf, firstBy, tally } from "./counting.ts";
import type { Language } from "./language.ts";
import { hasMood, moodOf } from "./mood.ts";
import { anyOf, beforeNone, behindNone, upTo } from "./patterns.ts";
import { plainWord } from "./plain-text.ts";
import type { Line, SensedWord } from "./senses.ts";
import { REACH } from "./words.ts";

/** One place in a text where a candidate is said: from its first to its last word in the clause's words. */
export interface Phrase {
  readonly text: number;
  readonly first: SensedWord;
  /** Undefined where the head stands alone. */
  readonly second: SensedWord | undefined;
  /** All words of the clause, as written, and the phrase's place in them. */
  readonly clause: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The words of a clause as written, and for each content word where its negation or else itself begins, and where it ends. */
function layOut(words: readonly SensedWord[]) {
  const clause: string[] = [];
  const places = words.map(({ before, negation, after, written }) => {
    clause.push(...before);
    const from = clause.length;
    if (negation !== null) clause.push(negation);
    clause.push(...after, written);
    return { from, to: clause.length };
  });
  return { clause, places };
}

/** Everywhere a candidate is said. */
export function findPhrases(lines: readonly Line[], { head, partners }: Candidate): Phrase[] {
  const heads = new Set(head.senses);
  const others = new Set(partners.flatMap(({ senses }) => senses));
  const phrases: Phrase[] = [];
  for (const [text, { clauses }] of lines.entries())
    for (const words of clauses) {
      if (!words.some(({ sense }) => heads.has(sense))) continue;
      const { clause, places } = layOut(words);
      for (const [at, first] of words.entries()) {
        const second = partners.length === 0 ? undefined : words[at + 1];
        const [own, next] = [places[at], places[at + 1]];
        if (!own) continue;
        if (partners.length === 0 && heads.has(first.sense)) phrases.push({ text, first, second, clause, ...own });
        const isPair =
          second !== undefined &&
          second.before.length + second.after.length <= MOST_BETWEEN &&
          ((heads.has(first.sense) && others.has(second.sense)) ||
            (others.has(first.sense) && heads.has(second.sense)));
        if (isPair && next) phrases.push({ text, first, second, clause, from: own.from, to: next.to });
      }
    }
  return phrases;
}

/** A neighbour seen so often, in texts scored so differently, makes another phrase of it: "bom dia". */
const LEAST_NEIGHBOUR = 5;
const OTHER_MOOD = 0.35;
const MOST_TURNING = 6;

/** Words right before (-1) or behind (+1) the phrase that give it another meaning, told by the scores. */
function findTurning(phrases: readonly Phrase[], side: -1 | 1, scores: readonly (number | null)[]): string[] {
  const all = moodOf(new Set(phrases.map(({ text }) => text)), scores);
  if (!hasMood(all)) return [];
  const texts = new Map<string, Set<number>>();
  for (const { text, clause, from, to } of phrases) {
    const word = clause[side < 0 ? from - 1 : to];
    if (word === undefined) continue;
    const plain = plainWord(word);
    texts.set(plain, (texts.get(plain) ?? new Set()).add(text));
  }
  return [...texts]
    .filter(([, held]) => {
      const mood = moodOf(held, scores);
      return mood.n >= LEAST_NEIGHBOUR && Math.abs(mood.mean - all.mean) > OTHER_MOOD;
    })
    .sort(([a, m], [b, n]) => n.size - m.size || (a < b ? -1 : 1))
    .slice(0, MOST_TURNING)
    .map(([word]) => word);
}

interface Frame {
  /** Words that turn a plain word round. */
  readonly negations: readonly string[];
  readonly behind: readonly string[];
}

/** One word of a phrase, with its negation if it has one, as patterns read it. */
function writeWord(words: readonly SensedWord[]): string {
  const forms = anyOf(words.map(({ form }) => form));
  if (words[0]?.negation == null) return forms;
  const negations = anyOf(words.flatMap(({ negation }) => (negation === null ? [] : plainWord(negation))));
  const most = Math.min(REACH, Math.max(...words.map(({ after }) => after.length)));
  return `${negations} ${upTo(
    most,
    words.flatMap(({ after }) => after.map(plainWord)),
  )}${forms}`;
}

function writeOne(phrases: readonly Phrase[], { negations, behind }: Frame): string {
  const [{ first, second } = { first: undefined, second: undefined }] = phrases;
  const start = first?.negation == null ? behindNone(negations) : " ";
  const head = `${start}${writeWord(phrases.map((phrase) => phrase.first))}`;
  if (!second) return `${head}${beforeNone(behind)}`;
  const seconds = phrases.flatMap((phrase) => phrase.second ?? []);
  const gaps = seconds.flatMap(({ before }) => before.map(plainWord));
  const most = Math.max(...seconds.map(({ before }) => before.length));
  return `${head} ${upTo(Math.min(MOST_BETWEEN, most), gaps)}${writeWord(seconds)}${beforeNone(behind)}`;
}

/** The order and signs of a phrase: those that share them share an expression. */
function shapeOf({ first, second }: Phrase, heads: ReadonlySet<string>): string {
  const sign = (word: SensedWord | undefined) => (word?.negation == null ? "+" : "-");
  return `${heads.has(first.sense)}${sign(first)}${sign(second)}`;
}

/** @param negations words that the sample uses to turn others round, as written */
export function writePattern(
  phrases: readonly Phrase[],
  { head }: Candidate,
  negations: readonly string[],
  scores: readonly (number | null)[],
): string {
  const heads = new Set(head.senses);
  const shapes = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const shape = shapeOf(phrase, heads);
    shapes.set(shape, [...(shapes.get(shape) ?? []), phrase]);
  }
  const frame = {
    negations: [...new Set([...negations, ...findTurning(phrases, -1, scores)])].sort(),
    behind: findTurning(phrases, 1, scores),
  };
  return [...shapes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, alike]) => writeOne(alike, frame))
    .join("|");
}

/** How many words a label may add before and behind the phrase, and which part of the phrases must have them. */
const LONGER = { before: 1, behind: 3, share: 0.15 } as const;
const MOST_WORDS = 8;

/** Phrases as people write them, the commonest first, and their texts. */
export function listWordings(phrases: readonly Phrase[]): [wording: string, texts: number][] {
  const texts = new Map<string, Set<number>>();
  const spellings = new Map<string, Map<string, number>>();
  for (const { text, clause, from, to } of phrases) {
    const written = clause.slice(from, to).join(" ");
    const folded = plainWord(written);
    texts.set(folded, (texts.get(folded) ?? new Set()).add(text));
    const own = spellings.get(folded) ?? new Map<string, number>();
    tally(own, written);
    spellings.set(folded, own);
  }
  return [...texts]
    .sort(([a, m], [b, n]) => n.size - m.size || (a < b ? -1 : 1))
    .map(([folded, held]) => [spellBest(spellings.get(folded) ?? new Map(), folded), held.size]);
}

/** The way with accents where a good part writes it so, else the commonest. */
function spellBest(spellings: ReadonlyMap<string, number>, folded: string): string {
  const all = [...spellings.values()].reduce((sum, count) => sum + count, 0);
  const accented = [...spellings].filter(([written, count]) => written !== folded && count >= 0.2 * all);
  return firstBy(accented.length > 0 ? accented : [...spellings], countOf, ([written]) => written)?.[0] ?? folded;
}

/** A short phrase: the commonest wording, with the words around it that many add: "não recebi" → "não recebi o produto". */
function lengthen(phrases: readonly Phrase[], { functionWords, lightWords }: Language): string {
  const [[core, count] = ["", 0]] = listWordings(phrases);
  const folded = plainWord(core);
  const isEmpty = (word: string) => functionWords.has(word) || lightWords.has(word) || !/\p{L}/u.test(word);
  const longer = phrases
    .filter(({ clause, from, to }) => plainWord(clause.slice(from, to).join(" ")) === folded)
    .flatMap((phrase) => {
      const { clause, from, to } = phrase;
      const ways: Phrase[] = [];
      for (let start = from; start >= Math.max(0, from - LONGER.before); start -= 1)
        for (let stop = to; stop <= Math.min(clause.length, to + LONGER.behind); stop += 1) {
          const edges = [start < from ? clause[start] : undefined, stop > to ? clause[stop - 1] : undefined];
          const isWhole = edges.every((word) => word === undefined || !isEmpty(plainWord(word)));
          if (isWhole && (start < from || stop > to)) ways.push({ ...phrase, from: start, to: stop });
        }
      return ways;
    });
  const enough = listWordings(longer).filter(([, texts]) => texts >= LONGER.share * count && texts >= 3);
  const longest = firstBy(
    enough,
    ([wording, texts]) => wording.split(" ").length * 1_000_000 + texts,
    ([wording]) => wording,
  );
  return longest?.[0] ?? core;
}

/** A sense that most of the texts hold names the theme alone; else the commonest are named. */
const MOSTLY = 0.65;
const MOST_NAMES = 3;

/** A short phrase as people write it; of several senses none of which is most of it, the commonest words: "bom / lindo". */
export function nameTheme(
  phrases: readonly Phrase[],
  language: Language,
  { head, partners, texts }: Candidate,
): string {
  const bySense = head.senses.map((sense) => phrases.filter(({ first }) => first.sense === sense));
  const sizes = bySense.map((own) => new Set(own.map(({ text }) => text)).size);
  if (partners.length > 0 || Math.max(...sizes) >= MOSTLY * texts.size) return lengthen(phrases, language);
  const named = bySense.map((own, at) => [listWordings(own)[0]?.[0] ?? "", sizes[at] ?? 0] as const);
  named.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return named
    .slice(0, MOST_NAMES)
    .map(([word]) => word)
    .join(" / ");
}

/** The commonest wordings, at most eight. */
export function listWords(phrases: readonly Phrase[]): string[] {
  return listWordings(phrases)
    .slice(0, MOST_WORDS)
    .map(([wording]) => wording);
}
