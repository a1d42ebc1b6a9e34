/**
 * The commonest detour in one sentence, with a way to those who take it.
 */
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconRoute2, IconUsers } from "@tabler/icons-react";
import type { Answer } from "../../../api/types.ts";
import { useOpenBehind } from "../../../ui/behind.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { describeDetour, findCommonestDetour } from "./describe-path.ts";

export function DetourSentence({ answer }: { readonly answer: Answer<"variants"> }) {
  const open = useOpenBehind();
  const [main] = answer.variants;
  const detour = findCommonestDetour(answer.variants);
  if (!main || !detour) return null;
  const words = describeDetour(detour.detour);
  const show = () =>
    open({ title: `Journeys on the commonest detour: ${words}`, select: { kind: "path", path: [...detour.path] } });
  return (
    <Alert variant="light" color="gray" icon={<IconRoute2 aria-hidden />} data-testid="commonest-detour">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={820}>
          {formatCount(main.journeys)} of {formatCount(answer.journeys)} journeys ({formatShare(main.share)}) take the
          main path. The commonest detour is <strong>{words}</strong>: {formatCount(detour.journeys)} of{" "}
          {formatCount(answer.journeys)} journeys ({formatShare(detour.share)}).
        </Text>
        <Button variant="default" size="xs" leftSection={<IconUsers size={15} aria-hidden />} onClick={show}>
          Who takes it?
        </Button>
      </Group>
    </Alert>
  );
}
