/**
 * Several actions in a row as one change of the page: each sees the report that the one before it made.
 * When one is refused, those before it stand; what is shown is asked anew either way.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWorkspace } from "../../../../scope/use-workspace.ts";
import { type Send, useSend } from "../../act/use-send.ts";
import { useAuthorGate } from "../../author/author-gate.tsx";
import { useInitiative } from "../use-initiative.ts";

export interface Steps {
  readonly run: (onDone?: () => void) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** Has to be rendered: the question who makes the change. */
  readonly question: ReactNode;
}

export function useSteps(steps: (send: Send) => Promise<unknown>): Steps {
  const { initiative } = useInitiative();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const sendAs = useSend(initiative.id);
  const { withAuthor, question } = useAuthorGate();
  const change = useMutation<unknown, Error, string>({
    mutationFn: (author) => steps(sendAs(author)),
    onSettled: () => client.invalidateQueries({ queryKey: [workspace] }),
  });
  const run: Steps["run"] = (onDone) => withAuthor((author) => change.mutate(author, { onSuccess: () => onDone?.() }));
  return { run, isPending: change.isPending, error: change.error, question };
}
