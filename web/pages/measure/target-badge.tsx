/**
 * Whether a KPI meets its target, in words with a sign; colour only repeats them.
 */
import { Badge } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { TargetStatus } from "./kpi-words.ts";

const LOOKS = {
  reached: { color: "teal", Icon: IconCheck },
  missed: { color: "red", Icon: IconX },
  open: { color: "gray", Icon: IconMinus },
} as const;

export function TargetBadge({ status }: { readonly status: TargetStatus }) {
  const { color, Icon } = LOOKS[status.kind];
  return (
    <Badge
      variant="light"
      color={color}
      radius="sm"
      tt="none"
      fw={500}
      h="auto"
      py={2}
      leftSection={<Icon size={12} aria-hidden />}
      styles={{ label: { whiteSpace: "normal", color: "var(--mantine-color-text)" } }}
    >
      {status.words}
    </Badge>
  );
}
