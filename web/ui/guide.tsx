/**
 * Three sentences on what a page answers, with an example from the demo. Whoever knows them folds them away.
 */
import { Alert, CloseButton, Group, Text, UnstyledButton } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconBulb } from "@tabler/icons-react";
import { ScopeLink } from "./scope-link.tsx";

export interface GuideContent {
  readonly sentences: readonly [string, string, string];
  /** A link into the demo data, with the parameters that show it. */
  readonly example: { readonly text: string; readonly to: string; readonly search?: Readonly<Record<string, unknown>> };
}

export function Guide({ page, guide }: { readonly page: string; readonly guide: GuideContent }) {
  const [folded, setFolded] = useLocalStorage({
    key: `waymark-guide-${page}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
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
          <ScopeLink to={example.to} search={{ ...EMPTY_SCOPE, ...example.search }} inherit>
            {example.text}
          </ScopeLink>
        </Text>
        <CloseButton aria-label="Fold this explanation away" onClick={() => setFolded(true)} size="sm" />
      </Group>
    </Alert>
  );
}

/** An example shows what it says, whatever is filtered now. */
const EMPTY_SCOPE = {
  journey: undefined,
  from: undefined,
  to: undefined,
  where: undefined,
  outside: undefined,
  vs: undefined,
  vsFrom: undefined,
  vsTo: undefined,
  vsWhere: undefined,
};
