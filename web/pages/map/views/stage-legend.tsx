/**
 * What the colours stand for: the stages that occur on the page, in the order of the journey.
 */
import { ColorSwatch, Group, Text } from "@mantine/core";
import { STAGES } from "../../../../src/domain/touchpoint.ts";
import { stageColor } from "../../../theme.ts";

export function StageLegend({ stages }: { readonly stages: readonly (string | null)[] }) {
  const present = [...STAGES.filter((stage) => stages.includes(stage)), ...(stages.includes(null) ? [null] : [])];
  return (
    <Group gap="md" component="ul" p={0} m={0} aria-label="Colours of the stages">
      {present.map((stage) => (
        <Group key={stage ?? ""} component="li" gap={6} wrap="nowrap">
          <ColorSwatch color={stageColor(stage)} size={12} radius={3} withShadow={false} aria-hidden />
          <Text size="sm">{stage ?? "no stage yet"}</Text>
        </Group>
      ))}
    </Group>
  );
}
