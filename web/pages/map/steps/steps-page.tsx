/**
 * The step matrix: what journeys do at their first, second, third step, and how many have ended before.
 */
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { emptyWithoutJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { StepsFigure } from "./steps-figure.tsx";
import { stepsSearchSchema } from "./steps-search.ts";

const GUIDE = {
  sentences: [
    "The step matrix says where journeys are at their first step, their second, and so on.",
    "Read down a column: the touchpoints and those that had ended before add up to all journeys.",
    "Click a cell to see who is there.",
  ],
  example: {
    text: "Example: two of three visits to the shop look at a product at their third step.",
    to: "map/steps",
    search: { journey: "session" },
  },
} as const;

export function StepsPage() {
  const { input } = useScope();
  const [view, setView] = useView(stepsSearchSchema);
  const query = useAnswer("steps", { ...input, steps: view.steps });
  return (
    <PageFrame title="Step matrix" guide={GUIDE} scope>
      <AnswerView query={query} height={560} empty={emptyWithoutJourneys}>
        {(answer) => <StepsFigure answer={answer} view={view} setView={setView} />}
      </AnswerView>
    </PageFrame>
  );
}
