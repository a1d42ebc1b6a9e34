/**
 * The table of operations: everything Waymark can be asked or told, by name.
 * The command line, the door and the network run nothing else.
 */
import type { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { explainFullDisk } from "../full-disk.ts";
import type { Platform } from "../platform.ts";
import { ANALYSIS_OPERATIONS } from "./analysis-operations.ts";
import { COMPARE_OPERATIONS } from "./compare-operations.ts";
import { CUSTOMER_OPERATIONS } from "./customer-operations.ts";
import { DELIVERY_HEALTH_OPERATIONS } from "./delivery-health-operations.ts";
import { DELIVERY_PORTFOLIO_OPERATIONS } from "./delivery-portfolio-operations.ts";
import { DEMO_OPERATIONS } from "./demo-operation.ts";
import { EFFECT_OPERATIONS } from "./effect-operations.ts";
import { FINDING_OPERATIONS } from "./finding-operations.ts";
import { IDENTITY_OPERATIONS } from "./identity-operations.ts";
import { IMPORT_OPERATIONS } from "./import-operations.ts";
import { INITIATIVE_DOCUMENT_OPERATIONS } from "./initiative-document-operation.ts";
import { INITIATIVE_OPERATIONS } from "./initiative-operations.ts";
import { KPI_OPERATIONS } from "./kpi-operations.ts";
import { MAPPING_OPERATIONS } from "./mapping-operations.ts";
import { MOMENT_OPERATIONS } from "./moment-operations.ts";
import type { Call, Operation } from "./operation.ts";
import { OVERVIEW_OPERATIONS } from "./overview-operations.ts";
import { PAIN_OPERATIONS } from "./pain-operations.ts";
import { parseInput } from "./problem.ts";
import { PROMISE_OPERATIONS } from "./promise-operations.ts";
import { QUALITY_OPERATIONS } from "./quality-operations.ts";
import { recoverOnce } from "./recover-once.ts";
import { REJECT_OPERATIONS } from "./reject-operations.ts";
import { REPORT_OPERATIONS } from "./report-operation.ts";
import { REPURCHASE_OPERATIONS } from "./repurchase-operations.ts";
import { SETTINGS_OPERATIONS } from "./settings-operations.ts";
import { THEME_OPERATIONS } from "./theme-operations.ts";
import { TOUCHPOINT_OPERATIONS } from "./touchpoint-operations.ts";

const OPERATIONS = {
  ...ANALYSIS_OPERATIONS,
  ...COMPARE_OPERATIONS,
  ...CUSTOMER_OPERATIONS,
  ...DELIVERY_HEALTH_OPERATIONS,
  ...DELIVERY_PORTFOLIO_OPERATIONS,
  ...EFFECT_OPERATIONS,
  ...FINDING_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...INITIATIVE_OPERATIONS,
  ...INITIATIVE_DOCUMENT_OPERATIONS,
  ...KPI_OPERATIONS,
  ...MAPPING_OPERATIONS,
  ...MOMENT_OPERATIONS,
  ...OVERVIEW_OPERATIONS,
  ...PAIN_OPERATIONS,
  ...PROMISE_OPERATIONS,
  ...QUALITY_OPERATIONS,
  ...REJECT_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...REPURCHASE_OPERATIONS,
  ...SETTINGS_OPERATIONS,
  ...THEME_OPERATIONS,
  ...TOUCHPOINT_OPERATIONS,
  ...DEMO_OPERATIONS,
} as const;

type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
export type Input<Name extends OperationName> = z.input<Operations[Name]["input"]>;
export type Answer<Name extends OperationName> = Awaited<ReturnType<Operations[Name]["run"]>>;

/** Names from outside, such as the door, are words until they are found here. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/** What a name stands for; undefined when it stands for nothing. */
export function findOperation(name: string): Operation<z.ZodType, unknown> | undefined {
  return isOperationName(name) ? (OPERATIONS[name] as Operation<z.ZodType, unknown>) : undefined;
}

/** All names, in the order of the table. */
export function listOperations(): readonly OperationName[] {
  return Object.keys(OPERATIONS) as OperationName[];
}

/**
 * Runs one operation on an open workspace.
 * @param input unchecked: it comes from outside
 * @throws AppError invalid (unknown name or wrong input), and what the operation throws
 */
export async function runOperation(platform: Platform, name: string, input: unknown, call: Call): Promise<unknown> {
  if (!isOperationName(name)) throw new AppError("not-found", `There is no operation «${name}».`, { operation: name });
  const operation = OPERATIONS[name] as Operation<z.ZodType, unknown>;
  const parsed = parseInput(operation.input, input);
  try {
    await recoverOnce(platform);
    return await operation.run(platform, parsed, call);
  } catch (error) {
    throw call.signal.aborted ? error : await explainFullDisk(error, platform.workspace);
  }
}
