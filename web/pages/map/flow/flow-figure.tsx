/**
 * The flow's figure: the diagram in the width there is, its table, its exports.
 */
import { Group, ScrollArea, Stack } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import type { Answer } from "../../../api/types.ts";
import { layoutSankey } from "../../../charts/sankey-layout.ts";
import { sankeySvg } from "../../../charts/svg-sankey.ts";
import { useOpenBehind } from "../../../ui/behind.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { Choice, numberOptions } from "../views/choice.tsx";
import { nameWithTotal } from "../views/name-with-total.ts";
import { StageLegend } from "../views/stage-legend.tsx";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import type { FlowView } from "./flow-search.ts";
import { flowColumns, flowRows } from "./flow-table.tsx";
import { SankeyChart } from "./sankey-chart.tsx";
import { selectLink, selectNode } from "./select-flow.ts";

const TITLE = "How journeys flow, step by step";
const NARROWEST_STEP = 168;

interface FlowFigureProps {
  readonly answer: Answer<"sankey">;
  readonly view: FlowView;
  readonly setView: (change: Partial<FlowView>) => void;
}

export function FlowFigure({ answer, view, setView }: FlowFigureProps) {
  const { ref, width } = useElementSize();
  const { colorOf, stageOf } = useTouchpoints();
  const open = useOpenBehind();
  const wide = Math.max(width, answer.levels.length * NARROWEST_STEP);
  const layout = useMemo(() => layoutSankey(answer, wide), [answer, wide]);
  const stages = answer.levels.flatMap(({ nodes }) =>
    nodes.filter(({ rest }) => !rest).map(({ touchpoint }) => stageOf(touchpoint)),
  );
  const svg = () =>
    sankeySvg(
      answer,
      { title: nameWithTotal(TITLE, answer), color: colorOf, formatCount, formatShare },
      Math.max(1200, wide),
    );
  return (
    <ChartFrame
      title={TITLE}
      name="flow"
      description="Each column holds all journeys: where they are at that step, and in grey those that had ended before."
      total={<JourneyTotal answer={answer} />}
      table={{ columns: flowColumns(layout, answer.journeys), rows: flowRows(layout) }}
      svg={svg}
      controls={<FlowControls view={view} setView={setView} />}
    >
      <Stack gap="sm">
        <StageLegend stages={stages} />
        <ScrollArea type="auto" viewportRef={ref} offsetScrollbars="x">
          {width > 0 && (
            <SankeyChart
              layout={layout}
              colorOf={colorOf}
              onNode={(node) => open(selectNode(node, layout))}
              onLink={(link) => open(selectLink(link, layout))}
            />
          )}
        </ScrollArea>
      </Stack>
    </ChartFrame>
  );
}

function FlowControls({ view, setView }: Pick<FlowFigureProps, "view" | "setView">) {
  return (
    <Group gap="lg">
      <Choice
        label="Steps"
        value={view.levels}
        options={numberOptions([3, 4, 5, 6, 8, 10, 12], view.levels)}
        onChange={(levels) => setView({ levels })}
      />
      <Choice
        label="Touchpoints named on each step"
        value={view.top}
        options={numberOptions([3, 5, 8, 12, 20, 40], view.top)}
        onChange={(top) => setView({ top })}
      />
    </Group>
  );
}
