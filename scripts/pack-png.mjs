/**
 * Makes a screenshot's PNG smaller without changing a pixel: unfiltered rows of flat pages pack better than the browser's.
 * It reads what Chromium writes (8 bits, RGB or RGBA, not interlaced) and leaves anything else as it is.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const HEAD = 8;

function* readChunks(png) {
  for (let at = HEAD; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString("latin1", at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function writeChunk(type, body) {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, "latin1");
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

/** The nearest of left, above and above left (PNG's filter 4). */
function nearest(left, above, corner) {
  const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

const GUESSES = [() => 0, (left) => left, (_, above) => above, (left, above) => (left + above) >> 1, nearest];

/** Rows as the PNG filters them → rows as they are, each after a byte that says so. */
function unfilter(rows, width, bytes) {
  const stride = 1 + width * bytes;
  for (let start = 0; start < rows.length; start += stride) {
    const guess = GUESSES[rows[start]];
    rows[start] = 0;
    for (let at = start + 1; at < start + stride; at++) {
      const inside = at - start > bytes;
      const left = inside ? rows[at - bytes] : 0;
      const above = start > 0 ? rows[at - stride] : 0;
      const corner = inside && start > 0 ? rows[at - stride - bytes] : 0;
      rows[at] += guess(left, above, corner);
    }
  }
  return rows;
}

/** @returns the smaller of both */
export function packPng(png) {
  const chunks = [...readChunks(png)];
  const [{ body: header }] = chunks;
  const bytes = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || header[12] !== 0 || bytes === undefined) return png;
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body)));
  const rows = unfilter(data, header.readUInt32BE(0), bytes);
  const packed = Buffer.concat([
    png.subarray(0, HEAD),
    writeChunk("IHDR", header),
    writeChunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    writeChunk("IEND", Buffer.alloc(0)),
  ]);
  return packed.length < png.length ? packed : png;
}
