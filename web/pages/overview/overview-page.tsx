/**
 * The first page: what is in the workspace, how the headline numbers stand and moved, what is missing, what to do next.
 * It asks one question, which findings wait, and who waits for an answer; everything on it leads to the view that shows it in full.
 */
import { Stack } from "@mantine/core";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import type { GuideContent } from "../../ui/guide.tsx";
import { PageFrame } from "../../ui/page-frame.tsx";
import { QualityNotice } from "../collect/quality/quality-notice.tsx";
import { Changes } from "./changes.tsx";
import { Contents } from "./contents.tsx";
import { Coverage } from "./coverage.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { Headline } from "./headline.tsx";
import { NextSteps } from "./next-steps.tsx";
import { ReportButton } from "./report-button.tsx";
import { UnansweredFeedback } from "./unanswered-feedback.tsx";
import { WaitingFindings } from "./waiting-findings.tsx";

export type Overview = Answer<"overview">;

const GUIDE: GuideContent = {
  sentences: [
    "This page says what is in the workspace, how the main numbers stand, and what changed since the period before.",
    "A change counts as clear only when its interval leaves zero out; everything else is called no clear change.",
    "Every name that is a link leads to the page that shows it in full.",
  ],
  example: {
    text: "In the demo: what the journeys of one visit look like.",
    to: "map/graph",
    search: { journey: "session" },
  },
};

export function OverviewPage() {
  const query = useAnswer("overview", {});
  return (
    <PageFrame title="Overview" guide={GUIDE} actions={query.data && query.data.events > 0 && <ReportButton />}>
      {/* Outside of the answer: where data are so bad that there is none, this says why. */}
      <QualityNotice seriousOnly />
      <AnswerView query={query} height={720} empty={({ events }) => (events === 0 ? <FirstSteps /> : undefined)}>
        {(overview) => (
          <Stack gap="md">
            <UnansweredFeedback />
            <WaitingFindings />
            <Contents overview={overview} />
            <Headline overview={overview} />
            <Changes overview={overview} />
            <Coverage overview={overview} />
            <NextSteps overview={overview} />
          </Stack>
        )}
      </AnswerView>
    </PageFrame>
  );
}
