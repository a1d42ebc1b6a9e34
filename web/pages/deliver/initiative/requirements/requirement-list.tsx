/**
 * The prioritised requirements list: a table for each priority of the project, with the share of effort it takes.
 */
import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { Priority } from "../../../../../src/domain/dsdm/moscow.ts";
import { PRIORITY_NAMES } from "../../../../../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { type Column, DataTable } from "../../../../ui/data-table.tsx";
import { formatCountOf, NONE } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { HealthCount } from "../../views/delivery-badges.tsx";
import type { InitiativeFacts } from "../use-initiative.ts";
import { useInitiative } from "../use-initiative.ts";
import { StateBadge, WordBadge } from "../word-badge.tsx";
import { countRulesOf, type RequirementGroup } from "./requirement-groups.ts";

function TitleCell({ requirement, facts }: { readonly requirement: Requirement; readonly facts: InitiativeFacts }) {
  const { id, title, breadth } = requirement;
  const suggested = facts.report.suggestions.find((one) => one.requirement === id);
  return (
    <Stack gap={2} miw={180}>
      <ScopeLink to="deliver/initiative" search={{ ...keepSearch(facts), requirement: id }} inherit fw={600}>
        {title}
      </ScopeLink>
      <Group gap={6}>
        {suggested && suggested.priority !== requirement.priority.project && (
          <WordBadge outline>suggested: {PRIORITY_NAMES[suggested.priority]}</WordBadge>
        )}
        {breadth !== null && breadth.approvedBy === null && <WordBadge color="orange">breadth to approve</WordBadge>}
      </Group>
    </Stack>
  );
}

const keepSearch = ({ initiative }: InitiativeFacts) => ({ id: initiative.id, tab: "requirements" });

function describeNeed({ need: { finding, kpi, goal } }: Requirement): string | null {
  const named = [
    finding === null ? "" : `finding ${finding}`,
    kpi === null ? "" : `KPI ${kpi}`,
    goal === null ? "" : `goal ${goal}`,
  ];
  return named.filter(Boolean).join(", ") || null;
}

function describePlace({ increment, timebox }: Requirement): string | null {
  return timebox !== null ? `timebox ${timebox}` : increment !== null ? `increment ${increment}` : null;
}

function columnsFor(facts: InitiativeFacts): Column<Requirement>[] {
  const rules = countRulesOf(facts.report);
  const missing = (text: string | null): ReactNode => text ?? <WordBadge color="orange">none</WordBadge>;
  return [
    { key: "id", title: "No.", align: "right", value: ({ id }) => id },
    {
      key: "title",
      title: "Requirement",
      value: ({ title }) => title,
      format: (requirement) => <TitleCell requirement={requirement} facts={facts} />,
    },
    {
      key: "effort",
      title: "Effort",
      align: "right",
      value: ({ effort }) => effort,
      format: ({ effort }) => facts.effort(effort),
    },
    {
      key: "value",
      title: "Value a month",
      align: "right",
      value: ({ value }) => value,
      format: ({ value }) => facts.money(value),
    },
    { key: "need", title: "Need", value: describeNeed, format: (one) => missing(describeNeed(one)) },
    { key: "owner", title: "Owner", value: ({ owner }) => owner, format: ({ owner }) => missing(owner) },
    { key: "kind", title: "Kind", value: ({ kind }) => kind },
    { key: "place", title: "Planned", value: describePlace, format: (one) => describePlace(one) ?? NONE },
    { key: "state", title: "State", value: ({ state }) => state, format: ({ state }) => <StateBadge state={state} /> },
    {
      key: "rules",
      title: "Rules",
      align: "right",
      value: ({ id }) => (rules.get(id)?.errors ?? 0) * 100 + (rules.get(id)?.warnings ?? 0),
      format: ({ id }) => {
        const counts = rules.get(id);
        return counts ? <HealthCount {...counts} /> : NONE;
      },
    },
  ];
}

function nameGroup(priority: Priority | null): string {
  return priority === null ? "Not decided" : PRIORITY_NAMES[priority];
}

export function RequirementList({ groups }: { readonly groups: readonly RequirementGroup[] }) {
  const facts = useInitiative();
  const columns = useMemo(() => columnsFor(facts), [facts]);
  return (
    <Stack gap="md">
      {groups.map(({ priority, requirements, effort }) => (
        <section key={priority ?? "none"} aria-label={nameGroup(priority)} data-priority={priority ?? "undecided"}>
          <Group gap="xs" align="baseline">
            <Title order={3}>{nameGroup(priority)}</Title>
            <Text size="sm" c="dimmed">
              {formatCountOf(requirements.length, "requirement")}, {facts.effort(effort)}
            </Text>
          </Group>
          <DataTable
            caption={`Requirements: ${nameGroup(priority)}`}
            hideCaption
            columns={columns}
            rows={requirements}
            rowKey={({ id }) => String(id)}
            maxHeight={900}
          />
        </section>
      ))}
    </Stack>
  );
}
