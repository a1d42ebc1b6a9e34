/**
 * How a candidate is written in the sample: its words, what stands around them, and from that the pattern that finds it anywhere.
 * How it is called is for labels.ts.
 */
import { type Candidate, MOST_BETWEEN } from "./candidates.ts";
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
  clause.push(...(words.at(-1)?.tail ?? []));
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
