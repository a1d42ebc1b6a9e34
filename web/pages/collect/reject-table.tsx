/**
 * The first records of a group of rejects, with cells to correct: those at fault, or all where the record's form is.
 */
import { Button, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatCount } from "../../ui/format.ts";
import { type Edits, orderColumns, REST, type RejectGroup, textOf } from "./reject-edits.ts";

const STEP = 20;

interface RejectTableProps {
  readonly group: RejectGroup;
  readonly columns: readonly string[];
  readonly edits: Edits;
  readonly onEdit: (record: number, column: string, before: string, text: string) => void;
}

const title = (column: string): string => (column === REST ? "in no column" : column);

export function RejectTable({ group, columns, edits, onEdit }: RejectTableProps) {
  const [shown, setShown] = useState(STEP);
  const { rows, reason } = group;
  const ordered = orderColumns(group, columns);
  const isEditable = (column: string) => group.columns.length === 0 || group.columns.includes(column);
  const several = new Set(rows.map(({ file }) => file)).size > 1;
  return (
    <>
      <Table.ScrollContainer minWidth={480} maxHeight={420}>
        <Table verticalSpacing={4} aria-label={`Records rejected because ${reason}`} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {several && <Table.Th>File</Table.Th>}
              <Table.Th ta="right">Line</Table.Th>
              {ordered.map((column) => (
                <Table.Th key={column}>{title(column)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shown).map((row) => (
              <Table.Tr key={row.record} data-record={row.record}>
                {several && <Table.Td>{row.file}</Table.Td>}
                <Table.Td ta="right">{row.line}</Table.Td>
                {ordered.map((column) => {
                  const before = textOf(row, columns, column);
                  return (
                    <Table.Td key={column}>
                      {row.editable && isEditable(column) ? (
                        <TextInput
                          size="xs"
                          miw={120}
                          aria-label={`${title(column)}, line ${row.line}`}
                          value={edits[row.record]?.[column] ?? before}
                          onChange={({ currentTarget }) => onEdit(row.record, column, before, currentTarget.value)}
                        />
                      ) : (
                        <Text size="sm" maw={260} truncate title={before}>
                          {before}
                        </Text>
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length > shown && (
        <Button size="compact-sm" variant="default" onClick={() => setShown(shown + STEP * 3)}>
          Show more of {formatCount(rows.length)} records
        </Button>
      )}
      {group.records > rows.length && (
        <Text size="sm" c="dimmed">
          The first {formatCount(rows.length)} of {formatCount(group.records)} records are shown. A change in all
          records, and the CSV, reach the others too.
        </Text>
      )}
    </>
  );
}
