/**
 * What can be switched on the graph: level of detail, stages, labels, colour, arrangement.
 */
import { Group, SegmentedControl, Slider, Stack, Text } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useId, useState } from "react";
import { Choice } from "../views/choice.tsx";
import type { GraphView, SetGraphView } from "./graph-search.ts";

interface ControlProps {
  readonly view: GraphView;
  readonly setView: SetGraphView;
}

const DELAY_MS = 120;

/** The slider follows the hand; the graph follows when the hand rests. */
export function DetailSlider({
  value,
  onChange,
}: {
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const [shown, setShown] = useState(value);
  const id = useId();
  const later = useDebouncedCallback(onChange, DELAY_MS);
  useEffect(() => setShown(value), [value]);
  return (
    <Stack gap={2} w={220}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" id={id}>
          Level of detail
        </Text>
        <Text size="sm" c="dimmed">
          {shown} %
        </Text>
      </Group>
      <Slider
        value={shown}
        min={0}
        max={100}
        step={5}
        size="sm"
        label={null}
        thumbProps={{ "aria-labelledby": id, "aria-valuetext": `${shown} percent` }}
        onChange={(next) => {
          setShown(next);
          later(next);
        }}
      />
    </Stack>
  );
}

export function GraphControls({
  view,
  setView,
  detail,
  arrange,
  comparing,
}: ControlProps & { readonly detail: number; readonly arrange: "stages" | "flow"; readonly comparing: boolean }) {
  return (
    <>
      <DetailSlider value={detail} onChange={(next) => setView({ detail: next })} />
      <SegmentedControl
        aria-label="What a node is"
        size="xs"
        value={view.by}
        data={[
          { value: "touchpoint", label: "Touchpoints" },
          { value: "stage", label: "Stages" },
        ]}
        onChange={(by) => setView({ by: by as GraphView["by"], node: undefined, edge: undefined, detail: undefined })}
      />
      {!comparing && (
        <>
          <Choice
            label="Arrows say"
            value={view.labels}
            options={[
              { value: "count", label: "how many moves" },
              { value: "share", label: "share of moves" },
              { value: "time", label: "median time" },
            ]}
            onChange={(labels) => setView({ labels })}
          />
          <Choice
            label="Colour"
            value={view.heat}
            options={[
              { value: "drop-off", label: "where journeys end" },
              { value: "time", label: "time until the next event" },
              { value: "score", label: "score" },
              { value: "none", label: "none" },
            ]}
            onChange={(heat) => setView({ heat })}
          />
        </>
      )}
      <Choice
        label="Arrange"
        value={arrange}
        options={[
          { value: "stages", label: "by stage" },
          { value: "flow", label: "by flow" },
        ]}
        onChange={(next) => setView({ arrange: next })}
      />
    </>
  );
}
