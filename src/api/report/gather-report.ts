/**
 * Everything a report says, asked of the same operations as the pages: so that its numbers are theirs.
 * How it is put into words is in compose-report.ts.
 */
import { basename } from "node:path";
import type { z } from "zod";
import type { Platform } from "../../platform.ts";
import { ANALYSIS_OPERATIONS } from "../analysis-operations.ts";
import type { Insufficiency } from "../answer.ts";
import { DELIVERY_PORTFOLIO_OPERATIONS } from "../delivery-portfolio-operations.ts";
import { EFFECT_OPERATIONS } from "../effect-operations.ts";
import { FINDING_OPERATIONS } from "../finding-operations.ts";
import { MOMENT_OPERATIONS } from "../moment-operations.ts";
import type { Call, Operation } from "../operation.ts";
import { OVERVIEW_OPERATIONS } from "../overview-operations.ts";
import { PAIN_OPERATIONS } from "../pain-operations.ts";
import { parseInput } from "../problem.ts";
import { THEME_OPERATIONS } from "../theme-operations.ts";
import { chooseOutcome } from "./choose-outcome.ts";
import { gatherKpis, type KpiLine, type ScopeOfJourneys } from "./gather-kpis.ts";

/** What an operation answers. */
type AnswerOf<Asked extends { readonly run: (...given: never[]) => unknown }> = Awaited<ReturnType<Asked["run"]>>;

export interface ReportQuestion extends ScopeOfJourneys {
  readonly outcome?: string | undefined;
  readonly withinMs?: number | undefined;
  readonly worth?: number | undefined;
}

/** What the events say; null parts were not asked, because there is no outcome to ask for. */
interface Diagnosis {
  readonly kpis: readonly KpiLine[];
  readonly painPoints: AnswerOf<(typeof PAIN_OPERATIONS)["pain-points"]> | null;
  readonly moments: AnswerOf<(typeof MOMENT_OPERATIONS)["moments"]> | null;
  readonly themes: AnswerOf<(typeof THEME_OPERATIONS)["themes"]>;
  readonly unanswered: AnswerOf<(typeof PAIN_OPERATIONS)["unanswered"]>;
}

export interface GatheredReport {
  /** Name of the workspace's folder. */
  readonly workspace: string;
  readonly version: string;
  /** When it was asked, ISO 8601. */
  readonly at: string;
  readonly zone: string;
  readonly scope: ScopeOfJourneys;
  readonly outcome: { readonly expression: string; readonly chosen: boolean } | null;
  readonly overview: AnswerOf<(typeof OVERVIEW_OPERATIONS)["overview"]>;
  /** Null without any event. */
  readonly diagnosis: Diagnosis | null;
  readonly findings: AnswerOf<(typeof FINDING_OPERATIONS)["findings"]>["findings"];
  readonly portfolio: AnswerOf<(typeof DELIVERY_PORTFOLIO_OPERATIONS)["portfolio"]>;
  readonly effects: AnswerOf<(typeof EFFECT_OPERATIONS)["effects"]>["effects"];
}

/** Whether an answer says that there is too little for any. */
export function isInsufficient<Answer extends Partial<Insufficiency>>(
  answer: Answer,
): answer is Answer & Insufficiency {
  return answer.status === "insufficient-data";
}

interface Asking {
  readonly platform: Platform;
  readonly call: Call;
}

/** An operation as everybody asks it: input by its schema, so that stored answers are found again. */
function ask<Schema extends z.ZodType, Output>(
  { platform, call }: Asking,
  operation: Operation<Schema, Output>,
  input: z.input<Schema>,
): Promise<Output> {
  return operation.run(platform, parseInput(operation.input, input) as z.output<Schema>, call);
}

/** One after the other: each takes the engine's memory for itself. */
async function diagnose(
  asking: Asking,
  overview: GatheredReport["overview"],
  { outcome, scope, withinMs, worth }: Pick<GatheredReport, "scope"> & ReportQuestion,
): Promise<Diagnosis> {
  const { journey: _, ...withoutJourney } = scope;
  const question = outcome === undefined ? null : { ...scope, outcome, withinMs, worth };
  return {
    kpis: await gatherKpis(asking.platform, overview, scope, asking.call),
    painPoints: question && (await ask(asking, PAIN_OPERATIONS["pain-points"], question)),
    moments: question && (await ask(asking, MOMENT_OPERATIONS.moments, question)),
    themes: await ask(asking, THEME_OPERATIONS.themes, scope),
    unanswered: await ask(asking, PAIN_OPERATIONS.unanswered, withoutJourney),
  };
}

export async function gatherReport(
  platform: Platform,
  { outcome: asked, withinMs, worth, ...scope }: ReportQuestion,
  call: Call,
): Promise<Omit<GatheredReport, "version">> {
  const asking = { platform, call };
  const overview = await ask(asking, OVERVIEW_OPERATIONS.overview, {});
  const outcome = asked ?? (overview.events > 0 ? await chooseOutcome(platform, scope, call) : null);
  const question = { scope, withinMs, worth, ...(outcome === null ? {} : { outcome }) };
  const { findings } = await ask(asking, FINDING_OPERATIONS.findings, {});
  const { effects } = await ask(asking, EFFECT_OPERATIONS.effects, {});
  const { zone } = await ask(asking, ANALYSIS_OPERATIONS.extent, {});
  return {
    ...{ workspace: basename(platform.workspace), at: platform.clock().toISOString(), zone, scope, overview },
    outcome: outcome === null ? null : { expression: outcome, chosen: asked !== undefined },
    diagnosis: overview.events > 0 ? await diagnose(asking, overview, question) : null,
    ...{ findings, effects, portfolio: await ask(asking, DELIVERY_PORTFOLIO_OPERATIONS.portfolio, {}) },
  };
}
