/**
 * The words of a sample as signed senses: forms of one stem are one sense where they are scored alike, and a negated
 * word is another sense than the plain one. "Gostei" and "gostaria" share a stem and no meaning; their scores tell.
 */
import { commonPrefix, countOf, firstBy } from "./counting.ts";
import type { Language } from "./language.ts";
import { type Mood, moodOf } from "./mood.ts";
import { type ContentWord, readWords } from "./words.ts";

export interface SampleText {
  readonly text: string;
  /** From 0 to 1 on its scale; null without one. */
  readonly score: number | null;
}

/** A content word at its place, with its sense: `receb`, or `¬receb`. */
export interface SensedWord extends ContentWord {
  readonly sense: string;
}

export interface Line {
  readonly text: string;
  readonly clauses: readonly (readonly SensedWord[])[];
}

export interface Sense {
  readonly key: string;
  /** Texts that hold it, by their place in the sample. */
  readonly texts: ReadonlySet<number>;
  readonly mood: Mood;
  readonly negated: boolean;
  /** Whether it names no matter alone. */
  readonly light: boolean;
}

/** Forms scored so far apart are two senses. */
const APART = 0.2;
/** A form with fewer scored texts goes where its spelling goes. */
const LEAST_FORM = 15;

/** For each folded form the way it is mostly written, which is what a stemmer wants. */
function chooseSpellings(words: Iterable<ContentWord>): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { form, written } of words) {
    const spellings = counts.get(form) ?? new Map<string, number>();
    counts.set(form, spellings.set(written, (spellings.get(written) ?? 0) + 1));
  }
  const chosen = new Map<string, string>();
  for (const [form, spellings] of counts) {
    // Where a word is written with accents by a good part, those who leave them out are in a hurry.
    const all = [...spellings.values()].reduce((sum, count) => sum + count, 0);
    const accented = [...spellings].filter(([written, count]) => written !== form && count >= 0.2 * all);
    chosen.set(form, firstBy(accented.length > 0 ? accented : [...spellings], countOf)?.[0] ?? form);
  }
  return chosen;
}

interface Form {
  readonly form: string;
  readonly mood: Mood;
}

/** Groups of forms that are scored alike: the scored ones are cut where neighbours are far apart, the others follow their spelling. */
function splitForms(forms: readonly Form[]): string[][] {
  const scored = forms.filter(({ mood }) => mood.n >= LEAST_FORM).sort((a, b) => a.mood.mean - b.mood.mean);
  const groups: Form[][] = [];
  for (const form of scored) {
    const last = groups.at(-1)?.at(-1);
    if (last && form.mood.mean - last.mood.mean < APART) groups.at(-1)?.push(form);
    else groups.push([form]);
  }
  if (groups.length < 2) return [forms.map(({ form }) => form)];
  const names = groups.map((group) => group.map(({ form }) => form));
  const placed = new Set(names.flat());
  for (const { form } of forms) {
    if (placed.has(form)) continue;
    const kin = names.map((group) => [group, Math.max(...group.map((one) => commonPrefix(one, form)))] as const);
    firstBy(
      kin,
      ([, shared]) => shared,
      ([group]) => group[0] ?? "",
    )?.[0].push(form);
  }
  return names;
}

function nameForms(words: readonly (readonly ContentWord[])[], scores: readonly (number | null)[], language: Language) {
  const spellings = chooseSpellings(words.flat());
  const plain = new Map<string, Set<number>>();
  for (const [at, line] of words.entries())
    for (const { form, negation } of line) {
      const texts = plain.get(form) ?? new Set();
      plain.set(form, negation === null ? texts.add(at) : texts);
    }
  const stems = new Map<string, Form[]>();
  for (const form of [...plain.keys()].sort()) {
    const stem = language
      .stem(spellings.get(form) ?? form)
      .normalize("NFD")
      .replace(/\p{M}/gu, "");
    const forms = stems.get(stem) ?? [];
    forms.push({ form, mood: moodOf(plain.get(form) ?? [], scores) });
    stems.set(stem, forms);
  }
  const senses = new Map<string, string>();
  for (const [stem, forms] of stems)
    for (const [nth, group] of splitForms(forms).entries())
      for (const form of group) senses.set(form, nth === 0 ? stem : `${stem}~${nth}`);
  return senses;
}

/** The texts with their words' senses. */
export function readLines(sample: readonly SampleText[], language: Language): Line[] {
  const read = sample.map(({ text }) => readWords(text, language));
  const senses = nameForms(
    read.map((clauses) => clauses.flat()),
    sample.map(({ score }) => score),
    language,
  );
  // "Não chega" and "não chegou" both say that it is not there: what splits the plain forms does not split the negated.
  const name = ({ form, negation }: ContentWord) =>
    negation === null ? (senses.get(form) ?? form) : `¬${(senses.get(form) ?? form).split("~")[0]}`;
  return read.map((clauses, at) => ({
    text: sample[at]?.text ?? "",
    clauses: clauses.map((words) => words.map((word) => ({ ...word, sense: name(word) }))),
  }));
}

/** The senses that at least so many texts hold. */
export function listSenses(
  lines: readonly Line[],
  scores: readonly (number | null)[],
  language: Language,
  least: number,
): Sense[] {
  const texts = new Map<string, Set<number>>();
  const light = new Map<string, [light: number, all: number]>();
  for (const [at, { clauses }] of lines.entries())
    for (const { sense, form } of clauses.flat()) {
      texts.set(sense, (texts.get(sense) ?? new Set()).add(at));
      const [some, all] = light.get(sense) ?? [0, 0];
      light.set(sense, [some + (language.lightWords.has(form) ? 1 : 0), all + 1]);
    }
  return [...texts]
    .filter(([, held]) => held.size >= least)
    .map(([key, held]) => {
      const [some, all] = light.get(key) ?? [0, 1];
      return { key, texts: held, mood: moodOf(held, scores), negated: key.startsWith("¬"), light: some > all / 2 };
    })
    .sort((a, b) => b.texts.size - a.texts.size || (a.key < b.key ? -1 : 1));
}
