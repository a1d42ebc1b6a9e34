/**
 * Cards in hand, by pointer and by keys alike: picked up, moved over places, put down or put back; and which card has the focus.
 * All is heard on the board's root, so that sixty cards have no handler of their own. What a drop does is said by whoever uses it.
 *
 * Own code instead of a library, after a look at three: @dnd-kit/core draws every card again while one moves, @dnd-kit/react is
 * before its first release, pragmatic-drag-and-drop is the browser's own drag events without a keyboard. A board of fixed
 * cells needs no collision of rectangles and no sorting; what it needs is less than what each of them would have to be told.
 */
import { type DragEvent, type FocusEvent, type KeyboardEvent, type MouseEvent, useState } from "react";
import { readCellKey } from "./board-cells.ts";
import { type Carry, carryByKey, findNeighbour, readArrow, sayOver, sayPickedUp, sayPutBack } from "./carry.ts";
import { isSamePlace, type Place } from "./move.ts";

export interface BoardHands {
  readonly carry: Carry | undefined;
  /** Said to screen readers. */
  readonly said: string;
  readonly say: (words: string) => void;
  /** The card that Tab reaches. */
  readonly active: number | undefined;
  /** For the board's root. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onClick: (event: MouseEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
    readonly onDragStart: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragEnd: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

export interface BoardHandsOptions {
  /** What is known of a card; undefined: it cannot be picked up. */
  readonly read: (requirement: number) => { readonly title: string; readonly place: Place } | undefined;
  /** Cards by column, downwards: what arrow keys lead through. */
  readonly columns: readonly (readonly number[])[];
  readonly movable: boolean;
  readonly onDrop: (carry: Carry) => void;
  readonly onOpen: (requirement: number) => void;
}

/** The card whose handle this is. */
function readHandle(target: EventTarget): number | undefined {
  const id = target instanceof HTMLElement ? target.dataset.card : undefined;
  return id === undefined ? undefined : Number(id);
}

function readCard(target: EventTarget): number | undefined {
  const card = target instanceof Element ? target.closest<HTMLElement>("[data-requirement]") : null;
  return card ? Number(card.dataset.requirement) : undefined;
}

function readPlace(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  return readCellKey(cell?.dataset.cell ?? "");
}

export function focusCard(requirement: number): void {
  document.querySelector<HTMLElement>(`[data-card="${requirement}"]`)?.focus();
}

/** Picking up, moving, putting down; the two ways in share it. */
function useCarry({ read, movable, onDrop }: Pick<BoardHandsOptions, "read" | "movable" | "onDrop">) {
  const [carry, setCarry] = useState<Carry>();
  const [said, say] = useState("");
  const pickUp = (requirement: number, by: Carry["by"]): boolean => {
    const known = movable ? read(requirement) : undefined;
    if (!known) return false;
    const picked: Carry = { requirement, title: known.title, from: known.place, over: known.place, by };
    setCarry(picked);
    say(sayPickedUp(picked));
    return true;
  };
  const moveOver = (over: Place): void => {
    if (!carry || isSamePlace(carry.over, over)) return;
    setCarry({ ...carry, over });
    say(sayOver({ ...carry, over }));
  };
  const putBack = (): void => {
    if (!carry) return;
    setCarry(undefined);
    say(sayPutBack(carry));
  };
  const drop = (): void => {
    if (!carry) return;
    setCarry(undefined);
    if (isSamePlace(carry.from, carry.over)) say(sayPutBack(carry));
    else onDrop(carry);
  };
  return { carry, setCarry, said, say, pickUp, moveOver, putBack, drop };
}

type Carrying = ReturnType<typeof useCarry>;

function hearKeys({ carry, setCarry, say, pickUp, putBack, drop }: Carrying, options: BoardHandsOptions) {
  const { columns, onOpen } = options;
  const carried = (event: KeyboardEvent, held: Carry): void => {
    const meant = carryByKey(held, event.key);
    if (!meant) return;
    if (event.key !== "Tab") event.preventDefault();
    if (meant.kind === "drop") drop();
    if (meant.kind === "cancel") putBack();
    if (meant.kind !== "move") return;
    setCarry(meant.carry);
    say(meant.said);
  };
  return (event: KeyboardEvent): void => {
    const card = readHandle(event.target);
    if (card === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (carry) {
      carried(event, carry);
      return;
    }
    const direction = readArrow(event.key);
    if (!direction && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const next = direction && findNeighbour(columns, card, direction);
    if (next !== undefined) focusCard(next);
    if (event.key === " ") pickUp(card, "keys");
    if (event.key === "Enter") onOpen(card);
  };
}

function hearDrags({ carry, setCarry, pickUp, moveOver, putBack, drop }: Carrying) {
  return {
    onDragStart: (event: DragEvent): void => {
      const card = readCard(event.target);
      if (card === undefined || !pickUp(card, "pointer")) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", `Requirement ${card}`);
    },
    onDragOver: (event: DragEvent): void => {
      const place = readPlace(event.target);
      if (carry?.by !== "pointer" || !place) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      moveOver(place);
    },
    // Let go anywhere else, or by Escape.
    onDragEnd: (): void => putBack(),
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      if (carry?.by === "pointer" && readPlace(event.target)) drop();
      else setCarry(undefined);
    },
  };
}

export function useBoardHands(options: BoardHandsOptions): BoardHands {
  const carrying = useCarry(options);
  const [focused, setFocused] = useState<number>();
  const shown = options.columns.flat();
  const active = focused !== undefined && shown.includes(focused) ? focused : shown[0];
  const { carry, putBack } = carrying;
  return {
    carry,
    said: carrying.said,
    say: carrying.say,
    active,
    handlers: {
      onKeyDown: hearKeys(carrying, options),
      onClick: (event) => {
        const handle = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card]") : null;
        if (handle) options.onOpen(Number(handle.dataset.card));
      },
      onFocus: (event) => {
        const card = readHandle(event.target);
        if (card !== undefined) setFocused(card);
      },
      onBlur: () => {
        if (carry?.by === "keys") putBack();
      },
      ...hearDrags(carrying),
    },
  };
}
