/**
 * An interrupted series fitted: its course, the course without the change, and the regression that both come from.
 * What the change did, and how sure that is, is in interrupted-series.ts.
 */
import { buildSeriesDesign, type SeriesDesign, type SeriesShape } from "./interrupted-design.ts";
import { isNoAnswer, type NoAnswer, noAnswer } from "./no-answer.ts";
import { fitLeastSquares, isUnfitted, type LeastSquares, predict, type Unfitted } from "./ordinary-least-squares.ts";
import { fitPoisson } from "./poisson-regression.ts";

/** Poisson: counts that vary no more than by chance. Quasi-Poisson: counts that vary more. Means: least squares. */
export type SeriesFamily = "poisson" | "quasi-poisson" | "means";

export interface SeriesQuestion extends Omit<SeriesShape, "rows"> {
  /** One a period, in the order of time, no period left out. */
  readonly values: ArrayLike<number>;
  /** What counts are taken over (people, visits), above 0; one a period. Only for counts. */
  readonly offset?: ArrayLike<number>;
  readonly family: SeriesFamily;
}

/** Both courses, in the unit of the values, and the regression on the scale of its link. */
interface Courses {
  readonly linear: LeastSquares;
  readonly fitted: Float64Array;
  readonly unchanged: Float64Array;
  /** How many times the variance of Poisson counts; null for means. */
  readonly dispersion: number | null;
}

export interface SeriesFit extends Courses {
  readonly design: SeriesDesign;
  /** How the effect moves with each coefficient: the mean difference, or for counts the logarithm of the ratio of totals. */
  readonly slopes: Float64Array;
}

function explain(reason: Unfitted, names: readonly string[]): NoAnswer {
  if (reason.unfitted === "rows")
    return noAnswer("too-few", "values", `${reason.n} periods are too few for ${reason.required - 1} coefficients.`);
  const name = names[reason.column] ?? "a column";
  return noAnswer(
    "dependent-columns",
    "before",
    `Too few periods to tell ${name} from the rest: leave the seasons or the slope out.`,
  );
}

function fitMeans({ actual, unchanged, names }: SeriesDesign, values: ArrayLike<number>): Courses | NoAnswer {
  const linear = fitLeastSquares(actual, values);
  if (isUnfitted(linear)) return explain(linear, names);
  const size = Math.max(...Array.from(values, Math.abs));
  if (Math.sqrt(linear.variance) <= 1e-12 * size)
    return noAnswer(
      "no-variation",
      "values",
      "The series does not vary around its course: there is no error to judge by.",
    );
  const at = (design: SeriesDesign["actual"]) => predict(design, linear.coefficients);
  return { linear, fitted: at(actual), unchanged: at(unchanged), dispersion: null };
}

function fitCounts(design: SeriesDesign, { values, offset, family }: SeriesQuestion): Courses | NoAnswer {
  const shift = Float64Array.from({ length: values.length }, (_, row) => Math.log(offset?.[row] ?? 1));
  const fit = fitPoisson(design.actual, values, shift);
  if (isNoAnswer(fit)) return { ...fit, field: "values" };
  if (isUnfitted(fit)) return explain(fit, design.names);
  const unchanged = predict(design.unchanged, fit.coefficients).map((value, row) =>
    Math.exp(value + (shift[row] ?? 0)),
  );
  const linear = family === "poisson" ? { ...fit.linear, variance: 1 } : fit.linear;
  return { linear, fitted: fit.means, unchanged, dispersion: fit.dispersion };
}

function slopesOf({ actual, unchanged }: SeriesDesign, fit: Courses, { before, family }: SeriesQuestion): Float64Array {
  const { rows, width } = actual;
  const slopes = new Float64Array(width);
  const weight = (course: Float64Array, row: number) => (family === "means" ? 1 : (course[row] ?? 0));
  let [seen, expected] = [0, 0];
  for (let row = before; row < rows; row++) {
    seen += weight(fit.fitted, row);
    expected += weight(fit.unchanged, row);
  }
  for (let row = before; row < rows; row++)
    for (let at = 0; at < width; at++) {
      const one = (weight(fit.fitted, row) / seen) * (actual.values[row * width + at] ?? 0);
      const other = (weight(fit.unchanged, row) / expected) * (unchanged.values[row * width + at] ?? 0);
      slopes[at] = (slopes[at] ?? 0) + one - other;
    }
  return slopes;
}

/** @returns no answer where the columns cannot be told apart, or the series does not vary */
export function fitCourse(question: SeriesQuestion): SeriesFit | NoAnswer {
  const design = buildSeriesDesign({ ...question, rows: question.values.length });
  const fit = question.family === "means" ? fitMeans(design, question.values) : fitCounts(design, question);
  return isNoAnswer(fit) ? fit : { ...fit, design, slopes: slopesOf(design, fit, question) };
}
