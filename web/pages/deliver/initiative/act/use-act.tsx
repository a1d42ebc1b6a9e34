/**
 * Changes the initiative of the page: with the author's name, asked for when nobody has said, and a reason where one is due.
 * What an action does, and when it is refused, is decided by the API.
 */
import type { ReactNode } from "react";
import type { DeliveryAction } from "../../../../../src/domain/dsdm/action.ts";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import { useChange } from "../../../../api/use-answer.ts";
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

export function useAct(): Act {
  const { initiative } = useInitiative();
  const change = useChange("change-initiative");
  const { withAuthor, question } = useAuthorGate();
  const act: Act["act"] = (action, { reason, onDone } = {}) =>
    withAuthor((author) => {
      const why = reason?.trim() ?? "";
      const input = { id: initiative.id, author, action, ...(why === "" ? {} : { reason: why }) };
      change.mutate(input, { onSuccess: (report) => onDone?.(report) });
    });
  const { isPending, isSuccess, error, reset } = change;
  return { act, isPending, isSuccess, error, reset, question };
}
