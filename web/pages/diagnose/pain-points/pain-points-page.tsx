/**
 * Where customers suffer and what it costs a month, the surest cost first; when it was worst; and what happens without a claim.
 * How the numbers come about is the API's matter; docs/pain-points.md says it in full.
 */
import { Stack } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { emptyWithoutJourneys } from "../../map/views/no-journeys.tsx";
import { Caveats } from "../moments/moments-notes.tsx";
import { type OutcomeChoice, useOutcome } from "../views/default-outcome.ts";
import type { MapData } from "../views/marked-map.tsx";
import { splitPain } from "../views/pain-rows.ts";
import { type PainPointsSearch, painPointsQuestion, painPointsSearchSchema } from "../views/pain-search.ts";
import { IncidentsFigure } from "./incidents-figure.tsx";
import { NoClaimFigure } from "./no-claim-figure.tsx";
import { PainBar } from "./pain-bar.tsx";
import { PainMap } from "./pain-map.tsx";
import { Prices } from "./prices.tsx";
import { RankedFigure } from "./ranked-figure.tsx";
import { TopPain } from "./top-pain.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "A pain point is trouble that customers meet (they wait, do it again, ask again, fail, give up, rate badly) and that costs outcomes: the list orders fixes by what they save a month.",
    "What handling costs is counted and a fact; what is at risk is an estimate, with the interval in which it lies eight times in ten.",
    "Only what passes every check is claimed; what else happens is listed below with its reason, and weeks in which something broke stand apart as incidents.",
  ],
  example: {
    text: "In the demo: what failed payments and a checkout that is done again cost.",
    to: "diagnose/pain-points",
    search: { journey: "visit", outcome: 'touchpoint = "Order Completed"', within: "1d" },
  },
};

interface AnsweredProps {
  readonly map: MapData;
  readonly outcome: string;
  readonly choices: readonly OutcomeChoice[];
  readonly search: PainPointsSearch;
}

function Answered({ map, outcome, choices, search }: AnsweredProps) {
  const { input } = useScope();
  const query = useAnswer("pain-points", painPointsQuestion(input, outcome, search));
  return (
    <Stack gap="md">
      <PainBar choices={choices} outcome={outcome} search={search} currency={query.data?.currency ?? ""} />
      <AnswerView query={query} height={640}>
        {(report) => {
          const { frictions, incidents } = splitPain(report.painPoints);
          return (
            <Stack gap="md">
              <TopPain report={report} search={search} />
              {frictions.length > 0 && <RankedFigure report={report} points={frictions} search={search} />}
              <IncidentsFigure incidents={incidents} report={report} search={search} />
              <PainMap map={map} report={report} search={search} />
              <Prices report={report} />
              <NoClaimFigure report={report} search={search} />
              <Caveats report={report} />
            </Stack>
          );
        }}
      </AnswerView>
    </Stack>
  );
}

export function PainPointsPage() {
  const search = useViewSearch(painPointsSearchSchema);
  const { map, choices, asked } = useOutcome(search);
  const counted = choices.filter(({ of }) => of === undefined);
  return (
    <PageFrame title="Pain points" guide={GUIDE} scope={true}>
      <AnswerView query={map} height={640} empty={emptyWithoutJourneys}>
        {(answer) => asked && <Answered map={answer} outcome={asked.outcome} choices={counted} search={search} />}
      </AnswerView>
    </PageFrame>
  );
}
