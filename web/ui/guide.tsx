/**
 * Three sentences on what a page answers, with an example from the demo. Whoever knows them folds them away.
 */
import { Alert, Anchor, CloseButton, Group, Text, UnstyledButton } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconBulb } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useWorkspaces } from "../api/use-answer.ts";

export interface GuideContent {
  readonly sentences: readonly [string, string, string];
  /** A link into the demo data, whatever workspace is open, with the parameters that show it. */
  readonly example: { readonly text: string; readonly to: string; readonly search?: Readonly<Record<string, unknown>> };
}

export function Guide({ page, guide }: { readonly page: string; readonly guide: GuideContent }) {
  const [folded, setFolded] = useLocalStorage({
    key: `waymark-guide-${page}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { data: workspaces = [] } = useWorkspaces();
  const demo = workspaces.find((one) => one.demo);
  const { sentences, example } = guide;
  if (folded) {
    return (
      <UnstyledButton onClick={() => setFolded(false)} fz="sm" c="dimmed" w="fit-content">
        <Group gap={4}>
          <IconBulb size={16} aria-hidden /> What is this page for?
        </Group>
      </UnstyledButton>
    );
  }
  return (
    <Alert variant="light" icon={<IconBulb aria-hidden />} p="sm" data-testid="guide">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text size="sm" maw={900}>
          {sentences.join(" ")}{" "}
          {demo && (
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link {...props} to={`/${demo.name}/${example.to}` as never} search={(example.search ?? {}) as never} />
              )}
            >
              {example.text}
            </Anchor>
          )}
        </Text>
        <CloseButton aria-label="Fold this explanation away" onClick={() => setFolded(true)} size="sm" />
      </Group>
    </Alert>
  );
}
