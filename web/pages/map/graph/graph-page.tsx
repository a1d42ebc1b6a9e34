/**
 * The measured journey as a graph: touchpoints, the steps between them, where journeys start and end; and compared.
 */
import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView, ErrorState, Working } from "../../../ui/answer-view.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { useScopeTarget } from "../../../ui/scope-link.tsx";
import { emptyWithoutJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { describeScope } from "./describe-view.ts";
import { GraphFigure } from "./graph-figure.tsx";
import { graphSearchSchema } from "./graph-search.ts";

const GUIDE = {
  sentences: [
    "The graph shows what customers really do: every box is a touchpoint, every arrow a step that journeys take from one to the next.",
    "It begins with the strongest steps; the level of detail shows more, and what is not shown is counted under the title.",
    "Click a box or an arrow for its numbers and the customers behind it, or compare two periods or groups on the same graph.",
  ],
  example: {
    text: "Example: where the shop's visits end, by stage.",
    to: "map/graph",
    search: { journey: "session", by: "stage", node: undefined, edge: undefined },
  },
} as const;

function PrintButton() {
  const target = useScopeTarget({ to: "map/print" });
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconPrinter size={15} aria-hidden />}
      renderRoot={(props) => (
        <Link
          {...props}
          to={target.to as never}
          search={((old: object) => ({ ...old, node: undefined, edge: undefined })) as never}
        />
      )}
    >
      Print on one page
    </Button>
  );
}

export function GraphPage() {
  const scope = useScope();
  const [view, setView] = useView(graphSearchSchema);
  const { input, compare } = scope;
  const query = useAnswer("map", { ...input, by: view.by });
  const byStage = useAnswer(
    "map",
    { ...input, by: "stage" },
    { enabled: view.by === "touchpoint" && view.folded.length > 0 },
  );
  const compared = useAnswer(
    "compare",
    { ...input, vs: compare?.input ?? {}, by: view.by },
    { enabled: compare !== undefined },
  );
  return (
    <PageFrame title="Measured journey" guide={GUIDE} scope={{ comparable: true }} actions={<PrintButton />}>
      {compare && compared.isError && <ErrorState error={compared.error} retry={() => void compared.refetch()} />}
      {compare && compared.isPending && <Working seconds={0} />}
      <AnswerView query={query} height={640} empty={emptyWithoutJourneys}>
        {(answer) => (
          <GraphFigure
            answer={answer}
            byStage={byStage.data}
            compared={compare ? compared.data : undefined}
            view={view}
            setView={setView}
            scopeText={describeScope(scope, answer.journey, answer.zone)}
          />
        )}
      </AnswerView>
    </PageFrame>
  );
}
