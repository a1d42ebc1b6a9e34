/**
 * The flow: where journeys go from step to step, and where they end. Every column adds up to all journeys.
 */
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { emptyWithoutJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { FlowFigure } from "./flow-figure.tsx";
import { flowSearchSchema } from "./flow-search.ts";

const GUIDE = {
  sentences: [
    "The flow shows what customers do first, second, third, and how many go from one to the next.",
    "A grey block holds the journeys that had ended before that step, so every column adds up to all of them.",
    "Point at a block to see where its journeys come from and go to; click it to see who they are.",
  ],
  example: {
    text: "Example: six of ten visits to the shop have ended before their fifth step.",
    to: "map/flow",
    search: { journey: "session", levels: 5 },
  },
} as const;

export function FlowPage() {
  const { input } = useScope();
  const [view, setView] = useView(flowSearchSchema);
  const query = useAnswer("sankey", { ...input, ...view });
  return (
    <PageFrame title="Flow" guide={GUIDE} scope>
      <AnswerView query={query} height={640} empty={emptyWithoutJourneys}>
        {(answer) => <FlowFigure answer={answer} view={view} setView={setView} />}
      </AnswerView>
    </PageFrame>
  );
}
