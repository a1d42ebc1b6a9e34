/**
 * Broken rules one under another: what is wrong, where, and what to do. How they are grouped is the page's business.
 */
import { Group, Stack, Text } from "@mantine/core";
import type { BrokenRule } from "../../../../src/domain/dsdm/health.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { namePrinciple, targetOf } from "../health-words.ts";
import { SeverityBadge } from "./delivery-badges.tsx";

interface RuleItemProps {
  readonly rule: BrokenRule;
  /** How the initiative is called; left out where it is clear. */
  readonly initiative?: string | undefined;
  readonly withPrinciple: boolean;
}

function RuleItem({ rule, initiative, withPrinciple }: RuleItemProps) {
  const { id, severity, subject, message, action, principle } = rule;
  return (
    <Stack component="li" gap={2} data-rule={id}>
      <Group gap="xs" style={{ rowGap: 2 }}>
        <SeverityBadge severity={severity} />
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {message}
        </Text>
      </Group>
      <Text size="sm">{action}</Text>
      <Text size="sm" c="dimmed" component="div">
        <ScopeLink {...targetOf(rule)} inherit>
          {initiative === undefined ? subject : `${initiative}${subject === "initiative" ? "" : `: ${subject}`}`}
        </ScopeLink>{" "}
        · rule {id}
        {withPrinciple ? ` · ${namePrinciple(principle)}` : ""}
      </Text>
    </Stack>
  );
}

interface RuleListProps {
  readonly rules: readonly BrokenRule[];
  /** Names of initiatives where the list holds rules of several. */
  readonly nameOf?: ((initiative: number) => string) | undefined;
  readonly withPrinciple?: boolean;
}

export function RuleList({ rules, nameOf, withPrinciple = true }: RuleListProps) {
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
      {rules.map((rule) => (
        <RuleItem
          key={`${rule.initiative} ${rule.id} ${rule.subject} ${rule.message}`}
          rule={rule}
          initiative={nameOf?.(rule.initiative)}
          withPrinciple={withPrinciple}
        />
      ))}
    </Stack>
  );
}
