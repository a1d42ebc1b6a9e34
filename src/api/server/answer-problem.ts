/**
 * What was thrown, as an answer: problem JSON without paths of this machine, and a line in the log when it is a bug.
 * Which error has which code and title is in ../problem.ts.
 */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import { type Problem, toProblem } from "../problem.ts";
import { HttpError } from "./http-error.ts";

/** The front's own log: what happens in a workspace is in the workspace's. */
export type FrontLog = Pick<Logger, "error" | "warn" | "info">;

/** Hides folders of this machine in whatever JSON holds them. */
export type Hide = <Value>(value: Value) => Value;

export interface ProblemTeller {
  readonly log: FrontLog;
  readonly newId: () => string;
  readonly hide: Hide;
}

/** A bug is told by its number alone: its message may hold anything. */
export function describeError({ log, newId, hide }: ProblemTeller, error: unknown): Problem {
  const problem = toProblem(error);
  if (error instanceof HttpError) return { ...problem, status: error.status };
  if (problem.code !== "bug") return hide(problem);
  const id = newId();
  log.error({ err: error, id }, "a request failed by a fault of Waymark");
  const detail = `This is a fault of Waymark, not of your input. Its log says more under the number ${id}.`;
  return { ...problem, detail, details: { id } };
}

export function answerProblem(context: Context, problem: Problem): Response {
  context.header("Content-Type", "application/problem+json");
  context.header("Cache-Control", "no-store");
  if (problem.status === 503) context.header("Retry-After", "1");
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode);
}

/**
 * Shows every folder by its short name, in texts at any depth.
 * @param names absolute folder → what is shown instead; "" leaves only what is inside of it
 */
export function hideFolders(names: ReadonlyMap<string, string>): Hide {
  const folders = [...names].sort(([a], [b]) => b.length - a.length);
  const hideText = (text: string) => {
    let shown = text;
    for (const [folder, name] of folders)
      shown = name === "" ? shown.replaceAll(`${folder}/`, "") : shown.replaceAll(folder, name);
    return shown;
  };
  const hide = (value: unknown): unknown => {
    if (typeof value === "string") return hideText(value);
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hide(inner)]));
  };
  return (value) => hide(value) as typeof value;
}
