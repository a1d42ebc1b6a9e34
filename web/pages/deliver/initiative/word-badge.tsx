/**
 * A word in a badge that is never cut short and always readable: the colour only repeats what the word says.
 * Which colour a state has is said here; priorities and severities are views/delivery-badges.tsx.
 */
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";

interface WordBadgeProps {
  readonly color?: string;
  readonly outline?: boolean;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export function WordBadge({ color = "gray", outline = false, icon, children }: WordBadgeProps) {
  return (
    <Badge
      component="span"
      variant={outline ? "outline" : "light"}
      tt="none"
      fw={600}
      color={color}
      h="auto"
      py={2}
      leftSection={icon}
      maw="100%"
      styles={{ label: { color: "var(--mantine-color-text)", whiteSpace: "normal", overflow: "visible" } }}
    >
      {children}
    </Badge>
  );
}

const STATES = {
  "to-do": { words: "to do", color: "gray" },
  doing: { words: "being done", color: "blue" },
  done: { words: "done", color: "teal" },
  planned: { words: "planned", color: "blue" },
  running: { words: "running", color: "orange" },
  closed: { words: "closed", color: "gray" },
  cancelled: { words: "cancelled", color: "gray" },
  active: { words: "active", color: "blue" },
  stopped: { words: "stopped", color: "red" },
} as const;

export function StateBadge({ state }: { readonly state: keyof typeof STATES }) {
  const { words, color } = STATES[state];
  return (
    <WordBadge color={color} outline>
      {words}
    </WordBadge>
  );
}
