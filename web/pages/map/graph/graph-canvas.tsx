/**
 * The window onto the graph: pan, zoom, fit, select by pointer or keyboard. It draws what it is given and asks nothing.
 */
import "@xyflow/react/dist/base.css";
import { ActionIcon, Tooltip, VisuallyHidden } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconArrowsMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { type NodeTypes, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from "@xyflow/react";
import { type ReactNode, type RefObject, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import type { GraphDrawing } from "../../../charts/svg-graph.ts";
import { firstView, fitView, rightEnd, uncover } from "./canvas-layout.ts";
import { nearSelection, readingOrder, type Selected, toFlowNodes, toLaneNodes } from "./flow-elements.ts";
import classes from "./graph-canvas.module.css";
import { GraphEdges } from "./graph-edge.tsx";
import type { Place, Walkable } from "./graph-focus.ts";
import { type GraphEdge, START } from "./graph-model.ts";
import { JourneyNodeMemo, LaneMemo } from "./graph-node.tsx";
import { placeOf, useGraphKeys } from "./use-graph-keys.ts";

export interface GraphCanvasProps {
  readonly drawing: GraphDrawing;
  readonly direction: "right" | "down";
  /** The edges drawn, the strongest first. */
  readonly edges: readonly GraphEdge[];
  readonly height: number;
  readonly selected: Selected;
  /** What a node or an edge is called, with its numbers. */
  readonly name: (id: string) => string;
  readonly label: string;
  /** Px on the right that something lies over. */
  readonly covered: number;
  readonly onSelect: (place: Place | undefined) => void;
  /** The button that folds a stage, for the head of its lane. */
  readonly fold: (stage: string) => ReactNode;
}

const NODE_TYPES: NodeTypes = { journey: JourneyNodeMemo, lane: LaneMemo };
/** Below this zoom labels of edges are too small to be read, and painting them only makes panning slow. */
const LEGIBLE = 0.4;
const HELP =
  "Arrow right and left follow the strongest step from node to arrow to node; arrow up and down go through the nodes, or the arrows from one node. Enter shows the numbers, Escape closes them, plus, minus and 0 zoom.";

function Tools({ onFit }: { readonly onFit: () => void }) {
  const flow = useReactFlow();
  const tools = [
    { label: "Zoom in", icon: IconPlus, act: () => void flow.zoomIn() },
    { label: "Zoom out", icon: IconMinus, act: () => void flow.zoomOut() },
    { label: "Fit the whole graph", icon: IconArrowsMaximize, act: onFit },
  ];
  return (
    <div className={classes.tools}>
      {tools.map(({ label, icon: Icon, act }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="default" aria-label={label} onClick={act}>
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

/** Nodes and lanes for React Flow, and what they say of each other; what does not change keeps its identity. */
function useElements({ drawing, direction, edges, selected, name, fold }: GraphCanvasProps, tabStop: string) {
  const near = useMemo(() => nearSelection(selected, edges), [selected, edges]);
  const ordered = useMemo(() => readingOrder(drawing.nodes, direction), [drawing, direction]);
  const stop = ordered.some(({ id }) => id === tabStop) || edges.some(({ id }) => id === tabStop) ? tabStop : START;
  const options = useMemo(() => ({ selected, near, tabStop: stop, name }), [selected, near, stop, name]);
  const lanes = useMemo(() => toLaneNodes(drawing, fold), [drawing, fold]);
  const nodes = useMemo(() => [...lanes, ...toFlowNodes(ordered, options)], [lanes, ordered, options]);
  const walkable = useMemo((): Walkable => ({ nodes: ordered.map(({ id }) => id), edges }), [ordered, edges]);
  return { nodes, near, stop, walkable };
}

/** The window that shows the whole graph, with what is selected not under what lies over it. */
function useFit({ drawing, selected, covered }: GraphCanvasProps, place: RefObject<HTMLDivElement | null>) {
  const flow = useReactFlow();
  const still = useReducedMotion() === true;
  const { width: wide, height: tall } = drawing;
  const right = useMemo(() => rightEnd(drawing, selected), [drawing, selected]);
  const latest = useRef({ right, covered });
  latest.current = { right, covered };
  const fitWhole = useCallback(
    (duration: number, first: boolean) => {
      const room = { width: place.current?.clientWidth ?? 0, height: place.current?.clientHeight ?? 0 };
      const size = { width: wide, height: tall };
      const view = uncover(first ? firstView(size, room) : fitView(size, room), latest.current, room);
      void flow.setViewport(view, { duration: still ? 0 : duration });
    },
    [flow, wide, tall, still, place],
  );
  useEffect(() => {
    const room = { width: place.current?.clientWidth ?? 0, height: 0 };
    const view = flow.getViewport();
    const next = uncover(view, { right, covered }, room);
    if (next.x !== view.x) void flow.setViewport(next, { duration: still ? 0 : 200 });
  }, [right, covered, flow, still, place]);
  useEffect(() => {
    if (!place.current) return undefined;
    const watch = new ResizeObserver(() => fitWhole(0, true));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [fitWhole, place]);
  return fitWhole;
}

function Canvas(props: GraphCanvasProps) {
  const { drawing, height, selected, label, onSelect } = props;
  const place = useRef<HTMLDivElement>(null);
  const help = useId();
  const [tabStop, setTabStop] = useState(START);
  const { nodes, near, stop, walkable } = useElements(props, tabStop);
  const fitWhole = useFit(props, place);
  const fitNow = useCallback(() => fitWhole(200, false), [fitWhole]);
  const magnified = useStore(({ transform }) => transform[2] > 1);
  const open = selected.node !== undefined || selected.edge !== undefined;
  const close = useCallback(() => open && onSelect(undefined), [open, onSelect]);
  const keys = useGraphKeys({ place, walkable, onOpen: onSelect, onClose: close, onFocus: setTabStop, onFit: fitNow });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys come up from the nodes and edges inside, which are buttons
    <div
      ref={place}
      className={classes.canvas}
      data-magnified={magnified || undefined}
      style={{ height }}
      onKeyDown={keys}
      onClick={(event) => {
        const at = placeOf(event.target);
        if (at && "edge" in at) onSelect(at);
      }}
      onFocus={(event) => {
        const at = placeOf(event.target);
        if (at) setTabStop("node" in at ? at.node : at.edge);
      }}
    >
      <VisuallyHidden id={help}>{HELP}</VisuallyHidden>
      <ReactFlow
        nodes={nodes}
        nodeTypes={NODE_TYPES}
        aria-label={label}
        aria-describedby={help}
        onNodeClick={(_, node) => node.type === "journey" && onSelect({ node: node.id })}
        onPaneClick={close}
        onInit={() => fitWhole(0, true)}
        onMove={(_, { zoom }) => place.current?.toggleAttribute("data-far", zoom < LEGIBLE)}
        minZoom={0.15}
        maxZoom={2.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        attributionPosition="bottom-center"
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        zoomActivationKeyCode={["Control", "Meta"]}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
      >
        <GraphEdges
          edges={drawing.edges}
          width={drawing.width}
          height={drawing.height}
          selected={selected}
          near={near}
          tabStop={stop}
          name={props.name}
        />
      </ReactFlow>
      <Tools onFit={fitNow} />
    </div>
  );
}

export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}
