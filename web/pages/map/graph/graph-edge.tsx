/**
 * Edges as they are drawn: a line, an arrow head, a wider invisible line to point at, and above all of them the labels.
 * They are one picture beside React Flow's nodes, not React Flow's edges: hundreds of those make panning stutter.
 */
import { ViewportPortal } from "@xyflow/react";
import { memo } from "react";
import type { DrawnEdge } from "../../../charts/svg-graph.ts";
import { NODE_TEXT } from "../../../charts/svg-graph.ts";
import { textWidth } from "../../../charts/svg-text.ts";
import type { Near, Selected } from "./flow-elements.ts";
import classes from "./graph-canvas.module.css";

interface EdgeProps {
  readonly drawn: DrawnEdge;
  readonly name: string;
  readonly selected: boolean;
  readonly faded: boolean;
  readonly tabStop: boolean;
}

function EdgeView({ drawn, name, selected, faded, tabStop }: EdgeProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button in SVG
    <g
      className={classes.edge}
      role="button"
      aria-label={name}
      aria-pressed={selected}
      tabIndex={tabStop ? 0 : -1}
      data-edge={drawn.id}
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

const Edge = memo(EdgeView);

function LabelView({
  label,
  tone,
  selected,
  faded,
}: Pick<DrawnEdge, "label" | "tone"> & Pick<EdgeProps, "selected" | "faded">) {
  if (!label) return null;
  const wide = textWidth(label.text, NODE_TEXT.label) + 8;
  return (
    <g className={classes.label} data-tone={tone} data-selected={selected || undefined} data-faded={faded || undefined}>
      <rect x={label.x - wide / 2} y={label.y - 8} width={wide} height={16} rx={4} />
      <text x={label.x} y={label.y + 4} textAnchor="middle" fontSize={NODE_TEXT.label}>
        {label.text}
      </text>
    </g>
  );
}

const Label = memo(LabelView);

export interface EdgesProps {
  readonly edges: readonly DrawnEdge[];
  readonly width: number;
  readonly height: number;
  readonly selected: Selected;
  /** What stays bright; undefined: everything. */
  readonly near: Near | undefined;
  /** The one place Tab leads to. */
  readonly tabStop: string;
  readonly name: (id: string) => string;
}

/** Thick edges lie under thin ones, so that no arrow hides another. */
function EdgesView({ edges, width, height, selected, near, tabStop, name }: EdgesProps) {
  const isFaded = (id: string) => near !== undefined && !near.edges.has(id);
  return (
    <ViewportPortal>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: its edges have names of their own, and the graph around it has one */}
      <svg className={classes.edges} width={width} height={height}>
        {edges
          .toSorted((a, b) => b.width - a.width)
          .map((drawn) => (
            <Edge
              key={drawn.id}
              drawn={drawn}
              name={name(drawn.id)}
              selected={selected.edge === drawn.id}
              faded={isFaded(drawn.id)}
              tabStop={tabStop === drawn.id}
            />
          ))}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused */}
        <g aria-hidden="true">
          {edges.map(({ id, label, tone }) => (
            <Label key={id} label={label} tone={tone} selected={selected.edge === id} faded={isFaded(id)} />
          ))}
        </g>
      </svg>
    </ViewportPortal>
  );
}

export const GraphEdges = memo(EdgesView);
