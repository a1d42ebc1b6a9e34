/**
 * The measured journey as the ground for what was found on it: touchpoints marked, each with words, one of them chosen.
 * The graph's own page (map/graph) shows the steps in full; what marks mean is said by the page that draws them.
 */
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { type ReactNode, useCallback, useMemo } from "react";
import type { Answer } from "../../../api/types.ts";
import { svgGraph } from "../../../charts/svg-graph.ts";
import { useScope, useSetSearch } from "../../../scope/use-scope.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount } from "../../../ui/format.ts";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { placeInRoom, type Room, windowHeight } from "../../map/graph/canvas-layout.ts";
import { describeScope } from "../../map/graph/describe-view.ts";
import { drawGraph, type Marks, suggestArrangement } from "../../map/graph/draw-graph.ts";
import canvas from "../../map/graph/graph-canvas.module.css";
import { GraphCanvas } from "../../map/graph/graph-canvas.tsx";
import type { Place } from "../../map/graph/graph-focus.ts";
import { GraphLegend } from "../../map/graph/graph-legend.tsx";
import { buildGraph, type GraphNode, touchpointId } from "../../map/graph/graph-model.ts";
import { describeEdge, describeNode } from "../../map/graph/graph-words.ts";
import { selectGraph } from "../../map/graph/select-graph.ts";

export type MapData = Answer<"map">;

const LOOKS = { labels: "count", heat: "none" } as const;
const NO_FOLD = () => null;

/** What stands on the map; placed anew only when one of the arguments changes. */
function useMarkedGraph(map: MapData, keep: readonly string[], marks: Marks, room: Room) {
  const graph = useMemo(() => buildGraph(map, { collapsed: [] }), [map]);
  const selection = useMemo(() => {
    const present = new Set(graph.nodes.map(({ id }) => id));
    const keepNodes = keep.map(touchpointId).filter((id) => present.has(id));
    return selectGraph(graph, { detail: undefined, keepNodes });
  }, [graph, keep]);
  const placed = useMemo(
    () => placeInRoom(selection, suggestArrangement(selection.nodes), { width: room.width, height: room.height }),
    [selection, room.width, room.height],
  );
  const drawing = useMemo(() => drawGraph(selection, placed.layout, LOOKS, marks), [selection, placed, marks]);
  return { graph, selection, placed, drawing };
}

function useNames(graph: ReturnType<typeof buildGraph>, words: (id: string) => string) {
  return useMemo(() => {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
    return (id: string) => {
      const node = nodes.get(id);
      const edge = edges.get(id);
      if (node) return describeNode(node, words(id));
      return edge ? describeEdge(edge, (end) => nodes.get(end)?.name ?? end) : id;
    };
  }, [graph, words]);
}

function columnsFor(found: (id: string) => string): Column<GraphNode>[] {
  return [
    { key: "touchpoint", title: "Touchpoint", value: ({ name }) => name },
    { key: "stage", title: "Stage", value: ({ stage }) => stage },
    {
      key: "events",
      title: "Events",
      align: "right",
      value: ({ events }) => events,
      format: ({ events }) => formatCount(events),
    },
    { key: "found", title: "What was found", value: ({ id }) => found(id) },
  ];
}

export interface MarkedMapProps {
  readonly map: MapData;
  readonly title: string;
  /** File name without extension. */
  readonly name: string;
  readonly description: string;
  /** Touchpoints that are shown however rare they are; kept between renders. */
  readonly keep: readonly string[];
  /** Kept between renders. */
  readonly marks: Marks;
  /** What was found at a node, "" for nothing; kept between renders. */
  readonly words: (id: string) => string;
  /** The same for the table, where nothing is said too. */
  readonly found: (id: string) => string;
  readonly node: string | undefined;
  /** Under the map, of the chosen node. */
  readonly children: ReactNode;
}

export function MarkedMap({
  map,
  title,
  name,
  description,
  keep,
  marks,
  words,
  found,
  node,
  children,
}: MarkedMapProps) {
  const scope = useScope();
  const set = useSetSearch();
  const { ref, width } = useElementSize();
  const { height: viewport } = useViewportSize();
  const room = { width: Math.max(280, (width || 1000) - 2), height: Math.min(900, Math.max(520, viewport - 120)) };
  const { graph, selection, placed, drawing } = useMarkedGraph(map, keep, marks, room);
  const nameOf = useNames(graph, words);
  const select = useCallback(
    (place: Place | undefined) => set({ node: place && "node" in place ? place.node : undefined }, { replace: true }),
    [set],
  );
  const selected = useMemo(() => ({ node, edge: undefined }), [node]);
  return (
    <ChartFrame
      title={title}
      name={name}
      description={description}
      total={<JourneyTotal answer={map} />}
      table={{ columns: columnsFor(found), rows: graph.nodes.filter(({ kind }) => kind === "touchpoint") }}
      svg={() => svgGraph(drawing, title, `${describeScope(scope, map.journey, map.zone)}.`)}
    >
      <div ref={ref} className={canvas.place}>
        {width > 0 && (
          <GraphCanvas
            drawing={drawing}
            direction={placed.direction}
            edges={selection.edges}
            height={windowHeight(placed, room)}
            selected={selected}
            name={nameOf}
            label={`${title}: ${formatCount(map.journeys)} journeys`}
            covered={0}
            onSelect={select}
            fold={NO_FOLD}
          />
        )}
        <GraphLegend legend={drawing.legend} comparing={false} />
        <div aria-live="polite">{children}</div>
      </div>
    </ChartFrame>
  );
}
