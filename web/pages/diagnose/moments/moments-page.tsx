/**
 * The touchpoints that make or break an outcome, said first and then drawn; and what was looked at and not claimed, with the reason.
 * How the numbers come about is the API's matter; docs/moments.md says it in full.
 */
import { Stack } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { emptyWithoutJourneys } from "../../map/views/no-journeys.tsx";
import { type AskedOutcome, type OutcomeChoice, useOutcome } from "../views/default-outcome.ts";
import type { MapData } from "../views/marked-map.tsx";
import { type MomentsSearch, momentsQuestion, momentsSearchSchema } from "../views/moments-search.ts";
import { OutcomeBar } from "../views/outcome-bar.tsx";
import { ClaimsFigure } from "./claims-figure.tsx";
import { EffectMap } from "./effect-map.tsx";
import { Caveats, Structural } from "./moments-notes.tsx";
import { RejectedFigure } from "./rejected-figure.tsx";
import { TopClaim } from "./top-claim.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "A moment of truth is a touchpoint that makes or breaks an outcome: each touch is compared with what usually comes next for customers in the same situation.",
    "Only what passes every check is claimed; what was already different before, is too rare, or shows no clear effect is listed below with its reason.",
    "A claim is a likely cause, not a proof: open it to see how it was found and what would bias it, and keep it as a finding.",
  ],
  example: {
    text: "In the demo: a live chat leads to more orders, a wishlist only looks as if it did.",
    to: "diagnose/moments",
    search: { journey: "visit", outcome: 'touchpoint = "Order Completed"', within: "1d" },
  },
};

interface AnsweredProps {
  readonly map: MapData;
  readonly asked: AskedOutcome;
  readonly choices: readonly OutcomeChoice[];
  readonly search: MomentsSearch;
}

function Answered({ map, asked, choices, search }: AnsweredProps) {
  const { input } = useScope();
  const query = useAnswer("moments", momentsQuestion(input, asked, search));
  return (
    <Stack gap="md">
      <OutcomeBar choices={choices} asked={asked} search={search} currency={query.data?.currency ?? ""} />
      <AnswerView query={query} height={640}>
        {(report) => (
          <Stack gap="md">
            <TopClaim report={report} search={search} />
            {report.claims.length > 0 && <ClaimsFigure report={report} search={search} />}
            <EffectMap map={map} report={report} search={search} />
            <Structural report={report} />
            <RejectedFigure report={report} search={search} />
            <Caveats report={report} />
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

export function MomentsPage() {
  const search = useViewSearch(momentsSearchSchema);
  const { map, choices, asked } = useOutcome(search);
  return (
    <PageFrame title="Moments of truth" guide={GUIDE} scope={true}>
      <AnswerView query={map} height={640} empty={emptyWithoutJourneys}>
        {(answer) => asked && <Answered map={answer} asked={asked} choices={choices} search={search} />}
      </AnswerView>
    </PageFrame>
  );
}
