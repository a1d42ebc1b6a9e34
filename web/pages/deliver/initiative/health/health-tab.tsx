/**
 * The broken rules of the initiative, under the principle each protects. The rules of all initiatives are deliver/health.
 */
import { Anchor, Group, Text } from "@mantine/core";
import { PRINCIPLES } from "../../../../../src/domain/dsdm/health.ts";
import { useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { RuleList } from "../../views/rule-list.tsx";
import { initiativeSearchSchema } from "../initiative-search.ts";
import { Nothing, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";

export function HealthTab() {
  const { report } = useInitiative();
  const { principle } = useViewSearch(initiativeSearchSchema);
  const set = useSetSearch();
  if (report.health.length === 0) {
    return (
      <EmptyState title="No rule is broken">
        All rules that can be checked on what is known hold. They are checked anew with every change.
      </EmptyState>
    );
  }
  const shown = PRINCIPLES.filter(({ id }) => principle === undefined || id === principle);
  return (
    <>
      {principle !== undefined && (
        <Group>
          <Anchor component="button" type="button" fz="sm" onClick={() => set({ principle: undefined })}>
            Show all principles
          </Anchor>
        </Group>
      )}
      {shown.map(({ id, name }) => {
        const rules = report.health.filter((rule) => rule.principle === id);
        if (rules.length === 0 && principle === undefined) return null;
        return (
          <Section key={id} title={`${id}. ${name}`}>
            {rules.length === 0 ? (
              <Nothing>No rule that protects it is broken.</Nothing>
            ) : (
              <RuleList rules={rules} withPrinciple={false} />
            )}
          </Section>
        );
      })}
      <Text size="sm" c="dimmed">
        The tool reports what breaks a rule; whether to go on is your decision.
      </Text>
    </>
  );
}
