/**
 * The first events as they would come in.
 */
import type { Answer } from "../../api/types.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatDecimal } from "../../ui/format.ts";

type Event = Answer<"import">["imports"][number]["preview"][number];

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

const ALL: readonly Column<Event>[] = [
  {
    key: "time",
    title: "Time (UTC)",
    value: (event) => event.time,
    format: ({ time }) => time.replace("T", " ").replace(/\.000Z$|Z$/u, ""),
  },
  {
    key: "customer",
    title: "Customer",
    value: (event) => event.customer,
    format: ({ customer }) => clip(customer, 18) || "nobody",
  },
  { key: "touchpoint", title: "Touchpoint", value: (event) => event.touchpoint },
  { key: "channel", title: "Channel", value: (event) => event.channel || null },
  {
    key: "value",
    title: "Value",
    align: "right",
    value: (event) => event.value,
    format: ({ value, currency }) => (value === null ? "–" : `${formatDecimal(value)} ${currency}`),
  },
  { key: "score", title: "Score", align: "right", value: (event) => event.score },
  {
    key: "objects",
    title: "Objects",
    value: (event) => event.objects.map(({ type, id }) => `${type} ${clip(id, 14)}`).join(", ") || null,
  },
  {
    key: "properties",
    title: "Properties",
    value: (event) =>
      clip(
        Object.entries(event.properties)
          .map(([name, value]) => `${name}: ${value}`)
          .join(", "),
        90,
      ) || null,
  },
];

/** Columns in which no event has anything say nothing. */
export function PreviewTable({ events }: { readonly events: readonly Event[] }) {
  if (events.length === 0) return null;
  const columns = ALL.filter(({ key, value }) => key === "customer" || events.some((event) => value(event) !== null));
  return (
    <DataTable
      caption="The first events as they would come in"
      hideCaption
      columns={columns}
      rows={events}
      rowKey={(event, index) => `${event.record}-${index}`}
      maxHeight={720}
    />
  );
}
