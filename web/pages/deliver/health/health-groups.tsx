/**
 * Broken rules in groups, each with its name, its counts and its rules.
 */
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { namePrinciple } from "../health-words.ts";
import { HealthCount } from "../views/delivery-badges.tsx";
import { RuleList } from "../views/rule-list.tsx";
import type { RuleGroup } from "./group-rules.ts";
import type { Grouping } from "./health-search.ts";

interface HealthGroupsProps {
  readonly groups: readonly RuleGroup[];
  readonly by: Grouping;
  readonly nameOf: (initiative: number) => string;
}

export function HealthGroups({ groups, by, nameOf }: HealthGroupsProps) {
  return groups.map(({ id, rules, errors, warnings }) => {
    const name = by === "initiative" ? nameOf(id) : `${id}. ${namePrinciple(id)}`;
    return (
      <Paper key={id} component="section" withBorder p="md" aria-label={name} data-group={id}>
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <Title order={2} style={{ overflowWrap: "anywhere" }}>
              {by === "initiative" ? (
                <ScopeLink to="deliver/initiative" search={{ id }} inherit c="inherit">
                  {name}
                </ScopeLink>
              ) : (
                name
              )}
            </Title>
            <Text size="sm" component="div">
              <HealthCount errors={errors} warnings={warnings} />
            </Text>
          </Group>
          <RuleList
            rules={rules}
            nameOf={by === "principle" ? nameOf : undefined}
            withPrinciple={by === "initiative"}
          />
        </Stack>
      </Paper>
    );
  });
}
