/**
 * What the page of a timebox says of itself while a card is moved: paint after each input, tasks, frames, shifts, changes of the DOM.
 * The functions passed to `evaluate` run in the page; they know nothing of what stands around them.
 */
/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { AUTHOR } from "./board-plan.ts";

/** Milliseconds on the page's clock. */
export interface BoardInput {
  readonly kind: "pick-up" | "over" | "drop";
  readonly at: number;
  /** The frame after its own has begun, so that its own is on the screen; 0 until then. */
  painted: number;
}

/** All that was seen during one move. */
export interface BoardRecord {
  readonly inputs: BoardInput[];
  /** Durations of events as Interaction to Next Paint counts them; below 16 ms the browser tells none. */
  readonly events: number[];
  /** Tasks of 50 ms and more. */
  readonly tasks: number[];
  readonly shifts: { readonly at: number; readonly value: number }[];
  /** From frame to frame, during a drag. */
  readonly frames: number[];
  /** Frames of a drag in which a row stood elsewhere than when it began. */
  strayed: number;
  /** What changed: "card 12", "cell must/doing", "row must", or the name of another part. */
  readonly changed: string[];
}

declare global {
  interface Window {
    boardRecord: BoardRecord;
  }
}

export interface MovedCard {
  readonly id: number;
  readonly row: string;
  readonly direction: "left" | "right";
}

const DRAG_MS = 1_000;
/** After its answer, a page has drawn it long before. */
const REST_MS = 100;
/** How much later than it would an answer comes, so that what it changes is not taken for what the drop changes. */
const ANSWER_MS = 100;

function watchInputs(): void {
  const painted = (kind: BoardInput["kind"], at: number) => {
    const input: BoardInput = { kind, at, painted: 0 };
    window.boardRecord.inputs.push(input);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        input.painted = performance.now();
      }),
    );
  };
  const options = { capture: true, passive: true };
  const onKey = ({ key, timeStamp }: KeyboardEvent) => {
    const held = document.querySelector('[data-in-hand="true"]') !== null;
    if (key === " ") painted(held ? "drop" : "pick-up", timeStamp);
    else if (key.startsWith("Arrow")) painted("over", timeStamp);
  };
  let over: Element | null = null;
  const onDragOver = ({ target, timeStamp }: DragEvent) => {
    const cell = target instanceof Element ? target.closest("[data-cell]") : null;
    if (cell !== null && cell !== over) painted("over", timeStamp);
    over = cell ?? over;
  };
  document.addEventListener("keydown", onKey, options);
  document.addEventListener("dragstart", ({ timeStamp }) => painted("pick-up", timeStamp), options);
  document.addEventListener("dragover", onDragOver, options);
  document.addEventListener("drop", ({ timeStamp }) => painted("drop", timeStamp), options);
}

/** Node's type of the observer, which is found before the browser's, knows none of these kinds. */
function watchEntries(): void {
  const NAMES = [
    "keydown",
    "keyup",
    "pointerdown",
    "mousedown",
    "dragstart",
    "dragover",
    "dragenter",
    "drop",
    "dragend",
  ];
  const observe = (options: object, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().map(take)).observe(options as never);
  observe({ type: "event", durationThreshold: 16 }, ({ name, duration }) => {
    if (NAMES.includes(name)) window.boardRecord.events.push(duration);
  });
  observe({ type: "longtask" }, ({ duration }) => window.boardRecord.tasks.push(duration));
  observe({ type: "layout-shift" }, (entry) => {
    const { value } = entry as unknown as { readonly value: number };
    window.boardRecord.shifts.push({ at: entry.startTime, value });
  });
}

/** The words said of a card in hand, and the mark of the cell it is over, belong to the hand and are left out. */
function watchDom(): void {
  const nameOf = (node: Node): string => {
    const element = node instanceof Element ? node : node.parentElement;
    const card = element?.closest<HTMLElement>("[data-requirement]");
    if (card) return `card ${card.dataset.requirement}`;
    const cell = element?.closest<HTMLElement>("div[data-cell]");
    if (cell) return `cell ${cell.dataset.cell}`;
    const row = element?.closest<HTMLElement>("[data-row]");
    return row
      ? `row ${row.dataset.row}`
      : `<${element?.tagName.toLowerCase()}> “${element?.textContent?.slice(0, 40)}”`;
  };
  const ofHand = ({ target, attributeName, addedNodes, removedNodes }: MutationRecord) => {
    const element = target instanceof Element ? target : target.parentElement;
    if (attributeName === "data-target" || element?.closest("[data-testid=board-said]")) return true;
    const inside = element?.closest("[aria-hidden=true]:not([data-row] *)");
    const strip = [...addedNodes, ...removedNodes].filter((one) => one instanceof Element && one.ariaHidden === "true");
    return Boolean(inside) || strip.length > 0;
  };
  const observer = new MutationObserver((records) => {
    const names = records
      .filter((record) => !ofHand(record))
      .flatMap(({ target, addedNodes, removedNodes }) => [target, ...addedNodes, ...removedNodes].map(nameOf));
    window.boardRecord.changed.push(...names);
  });
  const board = document.querySelector("[data-testid=board]");
  if (!board) throw new Error("The page shows no board.");
  observer.observe(board, {
    ...{ subtree: true, childList: true, characterData: true, attributes: true },
  });
}

