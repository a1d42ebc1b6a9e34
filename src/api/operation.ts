/**
 * What an operation is: a name, an input schema, and a thin handler that calls one part and returns its answer.
 * The command line, the door and the network all run the same operations; the table of them is in operations.ts.
 */
import type { z } from "zod";
import type { Platform } from "../platform.ts";

/** How far a long operation is. `total` is 0 while unknown. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "events" | "records" | "customers";
}

/** What accompanies one run: how to stop it and whom to tell. */
export interface Call {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Operation<Schema extends z.ZodType, Output> {
  /** One sentence for people: what is asked or done. */
  readonly summary: string;
  readonly input: Schema;
  /** The answer's shape: the network's description is made from it, and tests hold the answers against it. */
  readonly output: z.ZodType;
  /**
   * Whether only this machine's own user may ask for it: it names paths of this machine.
   * The network never offers such an operation.
   */
  readonly local: boolean;
  readonly run: (platform: Platform, input: z.output<Schema>, call: Call) => Promise<Output>;
}

/** Keeps the types of one table entry. */
export function defineOperation<Schema extends z.ZodType, Output>(
  operation: Operation<Schema, Output>,
): Operation<Schema, Output> {
  return operation;
}
