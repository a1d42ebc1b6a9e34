/**
 * How much effort timeboxes of this initiative delivered, and what that says of this one: with range and n.
 */
import { Stack, Text } from "@mantine/core";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { Section } from "../initiative/section.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { useTimebox } from "./timebox-context.ts";
import { describeForecast, describeVelocity, formatAmount, sumCounted } from "./timebox-words.ts";

interface Closed {
  readonly title: string;
  readonly end: string;
  readonly capacity: number;
  readonly planned: number;
  readonly delivered: number;
}

function listClosed(timeboxes: readonly Timebox[]): Closed[] {
  return timeboxes.flatMap(({ title, end, capacity, closeOut }) =>
    closeOut
      ? [{ title, end, capacity, planned: sumCounted(closeOut.planned), delivered: sumCounted(closeOut.delivered) }]
      : [],
  );
}

const number = (key: "capacity" | "planned" | "delivered", title: string): Column<Closed> => ({
  key,
  title,
  align: "right",
  value: (row) => row[key],
  format: (row) => formatAmount(row[key]),
});

const COLUMNS: readonly Column<Closed>[] = [
  { key: "title", title: "Timebox", value: ({ title }) => title },
  { key: "end", title: "End", value: ({ end }) => end, format: ({ end }) => formatPlainDay(end) },
  number("capacity", "Capacity"),
  number("planned", "Planned"),
  number("delivered", "Delivered"),
];

export function VelocityPart() {
  const { report, facts, initiative, timebox } = useTimebox();
  const { effortUnit: unit, timeboxes } = initiative;
  const closed = listClosed(timeboxes);
  const open = timebox.state === "planned" || timebox.state === "running";
  return (
    <Section title="Velocity and forecast">
      <Stack gap={4}>
        <Text size="sm" data-testid="velocity">
          {describeVelocity(report.velocity, unit)}
        </Text>
        {open && (
          <Text size="sm" data-testid="forecast">
            This timebox: {describeForecast(facts.forecast, sumCounted(facts.effort), unit)}
          </Text>
        )}
      </Stack>
      {closed.length > 0 && (
        <DataTable caption={`Closed timeboxes of this initiative, effort in ${unit}`} columns={COLUMNS} rows={closed} />
      )}
    </Section>
  );
}
