/**
 * Which behaviours in the first days after the first order go with a second purchase, and whether that survives a comparison
 * of customers alike before. It is an association: what no event tells is not held equal (docs/repurchase.md).
 */
import { plural } from "../domain/moment-words.ts";
import { dayToDate } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { hasRole } from "./kpi-frame.ts";
import { findLastDay } from "./repurchase/last-day.ts";
import { listSignals } from "./repurchase/signal-candidates.ts";
import { measureSignals } from "./repurchase/signal-effects.ts";
import { buildSignalHistory, describeHistory, readSignalSample } from "./repurchase/signal-history.ts";
import { buildSignalLife, type SignalsAsked } from "./repurchase/signal-life.ts";
import { type SignalSurvey, surveySignals } from "./repurchase/signal-survey.ts";
import { judgeSignals } from "./repurchase/signal-verdict.ts";
import {
  type RepurchaseSignalsQuery,
  type RepurchaseSignalsReport,
  repurchaseSignalsQuerySchema,
  type Signal,
} from "./repurchase-signals-schema.ts";

interface Answered {
  readonly survey: SignalSurvey;
  readonly signals: Signal[];
}

async function compare(workspace: AnalysisContext, asked: SignalsAsked, lastDay: number): Promise<Answered> {
  const context = seeHidden(workspace);
  const life = buildSignalLife(context, asked, lastDay);
  const survey = await surveySignals(context, life);
  if (survey.buyers === 0) return { survey, signals: [] };
  const history = buildSignalHistory(life, survey);
  const sample = await readSignalSample(context, life, history, survey);
  // What somebody hid from views is no behaviour to show, but it happened all the same.
  const candidates = listSignals(workspace, survey);
  return { survey, signals: judgeSignals(await measureSignals(context, life, history, sample, candidates)) };
}

/**
 * Early signals by landmark: behaviours count in the `days` after the first purchase day, a second purchase only in the
 * `withinDays` after those. Who bought again before the landmark is left out and counted: their outcome had come already, and
 * each further order brings behaviours of its own.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchaseSignals(
  workspace: AnalysisContext,
  input: RepurchaseSignalsQuery,
): Promise<RepurchaseSignalsReport> {
  const asked = repurchaseSignalsQuerySchema.parse(input);
  const { days, withinDays } = asked;
  const lastDay = await findLastDay(workspace);
  const answered = lastDay === null || !hasRole(workspace, "order") ? null : await compare(workspace, asked, lastDay);
  const { buyers = 0, again = 0, boughtBefore = 0 } = answered?.survey ?? {};
  const landmark = `no second purchase in the first ${days} days (${plural(boughtBefore, "customer with one is", "customers with one are")} left out)`;
  return {
    journey: "life",
    endOfData: lastDay === null ? null : dayToDate(lastDay),
    ...{ days, withinDays, customers: buyers, boughtBefore },
    base: buyers === 0 ? null : again / buyers,
    signals: answered?.signals ?? [],
    adjustedFor: answered === null || buyers === 0 ? [] : [...describeHistory(answered.survey), landmark],
  };
}
