/**
 * Answers in components: asked once, kept, shown again at once, asked anew when the data changed.
 * What an answer means is the page's business.
 */
import { keepPreviousData, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "../scope/use-workspace.ts";
import { ask, fetchJson } from "./client.ts";
import type { Answer, Input, OperationName, WorkspaceInfo } from "./types.ts";

export interface AnswerOptions {
  /** False: do not ask (yet). */
  readonly enabled?: boolean;
  /** Whether the answer before stays on screen while a new one loads; default true. */
  readonly keep?: boolean;
}

/** The answer of an operation in the workspace of the page. */
export function useAnswer<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  { enabled = true, keep = true }: AnswerOptions = {},
): UseQueryResult<Answer<Name>, Error> {
  const workspace = useWorkspace();
  return useQuery<Answer<Name>, Error>({
    queryKey: [workspace, name, input],
    queryFn: ({ signal }) => ask(workspace, name, input, signal),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** An operation that changes something; afterwards every answer of the workspace is asked anew. */
export function useChange<Name extends OperationName>(name: Name) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation<Answer<Name>, Error, Input<Name>>({
    mutationFn: (input) => ask(workspace, name, input),
    onSuccess: () => client.invalidateQueries({ queryKey: [workspace] }),
  });
}

/** The workspaces the server offers, the first one to open first. */
export function useWorkspaces(): UseQueryResult<readonly WorkspaceInfo[], Error> {
  return useQuery({
    queryKey: ["workspaces"],
    queryFn: async ({ signal }) => {
      const { workspaces } = await fetchJson<{ workspaces: readonly WorkspaceInfo[] }>("/api/v1/workspaces", {
        signal,
      });
      return workspaces;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
