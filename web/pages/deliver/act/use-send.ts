/**
 * Sends changes of one initiative and keeps the answer, which is the whole report: nothing has to be asked again.
 * Who makes the change is asked by the form or the board that sends.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { DeliveryAction } from "../../../../src/domain/dsdm/action.ts";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { ask } from "../../../api/client.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";

/** @throws ProblemError as the API says it */
export type Send = (action: DeliveryAction, reason?: string) => Promise<InitiativeReport>;

/** The report as it was answered last; what else was asked of the workspace is out of date from then on. */
export function useSend(initiative: number): (author: string) => Send {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useCallback(
    (author) =>
      async (action, reason = "") => {
        const said = reason.trim();
        const input = { id: initiative, author, action, ...(said === "" ? {} : { reason: said }) };
        const report = await ask(workspace, "change-initiative", input);
        const key = [workspace, "initiative", { id: initiative }];
        await client.cancelQueries({ queryKey: key });
        await client.invalidateQueries({ queryKey: [workspace], refetchType: "none" });
        client.setQueryData(key, report);
        return report;
      },
    [client, workspace, initiative],
  );
}
