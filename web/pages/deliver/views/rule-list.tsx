/**
 * Broken rules one under another: what is wrong, where, and what to do. How they are grouped is the page's business.
 */
import { Stack, Text } from "@mantine/core";
import type { BrokenRule } from "../../../../src/domain/dsdm/health.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { namePrinciple, nameSubject, targetOf } from "../health-words.ts";
import { SeverityBadge } from "./delivery-badges.tsx";
import { PlainList } from "./plain-list.tsx";

interface RuleItemProps {
  readonly rule: BrokenRule;
  /** How the initiative is called; left out where it is clear. */
  readonly initiative?: string | undefined;
  readonly withPrinciple: boolean;
}

/** "requirement 3", "Fewer late parcels: requirement 3", "Fewer late parcels". */
function nameWhere(subject: string, initiative: string | undefined): string {
  if (initiative === undefined) return nameSubject(subject);
  return subject === "initiative" ? initiative : `${initiative}: ${nameSubject(subject)}`;
}

function RuleItem({ rule, initiative, withPrinciple }: RuleItemProps) {
  const { id, severity, subject, message, action, principle } = rule;
  return (
    <Stack component="li" gap={2} data-rule={id}>
      <Text size="sm" fw={600} component="div" style={{ overflowWrap: "anywhere" }}>
        <SeverityBadge severity={severity} /> {message}
      </Text>
      <Text size="sm">{action}</Text>
      <Text size="sm" c="dimmed" component="div">
        <ScopeLink {...targetOf(rule)} inherit>
          {nameWhere(subject, initiative)}
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
    <PlainList gap="sm">
      {rules.map((rule) => (
        <RuleItem
          key={`${rule.initiative} ${rule.id} ${rule.subject} ${rule.message}`}
          rule={rule}
          initiative={nameOf?.(rule.initiative)}
          withPrinciple={withPrinciple}
        />
      ))}
    </PlainList>
  );
}
