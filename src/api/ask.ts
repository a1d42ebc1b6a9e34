/**
 * How a question becomes an operation: parse, ask the analysis, keep the answer, say what it rests on.
 * The questions themselves stand in *-operations.ts.
 */
import type { z } from "zod";
import type { AnalysisContext } from "../analysis/context.ts";
import type { Platform } from "../platform.ts";
import { answer, type Basis, basisSchema, type Insufficiency, insufficiencySchema, type Scope } from "./answer.ts";
import { defineOperation, type Operation } from "./operation.ts";

/** The report with what it rests on. */
function answerSchema<Shape extends z.ZodRawShape>(report: z.ZodObject<Shape>) {
  return report.extend(basisSchema.shape).extend(insufficiencySchema.partial().shape);
}

export type Lack<Report> = (report: Report) => Insufficiency | undefined;

/**
 * An operation that answers from prepared journeys and keeps its answer.
 * @param lack when the whole answer is "not enough data"; absent: never (kpis and map say so number by number)
 * @param before what several answers rest on, asked first and kept by itself
 */
export function ask<Schema extends z.ZodType<Scope & object>, Report extends object, Known = undefined>(
  name: string,
  summary: string,
  input: Schema,
  output: z.ZodObject & z.ZodType<Report>,
  analyze: (context: AnalysisContext, query: z.output<Schema>, known?: Known) => Promise<Report>,
  lack?: Lack<Report>,
  before?: (platform: Platform, query: z.output<Schema>, signal: AbortSignal) => Promise<Known>,
): Operation<Schema, Report & Basis & Partial<Insufficiency>> {
  return defineOperation({
    summary,
    input,
    output: answerSchema(output),
    local: false,
    run: async (platform, query, { signal }) => {
      const study = async (context: AnalysisContext, asked: z.output<Schema>) =>
        analyze(context, asked, await before?.(platform, asked, signal));
      const report = await answer(platform, name, query, study, signal);
      return { ...report, ...lack?.(report) };
    },
  });
}

/** The answer of a question that nothing in the workspace can answer. */
export function insufficient(reason: string): Insufficiency {
  return { status: "insufficient-data", reason, n: 0, required: 1 };
}
