/**
 * The board's state: its cells with every move on its way laid over them, what is in hand, and which dialog is open.
 */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { InitiativeReport, TimeboxFacts } from "../../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../../../../../src/domain/dsdm/timebox.ts";
import { useAuthorGate } from "../../author/author-gate.tsx";
import type { EffortUnit } from "../../priority-words.ts";
import { type Cells, cellKey, sortIntoCells } from "./board-cells.ts";
import { COLUMNS, describePlace, findPlace, type Move, type Place, planMove, ROWS } from "./move.ts";
import { type BoardHands, focusCard, useBoardHands } from "./use-board-hands.ts";
import { type MoveAnswers, type Moves, useMoves } from "./use-moves.ts";

interface BoardProblem {
  readonly title: string;
  readonly message: string;
}

export interface BoardState {
  readonly cells: Cells;
  readonly facts: TimeboxFacts;
  readonly blocked: ReadonlySet<number>;
  readonly unit: EffortUnit;
  readonly movable: boolean;
  readonly hands: BoardHands;
  readonly problem: BoardProblem | undefined;
  readonly forgetProblem: () => void;
  readonly moveDialog: {
    readonly move: Move | undefined;
    readonly requirement: Requirement | undefined;
    readonly warning: string | undefined;
    readonly onMove: (answers: MoveAnswers) => void;
    readonly onClose: () => void;
    readonly onGone: () => void;
  };
  readonly cardDialog: {
    readonly requirement: Requirement | undefined;
    readonly movable: boolean;
    readonly onMove: (requirement: Requirement, to: Place) => void;
    readonly onClose: () => void;
    readonly onGone: () => void;
  };
  readonly question: ReactNode;
}

const NOTHING_SAID: MoveAnswers = { reason: "", evidence: "", passed: false };

function useCells(requirements: readonly Requirement[], timebox: number): Cells {
  const last = useRef<Cells>(undefined);
  const cells = useMemo(() => sortIntoCells(requirements, timebox, last.current), [requirements, timebox]);
  useEffect(() => {
    last.current = cells;
  }, [cells]);
  return cells;
}

function listColumns(cells: Cells): number[][] {
  const idsOf = (place: Place) => (cells.get(cellKey(place)) ?? []).map(({ id }) => id);
  return [
    idsOf({ column: "list", row: "undecided" }),
    ...COLUMNS.map((column) => ROWS.flatMap((row) => idsOf({ row, column }))),
  ];
}

/** A card that moved is drawn anew elsewhere: the focus follows it. */
function useKeptFocus() {
  const kept = useRef<number>(undefined);
  const refocus = (): void => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && kept.current !== undefined) focusCard(kept.current);
  };
  useLayoutEffect(refocus);
  const keep = (requirement: number): void => {
    kept.current = requirement;
  };
  useEffect(() => {
    // Whoever points somewhere else stays there.
    const forget = ({ target }: PointerEvent): void => {
      if (target instanceof Element && !target.closest("[role=dialog]")) kept.current = undefined;
    };
    document.addEventListener("pointerdown", forget);
    return () => document.removeEventListener("pointerdown", forget);
  }, []);
  return { keep, refocus };
}

/** The place under a card in hand is kept in sight. */
function useTargetInSight(root: RefObject<HTMLElement | null>, over: string | undefined) {
  useLayoutEffect(() => {
    if (over === undefined) return;
    root.current?.querySelector(`div[data-cell="${over}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [root, over]);
}

function warnOf(move: Move | undefined, { state }: Timebox): string | undefined {
  const lowers = move?.from.row === "must" && move.from.column !== "list" && move.steps.includes("prioritise");
  return lowers && state === "running"
    ? "It is a Must of a running timebox: the business roles decide whether it may be less."
    : undefined;
}

export function useBoard(report: InitiativeReport, timebox: Timebox, root: RefObject<HTMLElement | null>): BoardState {
  const moves = useMoves(report, timebox);
  const { shown } = moves;
  const { withAuthor, question } = useAuthorGate();
  const [asked, setAsked] = useState<Move>();
  const [opened, setOpened] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  const { requirements, effortUnit } = shown.initiative;
  const cells = useCells(requirements, timebox.id);
  const columns = useMemo(() => listColumns(cells), [cells]);
  const blocked = useMemo(
    () =>
      new Set(
        timebox.blockers.flatMap(({ requirement, clearedAt }) => (clearedAt === null ? (requirement ?? []) : [])),
      ),
    [timebox.blockers],
  );
  const movable = (timebox.state === "planned" || timebox.state === "running") && report.initiative.state === "active";
  const find = (id: number | undefined) => requirements.find((one) => one.id === id);
  const { keep, refocus } = useKeptFocus();
  const run = (move: Move, answers: MoveAnswers): void =>
    withAuthor((author) => {
      moves.begin(move, answers, author);
      hands.say(`Requirement ${move.requirement} is in ${describePlace(move.to)}.`);
    });
  const propose = (requirement: Requirement, to: Place): void => {
    const planned = planMove(requirement, timebox, to);
    moves.forget();
    setRefusal(planned && "refused" in planned ? planned.refused : undefined);
    if (!planned || "refused" in planned) return;
    keep(requirement.id);
    if (planned.asksReason || planned.asksEvidence) setAsked(planned);
    else run(planned, NOTHING_SAID);
  };
  const hands = useBoardHands({
    read: (id) => {
      const requirement = find(id);
      return requirement && { title: requirement.title, place: findPlace(requirement, timebox.id) };
    },
    columns,
    movable,
    onDrop: ({ requirement, over }) => {
      const found = find(requirement);
      if (found) propose(found, over);
    },
    onOpen: (id) => {
      keep(id);
      setOpened(id);
    },
  });
  useTargetInSight(root, hands.carry?.by === "keys" ? cellKey(hands.carry.over) : undefined);
  const facts = shown.timeboxes.find((one) => one.timebox === timebox.id);
  if (!facts) throw new Error(`The report says nothing of timebox ${timebox.id}.`);
  return {
    ...{ cells, facts, blocked, movable, hands, question },
    unit: effortUnit,
    problem: nameProblem(refusal, moves.problem),
    forgetProblem: () => {
      setRefusal(undefined);
      moves.forget();
    },
    moveDialog: {
      move: asked,
      requirement: find(asked?.requirement),
      warning: warnOf(asked, timebox),
      onMove: (answers) => {
        setAsked(undefined);
        if (asked) run(asked, answers);
      },
      onClose: () => setAsked(undefined),
      onGone: refocus,
    },
    cardDialog: {
      requirement: find(opened),
      movable,
      onMove: (requirement, to) => {
        setOpened(undefined);
        propose(requirement, to);
      },
      onClose: () => setOpened(undefined),
      onGone: refocus,
    },
  };
}

function nameProblem(refusal: string | undefined, problem: Moves["problem"]): BoardProblem | undefined {
  if (problem) return { title: `Requirement ${problem.move.requirement} went back`, message: problem.message };
  return refusal === undefined ? undefined : { title: "It cannot go there", message: refusal };
}
