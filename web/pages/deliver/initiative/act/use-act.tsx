/**
 * Changes the initiative of the page: with the author's name, asked for when nobody has said, and a reason where one is due.
 * What an action does, and when it is refused, is decided by the API.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { DeliveryAction } from "../../../../../src/domain/dsdm/action.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { useWorkspace } from "../../../../scope/use-workspace.ts";
import { useSend } from "../../act/use-send.ts";
import { useAuthorGate } from "../../author/author-gate.tsx";
import { useInitiative } from "../use-initiative.ts";

interface ActOptions {
  readonly reason?: string | undefined;
  readonly onDone?: ((report: InitiativeReport) => void) | undefined;
}

export interface Act {
  readonly act: (action: DeliveryAction, options?: ActOptions) => void;
  readonly isPending: boolean;
  readonly isSuccess: boolean;
  readonly error: Error | null;
  readonly reset: () => void;
  /** Has to be rendered: the question who makes the change. */
  readonly question: ReactNode;
}

interface Said {
  readonly author: string;
  readonly action: DeliveryAction;
  readonly reason: string | undefined;
}

/** What else the page shows is asked anew: findings, effects and records change with an initiative. */
function useChanging() {
  const { initiative } = useInitiative();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const sendAs = useSend(initiative.id);
  return useMutation<InitiativeReport, Error, Said>({
    mutationFn: ({ author, action, reason }) => sendAs(author)(action, reason),
    onSuccess: () => client.invalidateQueries({ queryKey: [workspace] }),
  });
}

export function useAct(): Act {
  const { mutate, isPending, isSuccess, error, reset } = useChanging();
  const { withAuthor, question } = useAuthorGate();
  const act: Act["act"] = (action, { reason, onDone } = {}) =>
    withAuthor((author) => mutate({ author, action, reason }, { onSuccess: (report) => onDone?.(report) }));
  return { act, isPending, isSuccess, error, reset, question };
}
