/**
 * One friction in full: what, where, for whom, since when, what it costs, how sure. All of what is asked stands in the address.
 * What people do with it starts here: keep it, open the customers, begin an initiative.
 */
import { Stack, Text } from "@mantine/core";
import { describeWindow, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { FRICTION_WORDS } from "../../../../src/domain/pain-words.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { readWithin } from "../../map/funnel/funnel-search.ts";
import { Caveats } from "../moments/moments-notes.tsx";
import { IncidentsFigure } from "../pain-points/incidents-figure.tsx";
import { frictionOf, type PainDetail } from "../views/pain-report.ts";
import {
  incidentOf,
  type PainPointSearch,
  painParameters,
  painPointQuestion,
  painPointSearchSchema,
} from "../views/pain-search.ts";
import { CostPanel } from "./cost-panel.tsx";
import { findIncident } from "./find-incident.ts";
import { HowSure } from "./how-sure.tsx";
import { Overlaps } from "./overlaps.tsx";
import { PainHead } from "./pain-head.tsx";
import { SinceWhen } from "./since-when.tsx";
import { Who } from "./who.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "This page shows one friction in full: how often it happens, to whom, since when, what it costs a month, and how sure that is.",
    "What handling costs is counted; what is at risk is estimated by comparing touches with it to touches in the same situation without.",
    "Keep it as a finding when somebody should act on it, or begin an initiative that mends it: its effect is then measured.",
  ],
  example: {
    text: "In the demo: all pain points of a visit.",
    to: "diagnose/pain-points",
    search: { journey: "visit", outcome: 'touchpoint = "Order Completed"', within: "1d" },
  },
};

function Nothing() {
  return (
    <EmptyState
      title="No friction is chosen"
      actions={<ScopeLink to="diagnose/pain-points">See the pain points</ScopeLink>}
    >
      The address names no outcome, no kind of friction or no touchpoint. Choose one from the list of pain points.
    </EmptyState>
  );
}

/** Asked about, and nothing there: a price or a filter may have changed since the link was made. */
function NotSeen({ search }: { readonly search: PainPointSearch }) {
  return (
    <EmptyState
      title="It was not seen"
      actions={
        <ScopeLink to="diagnose/pain-points" search={painParameters(search)}>
          See the pain points of this outcome
        </ScopeLink>
      }
    >
      No such friction stands in the data of this scope. Take a longer period, or choose another from the list.
    </EmptyState>
  );
}

interface DetailProps {
  readonly report: PainDetail;
  readonly search: PainPointSearch;
  readonly question: ReturnType<typeof painPointQuestion>;
}

function Detail({ report, search, question }: DetailProps) {
  const friction = frictionOf(report);
  const asked = incidentOf(search);
  const incident = asked && findIncident(report, asked);
  const shown = incident ?? friction;
  if (!shown) return <NotSeen search={search} />;
  const whole = friction ?? shown;
  return (
    <Stack gap="md">
      {asked && !incident && (
        <Text size="sm" role="status">
          The incident of the address is not in the data of today; this is the friction as a whole.
        </Text>
      )}
      <PainHead
        report={report}
        friction={shown}
        question={{ ...question, ...(incident && asked ? { incident: asked } : {}) }}
        search={search}
      />
      {friction && <CostPanel report={report} friction={friction} />}
      <IncidentsFigure incidents={report.incidents} report={report} search={search} />
      <SinceWhen report={report} friction={whole} />
      <Who report={report} friction={whole} trait={search.trait} />
      {friction && <HowSure report={report} friction={friction} />}
      <Overlaps report={report} friction={whole} />
      <Caveats report={report} />
    </Stack>
  );
}

interface AnsweredProps {
  readonly search: PainPointSearch;
  readonly question: ReturnType<typeof painPointQuestion>;
}

function Answered({ search, question }: AnsweredProps) {
  const query = useAnswer("pain-point", question);
  return (
    <AnswerView query={query} height={640}>
      {(report) => <Detail report={report} search={search} question={question} />}
    </AnswerView>
  );
}

export function PainPointPage() {
  const { input } = useScope();
  const search = useViewSearch(painPointSearchSchema);
  const { outcome, kind, touchpoint, within } = search;
  if (outcome === undefined || kind === undefined || touchpoint === undefined)
    return (
      <PageFrame title="One pain point" guide={GUIDE} scope={true}>
        <Nothing />
      </PageFrame>
    );
  const subtitle = (
    <>
      {touchpoint} ({FRICTION_WORDS[kind]}) and {nameOutcome({ outcome })} within{" "}
      {describeWindow(readWithin(within) ?? 0)} ·{" "}
      <ScopeLink to="diagnose/pain-points" search={painParameters(search)} inherit>
        all pain points of this outcome
      </ScopeLink>
    </>
  );
  return (
    <PageFrame title="One pain point" guide={GUIDE} scope={true} subtitle={subtitle}>
      <Answered search={search} question={painPointQuestion(input, outcome, { ...search, kind, touchpoint })} />
    </PageFrame>
  );
}
