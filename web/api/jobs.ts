/**
 * Long work on the server: started, watched, cancelled. Imports, rollbacks and filling the demo are jobs.
 * What to show while one runs is the page's business.
 */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useWorkspace } from "../scope/use-workspace.ts";
import { fetchJson, sendJson } from "./client.ts";
import type { Problem } from "./types.ts";

export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  /** 0 while unknown. */
  readonly total: number;
  readonly unit: string;
}

export interface Job<Result> {
  readonly job: string;
  readonly status: "running" | "done" | "failed" | "cancelled";
  readonly progress: JobProgress | null;
  readonly result?: Result;
  readonly problem?: Problem;
}

const EVERY_MS = 300;

/** Starts work; the answer names the job. @throws ProblemError */
export async function startJob(path: string, body: unknown): Promise<string> {
  const { job } = await sendJson<{ job: string }>("POST", path, body);
  return job;
}

/** @throws ProblemError when it has ended already */
export async function cancelJob(job: string): Promise<void> {
  await sendJson("DELETE", `/api/v1/jobs/${job}`, {});
}

/** The job as it stands, asked until it has ended; then every answer of the workspace is asked anew. */
export function useJob<Result>(job: string | undefined) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  const query = useQuery<Job<Result>, Error>({
    queryKey: ["job", job],
    queryFn: ({ signal }) => fetchJson<Job<Result>>(`/api/v1/jobs/${job}`, { signal }),
    enabled: job !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.status !== "running" ? false : EVERY_MS),
    staleTime: 0,
  });
  const ended = query.data !== undefined && query.data.status !== "running";
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: [workspace] });
  }, [ended, client, workspace]);
  return query;
}

/** One job that a button starts: begin it, watch it, and what went wrong with either. */
export function useStartedJob<Result>(path: string) {
  const [job, setJob] = useState<string>();
  const [refused, setRefused] = useState<Error>();
  const { data } = useJob<Result>(job);
  const begin = async (body: unknown) => {
    setRefused(undefined);
    try {
      setJob(await startJob(path, body));
    } catch (error) {
      setRefused(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const failed = data?.status === "failed" ? new Error(data.problem?.detail ?? "It did not work.") : undefined;
  const running = job !== undefined && (data === undefined || data.status === "running");
  return { job: data, running, failure: failed ?? refused, begin };
}
