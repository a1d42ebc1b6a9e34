/**
 * The graph with all that belongs to it: switches, window, legend, details, what is not shown, and what can be taken away.
 */
import { ActionIcon, Text, Tooltip } from "@mantine/core";
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from "@tabler/icons-react";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import { svgGraph } from "../../../charts/svg-graph.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount } from "../../../ui/format.ts";
import { JourneyTotal, type Totals } from "../../../ui/journey-total.tsx";
import { windowHeight } from "./canvas-layout.ts";
import { describeShown } from "./describe-view.ts";
import classes from "./graph-canvas.module.css";
import { GraphCanvas } from "./graph-canvas.tsx";
import { GraphControls } from "./graph-controls.tsx";
import type { Place } from "./graph-focus.ts";
import { GraphLegend } from "./graph-legend.tsx";
import { type MapAnswer, stageTitle } from "./graph-model.ts";
import type { GraphView, SetGraphView } from "./graph-search.ts";
import { ComparedSteps, Details, hasDetails } from "./graph-side.tsx";
import { graphColumns, graphRows } from "./graph-tables.ts";
import { type GraphInput, useDrawing, useSelectedGraph } from "./use-graph.ts";

export interface GraphFigureProps extends GraphInput {
  readonly answer: MapAnswer & Totals;
  readonly setView: SetGraphView;
  /** The scope in words, for what is taken away. */
  readonly scopeText: string;
}

/** What the panel covers of the window, with its margins. */
const PANEL = 340;
/** Width from which the differences stand beside the graph; in less room they stand under it and the graph stays large. */
const SIDE_BY_SIDE = 1300;

function FoldButton({
  stage,
  folded,
  onFold,
}: {
  readonly stage: string;
  readonly folded: boolean;
  readonly onFold: () => void;
}) {
  const label = folded ? `Show the touchpoints of ${stageTitle(stage)}` : `Fold ${stageTitle(stage)} into one`;
  const Icon = folded ? IconArrowsDiagonal : IconArrowsDiagonalMinimize2;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" className="nopan" aria-label={label} onClick={onFold}>
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Callbacks that keep their identity, so that drawing again is left out. */
function useActions(view: GraphView, setView: SetGraphView) {
  const { by, folded } = view;
  const select = useCallback(
    (place: Place | undefined) => {
      if (!place) setView({ node: undefined, edge: undefined });
      else if ("node" in place) setView({ node: place.node, edge: undefined });
      else setView({ edge: JSON.parse(place.edge) as [string, string], node: undefined });
    },
    [setView],
  );
  const fold = useCallback(
    (stage: string): ReactNode => {
      if (by === "stage") return null;
      const isFolded = folded.includes(stage);
      const next = isFolded ? folded.filter((one) => one !== stage) : [...folded, stage];
      const onFold = () => setView({ folded: next.length === 0 ? undefined : next, node: undefined, edge: undefined });
      return <FoldButton stage={stage} folded={isFolded} onFold={onFold} />;
    },
    [by, folded, setView],
  );
  return { select, fold };
}

function useRoom(comparing: boolean) {
  const { ref, width } = useElementSize();
  const { height: viewport } = useViewportSize();
  const beside = comparing && width >= SIDE_BY_SIDE;
  const room = {
    width: Math.max(280, (width || 1000) - (beside ? PANEL : 0) - 2),
    height: Math.min(900, Math.max(520, viewport - 120)),
  };
  return { ref, room, beside, wide: width >= 760, measured: width > 0 };
}

export function GraphFigure(props: GraphFigureProps) {
  const { answer, compared, view, setView, scopeText } = props;
  const comparing = compared !== undefined;
  const { ref, room, beside, wide, measured } = useRoom(comparing);
  const whole = useSelectedGraph(props);
  const { graph, selection, selected } = whole;
  const { drawing, direction, layout, arrange, name } = useDrawing(whole, view, room);
  const { select, fold } = useActions(view, setView);
  const rows = useMemo(() => graphRows(graph, selection, compared, view.by), [graph, selection, compared, view.by]);
  const details = hasDetails(graph, selected);
  const over = wide && !beside;
  const side = { graph, selected, compared, view, setView };
  const stage = useRef<HTMLDivElement>(null);
  const showOnGraph: SetGraphView = (change) => {
    setView(change);
    stage.current?.scrollIntoView({ block: "nearest" });
  };
  const shown = describeShown(graph, selection, view.by);
  const title = `The measured journey${comparing ? ", compared" : ""}`;
  return (
    <ChartFrame
      title={title}
      name="measured-journey"
      description={shown}
      total={<JourneyTotal answer={answer} />}
      table={{ columns: graphColumns(comparing), rows }}
      svg={() => svgGraph(drawing, title, `${scopeText}. ${shown}`)}
      controls={
        <GraphControls
          view={view}
          setView={setView}
          detail={selection.detail}
          arrange={arrange}
          comparing={comparing}
        />
      }
    >
      <div ref={ref} className={classes.place}>
        <div className={classes.whole} data-side={beside || undefined}>
          <div ref={stage} className={classes.stage} data-over={over || undefined}>
            {measured && (
              <GraphCanvas
                drawing={drawing}
                direction={direction}
                edges={selection.edges}
                height={windowHeight({ layout, direction }, room)}
                selected={selected}
                name={name}
                label={`${title}: ${formatCount(answer.journeys)} journeys`}
                covered={details && over ? PANEL : 0}
                onSelect={select}
                fold={fold}
              />
            )}
            {details && !beside && (
              <div className={classes.over}>
                <Details {...side} />
              </div>
            )}
          </div>
          {comparing && (
            <div className={classes.aside}>
              {beside && <Details {...side} />}
              <ComparedSteps {...side} setView={showOnGraph} />
            </div>
          )}
        </div>
        <GraphLegend legend={drawing.legend} comparing={comparing} />
        {selection.nodes.length <= 2 && <Text size="sm">Nothing but start and end is left here.</Text>}
      </div>
    </ChartFrame>
  );
}
