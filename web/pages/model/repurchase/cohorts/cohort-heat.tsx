/**
 * Cohorts of buyers by their first order, followed in periods of 30 days: a table with heat.
 */
import { Stack, Text } from "@mantine/core";
import { heatTableSvg } from "../../../../charts/svg-heat-table.ts";
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf } from "../../../../ui/format.ts";
import { Choice } from "../../../map/views/choice.tsx";
import { HeatGrid } from "../../../map/views/heat-grid.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";
import { formatDate } from "../views/repurchase-words.ts";
import {
  type CohortRow,
  type CohortsReport,
  describeCohortCell,
  describeSize,
  formatCell,
  heatOf,
  namePeriod,
  SHOW_WORDS,
  shortSize,
  toCohortRows,
} from "./cohort-rows.ts";

interface CohortHeatProps {
  readonly report: CohortsReport;
  readonly search: RepurchaseSearch;
}

const SHOWS = Object.entries(SHOW_WORDS).map(([value, { choice }]) => {
  return { value: value as RepurchaseSearch["show"], label: choice };
});

function columnsOf(report: CohortsReport, show: RepurchaseSearch["show"]): readonly Column<CohortRow>[] {
  return [
    { key: "cohort", title: "First order in", value: ({ key }) => key, format: ({ name }) => name },
    {
      ...{ key: "customers", title: "Customers", align: "right" },
      value: ({ customers }) => customers,
      format: ({ customers }) => formatCount(customers),
    },
    ...report.all.cells.flatMap(({ period }, index): Column<CohortRow>[] => {
      const numberOf = ({ cells }: CohortRow) => cells[index]?.[show] ?? null;
      const title = namePeriod(period);
      return [
        {
          ...{ key: `value${period}`, title, align: "right", value: numberOf },
          format: (row) => formatCell(numberOf(row), show, report.currency),
        },
        { key: `n${period}`, title: `${title}: n`, align: "right", value: ({ cells }) => cells[index]?.n ?? 0 },
      ];
    }),
  ];
}

/** As wide as the widest cohort: a cohort's later periods are not there yet. */
function gridRows(rows: readonly CohortRow[], report: CohortsReport, show: RepurchaseSearch["show"]) {
  const heat = heatOf(rows, show);
  return rows.map((row) => ({
    key: row.key,
    label: row.name,
    kind: row.key === "all" ? ("sum" as const) : ("plain" as const),
    cells: [
      { text: shortSize(row), heat: null, title: describeSize(row) },
      ...report.all.cells.map(({ period }, index) => {
        const cell = row.cells[index];
        if (!cell)
          return { text: "–", heat: null, unknown: true, title: `${row.name}, ${namePeriod(period)}: not over yet` };
        const part = cell.n < row.customers && cell[show] !== null ? " *" : "";
        return {
          text: `${formatCell(cell[show], show, report.currency)}${part}`,
          heat: heat(cell[show]),
          unknown: cell[show] === null,
          title: describeCohortCell(cell, row.name, show, report.currency),
        };
      }),
    ],
  }));
}

function Controls({ search }: Pick<CohortHeatProps, "search">) {
  const set = useSetSearch();
  return (
    <>
      <Choice
        label="Cohorts by"
        value={search.cohort}
        options={[
          { value: "month", label: "month" },
          { value: "quarter", label: "quarter" },
        ]}
        onChange={(cohort) => set({ cohort })}
      />
      <Choice label="Show" value={search.show} options={SHOWS} onChange={(show) => set({ show })} />
    </>
  );
}

export function CohortHeat({ report, search }: CohortHeatProps) {
  const { show } = search;
  const { title, says } = SHOW_WORDS[show];
  const rows = toCohortRows(report);
  const cells = gridRows(rows, report, show);
  const columns = ["Customers", ...report.all.cells.map(({ period }) => namePeriod(period))];
  return (
    <ChartFrame
      title={title}
      name={`repurchase-cohorts-${show}`}
      description={`${says} Periods of 30 days count from each customer’s own first order, so that cohorts can be compared. Hatched: nobody has got that far yet.`}
      total={`${formatCountOf(report.all.customers, "customer")} in ${formatCountOf(report.cohorts.length, "cohort")}; data until ${formatDate(report.endOfData)}.`}
      table={{ columns: columnsOf(report, show), rows }}
      svg={() =>
        heatTableSvg({
          ...{ title, corner: "First order in", columns },
          rows: cells.map(({ label, kind, cells: drawn }) => ({ label, strong: kind === "sum", cells: drawn })),
        })
      }
      controls={<Controls search={search} />}
    >
      <Stack gap="xs">
        <HeatGrid caption={title} corner="First order in" columns={columns} rows={cells} />
        <Text size="xs" c="dimmed">
          * Only a part of the cohort has got that far. Point at a cell for its n and interval.
        </Text>
      </Stack>
    </ChartFrame>
  );
}
