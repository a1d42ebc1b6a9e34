/**
 * The measured journey coloured by effect: where the outcome is made, where it is broken, where nothing can be claimed.
 * The graph's own page (map/graph) shows the steps in full; here they are only the ground.
 */
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { useCallback, useMemo } from "react";
import { nameOutcome } from "../../../../src/domain/moment-words.ts";
import type { Answer } from "../../../api/types.ts";
import { svgGraph } from "../../../charts/svg-graph.ts";
import { useScope, useSetSearch } from "../../../scope/use-scope.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount } from "../../../ui/format.ts";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { placeInRoom, type Room, windowHeight } from "../../map/graph/canvas-layout.ts";
import { describeScope } from "../../map/graph/describe-view.ts";
import { drawGraph, suggestArrangement } from "../../map/graph/draw-graph.ts";
import canvas from "../../map/graph/graph-canvas.module.css";
import { GraphCanvas } from "../../map/graph/graph-canvas.tsx";
import type { Place } from "../../map/graph/graph-focus.ts";
import { GraphLegend } from "../../map/graph/graph-legend.tsx";
import { buildGraph, type GraphNode, touchpointId } from "../../map/graph/graph-model.ts";
import { describeEdge, describeNode } from "../../map/graph/graph-words.ts";
import { selectGraph } from "../../map/graph/select-graph.ts";
import type { Report } from "../views/effect-words.ts";
import type { MomentsSearch } from "../views/moments-search.ts";
import { describeEffects, effectMarks, effectsByNode, type TouchpointEffects } from "./effect-marks.ts";
import { NodeEffects } from "./node-effects.tsx";

export type MapData = Answer<"map">;

const LOOKS = { labels: "count", heat: "none" } as const;
const NO_FOLD = () => null;

/** What stands on the map and what it says; placed anew only when one of both changes. */
function useEffectGraph(map: MapData, report: Report, room: Room) {
  const effects = useMemo(() => effectsByNode(report), [report]);
  const graph = useMemo(() => buildGraph(map, { collapsed: [] }), [map]);
  const selection = useMemo(() => {
    const keepNodes = report.claims.map(({ touchpoint }) => touchpointId(touchpoint));
    const present = new Set(graph.nodes.map(({ id }) => id));
    return selectGraph(graph, { detail: undefined, keepNodes: keepNodes.filter((id) => present.has(id)) });
  }, [graph, report]);
  const placed = useMemo(
    () => placeInRoom(selection, suggestArrangement(selection.nodes), { width: room.width, height: room.height }),
    [selection, room.width, room.height],
  );
  const drawing = useMemo(
    () => drawGraph(selection, placed.layout, LOOKS, effectMarks(report, effects)),
    [selection, placed, report, effects],
  );
  return { effects, graph, selection, placed, drawing };
}

function useNames(nodes: readonly GraphNode[], graph: ReturnType<typeof buildGraph>, words: (id: string) => string) {
  return useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
    return (id: string) => {
      const node = byId.get(id);
      const edge = edges.get(id);
      if (node) return describeNode(node, words(id));
      return edge ? describeEdge(edge, (end) => byId.get(end)?.name ?? end) : id;
    };
  }, [nodes, graph, words]);
}

function columnsFor(effects: ReadonlyMap<string, TouchpointEffects>, of: Report["of"]): Column<GraphNode>[] {
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
    {
      key: "effect",
      title: "What was found",
      value: ({ id }) => {
        const own = effects.get(id);
        return own ? describeEffects(own, of) : "not looked at";
      },
    },
  ];
}

export interface EffectMapProps {
  readonly map: MapData;
  readonly report: Report;
  readonly search: MomentsSearch;
}

export function EffectMap({ map, report, search }: EffectMapProps) {
  const scope = useScope();
  const set = useSetSearch();
  const { ref, width } = useElementSize();
  const { height: viewport } = useViewportSize();
  const room = { width: Math.max(280, (width || 1000) - 2), height: Math.min(900, Math.max(520, viewport - 120)) };
  const { effects, graph, selection, placed, drawing } = useEffectGraph(map, report, room);
  const words = useCallback(
    (id: string) => {
      const own = effects.get(id);
      return own ? describeEffects(own, report.of) : "";
    },
    [effects, report.of],
  );
  const name = useNames(graph.nodes, graph, words);
  const select = useCallback(
    (place: Place | undefined) => set({ node: place && "node" in place ? place.node : undefined }, { replace: true }),
    [set],
  );
  const selected = useMemo(() => ({ node: search.node, edge: undefined }), [search.node]);
  const title = `Where ${nameOutcome(report)} is made and broken`;
  return (
    <ChartFrame
      title={title}
      name="moments-on-the-journey"
      description="The measured journey, its touchpoints marked by their strongest effect. Choose one to see all that was found there."
      total={<JourneyTotal answer={map} />}
      table={{ columns: columnsFor(effects, report.of), rows: graph.nodes.filter(({ kind }) => kind === "touchpoint") }}
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
            name={name}
            label={`${title}: ${formatCount(map.journeys)} journeys`}
            covered={0}
            onSelect={select}
            fold={NO_FOLD}
          />
        )}
        <GraphLegend legend={drawing.legend} comparing={false} />
        <div aria-live="polite">
          {search.node !== undefined && (
            <NodeEffects node={search.node} effects={effects.get(search.node)} report={report} search={search} />
          )}
        </div>
      </div>
    </ChartFrame>
  );
}
