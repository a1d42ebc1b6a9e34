/**
 * A table that can be sorted by its heads and scrolls inside itself. The twin of every chart, and the list of everything.
 */
import { ScrollArea, Table, UnstyledButton } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { NONE } from "./format.ts";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly align?: "left" | "right";
  /** Raw: what is sorted by and written to CSV. */
  readonly value: (row: Row) => string | number | null;
  /** What is shown; default: the value. */
  readonly format?: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  /** Says what the table holds; read by screen readers, and shown unless `hideCaption`. */
  readonly caption: string;
  readonly hideCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey?: (row: Row, index: number) => string;
  /** Pixels; longer tables scroll. */
  readonly maxHeight?: number;
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b));
}

interface Sorting {
  readonly key: string;
  readonly down: boolean;
}

function useSorted<Row>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  const [sorting, setSorting] = useState<Sorting>();
  const sorted = useMemo(() => {
    const column = columns.find(({ key }) => key === sorting?.key);
    if (!column || !sorting) return rows;
    const factor = sorting.down ? -1 : 1;
    return rows.toSorted((a, b) => factor * compare(column.value(a), column.value(b)));
  }, [columns, rows, sorting]);
  /** First click: numbers fall, words rise; the next turns it round. */
  const sortBy = (column: Column<Row>) =>
    setSorting((old) => ({
      key: column.key,
      down: old?.key === column.key ? !old.down : column.align === "right",
    }));
  return { sorted, sorting, sortBy };
}

export function DataTable<Row>({
  caption,
  hideCaption = false,
  columns,
  rows,
  rowKey,
  maxHeight = 460,
}: DataTableProps<Row>) {
  const { sorted, sorting, sortBy } = useSorted(columns, rows);
  const order = (key: string) => (sorting?.key !== key ? "none" : sorting.down ? "descending" : "ascending");
  return (
    <ScrollArea.Autosize
      mah={maxHeight}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "group", "aria-label": caption }}
    >
      <Table stickyHeader highlightOnHover verticalSpacing={6} horizontalSpacing="sm" fz="sm">
        <Table.Caption style={hideCaption ? { position: "absolute", clipPath: "inset(50%)" } : undefined}>
          {caption}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} scope="col" ta={column.align ?? "left"} aria-sort={order(column.key)}>
                <UnstyledButton fz="sm" fw={600} onClick={() => sortBy(column)}>
                  {column.title}
                  <span aria-hidden>{{ none: "", ascending: " ↑", descending: " ↓" }[order(column.key)]}</span>
                </UnstyledButton>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((row, index) => (
            <Table.Tr key={rowKey?.(row, index) ?? index}>
              {columns.map((column) => (
                <Table.Td key={column.key} ta={column.align ?? "left"}>
                  {column.format ? column.format(row) : (column.value(row) ?? NONE)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
