/**
 * Rows of one series put in the order of time, with the period at which the change came.
 * It says why rows are no such series; what the change did is estimated in interrupted-series.ts.
 */
import { type NoAnswer, noAnswer } from "./no-answer.ts";

/** One period. Times are all numbers, or all texts that sort as time does, such as 2024-03. */
export interface SeriesRow {
  readonly time: number | string;
  readonly value: number;
  /** What a count is taken over. */
  readonly offset?: number;
  readonly treated: boolean;
}

export interface Series {
  readonly times: readonly (number | string)[];
  readonly values: Float64Array;
  /** Only when every row has one. */
  readonly offset?: Float64Array;
  /** Periods before the change: the first ones. */
  readonly before: number;
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);

/** Numbers must go up by equal steps; of texts only the order is known. */
function findGap(rows: readonly SeriesRow[]): NoAnswer | undefined {
  const times = rows.map(({ time }) => time);
  const step = Number(times[1]) - Number(times[0]);
  for (let at = 1; at < times.length; at++) {
    const [before, time] = [times[at - 1] ?? "", times[at] ?? ""];
    if (time === before)
      return noAnswer("not-a-block", "time", `There is more than one row at ${time}: add them up first.`);
    const gap = typeof time === "number" && typeof before === "number" ? time - before - step : 0;
    if (Math.abs(gap) > 1e-9 * Math.abs(step))
      return noAnswer(
        "not-a-block",
        "time",
        `Periods are missing between ${before} and ${time}: a series needs every one.`,
      );
  }
  return undefined;
}

/**
 * @param rows one a period, in any order
 * @returns no answer for double or missing periods, a change that ends again, and one that is there from the start or never
 */
export function orderSeries(rows: readonly SeriesRow[]): Series | NoAnswer {
  const sorted = rows.toSorted((a, b) => compare(a.time, b.time));
  const gap = findGap(sorted);
  if (gap) return gap;
  const before = sorted.findIndex(({ treated }) => treated);
  if (before < 0)
    return noAnswer("too-few", "treated", "No period is marked as after the change: say from when it was in force.");
  if (before === 0)
    return noAnswer("too-few", "treated", "Every period is after the change: there is nothing to compare with.");
  const end = sorted.findIndex(({ treated }, at) => at > before && !treated);
  if (end >= 0)
    return noAnswer(
      "not-a-block",
      "treated",
      `The change ends at ${sorted[end]?.time}: this design needs one that stays.`,
    );
  const offsets = sorted.flatMap(({ offset }) => (offset === undefined ? [] : [offset]));
  return {
    times: sorted.map(({ time }) => time),
    values: Float64Array.from(sorted, ({ value }) => value),
    ...(offsets.length === sorted.length ? { offset: Float64Array.from(offsets) } : {}),
    before,
  };
}
