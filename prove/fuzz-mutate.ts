/**
 * Damage as files meet it on their way: bytes turned, lines doubled, fields swapped, ends cut off; the same for the same seed.
 * What is damaged inside an archive is packed again with right lengths and sums, so that the readers behind it are reached.
 */
import { openSeededRandom } from "../src/stats/seeded-random.ts";

export interface Dice {
  /** A whole number from 0 up to, not including, `count`. */
  readonly below: (count: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

export function openDice(seed: number): Dice {
  const next = openSeededRandom(seed);
  const below = (count: number) => Math.floor(next() * count);
  return { below, chance: (share) => next() < share, pick: (items) => items[below(items.length)] as never };
}

/** What breaks readers: ends, quotes, marks, separators, numbers at the edge, half characters, formulas, placeholders. */
const INTERESTING: readonly Buffer[] = [
  ...[
    '"',
    '""',
    "'",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    "\r",
    "\\",
    "\\N",
    "{",
    "}",
    "[",
    "]",
    ":",
    "<",
    ">",
    "&",
    "]]>",
  ],
  ...[
    "\ufeff",
    "\0",
    "\u2028",
    "\u0085",
    "\u00a0",
    "\u001e",
    "é",
    "\u{1f600}",
    "e\u0301",
    "<!DOCTYPE a>",
    "&lt;",
    "<![CDATA[",
  ],
  ...[
    "0",
    "-1",
    "1e309",
    "-0",
    "NaN",
    "null",
    "undefined",
    "true",
    "[object Object]",
    "99999999999999999999",
    "0.1e-400",
  ],
  ...[
    "0000-00-00",
    "9999-12-31 23:59:59",
    "2024-02-30",
    "1970-01-01T00:00:00Z",
    "1e13",
    "=1+1",
    "@SUM(A1)",
    "__proto__",
  ],
  ...['"__proto__":{}', "\\ud800", "%s", "{x:String}", "'; DROP TABLE raw; --", "constructor", "sep=;\n", "<trace/>"],
].map((text) => Buffer.from(text));
const RAW: readonly Buffer[] = [
  "ff",
  "fe",
  "c3",
  "80",
  "ed a0 80",
  "f4908080",
  "00",
  "1f8b",
  "504b0304",
  "ffffffff",
  "7fffffff",
].map((hex) => Buffer.from(hex.replaceAll(" ", ""), "hex"));

function splice(bytes: Buffer, at: number, remove: number, insert: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

function spanIn(dice: Dice, bytes: Buffer): [number, number] {
  const at = dice.below(bytes.length + 1);
  return [at, Math.min(bytes.length - at, 1 + dice.below(dice.chance(0.8) ? 16 : 2_000))];
}

type Mutation = (bytes: Buffer, dice: Dice) => Buffer;

const BYTE_MUTATIONS: readonly Mutation[] = [
  (bytes, dice) => {
    const copy = Buffer.from(bytes);
    const at = dice.below(bytes.length);
    copy[at] = (copy[at] as number) ^ (1 << dice.below(8));
    return copy;
  },
  (bytes, dice) => {
    const copy = Buffer.from(bytes);
    copy[dice.below(bytes.length)] = dice.pick([0, 1, 0x7f, 0x80, 0xff, 0x22, 0x0a, 0x2c, dice.below(256)]);
    return copy;
  },
  (bytes, dice) => splice(bytes, ...spanIn(dice, bytes), Buffer.alloc(0)),
  (bytes, dice) => {
    const [at, length] = spanIn(dice, bytes);
    return splice(bytes, at, 0, bytes.subarray(at, at + length));
  },
  (bytes, dice) => splice(bytes, dice.below(bytes.length + 1), 0, dice.pick(RAW)),
  (bytes, dice) => splice(bytes, dice.below(bytes.length + 1), dice.below(5), dice.pick(INTERESTING)),
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, dice) => bytes.subarray(dice.below(Math.min(bytes.length, 64))),
  (bytes, dice) => {
    const [from, length] = spanIn(dice, bytes);
    return splice(bytes, dice.below(bytes.length + 1), length, bytes.subarray(from, from + length));
  },
];

/** One to six times damaged, anywhere. */
export function mutateBytes(bytes: Buffer, dice: Dice): Buffer {
  let damaged = bytes;
  for (let left = 1 + dice.below(6); left > 0 && damaged.length > 0; left--)
    damaged = dice.pick(BYTE_MUTATIONS)(damaged, dice);
  return damaged;
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(at, next));
    at = next;
  }
  return lines;
}

const onLines =
  (change: (lines: Buffer[], dice: Dice) => void): Mutation =>
  (bytes, dice) => {
    const lines = splitLines(bytes);
    if (lines.length > 0) change(lines, dice);
    return Buffer.concat(lines);
  };

/** The fields of one line, parted by whatever parts them most likely. */
const onFields = (change: (fields: string[], dice: Dice) => void): Mutation =>
  onLines((lines, dice) => {
    const at = dice.below(lines.length);
    const line = (lines[at] as Buffer).toString("latin1");
    const mark = [",", ";", "\t", "|"].find((one) => line.includes(one)) ?? " ";
    const fields = line.split(mark);
    change(fields, dice);
    lines[at] = Buffer.from(fields.join(mark), "latin1");
  });

const LINE_MUTATIONS: readonly Mutation[] = [
  onLines((lines, dice) => lines.splice(dice.below(lines.length), 1 + dice.below(3))),
  onLines((lines, dice) => lines.splice(dice.below(lines.length), 0, dice.pick(lines))),
  onLines((lines, dice) => {
    const [one, other] = [dice.below(lines.length), dice.below(lines.length)];
    [lines[one], lines[other]] = [lines[other] as Buffer, lines[one] as Buffer];
  }),
  onLines((lines, dice) =>
    lines.splice(dice.below(lines.length + 1), 0, Buffer.from(dice.pick(["\n", "\r\n", " \n", ",,,\n"]))),
  ),
  onLines((lines, dice) => {
    const at = dice.below(lines.length);
    lines[at] = Buffer.from(
      (lines[at] as Buffer).toString("latin1").replace(/\r?\n$/u, dice.pick(["\r\n", "\r", "\n", ""])),
      "latin1",
    );
  }),
  onFields((fields, dice) => fields.splice(dice.below(fields.length), 1)),
  onFields((fields, dice) => fields.splice(dice.below(fields.length), 0, dice.pick(fields))),
  onFields((fields, dice) => {
    fields[dice.below(fields.length)] = dice.pick(INTERESTING).toString("latin1");
  }),
  onFields((fields, dice) => {
    const at = dice.below(fields.length);
    fields[at] = `"${fields[at]}`;
  }),
  onFields((fields, dice) => {
    const [one, other] = [dice.below(fields.length), dice.below(fields.length)];
    [fields[one], fields[other]] = [fields[other] as string, fields[one] as string];
  }),
];

/** Damage to lines and fields, and now and then to bytes. */
export function mutateText(bytes: Buffer, dice: Dice): Buffer {
  let damaged = bytes;
  for (let left = 1 + dice.below(5); left > 0 && damaged.length > 0; left--)
    damaged = dice.pick(dice.chance(0.6) ? LINE_MUTATIONS : BYTE_MUTATIONS)(damaged, dice);
  return damaged;
}
