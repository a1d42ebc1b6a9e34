/**
 * What may be a theme: a sense that is said in one mood wherever it stands ("não recebi"), or two that stand together
 * ("entrega rápida") where one of them alone would not tell. How it is looked for in a text is for patterns.ts.
 */
import { countShared, firstBy, unite } from "./counting.ts";
import type { Kin } from "./kinships.ts";
import { hasMood, isOneMood, isSameMood, type Mood, moodOf, withoutMood } from "./mood.ts";
import type { Line } from "./senses.ts";

/** Two kin next to each other in a clause, in either order. */
export interface Pair {
  readonly head: Kin;
  readonly partner: Kin;
  readonly texts: ReadonlySet<number>;
  readonly mood: Mood;
}

export interface Candidate {
  readonly head: Kin;
  /** None: the head stands alone. */
  readonly partners: readonly Kin[];
  readonly texts: ReadonlySet<number>;
  readonly mood: Mood;
}

/** Further apart, two words do not stand together. */
export const MOST_BETWEEN = 3;
/** Two stand together so many times as often as by chance. */
const LEAST_LIFT = 1.5;
/** Without scores, a sense that often stands with others needs them. */
const OFTEN = 0.4;
/** Without scores, what stands with so many others is what is talked about, and nothing that is said of it. */
const MANY = 4;
/** A candidate that lies so far within a larger one says nothing of its own. */
const WITHIN = 0.6;

function collectPairs(lines: readonly Line[], kins: readonly Kin[]): Map<string, [Kin, Kin, Set<number>]> {
  const kinOf = new Map(kins.flatMap((kin) => kin.senses.map((sense) => [sense, kin] as const)));
  const pairs = new Map<string, [Kin, Kin, Set<number>]>();
  for (const [at, { clauses }] of lines.entries())
    for (const clause of clauses)
      for (const [nth, word] of clause.entries()) {
        const next = clause[nth + 1];
        if (!next || next.before.length + next.after.length > MOST_BETWEEN) continue;
        const [a, b] = [kinOf.get(word.sense), kinOf.get(next.sense)];
        if (!a || !b || a === b) continue;
        const [one, other] = a.key < b.key ? [a, b] : [b, a];
        const key = `${one.key} ${other.key}`;
        const pair = pairs.get(key) ?? [one, other, new Set()];
        pair[2].add(at);
        pairs.set(key, pair);
      }
  return pairs;
}

/** What tells more: the one said in fewer moods, or, without scores, the rarer one. */
function isTelling(a: Kin, b: Kin): boolean {
  if (a.light !== b.light && !(a.mood.spread < b.mood.spread)) return b.light;
  if (hasMood(a.mood) && hasMood(b.mood)) return a.mood.spread <= b.mood.spread;
  return a.texts.size <= b.texts.size;
}

/** Pairs of one mood that are no chance, the largest first. */
export function findPairs(
  lines: readonly Line[],
  kins: readonly Kin[],
  scores: readonly (number | null)[],
  least: number,
): Pair[] {
  return [...collectPairs(lines, kins).values()]
    .filter(
      ([a, b, texts]) => texts.size >= least && texts.size * lines.length >= LEAST_LIFT * a.texts.size * b.texts.size,
    )
    .filter(([a, b]) => !(a.light && b.light))
    .map(([a, b, texts]) => {
      const [head, partner] = isTelling(a, b) ? [a, b] : [b, a];
      return { head, partner, texts, mood: moodOf(texts, scores) };
    })
    .filter(({ mood }) => isOneMood(mood))
    .sort((a, b) => b.texts.size - a.texts.size || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ head, partner }: Pair): string {
  return `${head.key} ${partner.key}`;
}

/** Whether a sense tells by itself: one mood, and none other without its commonest neighbour. */
function standsAlone(kin: Kin, pairs: readonly Pair[], scores: readonly (number | null)[]): boolean {
  if (kin.light || !isOneMood(kin.mood)) return false;
  const own = pairs.filter(({ head, partner }) => head === kin || partner === kin);
  const strongest = firstBy(own, ({ texts }) => texts.size, nameOf);
  if (!strongest) return true;
  if (hasMood(kin.mood)) return isSameMood(withoutMood(kin.texts, strongest.texts, scores), strongest.mood);
  return own.length < MANY && unite(own.map(({ texts }) => texts)).size < OFTEN * kin.texts.size;
}

/** Pairs with one head joined where they are scored alike, around the largest of them. */
function joinPairs(pairs: readonly Pair[], scores: readonly (number | null)[]): Candidate[] {
  const heads = new Map<Kin, Pair[]>();
  for (const pair of pairs) heads.set(pair.head, [...(heads.get(pair.head) ?? []), pair]);
  const joined: Candidate[] = [];
  for (const [head, own] of heads) {
    for (let left: readonly Pair[] = own; left.length > 0; ) {
      const [first] = left;
      if (!first) break;
      // Without scores nothing tells which of them say the same.
      const alike = left.filter(
        (pair) => pair === first || (hasMood(first.mood) && hasMood(pair.mood) && isSameMood(pair.mood, first.mood)),
      );
      const texts = unite(alike.map((pair) => pair.texts));
      joined.push({ head, partners: alike.map(({ partner }) => partner), texts, mood: moodOf(texts, scores) });
      left = left.filter((pair) => !alike.includes(pair));
    }
  }
  return joined;
}

function bySize(a: Candidate, b: Candidate): number {
  if (a.texts.size !== b.texts.size) return b.texts.size - a.texts.size;
  return keyOfCandidate(a) < keyOfCandidate(b) ? -1 : 1;
}

/** Equal for equal candidates. */
export function keyOfCandidate({ head, partners }: Candidate): string {
  return [head.key, ...partners.map(({ key }) => key)].join(" ");
}

/** Without those that mostly lie in a larger one of the same mood. */
function dropContained(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort(bySize)) {
    const isPart = kept.some(
      ({ texts, mood }) =>
        countShared(texts, candidate.texts) >= WITHIN * candidate.texts.size && isSameMood(mood, candidate.mood, 0.15),
    );
    if (!isPart) kept.push(candidate);
  }
  return kept;
}

/** The candidates, the largest first. */
export function findCandidates(
  lines: readonly Line[],
  kins: readonly Kin[],
  scores: readonly (number | null)[],
  least: number,
): Candidate[] {
  const pairs = findPairs(lines, kins, scores, least);
  const alone = new Set(kins.filter((kin) => kin.texts.size >= least && standsAlone(kin, pairs, scores)));
  const others = pairs.filter(({ head, partner }) => !alone.has(head) && !alone.has(partner));
  return dropContained([
    ...[...alone].map((head) => ({ head, partners: [], texts: head.texts, mood: head.mood })),
    ...joinPairs(others, scores).filter(({ texts }) => texts.size >= least),
  ]);
}
