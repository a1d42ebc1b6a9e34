/**
 * A sample of customers with the history of each of their touches, read into memory: what the prognostic score is fitted on.
 * The sample is the same for the same data; the fit is in moment-score.ts.
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import { KINDS, levelsOf, type MomentHistory } from "./moment-history.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { MomentSurvey } from "./moment-survey.ts";

const MOST_CUSTOMERS = 200_000;
const MOST_TOUCHES = 400_000;

/** One touch that counts. */
export interface SampleTouch {
  /** Level of each feature, in the history's order. */
  readonly levels: readonly number[];
  /** Places in `history.flags` of the touchpoints seen before in the attempt. */
  readonly seen: readonly number[];
  /** Null: not answered. */
  readonly result: number | null;
  /** Outcomes, and events, before the attempt. */
  readonly past: number;
  readonly prior: number;
  /** Whether the customer was there before the attempt. */
  readonly known: boolean;
  /** Whether nothing follows in the attempt and the outcome does not come. */
  readonly left: boolean;
}

interface OwnerRow {
  readonly touch: readonly number[];
  readonly begins: readonly number[];
  readonly counted: readonly number[];
  readonly result: readonly number[];
  readonly past: readonly number[];
  readonly prior: readonly number[];
  readonly levels: readonly (readonly number[])[];
  readonly traitLevels: readonly number[];
}

function sampleSql(rows: MomentRows, history: MomentHistory, survey: MomentSurvey): string {
  const { frame } = rows.outcome;
  const oneIn = Math.ceil(Math.max(survey.all.persons / MOST_CUSTOMERS, survey.all.touches / MOST_TOUCHES, 1));
  const arrays = history.features.filter(({ array }) => array !== null).map(({ name }) => levelsOf(name));
  const scalars = history.features.flatMap(({ ofRow }) => ofRow ?? []);
  return `WITH ${history.aliases},
  arrayMap((a, b) -> toUInt8(a AND b), eligibles, ends) AS uses
SELECT ids AS touch, starts AS begins, uses AS counted, results AS result, pasts AS past, priors AS prior,
  [${arrays.join(", ")}] AS levels, ${scalars.length === 0 ? "emptyArrayUInt8()" : `[${scalars.join(", ")}]`} AS traitLevels
FROM ${frame.source}
WHERE ${frame.rows} AND has(uses, 1) AND cityHash64(owner) % ${frame.bag.bind(oneIn, "UInt64")} = 0`;
}

function* readOwner(
  owner: OwnerRow,
  { features }: MomentHistory,
  places: ReadonlyMap<number, number>,
): Generator<SampleTouch> {
  const kinds = features.findIndex(({ name }) => name === "kind");
  const traits = features.filter(({ ofRow }) => ofRow !== null);
  let seen = new Set<number>();
  let attempt = 0;
  for (const [index, touch] of owner.touch.entries()) {
    if (owner.begins[index] === 1) {
      seen = new Set();
      attempt++;
    }
    if (owner.counted[index] === 1) {
      const result = owner.result[index] ?? 0;
      const kind = owner.levels[kinds]?.[index] ?? 0;
      const ofRow = traits.map(({ levels }, trait) => (kind * levels) / KINDS + (owner.traitLevels[trait] ?? 0));
      yield {
        levels: [...owner.levels.map((levels) => levels[index] ?? 0), ...ofRow],
        seen: [...seen],
        result: result < -1e299 ? null : result,
        past: owner.past[index] ?? 0,
        prior: owner.prior[index] ?? 0,
        known: attempt > 1,
        left: result === 0 && owner.begins[index + 1] !== 0,
      };
    }
    const place = places.get(touch);
    if (place !== undefined) seen.add(place);
  }
}

/** Every touch that counts of a sample of customers: at most about 200,000 of them, or 400,000 touches. */
export async function readMomentSample(
  context: AnalysisContext,
  rows: MomentRows,
  history: MomentHistory,
  survey: MomentSurvey,
): Promise<SampleTouch[]> {
  const places = new Map(history.flags.map((id, place) => [id, place]));
  const sample: SampleTouch[] = [];
  const sql = sampleSql(rows, history, survey);
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for await (const block of context.store.stream<OwnerRow>(sql, options)) {
    for (const owner of block) for (const touch of readOwner(owner, history, places)) sample.push(touch);
  }
  return sample;
}
