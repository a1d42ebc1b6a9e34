/**
 * One node of the graph as it is drawn: name, how often, heat as colour and number, the mark of its stage.
 * What a click or a key does is the canvas' matter.
 */
import { VisuallyHidden } from "@mantine/core";
import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { DrawnLane, DrawnNode } from "../../../charts/svg-graph.ts";
import classes from "./graph-canvas.module.css";

export type JourneyNode = Node<
  {
    readonly drawn: DrawnNode;
    /** What it is called, with its numbers in words. */
    readonly name: string;
    readonly selected: boolean;
    readonly faded: boolean;
  },
  "journey"
>;
export type LaneNode = Node<{ readonly lane: DrawnLane; readonly fold: React.ReactNode }, "lane">;

function JourneyNodeView({ data: { drawn, name, selected, faded } }: NodeProps<JourneyNode>) {
  return (
    <div
      className={classes.node}
      data-kind={drawn.kind}
      data-heat={drawn.heatStep ?? undefined}
      data-tone={drawn.tone}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
      style={{ "--stage": drawn.mark } as React.CSSProperties}
    >
      <VisuallyHidden>{name}</VisuallyHidden>
      <span className={classes.name} aria-hidden>
        {drawn.lines.map((line) => (
          <span key={line} className={classes.line}>
            {line}
          </span>
        ))}
      </span>
      <span className={classes.numbers} aria-hidden>
        <span>{drawn.detail}</span>
        {drawn.heat !== "" && <strong>{drawn.heat}</strong>}
      </span>
    </div>
  );
}

export const JourneyNodeMemo = memo(JourneyNodeView);

function LaneView({ data: { lane, fold } }: NodeProps<LaneNode>) {
  return (
    <div className={classes.lane} style={{ "--stage": lane.mark } as React.CSSProperties}>
      <span className={classes.laneHead}>
        {lane.title}
        {fold}
      </span>
    </div>
  );
}

export const LaneMemo = memo(LaneView);
