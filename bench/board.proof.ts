/**
 * Whether a timebox's board stays fluid: cards moved by keys and by pointer on a board of 60 requirements and, in turn, on one
 * of 6, in a real Chromium on a real server. `--write` puts the table into bench/RESULTS.md; `--sample` moves few cards and
 * fails only on what a busy machine does not change: what of the DOM a move touches, and layout shift.
 */
import type { Page } from "playwright-core";
import { type MovedCard, type MoveRecord, moveByKeys, moveByPointer, watchBoard } from "./board-moments.ts";
import { type BoardPlan, makeBoard } from "./board-plan.ts";
import { linkPages, PageRun } from "./page-run.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { median } from "./stopwatch.ts";

const MANY = 60;
const FEW = 6;
const ROUNDS = 12;
const SAMPLE_ROUNDS = 2;
const MEDIAN_MS = 50;
/** Interaction to Next Paint is good up to here. */
const LONGEST_MS = 200;
const DROPPED_MS = 32;

const say = (text: string) => process.stderr.write(`${text}\n`);
const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

interface Board extends BoardPlan {
  readonly page: Page;
}

interface Move {
  readonly card: MovedCard;
  readonly record: MoveRecord;
}

interface Seen {
  readonly keys: Move[];
  readonly drags: Move[];
}

/** A card by a column to the right, and back in the next round. Only cards that have a column to the right. */
function chooseCard({ cards }: Board, round: number): MovedCard {
  const movable = cards.filter(({ state }) => state !== "done");
  const card = movable[(Math.floor(round / 2) * 7) % movable.length];
  if (!card) throw new Error("The board has no card to move.");
  return { ...card, direction: round % 2 === 0 ? "right" : "left" };
}

async function playRounds(boards: Both<Board>, seen: Both<Seen>, rounds: number, by: keyof Seen): Promise<void> {
  const move = by === "keys" ? moveByKeys : moveByPointer;
  for (let round = 0; round < rounds; round++)
    for (const side of ["few", "many"] as const) {
      const card = chooseCard(boards[side], round);
      seen[side][by].push({ card, record: await move(boards[side].page, card) });
    }
}

interface Both<Value> {
  readonly many: Value;
  readonly few: Value;
}

/** The keys first: after a drag made by a program, Chromium tells no layout shift of that page any more. */
async function play(run: PageRun, plans: Both<BoardPlan>, rounds: number): Promise<Both<Seen>> {
  const seen: Both<Seen> = { many: { keys: [], drags: [] }, few: { keys: [], drags: [] } };
  await run.visit(plans.many.address, (large) =>
    run.visit(plans.few.address, async (small) => {
      const boards = { many: { ...plans.many, page: large }, few: { ...plans.few, page: small } };
      for (const page of [large, small]) await watchBoard(page);
      await playRounds(boards, seen, rounds, "keys");
      await playRounds(boards, seen, Math.ceil(rounds / 2), "drags");
    }),
  );
  return seen;
}

const longest = (values: readonly number[]) => Math.max(0, ...values);

function listPaints(moves: readonly Move[]): number[] {
  return moves.flatMap(({ record }) => record.inputs.map(({ at, painted }) => painted - at));
}

/** Median and longest of each kind of input: which of them is slow. */
function describePaints(moves: readonly Move[]): string {
  const inputs = moves.flatMap(({ record }) => record.inputs);
  const kinds = (["pick-up", "over", "drop"] as const).map((kind) => {
    const paints = inputs.filter((input) => input.kind === kind).map(({ at, painted }) => painted - at);
    return `${kind} ${milliseconds(median(paints))}, longest ${milliseconds(longest(paints))} of ${paints.length}`;
  });
  return kinds.join("; ");
}

const listAll = (moves: readonly Move[], what: "events" | "tasks" | "frames") =>
  moves.flatMap(({ record }) => record[what]);

function countDropped(moves: readonly Move[]): number {
  const frames = listAll(moves, "frames");
  return frames.filter((frame) => frame > DROPPED_MS).length / frames.length;
}

/** The cards of which anything changed, the moved one among them; the most of all moves. */
function countCards(moves: readonly Move[]): number {
  const cards = ({ record }: Move) => new Set(record.changed.filter((name) => name.startsWith("card "))).size;
  return longest(moves.map(cards));
}

/** What changed that has nothing to do with the move: neither a card, nor a cell or the sums of its row. */
function listForeign(moves: readonly Move[]): string[] {
  const foreign = moves.flatMap(({ card: { row }, record }) =>
    record.changed.filter(
      (name) => !name.startsWith("card ") && name !== `row ${row}` && !name.startsWith(`cell ${row}/`),
    ),
  );
  return [...new Set(foreign)];
}

/** What shifted, as the browser counts it, but for the frame in which a card is put down: there its row closes up behind it. */
function sumShifts(moves: readonly Move[]): number {
  return moves.reduce((sum, { record: { inputs, shifts } }) => {
    const drop = inputs.find(({ kind }) => kind === "drop");
    const apart = shifts.filter(({ at }) => !drop || at < drop.at || at > drop.painted);
    return sum + apart.reduce((all, { value }) => all + value, 0);
  }, 0);
}

