/**
 * The funnel: how many pass chosen touchpoints in order, where they stop, and where they go instead.
 */
import { Skeleton, Stack } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import type { Comparison } from "../../../scope/scope.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView, LackState } from "../../../ui/answer-view.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { NoJourneys } from "../views/no-journeys.tsx";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import { useView } from "../views/use-view.ts";
import { FunnelBuilder } from "./funnel-builder.tsx";
import { FunnelFigure } from "./funnel-figure.tsx";
import { funnelSearchSchema } from "./funnel-search.ts";
import { type FunnelQuestion, type FunnelSide, funnelQuestion } from "./funnel-sides.ts";
import { readStep } from "./funnel-steps.ts";
import { useProposal } from "./use-proposal.ts";

const GUIDE = {
  sentences: [
    "A funnel counts how many pass the steps you choose in this order, whatever lies between, and where they stop.",
    "Under each step it says where those went who did not reach the next one.",
    "Choose a period and compare it with the time before to see both side by side.",
  ],
  example: {
    text: "Example: checkouts in the east before and since payments began to fail there.",
    to: "map/funnel",
    search: {
      journey: "session",
      from: "2025-06-01",
      where: 'customer.region = "east"',
      vs: "before",
      steps: ["Checkout Started", "Payment Info Entered", "Order Completed"],
    },
  },
} as const;

/** The sides to draw: the scope's own, and what it is compared with once that is there. */
function sidesOf(
  answer: Answer<"funnel">,
  other: Answer<"funnel"> | undefined,
  compare: Comparison | undefined,
): FunnelSide[] {
  const own: FunnelSide = { label: compare?.label ?? "All", answer, scope: undefined };
  if (!compare || !other) return [own];
  return [own, { label: compare.baseLabel, answer: other, scope: compare.input }];
}

function Result({ question }: { readonly question: FunnelQuestion }) {
  const { input, compare } = useScope();
  const query = useAnswer("funnel", { ...input, ...question });
  const exits = useAnswer("funnel-exits", { ...input, ...question });
  const { journey } = input;
  const base = { ...(journey === undefined ? {} : { journey }), ...compare?.input, ...question };
  const other = useAnswer("funnel", base, { enabled: compare !== undefined });
  const nothing = (answer: Answer<"funnel">) => {
    if (answer.total === 0) return <NoJourneys noun={answer.per === "customer" ? "customers" : "journeys"} />;
    return answer.entrants === 0 ? (
      <LackState
        lack={{ reason: `Nobody passes the first step, ${answer.steps[0]?.touchpoint ?? ""}.`, n: 0, required: 1 }}
      />
    ) : undefined;
  };
  return (
    <AnswerView query={query} height={420} empty={nothing}>
      {(answer) => (
        <FunnelFigure
          sides={sidesOf(answer, compare ? other.data : undefined, compare)}
          question={question}
          exits={exits.data}
        />
      )}
    </AnswerView>
  );
}

export function FunnelPage() {
  const [view, setView] = useView(funnelSearchSchema);
  const { names } = useTouchpoints();
  const { input } = useScope();
  const proposal = useProposal(view.steps.length === 0);
  const anything = useAnswer("map", input, { enabled: view.steps.length === 0 });
  const texts = view.steps.length > 0 ? view.steps : (proposal ?? []);
  const steps = texts.map((text) => readStep(text, names));
  return (
    <PageFrame title="Funnel" guide={GUIDE} scope={{ comparable: true }}>
      {steps.length > 0 ? (
        <Stack gap="md">
          <FunnelBuilder steps={steps} proposed={view.steps.length === 0} names={names} view={view} setView={setView} />
          <Result question={funnelQuestion(texts, view)} />
        </Stack>
      ) : (
        <AnswerView query={anything} height={420}>
          {(map) => (map.journeys === 0 ? <NoJourneys /> : <Skeleton height={420} animate={false} />)}
        </AnswerView>
      )}
    </PageFrame>
  );
}
