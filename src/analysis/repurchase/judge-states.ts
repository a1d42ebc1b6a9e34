/**
 * The lifecycle states of all patterns at the end of the data: what lifecycle.ts needs is read and forecast, then judged.
 * The rules themselves are there.
 */
import type { AnalysisContext } from "../context.ts";
import type { JourneyScope } from "../journey-frame.ts";
import { judgePatterns, LAPSED_WEEKS, type PatternStates, type UsualGaps } from "./lifecycle.ts";
import { chanceOfSome } from "./outlook.ts";
import { countAway, readUsualGaps } from "./read-gaps.ts";
import type { FinalForecast } from "./study.ts";

/**
 * @param end last day of the data, days since 1970
 * @param known everybody's gaps, where they have been read before
 */
export async function judgeStates(
  context: AnalysisContext,
  scope: JourneyScope,
  end: number,
  { model, fit, level, patterns }: FinalForecast,
  known?: UsualGaps,
): Promise<PatternStates> {
  const gaps = known ?? (await readUsualGaps(context, scope, patterns));
  const away = await countAway(context, scope, patterns, end, gaps);
  const chances = chanceOfSome(model, fit.parameters, patterns, LAPSED_WEEKS, level);
  return judgePatterns(patterns, chances, away, gaps);
}
