/**
 * Which earlier touchpoints tell by themselves whether an event is bad: a parcel is overdue where no delivery was seen before.
 * Such a flag is the exposure under another name; comparing only customers with the same flag would leave nobody to compare.
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import type { BadWhen, MomentCandidate } from "./moment-candidates.ts";
import type { MomentHistory } from "./moment-history.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { MomentSurvey } from "./moment-survey.ts";

const MOST_TOUCHES = 200_000;
/** Difference between the shares of bad and good events with the flag, from which on it tells; of so many events each. */
const TELLING = 0.9;
const LEAST_EVENTS = 25;
/** The kinds of attempts: a customer's first, after an outcome, later. Only within one kind are touches compared. */
const KINDS = [0, 1, 2] as const;

interface Known {
  readonly rows: MomentRows;
  readonly survey: MomentSurvey;
  readonly history: MomentHistory;
}

interface OwnerRow {
  readonly touch: readonly number[];
  readonly begins: readonly number[];
  readonly counted: readonly number[];
  readonly kind: readonly number[];
  readonly told: readonly (readonly string[])[];
  readonly ownScores: readonly (number | null)[];
  readonly ownScales: readonly string[];
}

function sampleSql({ rows, survey }: Known, candidates: readonly MomentCandidate[], properties: readonly string[]) {
  const { frame } = rows.outcome;
  const oneIn = frame.bag.bind(Math.ceil(Math.max(1, survey.all.touches / MOST_TOUCHES)), "UInt64");
  const touches = frame.bag.bind([...new Set(candidates.map(({ touch }) => touch))], "Array(UInt16)");
  const told = properties.map(
    (name) => `arrayMap(a -> a[${frame.bag.bind(name, "String")}], ${frame.kept("properties")})`,
  );
  const scored = candidates.some(({ when }) => when?.kind === "score");
  return `WITH ${rows.aliases},
  arrayMap((a, b, c) -> toUInt8(a AND b AND has(${touches}, c)), eligibles, ends, ids) AS uses
SELECT ids AS touch, starts AS begins, uses AS counted, kinds AS kind, ${told.length > 0 ? `[${told.join(", ")}]` : "[]"} AS told,
  ${scored ? frame.kept("scores") : "[]"} AS ownScores,
  ${scored ? `arrayMap(a -> toString(a), ${frame.kept("scales")})` : "[]"} AS ownScales
FROM ${frame.source}
WHERE ${frame.rows} AND has(uses, 1) AND cityHash64(owner) % ${oneIn} = 0`;
}

function armOf(when: BadWhen, owner: OwnerRow, index: number, properties: readonly string[]): 0 | 1 | undefined {
  if (when.kind === "score") {
    const score = owner.ownScores[index];
    if (typeof score !== "number" || owner.ownScales[index] !== when.scale) return undefined;
    return score <= when.atMost ? 1 : 0;
  }
  const text = owner.told[properties.indexOf(when.property)]?.[index] ?? "";
  if (text === "") return undefined;
  if (when.kind === "equals") return text === when.value ? 1 : 0;
  const number = Number(text);
  if (Number.isNaN(number)) return undefined;
  return (when.kind === "above" ? number > when.bound : number < when.bound) ? 1 : 0;
}

/** Events of each arm in one kind of attempt, and how many of them have each flag. */
class ArmFlags {
  readonly events: [number, number] = [0, 0];
  readonly #seen: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];

  add(arm: 0 | 1, seen: ReadonlySet<number>): void {
    this.events[arm]++;
    for (const flag of seen) this.#seen[arm].set(flag, (this.#seen[arm].get(flag) ?? 0) + 1);
  }

  telling(): number[] {
    const [good, bad] = this.events;
    if (Math.min(good, bad) < LEAST_EVENTS) return [];
    const share = (arm: 0 | 1, flag: number) => (this.#seen[arm].get(flag) ?? 0) / this.events[arm];
    const flags = new Set([...this.#seen[0].keys(), ...this.#seen[1].keys()]);
    return [...flags].filter((flag) => Math.abs(share(1, flag) - share(0, flag)) >= TELLING).sort((a, b) => a - b);
  }
}

/** The candidates, each with the flags that tell its good from its bad events; looked up in a sample of customers. */
export async function findTelling(
  context: AnalysisContext,
  known: Known,
  candidates: readonly MomentCandidate[],
): Promise<MomentCandidate[]> {
  if (candidates.length === 0) return [];
  const properties = [
    ...new Set(candidates.flatMap(({ when }) => (when && when.kind !== "score" ? [when.property] : []))),
  ];
  const places = new Map(known.history.flags.map((id, place) => [id, place]));
  const arms = new Map(candidates.map(({ family }) => [family, KINDS.map(() => new ArmFlags())]));
  const count = (owner: OwnerRow, index: number, seen: ReadonlySet<number>) => {
    for (const { touch, family, when } of candidates) {
      if (touch !== owner.touch[index] || when === null) continue;
      const arm = armOf(when, owner, index, properties);
      if (arm !== undefined) arms.get(family)?.[owner.kind[index] ?? 0]?.add(arm, seen);
    }
  };
  const sql = sampleSql(known, candidates, properties);
  const options = { params: known.rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for await (const block of context.store.stream<OwnerRow>(sql, options)) {
    for (const owner of block) walkOwner(owner, places, count);
  }
  return candidates.map((candidate) => {
    const telling = (arms.get(candidate.family) ?? []).flatMap((flags) => flags.telling());
    return { ...candidate, telling: [...new Set(telling)].sort((a, b) => a - b) };
  });
}

function walkOwner(
  owner: OwnerRow,
  places: ReadonlyMap<number, number>,
  count: (owner: OwnerRow, index: number, seen: ReadonlySet<number>) => void,
): void {
  let seen = new Set<number>();
  for (const [index, touch] of owner.touch.entries()) {
    if (owner.begins[index] === 1) seen = new Set();
    if (owner.counted[index] === 1) count(owner, index, seen);
    const place = places.get(touch);
    if (place !== undefined) seen.add(place);
  }
}
