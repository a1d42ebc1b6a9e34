/**
 * Who will buy again: the customers with the most expected orders first, by segment, state or a cell of the alive map.
 */
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { LIFECYCLE_STATES, SEGMENTS } from "../../../../../src/domain/repurchase-words.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useScope, useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { formatCount, formatCountOf } from "../../../../ui/format.ts";
import { Choice, numberOptions } from "../../../map/views/choice.tsx";
import { nameOrders, nameSince } from "../forecast/alive-grid.ts";
import {
  customersQuestion,
  NO_CUSTOMERS,
  type RepurchaseSearch,
  repurchaseSearchSchema,
} from "../repurchase-search.ts";
import { LackNote } from "../views/lack-note.tsx";
import { describeBackTest, describeDays, formatDate } from "../views/repurchase-words.ts";
import { SpanChoices } from "../views/span-choices.tsx";
import { WarningList } from "../views/warnings.tsx";
import { allColumns, type CustomersReport, shownColumns } from "./customer-columns.tsx";

const TITLE = "Customers by expected orders";
const ANY = "any";

/** "last order 30–59 days ago, 2 orders"; "" without a cell. */
function describeCellOf({ sinceFrom, sinceTo, ordersFrom, ordersTo }: RepurchaseSearch): string {
  const since =
    sinceFrom === undefined && sinceTo === undefined
      ? []
      : [`last order ${nameSince({ sinceFrom: sinceFrom ?? 0, sinceTo: sinceTo ?? null })} ago`];
  const orders =
    ordersFrom === undefined && ordersTo === undefined
      ? []
      : [nameOrders({ ordersFrom: ordersFrom ?? 1, ordersTo: ordersTo ?? null })];
  return [...since, ...orders].join(", ");
}

function Controls({ search }: { readonly search: RepurchaseSearch }) {
  const set = useSetSearch();
  const cell = describeCellOf(search);
  const withAny = (values: readonly string[]) => [ANY, ...values].map((value) => ({ value, label: value }));
  const read = (value: string) => (value === ANY ? undefined : value);
  return (
    <Paper component="section" aria-label="Which customers" withBorder px="sm" py="xs">
      <Group gap="lg">
        <Choice
          label="Segment"
          value={search.segment ?? ANY}
          options={withAny(SEGMENTS)}
          onChange={(next) => set({ segment: read(next) })}
        />
        <Choice
          label="State"
          value={search.state ?? ANY}
          options={withAny(LIFECYCLE_STATES)}
          onChange={(next) => set({ state: read(next) })}
        />
        <Choice
          label="The first"
          value={search.top}
          options={numberOptions([25, 100, 500, 2_000], search.top)}
          onChange={(top) => set({ top })}
        />
        <SpanChoices search={search} />
        {cell !== "" && (
          <Group gap="xs">
            <Text size="sm">Only: {cell}</Text>
            <Button size="compact-xs" variant="default" onClick={() => set(NO_CUSTOMERS)}>
              Show all
            </Button>
          </Group>
        )}
      </Group>
    </Paper>
  );
}

function NobodyLeft() {
  const set = useSetSearch();
  return (
    <EmptyState
      title="Nobody is in this group"
      actions={
        <Button variant="default" onClick={() => set(NO_CUSTOMERS)}>
          Show all customers
        </Button>
      }
    >
      No customer is in this segment and state with such orders. Take another, or show all.
    </EmptyState>
  );
}

function CustomersFigure({ report, search }: { readonly report: CustomersReport; readonly search: RepurchaseSearch }) {
  const { customers, total, horizonDays, endOfData } = report;
  return (
    <ChartFrame
      title={TITLE}
      name="repurchase-customers"
      description={`Orders within ${describeDays(horizonDays)} from ${formatDate(endOfData)}, the end of the data. The interval holds the number of orders in 95 of 100 cases; “due” is the day by which an order has come with a chance of one half.`}
      total={`${formatCount(customers.length)} of ${formatCountOf(total, "customer")}.`}
      table={{ columns: allColumns(report, search), rows: customers }}
    >
      <DataTable
        caption={TITLE}
        hideCaption
        columns={shownColumns(report, search)}
        rows={customers}
        rowKey={({ customer }) => customer}
        maxHeight={720}
      />
    </ChartFrame>
  );
}

export function CustomersSide() {
  const { input } = useScope();
  const search = useViewSearch(repurchaseSearchSchema);
  const query = useAnswer("repurchase-customers", customersQuestion(input, search));
  return (
    <>
      <Controls search={search} />
      <AnswerView
        query={query}
        height={640}
        empty={({ lack }) => (lack === null ? undefined : <LackNote lack={lack} />)}
      >
        {(report) => (
          <Stack gap="md">
            {report.backTest && (
              <Text size="sm" maw={900} data-testid="back-test">
                {describeBackTest(report.backTest, report.chosen)}
              </Text>
            )}
            <WarningList warnings={report.warnings} />
            {report.customers.length === 0 ? <NobodyLeft /> : <CustomersFigure report={report} search={search} />}
          </Stack>
        )}
      </AnswerView>
    </>
  );
}
