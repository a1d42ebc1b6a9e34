/**
 * Being written: see moments-schema.ts for what it will answer.
 * Nothing is asked of the store yet.
 */
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import type { MomentsQuery, MomentsReport } from "./moments-schema.ts";

export async function analyzeMoments(_context: AnalysisContext, _input: MomentsQuery): Promise<MomentsReport> {
  throw new AppError("unavailable", "Moments of truth are being built.");
}
