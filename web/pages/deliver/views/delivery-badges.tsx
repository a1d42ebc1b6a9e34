/**
 * Small labels of the Deliver pages: a priority, a severity, health counts. A word stands in each; the colour only repeats it.
 */
import { Badge, Group, Text } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { Priority } from "../../../../src/domain/dsdm/moscow.ts";
import { formatCountOf } from "../../../ui/format.ts";
import type { HealthCounts, Severity } from "../health-words.ts";
import { PRIORITY_SHORT } from "../priority-words.ts";

/** A word is never cut short, however narrow the column. */
const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

const PRIORITY_COLORS: Readonly<Record<Priority, string>> = {
  must: "waymark",
  should: "waymark",
  could: "gray",
  wont: "gray",
};

export function PriorityBadge({ priority }: { readonly priority: Priority | null }) {
  const strong = priority === "must" || priority === "could";
  return (
    <Badge
      variant={priority !== null && strong ? "light" : "outline"}
      tt="none"
      color={priority === null ? "gray" : PRIORITY_COLORS[priority]}
      styles={PLAIN_LABEL}
    >
      {priority === null ? "not decided" : PRIORITY_SHORT[priority]}
    </Badge>
  );
}

const SEVERITY_LOOKS = {
  error: { color: "red", Icon: IconAlertOctagon, word: "error" },
  warning: { color: "orange", Icon: IconAlertTriangle, word: "warning" },
} as const;

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { color, Icon, word } = SEVERITY_LOOKS[severity];
  return (
    <Badge variant="light" tt="none" color={color} leftSection={<Icon size={12} aria-hidden />} styles={PLAIN_LABEL}>
      {word}
    </Badge>
  );
}

function Count({ severity, count }: { readonly severity: Severity; readonly count: number }) {
  const { color, Icon, word } = SEVERITY_LOOKS[severity];
  if (count === 0) return null;
  return (
    <Group gap={4} wrap="nowrap">
      <Icon size={15} color={`var(--mantine-color-${color}-light-color)`} aria-hidden />
      <Text span inherit style={{ whiteSpace: "nowrap" }}>
        {formatCountOf(count, word)}
      </Text>
    </Group>
  );
}

/** "2 errors 1 warning", each with its sign; or that nothing is broken. */
export function HealthCount({ errors, warnings }: HealthCounts) {
  if (errors + warnings === 0) {
    return (
      <Group gap={4} wrap="nowrap">
        <IconCheck size={15} color="var(--mantine-color-teal-light-color)" aria-hidden />
        <Text span inherit style={{ whiteSpace: "nowrap" }}>
          nothing broken
        </Text>
      </Group>
    );
  }
  return (
    <Group gap="xs" style={{ rowGap: 0 }}>
      <Count severity="error" count={errors} />
      <Count severity="warning" count={warnings} />
    </Group>
  );
}
