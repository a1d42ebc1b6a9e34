/**
 * The frame of what is said about a selected node or edge, and its rows. What stands in it is node-panel and edge-panel.
 */
import { CloseButton, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./graph-canvas.module.css";

interface PanelProps {
  readonly title: string;
  readonly under?: ReactNode;
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Panel({ title, under, onClose, children }: PanelProps) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title} className={classes.side} data-testid="graph-panel">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <div>
          <Title order={3}>{title}</Title>
          {under && (
            <Text size="sm" c="dimmed">
              {under}
            </Text>
          )}
        </div>
        {onClose && <CloseButton aria-label="Close the details" onClick={onClose} size="sm" />}
      </Group>
      <Stack gap="sm" mt="sm">
        {children}
      </Stack>
    </Paper>
  );
}

/** One number with its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}
