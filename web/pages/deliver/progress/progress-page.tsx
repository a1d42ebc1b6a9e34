/**
 * How one initiative stands, for people outside it: to read, with nothing to change.
 * Whoever works on it uses deliver/initiative.
 */
import { Stack } from "@mantine/core";
import { z } from "zod";
import { useAnswer } from "../../../api/use-answer.ts";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { Increments } from "./increments.tsx";
import { MeasuredEffects } from "./measured-effects.tsx";
import { Phases } from "./phases.tsx";
import { Purpose } from "./purpose.tsx";

const searchSchema = z.object({
  initiative: z.coerce.number().int().min(1).optional().catch(undefined),
});

function Progress({ id }: { readonly id: number }) {
  const query = useAnswer("initiative", { id }, { keep: false });
  const title = query.data?.initiative.title ?? "Progress";
  const subtitle = query.data && `How it stands on ${formatPlainDay(query.data.today)}, to read`;
  return (
    <PageFrame title={title} subtitle={subtitle}>
      <AnswerView query={query} height={640}>
        {(report) => (
          <Stack gap="md">
            <Purpose report={report} />
            <Phases report={report} />
            <Increments report={report} />
            <MeasuredEffects report={report} />
          </Stack>
        )}
      </AnswerView>
    </PageFrame>
  );
}

export function ProgressPage() {
  const { initiative } = useViewSearch(searchSchema);
  if (initiative !== undefined) return <Progress key={initiative} id={initiative} />;
  return (
    <PageFrame title="Progress">
      <EmptyState
        title="The address names no initiative"
        actions={<ScopeLink to="deliver/portfolio">Go to the portfolio</ScopeLink>}
      >
        This page shows one initiative to people outside it. Open an initiative from the portfolio, and pass on the link
        to its progress.
      </EmptyState>
    </PageFrame>
  );
}
