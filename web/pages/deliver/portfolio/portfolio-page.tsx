/**
 * What the company wants, which initiatives work on it, and what would be worth starting next.
 * One initiative alone is deliver/initiative.
 */
import { Stack } from "@mantine/core";
import type { Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { PrinciplesGlance } from "../views/principles-glance.tsx";
import { Goals, NewGoalButton } from "./goals.tsx";
import { InitiativesTable } from "./initiatives-table.tsx";
import { NewInitiativeButton } from "./new-initiative.tsx";
import { Opportunities } from "./opportunities.tsx";
import { ValueEffort } from "./value-effort.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "The portfolio shows what the company wants, which initiatives work on it, and how each stands.",
    "An initiative follows DSDM: time, cost and quality are fixed, features vary, and the effect is measured at the end.",
    "Findings that nobody has settled stand at the bottom: each can become an initiative.",
  ],
  example: { text: "In the demo: three initiatives, one of which breaks three rules.", to: "deliver/portfolio" },
};

function NothingYet() {
  return (
    <EmptyState
      title="Nothing is being delivered yet"
      actions={<ScopeLink to="diagnose/findings">See the findings</ScopeLink>}
    >
      An initiative carries a change from its finding to its measured effect. Keep a finding and make an initiative of
      it, or start with “New initiative”; a goal says what all of it is for.
    </EmptyState>
  );
}

function Content({ portfolio }: { readonly portfolio: Portfolio }) {
  const { goals, initiatives, opportunities } = portfolio;
  if (goals.length + initiatives.length + opportunities.length === 0) return <NothingYet />;
  return (
    <Stack gap="md">
      <Goals portfolio={portfolio} />
      <InitiativesTable portfolio={portfolio} />
      {initiatives.length > 0 && <PrinciplesGlance principles={portfolio.principles} />}
      <ValueEffort portfolio={portfolio} />
      <Opportunities portfolio={portfolio} />
    </Stack>
  );
}

export function PortfolioPage() {
  const query = useAnswer("portfolio", {});
  const goals = query.data?.goals.map(({ goal }) => goal) ?? [];
  return (
    <PageFrame
      title="Portfolio"
      guide={GUIDE}
      actions={
        <>
          <NewInitiativeButton goals={goals} />
          <NewGoalButton />
        </>
      }
    >
      <AnswerView query={query} height={640}>
        {(portfolio) => <Content portfolio={portfolio} />}
      </AnswerView>
    </PageFrame>
  );
}
