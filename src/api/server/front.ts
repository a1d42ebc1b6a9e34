/**
 * What the routes share: the workspaces that are served, jobs, uploads, and how errors are told.
 * The routes stand in *-routes.ts; who holds a workspace is not known here.
 */
import { basename, dirname, join } from "node:path";
import type { Context } from "hono";
import type { Progress } from "../operation.ts";
import { type Hide, hideFolders, type ProblemTeller } from "./answer-problem.ts";
import { HttpError } from "./http-error.ts";
import type { Jobs } from "./jobs.ts";
import type { Uploads } from "./uploads.ts";

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: unknown) => void;
}

export interface ServedWorkspace {
  /** Its name in addresses. */
  readonly name: "main" | "demo";
  /** Absolute path. */
  readonly folder: string;
  /** Which one the app opens with. */
  readonly first: boolean;
  run(operation: string, input: unknown, options?: AskOptions): Promise<unknown>;
}

export interface Front {
  readonly workspaces: readonly ServedWorkspace[];
  readonly jobs: Jobs;
  readonly uploads: Uploads;
  readonly teller: ProblemTeller;
}

/** Enough to recognise a folder by, and no more. */
export const nameFolder = (folder: string): string => join(basename(dirname(folder)), basename(folder));

/** Hides the folders of these workspaces. */
export function hideWorkspaces(workspaces: readonly Pick<ServedWorkspace, "folder">[]): Hide {
  return hideFolders(new Map(workspaces.map(({ folder }) => [folder, nameFolder(folder)])));
}

/** @throws HttpError 404 */
export function findWorkspace({ workspaces }: Front, context: Context): ServedWorkspace {
  const name = context.req.param("workspace");
  const found = workspaces.find((workspace) => workspace.name === name);
  if (found) return found;
  const known = workspaces.map((workspace) => workspace.name).join(", ");
  throw new HttpError(404, `There is no workspace «${name}». Workspaces: ${known}.`, { workspace: name });
}

/** How a job hears of progress; holders send it as JSON. */
export function hearProgress(onProgress: (progress: Progress) => void): (value: unknown) => void {
  return (value) => onProgress(value as Progress);
}
