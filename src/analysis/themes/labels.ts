/**
 * How a theme is called: in the words in which customers write it, as long as many of them write it so.
 * It only names; what counts is the pattern.
 */
import type { Candidate } from "./candidates.ts";
import { countOf, firstBy, tally } from "./counting.ts";
import type { Language } from "./language.ts";
import type { Phrase } from "./phrases.ts";
import { plainWord } from "./plain-text.ts";

/** Where a good part writes a word with accents, those who leave them out are in a hurry. */
const ACCENTED = 0.2;

/** The way with accents where a good part writes it so, else the commonest. */
function spellBest(spellings: ReadonlyMap<string, number>, plain: string): string {
  const all = [...spellings.values()].reduce((sum, count) => sum + count, 0);
  const accented = [...spellings].filter(([written, count]) => written !== plain && count >= ACCENTED * all);
  return firstBy(accented.length > 0 ? accented : [...spellings], countOf, ([written]) => written)?.[0] ?? plain;
}

/** Phrases as people write them, the commonest first, and their texts. */
function listWordings(phrases: readonly Phrase[]): [wording: string, texts: number][] {
  const texts = new Map<string, Set<number>>();
  const spellings = new Map<string, Map<string, number>>();
  for (const { text, clause, from, to } of phrases) {
    const written = clause.slice(from, to).join(" ");
    const plain = plainWord(written);
    texts.set(plain, (texts.get(plain) ?? new Set()).add(text));
    const own = spellings.get(plain) ?? new Map<string, number>();
    tally(own, written);
    spellings.set(plain, own);
  }
  return [...texts]
    .sort(([a, m], [b, n]) => n.size - m.size || (a < b ? -1 : 1))
    .map(([plain, held]) => [spellBest(spellings.get(plain) ?? new Map(), plain), held.size]);
}

/** The phrases that are worded like this. */
function wordedLike(phrases: readonly Phrase[], wording: string): Phrase[] {
  const plain = plainWord(wording);
  return phrases.filter(({ clause, from, to }) => plainWord(clause.slice(from, to).join(" ")) === plain);
}

/** The same phrases with up to so many more of the words around them. */
function stretch(phrases: readonly Phrase[], before: number, behind: number): Phrase[] {
  return phrases.flatMap((phrase) => {
    const { clause, from, to } = phrase;
    const longer: Phrase[] = [];
    for (let start = from; start >= Math.max(0, from - before); start -= 1)
      for (let stop = to; stop <= Math.min(clause.length, to + behind); stop += 1)
        if (start < from || stop > to) longer.push({ ...phrase, from: start, to: stop });
    return longer;
  });
}

/** How many words around a phrase may be added at once, and by which part of those who write it. */
const STRETCH = { before: 1, behind: 3, share: 0.2 } as const;
/** One word more, even an empty one such as "it", where so many of them write it. */
const MOST = 0.5;
const LEAST = 3;
const LONGEST = 7;

/** A letter alone, or a number, is the end of no phrase. */
const NO_END = /(?:^| )(?:\p{L}|\S*\p{N}\S*)$/u;

/** Adds the word before or behind that most add, again and again, as long as so many texts say it. */
function complete(phrases: readonly Phrase[], wording: string, least: number): string {
  const own = wordedLike(phrases, wording);
  if (wording.split(" ").length >= LONGEST) return wording;
  const texts = new Set(own.map(({ text }) => text)).size;
  for (const [before, behind] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const longer = stretch(own, before, behind);
    const [best] = listWordings(longer).filter(([longest]) => behind === 0 || !NO_END.test(longest));
    if (best && best[1] >= Math.max(least, MOST * texts)) return complete(longer, best[0], least);
  }
  return wording;
}

/** The commonest wording, with the words around it that many add: "não recebi" → "não recebi o produto". */
function lengthen(phrases: readonly Phrase[], { functionWords, lightWords }: Language): string {
  const [[core, count] = ["", 0]] = listWordings(phrases);
  const isHollow = (word: string) =>
    functionWords.has(word) || lightWords.has(word) || /^\p{L}$|\p{N}|^[^\p{L}]*$/u.test(word);
  const edges = plainWord(core).split(" ");
  const isWhole = (wording: string) => {
    const words = plainWord(wording).split(" ");
    const [first = "", last = ""] = [words[0], words.at(-1)];
    return [first, last].every((word) => edges.includes(word) || !isHollow(word));
  };
  const longer = stretch(wordedLike(phrases, core), STRETCH.before, STRETCH.behind);
  const least = Math.max(LEAST, STRETCH.share * count);
  const enough = listWordings(longer).filter(([wording, texts]) => texts >= least && isWhole(wording));
  const longest = firstBy(
    enough,
    ([wording, texts]) => wording.split(" ").length * 1_000_000 + texts,
    ([wording]) => wording,
  );
  return complete(longest ? longer : phrases, longest?.[0] ?? core, least);
}

/** A sense that most of the texts hold names the theme alone; else the commonest are named. */
const MOSTLY = 0.65;
const MOST_NAMES = 3;

function nameAsWritten(phrases: readonly Phrase[], language: Language, { head, partners, texts }: Candidate): string {
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

/** Shorter words are other words with an accent: "e" and "é". */
const LEAST_LETTERS = 3;

/** Each word as most write it around the theme: who writes "nao recebi" leaves out what others write. */
function respell(wordings: readonly string[], phrases: readonly Phrase[]): string[] {
  const spellings = new Map<string, Map<string, number>>();
  for (const written of phrases.flatMap(({ clause }) => clause)) {
    const plain = plainWord(written);
    const own = spellings.get(plain) ?? new Map<string, number>();
    tally(own, written);
    spellings.set(plain, own);
  }
  const spell = (word: string) => {
    const own = word.length < LEAST_LETTERS ? undefined : spellings.get(plainWord(word));
    return own ? (firstBy([...own], countOf, ([written]) => written)?.[0] ?? word) : word;
  };
  return wordings.map((wording) => wording.split(" ").map(spell).join(" "));
}

/** A short phrase as people write it; of several senses none of which is most of it, the commonest words: "lindo / bonito". */
export function nameTheme(phrases: readonly Phrase[], language: Language, candidate: Candidate): string {
  return respell([nameAsWritten(phrases, language, candidate)], phrases)[0] ?? "";
}

const MOST_WORDS = 8;

/** The commonest wordings, at most eight. */
export function listWords(phrases: readonly Phrase[]): string[] {
  const wordings = listWordings(phrases).map(([wording]) => wording);
  return [...new Set(respell(wordings.slice(0, MOST_WORDS), phrases))];
}
