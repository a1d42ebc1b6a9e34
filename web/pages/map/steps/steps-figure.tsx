/**
 * The step matrix' figure: the heated table, its plain twin, its exports.
 */
import { Group, Stack, Text } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { heatTableSvg } from "../../../charts/svg-heat-table.ts";
import { Behind, useOpenBehind } from "../../../ui/behind.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../ui/format.ts";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { Choice, numberOptions } from "../views/choice.tsx";
import { type GridRow, HeatGrid } from "../views/heat-grid.tsx";
import { nameWithTotal } from "../views/name-with-total.ts";
import { TouchpointChip } from "../views/touchpoint-chip.tsx";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import { rankSteps, type StepRow } from "./step-rows.ts";
import type { StepsView } from "./steps-search.ts";

const TITLE = "Where journeys are at each step";

interface StepsFigureProps {
  readonly answer: Answer<"steps">;
  readonly view: StepsView;
  readonly setView: (change: Partial<StepsView>) => void;
}

function titleOf(row: StepRow, step: number): string {
  if (row.kind === "ended") return `Journeys that end before step ${step}`;
  return row.kind === "sum" ? "All journeys" : `Journeys with ${row.label} at step ${step}`;
}

/** "<0.1 %" instead of a zero that is none. */
function shortShare(share: number): string {
  return share > 0 && share < 0.0005 ? "<0.1 %" : formatShare(share);
}

function columnsOf(rows: readonly StepRow[]): readonly Column<StepRow>[] {
  const steps = rows[0]?.counts.length ?? 0;
  return [
    { key: "touchpoint", title: "Touchpoint", value: ({ label }) => label },
    ...Array.from({ length: steps }, (_, column): Column<StepRow> => {
      return {
        key: `step${column}`,
        title: `Step ${column + 1}`,
        align: "right",
        value: ({ counts }) => counts[column] ?? 0,
        format: (row) => {
          const [select, count] = [row.select(column), formatCount(row.counts[column] ?? 0)];
          if (!select) return count;
          return (
            <Behind title={titleOf(row, column + 1)} select={select}>
              {count}
            </Behind>
          );
        },
      };
    }),
  ];
}

function useGridRows(answer: Answer<"steps">, rows: readonly StepRow[], show: StepsView["show"]): readonly GridRow[] {
  const { stageOf } = useTouchpoints();
  const open = useOpenBehind();
  const most = Math.max(1, ...rows.filter(({ kind }) => kind !== "sum").flatMap(({ counts }) => counts));
  return rows.map((row) => ({
    key: row.kind === "touchpoint" ? `= ${row.label}` : row.kind,
    label: row.kind === "touchpoint" ? <TouchpointChip touchpoint={row.label} stage={stageOf(row.label)} /> : row.label,
    kind: row.kind === "sum" ? "sum" : "plain",
    cells: row.counts.map((count, column) => {
      const share = count / answer.journeys;
      const select = row.select(column);
      const name = titleOf(row, column + 1);
      return {
        text: count === 0 ? "" : show === "count" ? formatCount(count) : shortShare(share),
        heat: row.kind === "sum" ? null : count / most,
        title: `${name}: ${formatCountOf(count, "journey")}, ${shortShare(share)}`,
        onOpen: select && (() => open({ title: name, select })),
      };
    }),
  }));
}

export function StepsFigure({ answer, view, setView }: StepsFigureProps) {
  const rows = rankSteps(answer, view.top);
  const columns = answer.steps.map(({ step }) => `Step ${step}`);
  const gridRows = useGridRows(answer, rows, view.show);
  const svg = () =>
    heatTableSvg({
      title: nameWithTotal(TITLE, answer),
      corner: "Touchpoint",
      columns,
      rows: rows.map(({ label, kind }, index) => ({
        label,
        strong: kind === "sum",
        cells: gridRows[index]?.cells ?? [],
      })),
    });
  return (
    <ChartFrame
      title={TITLE}
      name="steps"
      description="Each column adds up to all journeys. Darker cells hold more of them."
      total={<JourneyTotal answer={answer} />}
      table={{ columns: columnsOf(rows), rows }}
      svg={svg}
      controls={<StepsControls view={view} setView={setView} />}
    >
      <Stack gap="xs">
        <HeatGrid caption={TITLE} corner="Touchpoint" columns={columns} rows={gridRows} />
        <Text size="xs" c="dimmed">
          Arrow keys walk from cell to cell; Enter or a click shows who is there.
        </Text>
      </Stack>
    </ChartFrame>
  );
}

function StepsControls({ view, setView }: Pick<StepsFigureProps, "view" | "setView">) {
  return (
    <Group gap="lg">
      <Choice
        label="Steps"
        value={view.steps}
        options={numberOptions([5, 8, 10, 15, 20, 30], view.steps)}
        onChange={(steps) => setView({ steps })}
      />
      <Choice
        label="Touchpoints listed"
        value={view.top}
        options={numberOptions([10, 15, 25, 50, 500], view.top)}
        onChange={(top) => setView({ top })}
      />
      <Choice
        label="Cells show"
        value={view.show}
        options={[
          { value: "share", label: "share of all journeys" },
          { value: "count", label: "journeys" },
        ]}
        onChange={(show) => setView({ show })}
      />
    </Group>
  );
}
