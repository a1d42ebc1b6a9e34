/**
 * The columns of an interrupted series: level, trend, seasons, and the step (and bend) that came with the change; and the same
 * columns had there been no change. What they are fitted to is in interrupted-series.ts.
 */
import { buildHarmonics } from "./harmonics.ts";
import { type Design, designOf } from "./ordinary-least-squares.ts";

export interface Season {
  /** Periods of the series that make one season: 12 for months, 7 for days of a week. */
  readonly period: number;
  /** Pairs of sine and cosine; 2 follow most yearly shapes. */
  readonly pairs: number;
}

export interface SeriesShape {
  /** Periods in all. */
  readonly rows: number;
  /** Periods before the change: the first ones. */
  readonly before: number;
  readonly season?: Season;
  /** Whether the trend may bend at the change, too. */
  readonly slopeChange?: boolean;
}

export interface SeriesDesign {
  readonly actual: Design;
  /** The same with the step and the bend at 0 in every period. */
  readonly unchanged: Design;
  /** Names of the columns, for messages. */
  readonly names: readonly string[];
}

/** Columns: intercept, step, trend (in units of the whole series), bend if wanted, harmonics if wanted. */
export function buildSeriesDesign({ rows, before, season, slopeChange = false }: SeriesShape): SeriesDesign {
  const times = Float64Array.from({ length: rows }, (_, at) => at + 1);
  const step = times.map((time) => (time > before ? 1 : 0));
  const bend = times.map((time) => Math.max(0, time - before) / rows);
  const harmonics = season ? buildHarmonics(times, season.pairs, season.period) : [];
  const rest = [times.map((time) => time / rows), ...(slopeChange ? [bend] : []), ...harmonics];
  const ones = new Float64Array(rows).fill(1);
  const nothing = new Float64Array(rows);
  const without = slopeChange ? rest.with(1, nothing) : rest;
  return {
    actual: designOf([ones, step, ...rest]),
    unchanged: designOf([ones, nothing, ...without]),
    names: [
      "the level",
      "the change of level",
      "the trend",
      ...(slopeChange ? ["the change of slope"] : []),
      ...harmonics.map(() => "the seasons"),
    ],
  };
}
