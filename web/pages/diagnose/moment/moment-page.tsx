/**
 * One candidate in full: the sentence, the picture, why it is not the plain difference, where it differs, when, what happened instead, how it was found, what would bias it.
 * All of what is asked stands in the address; what people do with it starts here: keep it, open the customers.
 */
import { Stack } from "@mantine/core";
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { nameMoment, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Caveats } from "../moments/moments-notes.tsx";
import { type MomentSearch, momentQuestion, momentSearchSchema, outcomeParameters } from "../views/moments-search.ts";
import { HowFound } from "./how-found.tsx";
import { Instead } from "./instead.tsx";
import { MomentHead } from "./moment-head.tsx";
import { OverTime } from "./over-time.tsx";
import { Promises } from "./promises.tsx";
import { Reasons } from "./reasons.tsx";
import { Segments } from "./segments.tsx";
import { SizeFigure } from "./size-figure.tsx";
import { TimeZero } from "./time-zero.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "This page shows one touchpoint in full: how large its effect on the outcome is, why it is not the plain difference, in which segments, and in which months.",
    "Adjusted compares customers in the same situation; crude is the plain difference; the placebo looks at something the touch cannot have changed, and should show nothing.",
    "Keep it as a finding when somebody should act on it: its numbers are then measured again on new data.",
  ],
  example: {
    text: "In the demo: the wishlist, which looks like a moment of truth and is none.",
    to: "diagnose/moment",
    search: {
      journey: "visit",
      outcome: 'touchpoint = "Order Completed"',
      within: "1d",
      touchpoint: "Product Added to Wishlist",
      contrast: "presence",
    },
  },
};

function Nothing() {
  return (
    <EmptyState
      title="No touchpoint is chosen"
      actions={<ScopeLink to="diagnose/moments">See the moments of truth</ScopeLink>}
    >
      The address names no outcome or no touchpoint. Choose one from the list of moments.
    </EmptyState>
  );
}

function Answered({ search, outcome }: { readonly search: MomentSearch; readonly outcome: string }) {
  const { input } = useScope();
  const question = momentQuestion(input, { outcome, of: search.of }, search);
  const query = useAnswer("moment", question);
  return (
    <AnswerView query={query} height={640}>
      {(report) => (
        <Stack gap="md">
          <MomentHead report={report} question={question} />
          <SizeFigure report={report} />
          <Reasons report={report} />
          <TimeZero report={report} search={search} />
          <Segments report={report} />
          <OverTime report={report} />
          <Instead report={report} />
          <Promises report={report} />
          <HowFound report={report} />
          <Caveats report={report} />
        </Stack>
      )}
    </AnswerView>
  );
}

export function MomentPage() {
  const search = useViewSearch(momentSearchSchema);
  const { outcome, touchpoint, contrast, property = null, bad = null, of } = search;
  const known = outcome !== undefined && touchpoint !== undefined;
  const subtitle = known && (
    <>
      {nameMoment({ touchpoint, contrast, property, bad })} ({describeQuestion({ contrast, property, bad })}) and{" "}
      {nameOutcome({ outcome, of })} ·{" "}
      <ScopeLink to="diagnose/moments" search={outcomeParameters(search)} inherit>
        all moments of this outcome
      </ScopeLink>
    </>
  );
  return (
    <PageFrame title="One moment" guide={GUIDE} scope={true} subtitle={subtitle || undefined}>
      {known ? <Answered search={search} outcome={outcome} /> : <Nothing />}
    </PageFrame>
  );
}
