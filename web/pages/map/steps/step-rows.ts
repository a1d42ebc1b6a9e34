/**
 * The step matrix as rows: touchpoints ranked by how often they are passed, then the others, then who had ended.
 * Each column sums to all journeys; the counts are the API's.
 */
import type { Answer } from "../../../api/types.ts";
import type { Selection } from "../../../ui/behind.tsx";

type Steps = Pick<Answer<"steps">, "journeys" | "steps">;

export interface StepRow {
  readonly kind: "touchpoint" | "other" | "ended" | "sum";
  readonly label: string;
  /** Journeys at each step. */
  readonly counts: readonly number[];
  /** Who they are at a step, from 0; undefined for an empty cell. */
  readonly select: (column: number) => Selection | undefined;
}

interface Ranked {
  readonly touchpoint: string;
  readonly counts: readonly number[];
}

function rank({ steps }: Steps): Ranked[] {
  const counts = new Map<string, number[]>();
  for (const [column, { cells }] of steps.entries()) {
    for (const { touchpoint, journeys } of cells) {
      const row = counts.get(touchpoint) ?? steps.map(() => 0);
      row[column] = journeys;
      counts.set(touchpoint, row);
    }
  }
  const sum = (row: readonly number[]) => row.reduce((total, count) => total + count, 0);
  return [...counts]
    .map(([touchpoint, row]) => ({ touchpoint, counts: row }))
    .toSorted((a, b) => sum(b.counts) - sum(a.counts) || (a.touchpoint < b.touchpoint ? -1 : 1));
}

/** @param top touchpoints with a row of their own */
export function rankSteps(answer: Steps, top: number): StepRow[] {
  const ranked = rank(answer);
  const [shown, rest] = [ranked.slice(0, top), ranked.slice(top)];
  const whenAny = (counts: readonly number[], select: (step: number) => Selection) => (column: number) =>
    (counts[column] ?? 0) > 0 ? select(column + 1) : undefined;
  const rows = shown.map(({ touchpoint, counts }): StepRow => {
    return {
      kind: "touchpoint",
      label: touchpoint,
      counts,
      select: whenAny(counts, (step) => ({ kind: "position", step, touchpoint })),
    };
  });
  if (rest.length > 0) {
    const counts = answer.steps.map((_, column) => rest.reduce((sum, row) => sum + (row.counts[column] ?? 0), 0));
    const not = shown.map(({ touchpoint }) => touchpoint);
    const select = whenAny(counts, (step) => ({ kind: "position", step, touchpoint: null, not }));
    rows.push({
      kind: "other",
      label: `Other: ${rest.length} touchpoint${rest.length === 1 ? "" : "s"}`,
      counts,
      select,
    });
  }
  const ended = answer.steps.map((step) => step.ended);
  rows.push({
    kind: "ended",
    label: "Ended before",
    counts: ended,
    select: whenAny(ended, (step) => ({ kind: "position", step, touchpoint: null })),
  });
  const total = answer.steps.map((_, column) => rows.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0));
  rows.push({ kind: "sum", label: "All journeys", counts: total, select: whenAny(total, () => ({ kind: "all" })) });
  return rows;
}
