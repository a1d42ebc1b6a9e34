/**
 * What colours, widths and dashes of the graph mean, with their numbers.
 */
import { Group, Text } from "@mantine/core";
import type { GraphDrawing } from "../../../charts/svg-graph.ts";
import classes from "./graph-canvas.module.css";

export function GraphLegend({
  legend,
  comparing,
}: {
  readonly legend: GraphDrawing["legend"];
  readonly comparing: boolean;
}) {
  const arrows = comparing
    ? "Arrows: the thicker, the larger the difference; the number is the difference in points."
    : "Arrows: the thicker, the more moves; dashed where journeys start and end. The number in a box counts its events.";
  return (
    <Group gap="md" mt="xs">
      {legend.entries.length > 0 && (
        <Group gap="sm" component="ul" p={0} m={0} aria-label={legend.title}>
          <Text size="xs" c="dimmed" component="li" style={{ listStyle: "none" }}>
            {legend.title}:
          </Text>
          {legend.entries.map(({ text, heatStep, tone }) => (
            <Group key={text} gap={5} component="li" wrap="nowrap">
              <span className={classes.swatch} data-heat={heatStep} data-tone={tone} aria-hidden />
              <Text size="xs">{text}</Text>
            </Group>
          ))}
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {arrows}
      </Text>
    </Group>
  );
}
