/**
 * The board of a timebox: what is to do, doing and done by priority, and beside it what is not planned into it.
 * What a move means is move.ts, how it is made by hand use-board-hands.ts, how it is sent use-moves.ts.
 */
import { Alert, Paper, Text, Title, VisuallyHidden } from "@mantine/core";
import { useRef } from "react";
import type { EffortByPriority } from "../../../../../src/domain/dsdm/moscow.ts";
import type { TimeboxFacts } from "../../../../../src/domain/dsdm/report.ts";
import { describeDone, formatEffort } from "../../priority-words.ts";
import { useTimebox } from "../timebox-context.ts";
import classes from "./board.module.css";
import { HELP_ID } from "./board-card.tsx";
import { BoardCell } from "./board-cell.tsx";
import { type Cells, cellKey } from "./board-cells.ts";
import { CardDialog } from "./card-dialog.tsx";
import { sayOver } from "./carry.ts";
import { COLUMN_NAMES, COLUMNS, describePlace, LIST_NAME, ROW_NAMES, ROWS, type Row } from "./move.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { type BoardState, useBoard } from "./use-board.ts";

function Cell({ board, cell, name, shortName, empty }: CellProps) {
  const { cells, hands, blocked, unit, movable } = board;
  const requirements = cells.get(cell) ?? [];
  const holds = (id: number | undefined) => (id !== undefined && requirements.some((one) => one.id === id) ? id : null);
  const { carry, active } = hands;
  return (
    <BoardCell
      {...{ cell, name, shortName, requirements, blocked, unit, movable }}
      active={holds(active)}
      inHand={holds(carry?.requirement)}
      target={carry !== undefined && cellKey(carry.over) === cell}
      {...(empty === undefined ? {} : { empty })}
    />
  );
}

interface CellProps {
  readonly board: BoardState;
  readonly cell: string;
  readonly name: string;
  readonly shortName: string;
  readonly empty?: string;
}

function describeRow(row: Row, { effort, remaining }: TimeboxFacts, board: BoardState): string {
  const sum = (of: EffortByPriority) => of[row];
  if (sum(effort) === 0) return "nothing";
  return `${describeDone(sum(effort) - sum(remaining), sum(effort), board.unit)} done, ${formatEffort(sum(remaining), board.unit)} left`;
}

function BoardRow({ board, row }: { readonly board: BoardState; readonly row: Row }) {
  return (
    <section className={classes.row} aria-label={ROW_NAMES[row]} data-row={row}>
      <div className={classes.rowHead}>
        <Title order={3}>{ROW_NAMES[row]}</Title>
        <Text size="xs" c="dimmed">
          {describeRow(row, board.facts, board)}
        </Text>
      </div>
      <div className={classes.columns}>
        {COLUMNS.map((column) => (
          <Cell
            key={column}
            board={board}
            cell={cellKey({ row, column })}
            name={describePlace({ row, column })}
            shortName={COLUMN_NAMES[column]}
          />
        ))}
      </div>
    </section>
  );
}

/** Rows that are shown on a board where nothing moves any more, even without a card. */
const ASKED_ROWS: readonly Row[] = ["must", "should", "could"];

function holdsCards(cells: Cells, row: Row): boolean {
  return COLUMNS.some((column) => (cells.get(cellKey({ row, column }))?.length ?? 0) > 0);
}

function countList(cells: Cells): number {
  return cells.get("list")?.length ?? 0;
}

function Lane({ board }: { readonly board: BoardState }) {
  return (
    <Paper component="section" className={classes.lane} aria-label={LIST_NAME} data-testid="lane" data-cell="list">
      <Title order={3}>{LIST_NAME}</Title>
      <Text size="xs" c="dimmed" mb={6}>
        {countList(board.cells)} of the initiative’s list. Drag one onto the board to plan it in.
      </Text>
      <Cell
        board={board}
        cell="list"
        name={LIST_NAME}
        shortName={LIST_NAME}
        empty="Everything on the list is planned or done."
      />
    </Paper>
  );
}

function Said({ board }: { readonly board: BoardState }) {
  const { carry, said } = board.hands;
  return (
    <>
      <VisuallyHidden role="status" aria-live="assertive" data-testid="board-said">
        {said}
      </VisuallyHidden>
      {carry?.by === "keys" && (
        <div className={classes.saying} aria-hidden>
          <Text size="sm" fw={600}>
            {carry.requirement} {carry.title}
          </Text>
          <Text size="sm">{sayOver(carry)}</Text>
          <Text size="sm">Arrow keys move it, Space or Enter drops it, Escape puts it back.</Text>
        </div>
      )}
    </>
  );
}

function Problem({ board: { problem, forgetProblem } }: { readonly board: BoardState }) {
  if (problem === undefined) return null;
  return (
    <Alert
      className={classes.problem ?? ""}
      color="red"
      variant="outline"
      role="alert"
      title={problem.title}
      withCloseButton
      closeButtonLabel="Close"
      onClose={forgetProblem}
    >
      {problem.message}
    </Alert>
  );
}

export function Board() {
  const { report, timebox } = useTimebox();
  const root = useRef<HTMLDivElement>(null);
  const board = useBoard(report, timebox, root);
  return (
    <section aria-label="Board" className={classes.frame} data-testid="board">
      <Title order={2}>Board</Title>
      <Text size="sm" c="dimmed" mb="xs" id={HELP_ID}>
        {board.movable
          ? "Drag a card, or pick it up with Space and move it with the arrow keys. Enter or a click opens it."
          : "Nothing moves any more. Enter or a click opens a card."}
      </Text>
      <Problem board={board} />
      <div ref={root} className={classes.layout} data-movable={board.movable} {...board.hands.handlers}>
        {board.movable && <Lane board={board} />}
        <div className={classes.rows}>
          <div className={classes.heads} aria-hidden>
            {COLUMNS.map((column) => (
              <Text key={column} size="sm" fw={600}>
                {COLUMN_NAMES[column]}
              </Text>
            ))}
          </div>
          {ROWS.filter((row) => board.movable || ASKED_ROWS.includes(row) || holdsCards(board.cells, row)).map(
            (row) => (
              <BoardRow key={row} board={board} row={row} />
            ),
          )}
        </div>
      </div>
      <Said board={board} />
      <MoveDialog {...board.moveDialog} />
      <CardDialog {...board.cardDialog} />
      {board.question}
    </section>
  );
}
