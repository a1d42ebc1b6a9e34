/**
 * The retention's figures: the heated table of cohorts, and the curve of all of them with its band.
 */
import { Stack, Text } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { heatTableSvg } from "../../../charts/svg-heat-table.ts";
import { Behind, type BehindTarget, useOpenBehind } from "../../../ui/behind.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { type GridRow, HeatGrid } from "../views/heat-grid.tsx";
import { describeCell, nameCohort, nameColumn, type RetentionCell, shortCell } from "./describe-retention.ts";
import { daysOf, type RetentionView } from "./retention-search.ts";

const TITLE = "Who comes back, by when they began";

interface RetentionFigureProps {
  readonly answer: Answer<"retention">;
  readonly view: RetentionView;
}

interface CohortRow {
  readonly name: string;
  /** Null: all cohorts. */
  readonly start: string | null;
  readonly customers: number;
  readonly cells: readonly RetentionCell[];
}

/** Who stands behind a cell, or with no day behind the whole cohort. */
function targetOf(row: CohortRow, view: RetentionView, day?: number): BehindTarget {
  const days = daysOf(view);
  const select = {
    kind: "cohort" as const,
    cohort: view.cohort,
    event: view.event,
    retention: view.kind,
    days,
    start: row.start,
    ...(day === undefined ? {} : { day }),
  };
  const who =
    row.start === null ? "All customers" : `Customers who began in ${row.name.replace("Week of", "the week of")}`;
  return {
    title: day === undefined ? who : `${who} and came back: ${nameColumn(days, days.indexOf(day), view.kind)}`,
    select,
  };
}

function columnsOf(view: RetentionView): readonly Column<CohortRow>[] {
  const days = daysOf(view);
  return [
    { key: "cohort", title: "Began", value: ({ start }) => start ?? "all", format: ({ name }) => name },
    {
      key: "customers",
      title: "Customers",
      align: "right",
      value: ({ customers }) => customers,
      format: (row) => <Behind {...targetOf(row, view)}>{formatCount(row.customers)}</Behind>,
    },
    ...days.flatMap((day, index): Column<CohortRow>[] => {
      const cellOf = ({ cells }: CohortRow) => cells[index];
      const title = nameColumn(days, index, view.kind);
      return [
        {
          key: `share${day}`,
          title,
          align: "right",
          value: (row) => cellOf(row)?.value ?? null,
          format: (row) => {
            const cell = cellOf(row);
            if (!cell || cell.value === null) return "–";
            return <Behind {...targetOf(row, view, day)}>{formatShare(cell.value)}</Behind>;
          },
        },
        {
          key: `interval${day}`,
          title: `${title}: interval and n`,
          value: (row) => {
            const cell = cellOf(row);
            if (!cell || cell.value === null) return "not over yet";
            return describeInterval({ low: cell.low, high: cell.high, unit: "share", n: cell.n });
          },
        },
      ];
    }),
  ];
}

function gridRows(
  rows: readonly CohortRow[],
  view: RetentionView,
  open: (target: BehindTarget) => void,
): readonly GridRow[] {
  const days = daysOf(view);
  const most = Math.max(0.01, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value ?? 0)));
  return rows.map((row) => ({
    key: row.start ?? "all",
    label: row.name,
    kind: row.start === null ? "sum" : "plain",
    cells: [
      {
        text: formatCount(row.customers),
        heat: null,
        title: `${row.name}: ${formatCountOf(row.customers, "customer")}`,
        onOpen: () => open(targetOf(row, view)),
      },
      ...row.cells.map((cell, index) => ({
        text: cell.n < row.customers && cell.value !== null ? `${shortCell(cell)} *` : shortCell(cell),
        heat: cell.value === null ? null : cell.value / most,
        title: describeCell(cell, row.name, nameColumn(days, index, view.kind)),
        unknown: cell.value === null,
        onOpen: cell.value === null || cell.returned === 0 ? undefined : () => open(targetOf(row, view, cell.day)),
      })),
    ],
  }));
}

export function cohortRows({ cohorts, all }: Answer<"retention">, view: RetentionView): CohortRow[] {
  return [
    ...cohorts.map((one) => ({ ...one, name: nameCohort(one.start, view.cohort) })),
    { ...all, name: "All", start: null },
  ];
}

export function RetentionFigure({ answer, view }: RetentionFigureProps) {
  const open = useOpenBehind();
  const days = daysOf(view);
  const rows = cohortRows(answer, view);
  const cells = gridRows(rows, view, open);
  const columns = ["Customers", ...days.map((_, index) => nameColumn(days, index, view.kind))];
  const svg = () =>
    heatTableSvg({
      title: `${TITLE}: ${formatCountOf(answer.all.customers, "customer")}`,
      corner: "Began",
      columns,
      rows: rows.map(({ name, start }, index) => ({
        label: name,
        strong: start === null,
        cells: cells[index]?.cells ?? [],
      })),
    });
  return (
    <ChartFrame
      title={TITLE}
      name="retention"
      description="Of the customers whose day is over, the share that came back. Hatched: nobody has got that far yet."
      total={
        <span data-testid="customer-total" data-customers={answer.all.customers}>
          <strong>{formatCountOf(answer.all.customers, "customer")}</strong> in{" "}
          {formatCountOf(answer.cohorts.length, "cohort")}; days in {answer.zone}
        </span>
      }
      table={{ columns: columnsOf(view), rows }}
      svg={svg}
    >
      <Stack gap="xs">
        <HeatGrid caption={TITLE} corner="Began" columns={columns} rows={cells} />
        <Text size="xs" c="dimmed">
          * Only a part of the cohort has got that far. Point at a cell for its interval and n. Arrow keys walk from
          cell to cell; Enter or a click shows who came back.
        </Text>
      </Stack>
    </ChartFrame>
  );
}
