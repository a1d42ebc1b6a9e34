/**
 * The paths: which sequences of touchpoints journeys follow, the commonest first, and how the others differ from it.
 */
import { Button, Stack } from "@mantine/core";
import { ProblemError } from "../../../api/client.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { addCondition, toCondition } from "../../../scope/filter-text.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { NoJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { DetourSentence } from "./detour-sentence.tsx";
import { PathsFigure } from "./paths-figure.tsx";
import { pathsSearchSchema } from "./paths-search.ts";

const GUIDE = {
  sentences: [
    "A path is the whole sequence of touchpoints of a journey; journeys with the same sequence are counted together.",
    "The commonest one is the main path, and each other says what it adds (+) and what it leaves out (−).",
    "Click a number to see who takes a path, and how they differ from all others.",
  ],
  example: {
    text: "Example: paths with a failed payment in the shop's visits.",
    to: "map/paths",
    search: { journey: "session", contains: "Payment Failed" },
  },
} as const;

function NoPathWith({ touchpoint, clear }: { readonly touchpoint: string; readonly clear: () => void }) {
  return (
    <EmptyState
      title={`No path with ${touchpoint}`}
      actions={
        <Button variant="default" onClick={clear}>
          Show all paths
        </Button>
      }
    >
      No journey in this period and filter passes this touchpoint.
    </EmptyState>
  );
}

export function PathsPage() {
  const { input } = useScope();
  const [{ top, contains }, setView] = useView(pathsSearchSchema);
  const where =
    contains === undefined ? input.where : addCondition(input.where, toCondition("touchpoint", "has", contains));
  const query = useAnswer("variants", { ...input, ...(where === undefined ? {} : { where }), top });
  // A link may name a touchpoint that was renamed since.
  const unknown = query.error instanceof ProblemError && query.error.problem.code === "not-found";
  const clear = () => setView({ contains: undefined });
  const nothing = ({ journeys }: { readonly journeys: number }) => {
    if (journeys > 0) return undefined;
    if (contains === undefined) return <NoJourneys />;
    return <NoPathWith touchpoint={contains} clear={clear} />;
  };
  return (
    <PageFrame title="Paths" guide={GUIDE} scope>
      {unknown && contains !== undefined ? (
        <NoPathWith touchpoint={contains} clear={clear} />
      ) : (
        <AnswerView query={query} height={640} empty={nothing}>
          {(answer) => (
            <Stack gap="md">
              {contains === undefined && <DetourSentence answer={answer} />}
              <PathsFigure answer={answer} view={{ top, contains }} setView={setView} />
            </Stack>
          )}
        </AnswerView>
      )}
    </PageFrame>
  );
}
