/**
 * Which senses say the same: words that stand in the same places ("não recebi", "não chegou") and are scored alike.
 * Without scores nothing is joined here, because opposites stand in the same places too.
 *
 * Method: positive pointwise mutual information with the two neighbours on each side, cosine, average linkage
 * (Turney & Pantel 2010, J. Artificial Intelligence Research 37, 141–188).
 */
import { unite } from "./counting.ts";
import { hasMood, isSameMood, type Mood, moodOf } from "./mood.ts";
import { plainWord } from "./plain-text.ts";
import type { Line, Sense } from "./senses.ts";

/** Senses that say the same. */
export interface Kin {
  /** The commonest sense. */
  readonly key: string;
  readonly senses: readonly string[];
  readonly texts: ReadonlySet<number>;
  readonly mood: Mood;
  readonly light: boolean;
}

const SAME_SPREAD = 0.08;
const LEAST_COSINE = 0.32;
const MOST_SENSES = 400;
const LEAST_SHARED = 8;
/** A neighbour seen less often tells by chance. */
const LEAST_NEIGHBOUR = 8;

/** Senses and function words of a clause in their order; function words are marked. */
function lineUp(clause: Line["clauses"][number]): { places: string[]; senses: (string | null)[] } {
  const places: string[] = [];
  const senses: (string | null)[] = [];
  for (const { before, after, sense } of clause) {
    for (const word of [...before, ...after]) {
      places.push(`_${plainWord(word)}`);
      senses.push(null);
    }
    places.push(sense);
    senses.push(sense);
  }
  return { places, senses };
}

type Vector = ReadonlyMap<string, number>;

function countNeighbours(lines: readonly Line[], wanted: ReadonlySet<string>): Map<string, Map<string, number>> {
  const counts = new Map([...wanted].sort().map((key) => [key, new Map<string, number>()]));
  for (const { clauses } of lines)
    for (const clause of clauses) {
      const { places, senses } = lineUp(clause);
      for (const [at, sense] of senses.entries()) {
        const own = sense === null ? undefined : counts.get(sense);
        if (!own) continue;
        for (const step of [-2, -1, 1, 2]) {
          const place = places[at + step];
          if (place !== undefined)
            own.set(`${step < 0 ? "<" : ">"}${place}`, (own.get(`${step < 0 ? "<" : ">"}${place}`) ?? 0) + 1);
        }
      }
    }
  return counts;
}

/** Unit vectors of how much more often than by chance each neighbour is there. */
function describeNeighbours(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): Map<string, Vector> {
  const totals = new Map<string, number>();
  let all = 0;
  for (const own of counts.values())
    for (const [place, count] of own) {
      totals.set(place, (totals.get(place) ?? 0) + count);
      all += count;
    }
  const vectors = new Map<string, Vector>();
  for (const [key, own] of counts) {
    const sum = [...own.values()].reduce((total, count) => total + count, 0);
    const weights = [...own]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([place, count]) => {
        const total = totals.get(place) ?? 0;
        const information = Math.log((count * all) / (sum * total));
        return information > 0 && total >= LEAST_NEIGHBOUR ? [[place, information * Math.sqrt(count)] as const] : [];
      });
    const length = Math.sqrt(weights.reduce((total, [, weight]) => total + weight * weight, 0));
    vectors.set(key, new Map(weights.map(([place, weight]) => [place, weight / length])));
  }
  return vectors;
}

/** Zero where they share too few neighbours to tell. */
function cosine(a: Vector, b: Vector): number {
  let [sum, shared] = [0, 0];
  for (const [place, weight] of a) {
    const other = b.get(place);
    if (other === undefined) continue;
    sum += weight * other;
    shared += 1;
  }
  return shared < LEAST_SHARED ? 0 : sum;
}

interface Cluster {
  readonly senses: Sense[];
  mood: Mood;
  readonly light: boolean;
  readonly negated: boolean;
}

function mayJoin(a: Cluster, b: Cluster): boolean {
  if (a.light || b.light || a.negated !== b.negated) return false;
  return (
    hasMood(a.mood) &&
    hasMood(b.mood) &&
    isSameMood(a.mood, b.mood) &&
    Math.abs(a.mood.spread - b.mood.spread) <= SAME_SPREAD
  );
}

/** Joins the closest two until none are close; `near` holds mean cosines and is kept up to date. */
function joinClosest(clusters: Cluster[], near: number[][], scores: readonly (number | null)[]): void {
  for (;;) {
    let best: [cosine: number, a: number, b: number] = [LEAST_COSINE, -1, -1];
    for (let a = 0; a < clusters.length; a += 1)
      for (let b = a + 1; b < clusters.length; b += 1) {
        const [one, other, close] = [clusters[a], clusters[b], near[a]?.[b] ?? 0];
        if (close > best[0] && one && other && mayJoin(one, other)) best = [close, a, b];
      }
    const [, a, b] = best;
    const [one, other] = [clusters[a], clusters[b]];
    if (!one || !other) return;
    const [m, n] = [one.senses.length, other.senses.length];
    for (const [c, row] of near.entries()) {
      const mean = (m * (near[a]?.[c] ?? 0) + n * (near[b]?.[c] ?? 0)) / (m + n);
      row[a] = mean;
      const own = near[a];
      if (own) own[c] = mean;
    }
    one.senses.push(...other.senses);
    one.mood = moodOf(unite(one.senses.map(({ texts }) => texts)), scores);
    clusters.splice(b, 1);
    near.splice(b, 1);
    for (const row of near) row.splice(b, 1);
  }
}

/** Senses joined to those that say the same, the commonest first. */
export function joinKin(lines: readonly Line[], senses: readonly Sense[], scores: readonly (number | null)[]): Kin[] {
  const close = senses.slice(0, MOST_SENSES);
  const vectors = describeNeighbours(countNeighbours(lines, new Set(close.map(({ key }) => key))));
  const clusters: Cluster[] = close.map((sense) => ({ ...sense, senses: [sense] }));
  const near = close.map((a) =>
    close.map((b) => cosine(vectors.get(a.key) ?? new Map(), vectors.get(b.key) ?? new Map())),
  );
  joinClosest(clusters, near, scores);
  return clusters
    .map(({ senses: kin, mood, light }) => ({
      key: kin[0]?.key ?? "",
      senses: kin.map(({ key }) => key),
      texts: unite(kin.map(({ texts }) => texts)),
      ...{ mood, light },
    }))
    .sort((a, b) => b.texts.size - a.texts.size || (a.key < b.key ? -1 : 1));
}
