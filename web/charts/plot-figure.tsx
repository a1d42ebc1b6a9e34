/**
 * A plot on a page with the key above it, as wide as there is room.
 */
import { Group, Text } from "@mantine/core";
import { keyMark, layoutPlot, type Plot } from "./plot.ts";
import { ShapesView, StillShapes } from "./shapes-view.tsx";

export function PlotFigure({ plot, height = 320 }: { readonly plot: Plot; readonly height?: number }) {
  return (
    <>
      <Group component="ul" gap="md" m={0} mb="xs" p={0} style={{ listStyle: "none", rowGap: 4 }}>
        {plot.key.map((entry) => (
          <Group component="li" key={entry.text} gap={6} wrap="nowrap">
            <StillShapes shapes={keyMark(entry)} width={22} height={12} />
            <Text size="xs" c="dimmed">
              {entry.text}
            </Text>
          </Group>
        ))}
      </Group>
      <ShapesView layout={(width) => layoutPlot(plot, width, height)} label={`${plot.title}. ${plot.sentence}`} />
    </>
  );
}
