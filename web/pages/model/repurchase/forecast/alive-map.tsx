/**
 * Who is likely to be a customer still: by how long ago they ordered and how often, as a table with heat. A cell leads to its customers.
 */
import { Stack, Text } from "@mantine/core";
import { heatTableSvg } from "../../../../charts/svg-heat-table.ts";
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../../ui/format.ts";
import { HeatGrid } from "../../../map/views/heat-grid.tsx";
import { NO_CUSTOMERS } from "../repurchase-search.ts";
import { formatMean, type RepurchaseReport } from "../views/repurchase-words.ts";
import { type AliveCell, describeCell, nameOrders, nameSince, shortCell, toAliveGrid } from "./alive-grid.ts";

const TITLE = "Who is still a customer";

const COLUMNS: readonly Column<AliveCell>[] = [
  { key: "since", title: "Last order ago", value: ({ sinceFrom }) => sinceFrom, format: nameSince },
  { key: "orders", title: "Orders", value: ({ ordersFrom }) => ordersFrom, format: nameOrders },
  {
    ...{ key: "alive", title: "Still a customer", align: "right" },
    value: ({ alive }) => alive,
    format: ({ alive }) => formatShare(alive),
  },
  {
    ...{ key: "expected", title: "Expected orders, mean", align: "right" },
    value: ({ expected }) => expected,
    format: ({ expected }) => formatMean(expected),
  },
  {
    ...{ key: "customers", title: "Customers", align: "right" },
    value: ({ customers }) => customers,
    format: ({ customers }) => formatCount(customers),
  },
];

export function AliveMap({ report }: { readonly report: RepurchaseReport }) {
  const set = useSetSearch();
  const { aliveMap } = report;
  if (aliveMap.length === 0) return null;
  const grid = toAliveGrid(aliveMap);
  const openCell = ({ sinceFrom, sinceTo, ordersFrom, ordersTo }: AliveCell) =>
    set({
      ...NO_CUSTOMERS,
      ...{ side: "customers", sinceFrom, sinceTo: sinceTo ?? undefined, ordersFrom, ordersTo: ordersTo ?? undefined },
    });
  const rows = grid.rows.map(({ label, cells }) => ({
    key: label,
    label,
    cells: cells.map((cell) =>
      cell
        ? { text: shortCell(cell), heat: cell.alive, title: describeCell(cell), onOpen: () => openCell(cell) }
        : { text: "–", heat: null, title: "nobody" },
    ),
  }));
  const customers = aliveMap.reduce((sum, cell) => sum + cell.customers, 0);
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-alive-map"
      description="The probability that a customer has not left for good, by how long ago the last order was (downwards) and how many there were (across): who ordered often and then fell silent is gone sooner than who ordered rarely."
      total={`${formatCountOf(customers, "customer")}, at the end of the data.`}
      table={{ columns: COLUMNS, rows: aliveMap }}
      svg={() =>
        heatTableSvg({
          title: `${TITLE}: probability · customers`,
          corner: "Last order ago",
          columns: grid.columns,
          rows,
        })
      }
    >
      <Stack gap="xs">
        <HeatGrid caption={TITLE} corner="Last order ago" columns={grid.columns} rows={rows} />
        <Text size="xs" c="dimmed">
          In a cell: the probability, then how many customers. A click or Enter shows who they are; arrow keys walk from
          cell to cell.
        </Text>
      </Stack>
    </ChartFrame>
  );
}
