/**
 * An initiative whose running timebox holds as many requirements as wanted, made through the API as people would make it.
 * What is measured on its board is in board-moments.ts.
 */
import type { SpawnedServer } from "../scripts/spawn-server.mjs";
import type { DeliveryAction } from "../src/domain/dsdm/action.ts";
import type { Priority } from "../src/domain/dsdm/moscow.ts";
import { REQUIREMENT_STATES, type Requirement } from "../src/domain/dsdm/requirement.ts";

export const AUTHOR = "Mia Keller";

export interface Card {
  readonly id: number;
  readonly row: Priority;
  readonly state: Requirement["state"];
}

export interface BoardPlan {
  /** Where its page is, within the server's address. */
  readonly address: string;
  readonly cards: readonly Card[];
}

const DAY_MS = 86_400_000;
const EFFORT = 2;
/** Half of the cards are Musts, a third Shoulds. */
const PRIORITIES: readonly Priority[] = ["must", "should", "could", "must", "should", "must"];

const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Each row has cards in each column once there are enough of them. */
function planCard(index: number): Card {
  const turn = index + Math.floor(index / PRIORITIES.length);
  return {
    id: index + 1,
    row: PRIORITIES[index % PRIORITIES.length] ?? "must",
    state: REQUIREMENT_STATES[turn % REQUIREMENT_STATES.length] ?? "to-do",
  };
}

/** What brings a card there, beginning with a requirement that nobody has written yet. */
function listActions({ id, row, state }: Card): DeliveryAction[] {
  const title = `Requirement ${id}: what a customer types is kept`;
  const people = { owner: "Amir Saleh", developer: "Dan Weber", tester: "Lea Novak" };
  const priority = { type: "prioritise", requirement: id, priority: row } as const;
  // Tested where it will be moved to done: the page asks for what has no test.
  const begun: DeliveryAction[] = [
    { type: "add-evidence", requirement: id, text: "Tried by ten customers.", passed: true },
    { type: "progress-requirement", requirement: id, state },
  ];
  return [
    { type: "add-requirement", title, effort: EFFORT, acceptance: ["Ten customers tried it."], ...people },
    { type: "plan-requirement", requirement: id, version: 1, increment: 1, timebox: 1 },
    { ...priority, version: 2, level: "timebox" },
    ...(state === "to-do" ? [] : begun.slice(state === "done" ? 1 : 0)),
  ];
}

/** An initiative of its own with so many cards on the board of its only timebox, which runs. */
export async function makeBoard(server: SpawnedServer, count: number): Promise<BoardPlan> {
  const { id } = await server.ask<{ id: number }>("create-initiative", { title: `${count} wishes`, author: AUTHOR });
  const act = (action: DeliveryAction) =>
    server.ask("change-initiative", { id, author: AUTHOR, reason: "As agreed.", action });
  const cards = Array.from({ length: count }, (_, index) => planCard(index));
  const days = { start: dayFromNow(-7), end: dayFromNow(14) };
  const timebox = { title: "The timebox", objective: "Nothing typed is lost.", format: "structured" } as const;
  await act({ type: "add-increment", title: "First release" });
  await act({ type: "plan-timebox", increment: 1, ...timebox, ...days, capacity: count * EFFORT * 1.2 });
  await act({ type: "kick-off", timebox: 1 });
  for (const card of cards) for (const action of listActions(card)) await act(action);
  return { address: `main/deliver/timebox?initiative=${id}&timebox=1`, cards };
}
