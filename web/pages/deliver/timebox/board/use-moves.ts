/**
 * Moves on their way: shown at once, sent one after the other, taken back when one is refused.
 * The kept answer always is what the API said last; what is still on its way is laid over it.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import type { Timebox } from "../../../../../src/domain/dsdm/timebox.ts";
import { useWorkspace } from "../../../../scope/use-workspace.ts";
import { type Send, useSend } from "../../act/use-send.ts";
import { readConflict } from "../../initiative/requirements/conflict.ts";
import { describeMoveConflict, explainRefusal } from "../refusal-words.ts";
import { foreseeMove } from "./foresee.ts";
import { type Move, makeAction } from "./move.ts";

/** What was asked before the move. */
export interface MoveAnswers {
  readonly reason: string;
  /** How it was tested; empty: nothing is recorded. */
  readonly evidence: string;
  readonly passed: boolean;
}

interface Problem {
  readonly move: Move;
  readonly message: string;
}

export interface Moves {
  /** The report with every move that is on its way. */
  readonly shown: InitiativeReport;
  readonly problem: Problem | undefined;
  readonly forget: () => void;
  readonly begin: (move: Move, answers: MoveAnswers, author: string) => void;
}

interface Journey {
  readonly move: Move;
  readonly answers: MoveAnswers;
  readonly timebox: Timebox;
  readonly report: InitiativeReport;
}

/** Sends the steps of one move; each is made from what the one before has answered. */
async function sendMove(send: Send, { move, answers, timebox, report }: Journey): Promise<void> {
  let newest = report;
  if (move.asksEvidence && answers.evidence.trim() !== "") {
    const { passed, evidence } = answers;
    newest = await send({ type: "add-evidence", requirement: move.requirement, text: evidence.trim(), passed });
  }
  for (const step of move.steps) {
    const requirement = newest.initiative.requirements.find(({ id }) => id === move.requirement);
    const action = requirement && makeAction(step, requirement, move, timebox);
    if (action) newest = await send(action, step === "progress" ? "" : answers.reason);
  }
}

function explainMove(error: unknown, { to }: Move, timebox: number): string {
  if (!(error instanceof Error)) return String(error);
  const conflict = readConflict(error);
  return conflict ? describeMoveConflict(conflict, to, timebox) : explainRefusal(error);
}

export function useMoves(report: InitiativeReport, timebox: Timebox): Moves {
  const { id } = report.initiative;
  const client = useQueryClient();
  const workspace = useWorkspace();
  const sendAs = useSend(id);
  const [pending, setPending] = useState<readonly Move[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const shown = useMemo(
    () => pending.reduce((laid, move) => foreseeMove(laid, move, timebox.id), report),
    [pending, report, timebox.id],
  );
  const begin = useCallback(
    (move: Move, answers: MoveAnswers, author: string): void => {
      const key = [workspace, "initiative", { id }];
      setProblem(undefined);
      setPending((before) => [...before, move]);
      const run = async (): Promise<void> => {
        try {
          const newest = client.getQueryData<InitiativeReport>(key) ?? report;
          await sendMove(sendAs(author), { move, answers, timebox, report: newest });
        } catch (error) {
          setProblem({ move, message: explainMove(error, move, timebox.id) });
          // Somebody else may have changed it: what is there now is shown beside the message.
          void client.invalidateQueries({ queryKey: key });
        }
        setPending((before) => before.filter((one) => one !== move));
      };
      queue.current = queue.current.then(run);
    },
    [client, workspace, id, sendAs, timebox, report],
  );
  const forget = useCallback(() => setProblem(undefined), []);
  return { shown, problem, forget, begin };
}
