/**
 * Being written: see moments-schema.ts for what it will answer.
 * Nothing is asked of the store yet.
 */
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import type { ExpectationsQuery, ExpectationsReport } from "./moments-schema.ts";

export async function analyzeExpectations(
  _context: AnalysisContext,
  _input: ExpectationsQuery,
): Promise<ExpectationsReport> {
  throw new AppError("unavailable", "Expectations are being built.");
}