/** A figure of both boards; `most` is what it may be on the large one. */
interface Figure {
  readonly what: string;
  readonly measure: (moves: readonly Move[]) => number;
  readonly word: (value: number) => string;
  readonly most?: number;
}

/** A busy machine changes these. */
const TIMES: readonly Figure[] = [
  {
    what: "from an input to the next painted frame, median",
    measure: (moves) => median(listPaints(moves)),
    ...{ word: milliseconds, most: MEDIAN_MS },
  },
  {
    what: "from an input to the next painted frame, longest",
    measure: (moves) => longest(listPaints(moves)),
    ...{ word: milliseconds, most: LONGEST_MS },
  },
  {
    what: "the longest event by the browser's Event Timing",
    measure: (moves) => longest(listAll(moves, "events")),
    ...{ word: milliseconds, most: LONGEST_MS },
  },
  { what: "tasks over 50 ms", measure: (moves) => listAll(moves, "tasks").length, word: String },
];

const FRAMES: Figure = {
  what: `frames over ${DROPPED_MS} ms in a drag of a second`,
  measure: countDropped,
  word: percent,
};

/** These it does not. */
const COUNTS: readonly Figure[] = [
  { what: "cards that a move changes in the DOM, at most", measure: countCards, word: String, most: 1 },
  {
    what: "other parts of the board that change, but for the cells and sums of the card's row",
    measure: (moves) => listForeign(moves).length,
    ...{ word: String, most: 0 },
  },
  {
    what: "cards and rows that stand elsewhere, but for the drop",
    measure: (moves) => moves.reduce((sum, { record }) => sum + record.moved, 0),
    ...{ word: String, most: 0 },
  },
];

/** By keys alone: of a drag made by a program the browser tells none. */
const SHIFTS: Figure = {
  what: "layout shift by the browser's count, but for the drop",
  measure: sumShifts,
  ...{ word: (value) => value.toFixed(4), most: 0 },
};

/** @param judged without, the figure is told alone */
function compare(
  words: string,
  { what, measure, word, most }: Figure,
  moves: Both<readonly Move[]>,
  judged: boolean,
): Line {
  const many = measure(moves.many);
  const few = measure(moves.few);
  const ratio = few > 0 ? `${(many / few).toFixed(2)} ×` : many === 0 ? "the same" : "—";
  return {
    what: `${words}: ${what}`,
    measured: word(many),
    beside: `${FEW}: ${word(few)}; ${MANY} ÷ ${FEW}: ${ratio}`,
    wanted: most === undefined || !judged ? "—" : most === 0 ? "0" : `≤ ${word(most)}`,
    holds: most === undefined || !judged || many <= most,
  };
}

function judge({ many, few }: Both<Seen>, timed: boolean): Line[] {
  const kinds = [
    ["Keys", { many: many.keys, few: few.keys }, TIMES, [...COUNTS, SHIFTS]],
    ["Pointer", { many: many.drags, few: few.drags }, [...TIMES, FRAMES], COUNTS],
  ] as const;
  return kinds.flatMap(([words, moves, times, counts]) => {
    const foreign = listForeign(moves.many);
    if (foreign.length > 0) say(`${words}: also changed ${foreign.join(", ")}`);
    for (const side of [moves.many, moves.few]) say(`${words}: ${describePaints(side)}`);
    return [
      ...times.map((figure) => compare(words, figure, moves, timed)),
      ...counts.map((figure) => compare(words, figure, moves, true)),
    ];
  });
}

function report(lines: readonly Line[]): string {
  return `## Board

Command: \`npm run prove -- board --write\`. Machine: ${describeMachine()}, Chromium without a graphics card. Commit: ${describeCommit()}.
${describeManner(ROUNDS)}

${tabulate(lines)}
`;
}

function describeManner(rounds: number): string {
  return `Measured: a board of ${MANY} requirements; beside it one of ${FEW}, in the same browser, in turn: ${rounds} moves by keys (pick up, arrow, drop)
and ${Math.ceil(rounds / 2)} by pointer (a second of dragging, drop) on each. An input is painted when the frame after its own has begun. When a
card is put down, its row closes up behind it: that frame counts as no shift. The API's answers come 100 ms late, so that what they
change is not taken for the drop.`;
}

async function main(args: readonly string[]): Promise<void> {
  const sample = args.includes("--sample");
  await linkPages();
  const run = await PageRun.open([]);
  try {
    say("filling two boards");
    const [many, few] = await Promise.all([makeBoard(run.server, MANY), makeBoard(run.server, FEW)]);
    say("moving cards");
    const lines = judge(await play(run, { many, few }, sample ? SAMPLE_ROUNDS : ROUNDS), !sample);
    process.stdout.write(sample ? `${tabulate(lines)}\n` : report(lines));
    if (args.includes("--write") && !sample) await writeResults(report(lines));
    if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await run.close();
  }
}

await main(process.argv.slice(2));
