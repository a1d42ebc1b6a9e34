/**
 * Changes a plan before its switch-on, in the same form it was made with.
 */
import { Alert } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { PlanEffect } from "./plan-effect.tsx";

export function EditEffect({ id }: { readonly id: number }) {
  const query = useAnswer("effect", { id }, { keep: false });
  return (
    <AnswerView query={query} height={520}>
      {({ frozenAt, question, name, why }) =>
        frozenAt === null ? (
          <PlanEffect id={id} begin={question} texts={{ name, why: why ?? "" }} />
        ) : (
          <Alert color="orange" variant="outline" title="The plan is frozen">
            Its switch-on has come: what is measured, who gets it, the dates and the least effect can no longer be
            changed.
          </Alert>
        )
      }
    </AnswerView>
  );
}
