/**
 * Every check with its n, also those that found nothing; and the share of unknown customers month by month.
 */
import { Paper, Title } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";

type Check = Answer<"quality">["checked"][number];
type Month = Answer<"quality">["unknownByMonth"][number];

const CHECKS: readonly Column<Check>[] = [
  { key: "title", title: "Check", value: ({ title }) => title },
  {
    key: "findings",
    title: "Found",
    align: "right",
    value: ({ findings }) => findings,
    format: ({ n, findings }) => (findings > 0 ? formatCount(findings) : n === 0 ? "not checked" : "nothing"),
  },
  {
    key: "n",
    title: "Looked at",
    align: "right",
    value: ({ n }) => n,
    format: ({ n, unit }) => `${formatCount(n)} ${n === 1 ? unit.replace(/s\b/u, "") : unit}`,
  },
  { key: "note", title: "Note", value: ({ note }) => note, format: ({ note }) => note ?? "" },
];

export function ChecksTable({ checked }: { readonly checked: readonly Check[] }) {
  return (
    <DataTable
      caption="Every check, of how many, and what it found"
      hideCaption
      columns={CHECKS}
      rows={checked}
      rowKey={({ kind }) => kind}
      maxHeight={2_000}
    />
  );
}

const MONTHS: readonly Column<Month>[] = [
  { key: "month", title: "Month", value: ({ month }) => month },
  {
    key: "events",
    title: "Events",
    align: "right",
    value: ({ events }) => events,
    format: ({ events }) => formatCount(events),
  },
  {
    key: "unknown",
    title: "Of unknown customers",
    align: "right",
    value: ({ unknown }) => unknown,
    format: ({ unknown }) => formatCount(unknown),
  },
  {
    key: "share",
    title: "Share",
    align: "right",
    value: ({ share }) => share,
    format: ({ share }) => formatShare(share),
  },
];

export function MonthsTable({ months }: { readonly months: readonly Month[] }) {
  return (
    <Paper withBorder p="md" component="section" aria-label="Unknown customers by month">
      <Title order={2} mb="xs">
        Unknown customers by month
      </Title>
      <DataTable
        caption="Events of customers known by an anonymous id only, by month"
        hideCaption
        columns={MONTHS}
        rows={months}
        rowKey={({ month }) => month}
      />
    </Paper>
  );
}
