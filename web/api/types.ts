/**
 * The API's types, for pages: the operations by name with their inputs and answers. Types only: nothing of src/api is bundled.
 */
import type { Answer as ApiAnswer, Input as ApiInput, OperationName as ApiName } from "../../src/api/operations.ts";
import type { Problem as ApiProblem } from "../../src/api/problem.ts";

export type OperationName = ApiName;
export type Input<Name extends OperationName> = ApiInput<Name>;
export type Answer<Name extends OperationName> = ApiAnswer<Name>;
export type Problem = ApiProblem;

/** One workspace the server offers. */
export interface WorkspaceInfo {
  readonly name: string;
  readonly folder: string;
  readonly demo: boolean;
  /** The one to open first. */
  readonly first: boolean;
}
