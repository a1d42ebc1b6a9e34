/**
 * Shows that pieces end where rows end, however the bytes arrive.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAtRows } from "./row-chunks.ts";

async function* arriving(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe("pieces of rows", () => {
  it("end at newlines, keep every byte, and are not much larger than asked for", async () => {
    const rows = fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")));
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rows, sizes, fc.boolean(), async (lines, arrivals, ended) => {
        const bytes = Buffer.from(lines.join("\n") + (ended ? "\n" : ""));
        const pieces: Buffer[] = [];
        for await (const piece of cutAtRows(arriving(bytes, arrivals), 64)) pieces.push(piece);
        expect(Buffer.concat(pieces)).toEqual(bytes);
        for (const piece of pieces.slice(0, -1)) expect(piece.at(-1)).toBe(0x0a);
      }),
      { seed: 3 },
    );
  });

  it("do not grow without end when a line break is missing", async () => {
    const piece = Buffer.alloc(2 ** 23, "x");
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield piece;
    }
    await expect(cutAtRows(endless()).next()).rejects.toMatchObject({ code: "invalid" });
  });
});
