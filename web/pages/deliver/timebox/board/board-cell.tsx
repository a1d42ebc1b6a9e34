/**
 * One cell of the board, or the list beside it: its cards in their order. Drawn again only when one of them has to be.
 */
import { Text } from "@mantine/core";
import { memo } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import type { EffortUnit } from "../../priority-words.ts";
import classes from "./board.module.css";
import { BoardCard } from "./board-card.tsx";

export interface BoardCellProps {
  readonly cell: string;
  /** "Must, Doing". */
  readonly name: string;
  /** Shown where columns stand under each other. */
  readonly shortName: string;
  readonly requirements: readonly Requirement[];
  readonly blocked: ReadonlySet<number>;
  readonly unit: EffortUnit;
  /** The card that Tab reaches, when it is in here. */
  readonly active: number | null;
  /** The card in hand, when it is from here. */
  readonly inHand: number | null;
  /** Whether a card in hand would be put down here. */
  readonly target: boolean;
  readonly movable: boolean;
  /** Said where no card is. */
  readonly empty?: string;
}

export const BoardCell = memo(function BoardCell(props: BoardCellProps) {
  const { cell, name, shortName, requirements, blocked, unit, active, inHand, target, movable, empty } = props;
  return (
    <div className={classes.cell} data-cell={cell} data-target={target}>
      <Text className={classes.cellName} size="xs" c="dimmed" aria-hidden>
        {shortName}
      </Text>
      <ul className={classes.cards} aria-label={`${name}, ${requirements.length}`}>
        {requirements.map((requirement) => (
          <BoardCard
            key={requirement.id}
            requirement={requirement}
            unit={unit}
            blocked={blocked.has(requirement.id)}
            active={active === requirement.id}
            inHand={inHand === requirement.id}
            movable={movable}
          />
        ))}
      </ul>
      {requirements.length === 0 && empty !== undefined && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
    </div>
  );
});
