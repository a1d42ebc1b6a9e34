/**
 * What people should know of an import: how Waymark took something, and what it had to leave out and why.
 */
import { Alert, List } from "@mantine/core";
import type { Answer } from "../../api/types.ts";
import { formatCountOf } from "../../ui/format.ts";

type Report = Answer<"import">["imports"][number];

export function ImportNotes({ report }: { readonly report: Report }) {
  const notes = [...new Set([...report.mapping.notes, ...report.warnings])];
  if (notes.length === 0 && report.rejects.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" mt="sm" title="To know">
      <List size="sm">
        {notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
        {report.rejects.map(({ field, reason, records }) => (
          <List.Item key={`${field} ${reason}`}>
            {formatCountOf(records, "record")} rejected, field {field}: {reason}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
