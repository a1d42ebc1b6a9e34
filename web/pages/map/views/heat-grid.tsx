/**
 * A real table with heat whose cells open what is behind them. One Tab stop; arrow keys walk from cell to cell.
 * Heat repeats what the cell says in words, so nothing is told by colour alone.
 */
import { ScrollArea, Table, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import classes from "./heat-grid.module.css";
import { walkGrid } from "./walk-grid.ts";

export interface GridCell {
  readonly text: string;
  /** 0 … 1 of the strongest heat; null: none. */
  readonly heat: number | null;
  /** The whole sentence for tooltip and screen reader. */
  readonly title: string;
  /** Hatched: it cannot be known yet. */
  readonly unknown?: boolean;
  readonly onOpen?: (() => void) | undefined;
}

export interface GridRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly kind?: "plain" | "sum" | undefined;
  readonly cells: readonly GridCell[];
}

export interface HeatGridProps {
  readonly caption: string;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}

interface CellProps {
  readonly cell: GridCell;
  readonly at: string;
  readonly stop: boolean;
}

function Cell({ cell, at, stop }: CellProps) {
  const heat = { "--heat": `${Math.round((cell.heat ?? 0) * 62)}%` } as React.CSSProperties;
  if (!cell.onOpen) {
    return (
      <Table.Td className={classes.cell} style={heat} data-unknown={cell.unknown || undefined} title={cell.title}>
        <span className={classes.still}>
          <span aria-hidden>{cell.text}</span>
          <VisuallyHidden>{cell.title}</VisuallyHidden>
        </span>
      </Table.Td>
    );
  }
  return (
    <Table.Td className={classes.cell} style={heat}>
      <UnstyledButton
        className={classes.button}
        data-at={at}
        tabIndex={stop ? 0 : -1}
        title={cell.title}
        aria-label={`${cell.title}. Show who`}
        onClick={cell.onOpen}
      >
        {cell.text}
      </UnstyledButton>
    </Table.Td>
  );
}

/** The first cell that can be opened. */
function firstStop(rows: readonly GridRow[]): string | undefined {
  for (const [row, { cells }] of rows.entries()) {
    const column = cells.findIndex(({ onOpen }) => onOpen !== undefined);
    if (column >= 0) return `${row}/${column}`;
  }
  return undefined;
}

export function HeatGrid({ caption, corner, columns, rows }: HeatGridProps) {
  const [walked, setWalked] = useState<string>();
  const canOpen = (at: string) => {
    const [row = 0, column = 0] = at.split("/").map(Number);
    return rows[row]?.cells[column]?.onOpen !== undefined;
  };
  const stop = walked !== undefined && canOpen(walked) ? walked : firstStop(rows);
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const at = (event.target as HTMLElement).dataset.at;
    const next = at && walkGrid(at, event.key, rows.length, columns.length, canOpen);
    if (!next) return;
    event.preventDefault();
    setWalked(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  return (
    <ScrollArea
      type="auto"
      offsetScrollbars="x"
      // Where no cell can be focused, the table itself must be, to be scrolled by keys.
      viewportProps={stop === undefined ? { tabIndex: 0, role: "group", "aria-label": caption } : {}}
    >
      <Table className={classes.grid} withRowBorders={false} horizontalSpacing={2} verticalSpacing={1} fz="sm">
        <Table.Caption className={classes.caption}>
          {caption}.{stop !== undefined && " Arrow keys walk from cell to cell."}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className={classes.corner}>
              {corner}
            </Table.Th>
            {columns.map((column) => (
              <Table.Th key={column} scope="col" ta="right" px="xs" style={{ whiteSpace: "nowrap" }}>
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={press}>
          {rows.map(({ key, label, kind, cells }, row) => (
            <Table.Tr key={key} data-kind={kind}>
              <Table.Th scope="row" className={classes.label}>
                {label}
              </Table.Th>
              {cells.map((cell, column) => (
                <Cell key={columns[column]} cell={cell} at={`${row}/${column}`} stop={stop === `${row}/${column}`} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
