/**
 * One requirement beside the list: what waits to be decided about it, its priorities and plan, its text, its evidence.
 */
import { Divider, Drawer, Group, Stack, Text } from "@mantine/core";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { PriorityBadge } from "../../views/delivery-badges.tsx";
import { RuleList } from "../../views/rule-list.tsx";
import { initiativeSearchSchema } from "../initiative-search.ts";
import { Byline } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { StateBadge } from "../word-badge.tsx";
import { Breadth } from "./breadth.tsx";
import { Evidence } from "./evidence.tsx";
import { PlanPlace } from "./plan-place.tsx";
import { Priorities } from "./priorities.tsx";
import { RequirementAdd } from "./requirement-add.tsx";
import { RequirementEdit } from "./requirement-edit.tsx";
import { SplitButton } from "./split.tsx";
import { Suggestion } from "./suggestion.tsx";

function Facts({ requirement }: { readonly requirement: Requirement }) {
  const { initiative, moment, effort } = useInitiative();
  const { id, splitFrom, carried, state, remaining, changedBy, changedAt } = requirement;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <PriorityBadge priority={requirement.priority.project} />
        <StateBadge state={state} />
        <Text size="sm">
          {effort(requirement.effort)}
          {state === "doing" && `, ${effort(remaining)} still to do`}
        </Text>
        <SplitButton requirement={requirement} />
      </Group>
      <Byline>
        Last changed by {changedBy}, {moment(changedAt)}
        {splitFrom !== null && ` · split from requirement ${splitFrom}`}
        {carried.length > 0 && ` · carried over ${carried.length} times`} ·{" "}
        <ScopeLink
          to="deliver/initiative"
          search={{ id: initiative.id, tab: "records", subject: `requirement ${id}` }}
          inherit
        >
          its records
        </ScopeLink>
      </Byline>
    </Stack>
  );
}

function Open({ requirement }: { readonly requirement: Requirement }) {
  const { report } = useInitiative();
  const rules = report.health.filter(({ subject }) => subject === `requirement ${requirement.id}`);
  return (
    <Stack gap="md">
      <Facts requirement={requirement} />
      <Breadth requirement={requirement} />
      <Suggestion requirement={requirement} />
      {rules.length > 0 && (
        <section aria-label="Rules it breaks">
          <RuleList rules={rules} withPrinciple={false} />
        </section>
      )}
      <Divider />
      <Priorities requirement={requirement} />
      <Divider />
      <PlanPlace requirement={requirement} />
      <Divider />
      <RequirementEdit requirement={requirement} />
      <Divider />
      <Evidence requirement={requirement} />
    </Stack>
  );
}

export function RequirementDrawer() {
  const { initiative } = useInitiative();
  const { requirement: id, add } = useViewSearch(initiativeSearchSchema);
  const set = useSetSearch();
  const found = initiative.requirements.find((one) => one.id === id);
  const adding = add !== undefined;
  return (
    <Drawer
      opened={adding || id !== undefined}
      onClose={() => set({ requirement: undefined, add: undefined })}
      position="right"
      size="min(760px, 100vw)"
      title={adding ? "A new requirement" : found ? `${found.id}. ${found.title}` : `Requirement ${id}`}
      closeButtonProps={{ "aria-label": "Close" }}
      // Its head is none of the page.
      attributes={{ header: { role: "none" } }}
    >
      {adding ? (
        <RequirementAdd />
      ) : found ? (
        <Open key={found.id} requirement={found} />
      ) : (
        <Text size="sm">This initiative has no such requirement.</Text>
      )}
    </Drawer>
  );
}
