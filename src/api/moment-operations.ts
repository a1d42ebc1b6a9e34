/**
 * The questions about moments of truth: the list for an outcome, one of them in full, and promises kept.
 */
import { analyzeExpectations } from "../analysis/expectations.ts";
import { analyzeMoment } from "../analysis/moment-detail.ts";
import { analyzeMoments } from "../analysis/moments.ts";
import {
  expectationsQuerySchema,
  expectationsReportSchema,
  momentQuerySchema,
  momentReportSchema,
  momentsQuerySchema,
  momentsReportSchema,
} from "../analysis/moments-schema.ts";
import { ask, insufficient, type Lack } from "./ask.ts";

const lackTouches: Lack<{ readonly n: number }> = ({ n }) =>
  n > 0 ? undefined : insufficient("No touch under this definition and filter has its whole window in the data.");

export const MOMENT_OPERATIONS = {
  moments: ask(
    "moments",
    "The touchpoints that make or break an outcome, with interval and controlled error; and what was rejected, and why.",
    momentsQuerySchema,
    momentsReportSchema,
    analyzeMoments,
    lackTouches,
  ),
  moment: ask(
    "moment",
    "One candidate in full: its effect, by segment, over time, and what happened instead.",
    momentQuerySchema,
    momentReportSchema,
    analyzeMoment,
    lackTouches,
  ),
  expectations: ask(
    "expectations",
    "Where a promise exists, how often it is met, missed and exceeded.",
    expectationsQuerySchema,
    expectationsReportSchema,
    analyzeExpectations,
  ),
} as const;
