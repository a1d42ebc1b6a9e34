/**
 * Starts an initiative and goes there. Who starts it is asked by the page's author gate.
 */
import { useNavigate } from "@tanstack/react-router";
import type { Input } from "../../../api/types.ts";
import { useChange } from "../../../api/use-answer.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";

export function useNewInitiative() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const create = useChange("create-initiative");
  const start = (input: Input<"create-initiative">) =>
    create.mutate(input, {
      onSuccess: ({ id }) => {
        void navigate({ to: `/${workspace}/deliver/initiative` as never, search: { id } as never });
      },
    });
  return { start, isPending: create.isPending, error: create.error };
}

/** The longest title the API takes. */
const LONGEST_TITLE = 300;

/** A title made of a finding's sentence, cut at a word. */
export function titleFrom(sentence: string): string {
  if (sentence.length <= LONGEST_TITLE) return sentence;
  return `${sentence.slice(0, LONGEST_TITLE - 1).replace(/\s+\S*$/u, "")}…`;
}
