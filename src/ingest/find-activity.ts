/**
 * Which column says what happened, where no name tells: a few recurring words that change from record to record of one owner.
 * It is asked only for logs; what is bought or rated is called after the order or the score.
 */
import type { ColumnFacts, Guess } from "./guess-columns.ts";
import type { Sample } from "./source-file.ts";

/** Fewer names tell a yes from a no, more are texts. */
const FEWEST_NAMES = 3;
const MOST_NAMES = 200;
/** Names recur: each stands on so many records of the sample, on average. */
const REQUIRED_RECORDS = 3;
/** Fewer owners with several records cannot show what changes. */
const REQUIRED_OWNERS = 5;
/** In a log, this share of an owner's records at least follows one of another name. */
const REQUIRED_CHANGES = 0.4;

/** The finest owner: a session has one customer, and within it little but the activity changes. */
const OWNERS = ["object session", "object case", "object ticket", "customer", "anonymous"] as const;

function mayBeActivity({ filled, records, distinct, numbers, time, ids }: ColumnFacts): boolean {
  const recurs = distinct >= FEWEST_NAMES && distinct <= Math.min(MOST_NAMES, filled / REQUIRED_RECORDS);
  return recurs && filled >= 0.95 * records && numbers < 0.5 && time === undefined && ids === undefined;
}

/** Share of records that differ from the record of the same owner before; undefined with too few owners. */
function shareOfChanges({ rows, spread }: Sample, owner: number, column: number): number | undefined {
  const last = new Map<string, string>();
  const several = new Set<string>();
  let changes = 0;
  let steps = 0;
  for (const row of [...rows, ...spread]) {
    const who = row[owner]?.trim() ?? "";
    const value = row[column]?.trim() ?? "";
    if (who === "") continue;
    const before = last.get(who);
    if (before !== undefined) {
      several.add(who);
      steps++;
      if (before !== value) changes++;
    }
    last.set(who, value);
  }
  return several.size < REQUIRED_OWNERS ? undefined : changes / steps;
}

/** The guess for the touchpoint, when no column is named like one and the records are neither orders nor ratings. */
export function findActivity(
  columns: readonly ColumnFacts[],
  guesses: readonly Guess[],
  sample: Sample,
): Guess | undefined {
  const has = (field: Guess["field"]) => guesses.some((guess) => guess.field === field);
  if (has("touchpoint") || has("object order") || has("score") || has("value")) return undefined;
  const owner = OWNERS.flatMap((field) => guesses.find((guess) => guess.field === field) ?? [])[0];
  if (!owner) return undefined;
  const used = new Set(guesses.map(({ column }) => column));
  const at = (name: string) => sample.columns.indexOf(name);
  const changing = columns
    .filter((facts) => !used.has(facts.name) && mayBeActivity(facts))
    .map(({ name }) => ({ name, share: shareOfChanges(sample, at(owner.column), at(name)) ?? 0 }))
    .sort((a, b) => b.share - a.share);
  const [best, next] = changing;
  if (!best || best.share < REQUIRED_CHANGES || (next && next.share > 0.8 * best.share)) return undefined;
  const why = `its names recur and change from record to record of one ${owner.column}`;
  return { field: "touchpoint", column: best.name, why, confidence: 0.6 };
}
