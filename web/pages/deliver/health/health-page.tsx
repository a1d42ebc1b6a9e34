/**
 * Which rules of DSDM are broken, where, and what to do about it; and the thresholds of the rules that have one.
 * The rules themselves are in src/delivery/rules.
 */
import { Anchor, Stack, Text } from "@mantine/core";
import type { BrokenRule } from "../../../../src/domain/dsdm/health.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCountOf } from "../../../ui/format.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { countRules, describeHealth } from "../health-words.ts";
import { countInitiatives, groupRules, selectRules } from "./group-rules.ts";
import { HealthFilters } from "./health-filters.tsx";
import { HealthGroups } from "./health-groups.tsx";
import { type HealthSearch, healthSearchSchema } from "./health-search.ts";
import { Thresholds } from "./thresholds.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "Each rule protects one of the eight principles of DSDM; the list says what is wrong, where, and what to do.",
    "An error is against the method, a warning is a risk that somebody should have looked at.",
    "The rules report, they forbid nothing: whether to go on is decided by people.",
  ],
  example: { text: "In the demo: one initiative breaks rules 4, 6 and 9.", to: "deliver/health" },
};

type Named = readonly { readonly id: number; readonly title: string }[];

function NoInitiatives() {
  return (
    <EmptyState
      title="There is no initiative to check"
      actions={<ScopeLink to="deliver/portfolio">Go to the portfolio</ScopeLink>}
    >
      The rules are about initiatives: their roles, requirements, timeboxes and effects. Start one in the portfolio.
    </EmptyState>
  );
}

function NothingListed({ all }: { readonly all: boolean }) {
  const set = useSetSearch();
  const showAll = (
    <Anchor
      component="button"
      type="button"
      onClick={() => set({ initiative: undefined, principle: undefined, severity: undefined })}
    >
      Show all broken rules
    </Anchor>
  );
  return (
    <EmptyState title={all ? "No rule is broken" : "No broken rule among these"} actions={all ? undefined : showAll}>
      {all
        ? "All rules that can be checked on what is known hold. They are checked anew with every change."
        : "What was chosen above holds. Other rules may be broken."}
    </EmptyState>
  );
}

interface ListProps {
  readonly rules: readonly BrokenRule[];
  readonly initiatives: Named;
  readonly search: HealthSearch;
}

function List({ rules, initiatives, search }: ListProps) {
  const names = new Map(initiatives.map(({ id, title }) => [id, title]));
  const shown = selectRules(rules, search);
  return (
    <Stack gap="md">
      <HealthFilters search={search} initiatives={initiatives} />
      <Text size="sm" role="status" aria-live="polite" data-testid="health-count">
        {shown.length === 0
          ? "Nothing broken."
          : `${describeHealth(countRules(shown))} in ${formatCountOf(countInitiatives(shown), "initiative")}.`}
      </Text>
      {shown.length === 0 && <NothingListed all={rules.length === 0} />}
      <HealthGroups
        groups={groupRules(shown, search.by)}
        by={search.by}
        nameOf={(id) => names.get(id) ?? `Initiative ${id}`}
      />
    </Stack>
  );
}

export function HealthPage() {
  const search = useViewSearch(healthSearchSchema);
  const query = useAnswer("health", {});
  const { data } = useAnswer("initiatives", {});
  return (
    <PageFrame title="Health" guide={GUIDE}>
      <AnswerView
        query={query}
        height={480}
        empty={({ rules }) => (rules.length === 0 && data?.initiatives.length === 0 ? <NoInitiatives /> : undefined)}
      >
        {({ rules }) => <List rules={rules} initiatives={data?.initiatives ?? []} search={search} />}
      </AnswerView>
      <Thresholds />
    </PageFrame>
  );
}