const twoFrames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Makes the page ready to be measured: somebody moves the cards, and everything is watched. */
export async function watchBoard(page: Page): Promise<void> {
  await page.evaluate((author) => localStorage.setItem("waymark.author", author), AUTHOR);
  await page.reload({ waitUntil: "networkidle" });
  await page.locator('[data-card="1"]').waitFor();
  await page.evaluate(startRecord);
  await page.route("**/change-initiative", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    await route.continue();
  });
  for (const watch of [watchInputs, watchEntries, watchDom]) await page.evaluate(watch);
}

function startRecord(): void {
  window.boardRecord = { inputs: [], events: [], tasks: [], shifts: [], frames: [], strayed: 0, changed: [] };
}

/** Where each card and each row stands, from the top of the document. Told by ourselves: of a drag made by a program the browser says no shift. */
function findPlaces(): string[] {
  const parts = document.querySelectorAll<HTMLElement>("[data-testid=board] :is([data-requirement], [data-row])");
  return [...parts].map((part) => {
    const { left, top } = part.getBoundingClientRect();
    return `${part.dataset.requirement ?? part.dataset.row} ${Math.round(left + scrollX)} ${Math.round(top + scrollY)}`;
  });
}

function recordFrames(milliseconds: number): void {
  const record = window.boardRecord;
  const rows = [...document.querySelectorAll("[data-testid=board] [data-row]")];
  const stand = () => rows.map((row) => Math.round(row.getBoundingClientRect().top + scrollY)).join();
  const first = stand();
  requestAnimationFrame((start) => {
    let last = start;
    const next = (now: number) => {
      record.frames.push(now - last);
      if (stand() !== first) record.strayed++;
      last = now;
      if (now - start < milliseconds) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

/** Focused, in the middle of the window, and nothing moves any more. @returns where everything stands */
async function prepare(page: Page, { id }: MovedCard): Promise<string[]> {
  const card = page.locator(`[data-card="${id}"]`);
  await card.focus();
  await card.evaluate((one) => one.scrollIntoView({ block: "center" }));
  await page.evaluate(twoFrames);
  await page.waitForTimeout(REST_MS);
  await page.evaluate(startRecord);
  return page.evaluate(findPlaces);
}

/** Those that stand elsewhere than before. */
function countMoved(before: readonly string[], after: readonly string[]): number {
  return after.filter((place) => !before.includes(place)).length;
}

/**
 * Puts the card down and reads the record once the page has drawn what the API answered.
 * @param start where everything stood before the card was picked up
 * @returns with how many cards and rows moved otherwise than by the drop
 * @throws Error when the move was refused
 */
async function finish(page: Page, start: readonly string[], drop: () => Promise<void>) {
  const held = await page.evaluate(findPlaces);
  const answered = page.waitForResponse((response) => response.url().endsWith("/change-initiative"));
  await drop();
  await page.evaluate(twoFrames);
  const dropped = await page.evaluate(findPlaces);
  const answer = await answered;
  if (!answer.ok()) throw new Error(`A card was not moved: ${await answer.text()}`);
  await page.waitForTimeout(REST_MS);
  await page.evaluate(twoFrames);
  const end = await page.evaluate(findPlaces);
  const record = await page.evaluate(() => window.boardRecord);
  return { ...record, moved: countMoved(start, held) + countMoved(dropped, end) + record.strayed };
}

export type MoveRecord = Awaited<ReturnType<typeof finish>>;

/** Picked up, moved by one column, put down; each key when the one before has been drawn. */
export async function moveByKeys(page: Page, card: MovedCard): Promise<MoveRecord> {
  const start = await prepare(page, card);
  let moved = 0;
  for (const key of ["Space", card.direction === "left" ? "ArrowLeft" : "ArrowRight"]) {
    await page.keyboard.press(key);
    await page.evaluate(twoFrames);
    moved += countMoved(start, await page.evaluate(findPlaces));
  }
  const record = await finish(page, start, () => page.keyboard.press("Space"));
  return { ...record, moved: record.moved + moved };
}

/** Dragged over the board for a second, then put down one column on. */
export async function moveByPointer(page: Page, card: MovedCard): Promise<MoveRecord> {
  const start = await prepare(page, card);
  const box = await page.locator(`[data-card="${card.id}"]`).boundingBox();
  const cell = await page.locator("div[data-cell]", { has: page.locator(`[data-card="${card.id}"]`) }).boundingBox();
  if (!box || !cell) throw new Error(`Requirement ${card.id} is not on the board.`);
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.evaluate(twoFrames);
  await page.evaluate(recordFrames, DRAG_MS);
  const end = performance.now() + DRAG_MS;
  for (let step = 1; performance.now() < end; step++) {
    const angle = step / 12;
    await page.mouse.move(from.x + cell.width * Math.sin(angle), from.y + 160 * Math.sin(angle / 2));
  }
  await page.mouse.move(from.x + (card.direction === "left" ? -cell.width : cell.width), from.y);
  await page.evaluate(twoFrames);
  return finish(page, start, () => page.mouse.up());
}
