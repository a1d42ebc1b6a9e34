/**
 * Edges as they are drawn: a line, an arrow head, and a wider invisible line to point at. Labels lie above all edges.
 */
import { type Edge, type EdgeProps, ViewportPortal } from "@xyflow/react";
import { memo } from "react";
import type { DrawnEdge } from "../../../charts/svg-graph.ts";
import { NODE_TEXT } from "../../../charts/svg-graph.ts";
import { textWidth } from "../../../charts/svg-text.ts";
import classes from "./graph-canvas.module.css";

export type JourneyEdge = Edge<
  { readonly drawn: DrawnEdge; readonly selected: boolean; readonly faded: boolean },
  "journey"
>;

function JourneyEdgeView({ data }: EdgeProps<JourneyEdge>) {
  if (!data) return null;
  const { drawn, selected, faded } = data;
  return (
    <g
      className={classes.edge}
      data-tone={drawn.tone}
      data-selected={selected || undefined}
      data-faded={faded || undefined}
    >
      <path d={drawn.path} className={classes.hit} strokeWidth={Math.max(14, drawn.width + 8)} />
      <path d={drawn.path} className={classes.wire} strokeWidth={drawn.width} />
      <path d={drawn.head} className={classes.head} />
    </g>
  );
}

export const JourneyEdgeMemo = memo(JourneyEdgeView);

interface LabelsProps {
  readonly edges: readonly DrawnEdge[];
  readonly width: number;
  readonly height: number;
  readonly selected: string | undefined;
  /** Ids of edges whose labels step back. */
  readonly faded: ReadonlySet<string>;
}

function LabelsView({ edges, width, height, selected, faded }: LabelsProps) {
  return (
    <ViewportPortal>
      <svg className={classes.labels} width={width} height={height} aria-hidden="true">
        {edges.map(({ id, label, tone }) => {
          if (!label) return null;
          const wide = textWidth(label.text, NODE_TEXT.label) + 8;
          return (
            <g
              key={id}
              className={classes.label}
              data-tone={tone}
              data-selected={id === selected || undefined}
              data-faded={faded.has(id) || undefined}
            >
              <rect x={label.x - wide / 2} y={label.y - 8} width={wide} height={16} rx={4} />
              <text x={label.x} y={label.y + 4} textAnchor="middle" fontSize={NODE_TEXT.label}>
                {label.text}
              </text>
            </g>
          );
        })}
      </svg>
    </ViewportPortal>
  );
}

export const EdgeLabels = memo(LabelsView);
