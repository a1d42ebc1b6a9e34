/**
 * The contest on the hold-out: every model and every simple rule with its errors, the chosen one marked; its parameters in a fold.
 */
import { Badge, Group, Stack, Text } from "@mantine/core";
import { MODEL_WORDS } from "../../../../../src/domain/repurchase-words.ts";
import { drawBreakdown } from "../../../../charts/svg-breakdown.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import { type Column, DataTable } from "../../../../ui/data-table.tsx";
import { formatCountOf, formatDecimal } from "../../../../ui/format.ts";
import { Whole } from "../views/numbers.tsx";
import { formatDate, formatParameter, type RepurchaseReport } from "../views/repurchase-words.ts";
import { ALL_SCORES, DECIDING, type ModelRow, toModelRows } from "./model-rows.ts";

const TITLE = "Which model does best on your data";

function NameCell({ row }: { readonly row: ModelRow }) {
  return (
    <Stack gap={2} miw={190} maw={330}>
      <Group gap={6}>
        <Text span size="sm" fw={row.chosen ? 650 : 500}>
          {row.name}
        </Text>
        {row.chosen && (
          <Badge size="sm" tt="none" variant="light" color="teal">
            ✓ chosen
          </Badge>
        )}
        {row.simple && (
          <Badge size="sm" tt="none" variant="light" color="gray">
            simple rule
          </Badge>
        )}
      </Group>
      <Text span size="xs" c="dimmed">
        {row.means}
      </Text>
    </Stack>
  );
}

const SHOWN: readonly Column<ModelRow>[] = [
  { key: "name", title: "Model", value: ({ name }) => name, format: (row) => <NameCell row={row} /> },
  ...DECIDING.map((column) => ({ ...column, format: (row: ModelRow) => <Whole>{column.format?.(row)}</Whole> })),
];

interface ParameterRow {
  readonly key: string;
  readonly model: string;
  readonly name: string;
  readonly value: number;
  readonly error: number | null;
  readonly range: string;
}

function toParameterRows({ models }: RepurchaseReport): readonly ParameterRow[] {
  return models.flatMap(({ id, parameters, standardErrors, intervals }) =>
    Object.entries(parameters).map(([name, value]) => {
      const range = intervals?.[name];
      const high = range?.high === null ? "no upper end" : range && formatParameter(range.high);
      return {
        ...{ key: `${id} ${name}`, model: MODEL_WORDS[id].name, name, value, error: standardErrors[name] ?? null },
        range: range ? `${formatParameter(range.low)} to ${high}` : "–",
      };
    }),
  );
}

const PARAMETERS: readonly Column<ParameterRow>[] = [
  { key: "model", title: "Model", value: ({ model }) => model },
  { key: "name", title: "Parameter", value: ({ name }) => name },
  {
    ...{ key: "value", title: "Value", align: "right" },
    value: ({ value }) => value,
    format: ({ value }) => <Whole>{formatParameter(value)}</Whole>,
  },
  {
    ...{ key: "error", title: "Standard error", align: "right" },
    value: ({ error }) => error,
    format: ({ error }) => <Whole>{error === null ? "–" : formatParameter(error)}</Whole>,
  },
  { key: "range", title: "95 % interval", value: ({ range }) => range, format: ({ range }) => <Whole>{range}</Whole> },
];

function Fold({ report }: { readonly report: RepurchaseReport }) {
  const bounded = report.models.filter(({ boundary }) => boundary !== null);
  return (
    <details>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        Parameters and their intervals
      </Text>
      <Text size="xs" c="dimmed" my="xs">
        Times are in weeks. Intervals (by profile likelihood) are of the chosen model; all were fitted on{" "}
        {report.calibration && `${formatDate(report.calibration.from)} to ${formatDate(report.calibration.to)}`}.
        {bounded.map(({ id, boundary }) => ` ${MODEL_WORDS[id].name}: ${boundary}`).join("")}
      </Text>
      <DataTable
        caption="Parameters"
        hideCaption
        columns={PARAMETERS}
        rows={toParameterRows(report)}
        rowKey={({ key }) => key}
      />
    </details>
  );
}

export function ModelsFigure({ report }: { readonly report: RepurchaseReport }) {
  const { holdout, customers } = report;
  const rows = toModelRows(report);
  if (!holdout || rows.length === 0) return null;
  const svg = () =>
    drawBreakdown({
      title: `${TITLE}: RMSE on the hold-out, the shorter the better`,
      rows: rows.map(({ name, chosen, scores }) => {
        return { label: chosen ? `${name} (chosen)` : name, value: scores.rmse, low: null, high: null, n: customers };
      }),
      format: (value) => formatDecimal(value, 3),
    });
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-models"
      description={`Each was fitted on what came before and forecast ${formatDate(holdout.from)} to ${formatDate(holdout.to)}. RMSE and deviance are errors, the smaller the better; AUC says how well it ranks (0.5 is chance, 1 perfect); the top tenth is the share of orders of those it ranked highest.`}
      total={`${formatCountOf(customers, "customer")} with ${formatCountOf(report.patterns, "different history", "different histories")}, ${formatCountOf(holdout.actual, "order")} in the hold-out. The first is the one with the smallest RMSE.`}
      table={{ columns: ALL_SCORES, rows }}
      svg={svg}
    >
      <Stack gap="sm">
        <DataTable caption={TITLE} hideCaption columns={SHOWN} rows={rows} rowKey={({ key }) => key} maxHeight={640} />
        <Fold report={report} />
      </Stack>
    </ChartFrame>
  );
}
