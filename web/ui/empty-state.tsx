/**
 * What stands where nothing is: why, and what to do next.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  readonly title: string;
  /** 1 where it is the whole page; default 2. */
  readonly level?: 1 | 2;
  readonly children: ReactNode;
  /** Buttons or links: the next step first. */
  readonly actions?: ReactNode;
}

export function EmptyState({ title, level = 2, children, actions }: EmptyStateProps) {
  return (
    <Paper withBorder p="xl" ta="center" data-testid="empty-state">
      <Stack gap="sm" align="center">
        <Title order={level}>{title}</Title>
        <Text c="dimmed" maw={520}>
          {children}
        </Text>
        {actions}
      </Stack>
    </Paper>
  );
}
