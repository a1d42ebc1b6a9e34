/**
 * The way to the API: one function to ask an operation, one for everything else. Errors arrive as problems with a sentence.
 * Keeping answers and asking again is use-answer.ts.
 */
import type { Answer, Input, OperationName, Problem } from "./types.ts";

/** What the API said went wrong; `message` is for people. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const UNREACHABLE: Problem = {
  type: "urn:waymark:problem:unavailable",
  title: "Not available now",
  status: 503,
  detail: "Waymark does not answer. Is `waymark serve` still running in its terminal?",
  code: "unavailable",
  details: {},
};

async function readProblem(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return {
      ...UNREACHABLE,
      status: response.status,
      detail: `The server answered ${response.status} without a reason.`,
    };
  }
}

/** A JSON request. @throws ProblemError; an abort throws as fetch does */
export async function fetchJson<Value>(path: string, options: RequestInit = {}): Promise<Value> {
  let response: Response;
  try {
    response = await fetch(path, { ...options, headers: { accept: "application/json", ...options.headers } });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ProblemError(UNREACHABLE);
  }
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return (await response.json()) as Value;
}

/** Sends JSON. @throws ProblemError */
export function sendJson<Value>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown, signal?: AbortSignal) {
  return fetchJson<Value>(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

/** Runs one operation of a workspace. @throws ProblemError */
export function ask<Name extends OperationName>(
  workspace: string,
  name: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  return sendJson<Answer<Name>>("POST", `/api/v1/${workspace}/${name}`, input, signal);
}
