/**
 * One timebox: what it is for and how it stands, its board, burn-down and forecast, stand-ups, reviews, and its close-out.
 * The initiative around it is deliver/initiative.
 */
import { Stack } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { findTimebox, TimeboxContext } from "./timebox-context.ts";
import { TimeboxParts } from "./timebox-parts.tsx";
import { type TimeboxSearch, timeboxSearchSchema } from "./timebox-search.ts";

const GUIDE: GuideContent = {
  sentences: [
    "A timebox has a fixed end, a fixed capacity and a fixed quality; what gives way is what is delivered: Coulds first, then Shoulds.",
    "Each card is a requirement. It moves from to do to done, by pointer or by keys; what is left to do counts, never hours worked.",
    "When a Must is at risk, the page says which and why, and proposes what to drop; people with a business role decide.",
  ],
  example: { text: "In the demo: the initiatives and their timeboxes", to: "deliver/portfolio" },
};

function NoTimebox({ initiative }: Pick<TimeboxSearch, "initiative">) {
  const link =
    initiative === undefined ? (
      <ScopeLink to="deliver/portfolio">All initiatives</ScopeLink>
    ) : (
      <ScopeLink to="deliver/initiative" search={{ id: initiative, tab: "timeboxes" }}>
        The timeboxes of initiative {initiative}
      </ScopeLink>
    );
  return (
    <EmptyState title="No such timebox" actions={link}>
      The address names no timebox that there is. Open one from its initiative, or plan one there.
    </EmptyState>
  );
}

function Shown({
  initiative,
  timebox,
  tab,
}: TimeboxSearch & { readonly initiative: number; readonly timebox: number }) {
  const query = useAnswer("initiative", { id: initiative });
  const view = query.data && findTimebox(query.data, timebox);
  return (
    <PageFrame title={view?.timebox.title ?? `Timebox ${timebox}`} guide={GUIDE}>
      <AnswerView query={query} height={420}>
        {() =>
          view ? (
            <TimeboxContext value={view}>
              <TimeboxParts tab={tab} />
            </TimeboxContext>
          ) : (
            <NoTimebox initiative={initiative} />
          )
        }
      </AnswerView>
    </PageFrame>
  );
}

export function TimeboxPage() {
  const { initiative, timebox, tab } = useViewSearch(timeboxSearchSchema);
  if (initiative !== undefined && timebox !== undefined)
    return <Shown key={`${initiative} ${timebox}`} {...{ initiative, timebox, tab }} />;
  return (
    <PageFrame title="Timebox" guide={GUIDE}>
      <Stack>
        <NoTimebox initiative={initiative} />
      </Stack>
    </PageFrame>
  );
}
