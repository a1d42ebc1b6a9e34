/**
 * The difference in second purchases of each behaviour: plain, and among customers alike before.
 * What it comes to in words is in signal-verdict.ts.
 */
import { estimateMatchedDifference, type MatchedDifference, type SideSums } from "../../stats/matched-difference.ts";
import type { AnalysisContext } from "../context.ts";
import type { MomentHistory } from "../moment-history.ts";
import type { SampleTouch } from "../moment-sample.ts";
import { fitPrognosticScore, type LeftOut } from "../moment-score.ts";
import type { SignalCandidate } from "./signal-candidates.ts";
import { CHANNEL_FEATURE, compileSignalCell, isVisiting } from "./signal-history.ts";
import type { SignalLife } from "./signal-life.ts";
import { cellsOf, readSignalTallies } from "./signal-tallies.ts";

/** Customers, and those of them with a second purchase. */
export type Side = Pick<SideSums, "n" | "high">;

export interface MeasuredSignal {
  readonly candidate: SignalCandidate;
  readonly with: Side;
  readonly without: Side;
  readonly matched: MatchedDifference | null;
}

/** What of the history would tell the behaviour itself: nobody alike would be without it. */
function leftOutOf({ source }: SignalCandidate, { flags }: MomentHistory): LeftOut {
  if (source.by === "channel") return { features: [CHANNEL_FEATURE], flags: [] };
  const place = source.by === "discount" ? flags.indexOf(source.touch) : -1;
  return { features: [], flags: place < 0 ? [] : [place] };
}

/** Behaviours that are compared in the same cells, in one pass. */
interface SignalGroup {
  readonly without: LeftOut;
  /** Whether among customers who came by as often: what one does on a visit is compared with other visits, not with none. */
  readonly active: boolean;
  readonly candidates: SignalCandidate[];
}

function groupByCells(
  { touchpoints }: AnalysisContext,
  candidates: readonly SignalCandidate[],
  history: MomentHistory,
): SignalGroup[] {
  const visiting = new Set(touchpoints.filter(isVisiting).map(({ id }) => id));
  const groups = new Map<string, SignalGroup>();
  for (const candidate of candidates) {
    const without = leftOutOf(candidate, history);
    const active = candidate.source.by === "touchpoint" && visiting.has(candidate.source.touch);
    const key = JSON.stringify([without, active]);
    const group = groups.get(key) ?? { without, active, candidates: [] };
    group.candidates.push(candidate);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function addUp(sides: readonly SideSums[]): Side {
  return {
    n: sides.reduce((sum, { n }) => sum + n, 0),
    high: sides.reduce((sum, { high }) => sum + high, 0),
  };
}

/** All behaviours measured, in the order given. */
export async function measureSignals(
  context: AnalysisContext,
  life: SignalLife,
  history: MomentHistory,
  sample: readonly SampleTouch[],
  candidates: readonly SignalCandidate[],
): Promise<MeasuredSignal[]> {
  const measured = new Map<SignalCandidate, MeasuredSignal>();
  for (const group of groupByCells(context, candidates, history)) {
    const score = fitPrognosticScore(history, sample, ({ result }) => result, group.without);
    const cell = compileSignalCell(context, life, history, score, group.active);
    const tallies = await readSignalTallies(context, life, group.candidates, cell);
    for (const candidate of group.candidates) {
      const cells = cellsOf(tallies, candidate);
      const matched = estimateMatchedDifference(cells);
      const [marked, others] = [addUp(cells.map((one) => one.with)), addUp(cells.map(({ without }) => without))];
      measured.set(candidate, { candidate, with: marked, without: others, matched });
    }
  }
  return candidates.flatMap((candidate) => measured.get(candidate) ?? []);
}
