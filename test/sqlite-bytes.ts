/**
 * An SQLite database's bytes, written by hand (https://www.sqlite.org/fileformat2.html): for tests that need a good one,
 * or one that is wrong in one place. Tables with texts and whole numbers; long records go on in overflow pages.
 */

export type Cell = string | number | null;

export interface StoredTable {
  readonly name: string;
  /** Columns and constraints, as between the brackets of CREATE TABLE; for a view what stands behind AS. */
  readonly columns: string;
  readonly rows?: readonly (readonly Cell[])[];
  readonly view?: boolean;
  readonly withoutRowid?: boolean;
}

const LEAF = 0x0d;
const INTERIOR = 0x05;
const INDEX_LEAF = 0x0a;

function varint(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

function record(values: readonly Cell[]): Buffer {
  const bodies = values.map((value) => {
    if (value === null) return Buffer.alloc(0);
    if (typeof value === "string") return Buffer.from(value);
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  });
  const types = values.map((value, at) => {
    if (value === null) return varint(0);
    return varint(typeof value === "number" ? 6 : 13 + 2 * (bodies[at] as Buffer).length);
  });
  const head = Buffer.concat(types);
  // One byte for its own length does for fewer than 127 columns.
  return Buffer.concat([varint(head.length + 1), head, ...bodies]);
}

class Pages {
  readonly #size: number;
  readonly pages: Buffer[] = [];

  constructor(size: number) {
    this.#size = size;
    this.add();
  }

  /** @returns its number, from 1 */
  add(): number {
    return this.pages.push(Buffer.alloc(this.#size));
  }

  cell(values: readonly Cell[], rowid: number | undefined): Buffer {
    const body = record(values);
    const head = Buffer.concat([varint(body.length), rowid === undefined ? Buffer.alloc(0) : varint(rowid)]);
    const most = this.#size - 35;
    if (body.length <= most) return Buffer.concat([head, body]);
    const least = Math.floor(((this.#size - 12) * 32) / 255) - 23;
    const fit = least + ((body.length - least) % (this.#size - 4));
    const local = fit <= most ? fit : least;
    return Buffer.concat([head, body.subarray(0, local), this.#overflow(body.subarray(local))]);
  }

  /** @returns the number of the chain's first page, as four bytes */
  #overflow(rest: Buffer): Buffer {
    const number = Buffer.alloc(4);
    if (rest.length === 0) return number;
    const page = this.add();
    number.writeUInt32BE(page);
    const room = this.#size - 4;
    const bytes = this.pages[page - 1] as Buffer;
    rest.copy(bytes, 4, 0, room);
    this.#overflow(rest.subarray(room)).copy(bytes, 0);
    return number;
  }

  /** Writes one page of a tree; cells stand at its end, in order. */
  fill(page: number, kind: number, cells: readonly Buffer[], last = 0): void {
    const bytes = this.pages[page - 1] as Buffer;
    const start = page === 1 ? 100 : 0;
    const head = kind === INTERIOR ? 12 : 8;
    let end = this.#size;
    cells.forEach((cell, at) => {
      end -= cell.length;
      if (end < start + head + 2 * cells.length) throw new RangeError("The cells do not fit on a page.");
      cell.copy(bytes, end);
      bytes.writeUInt16BE(end, start + head + 2 * at);
    });
    bytes.writeUInt8(kind, start);
    bytes.writeUInt16BE(cells.length, start + 3);
    bytes.writeUInt16BE(end % 65_536, start + 5);
    if (kind === INTERIOR) bytes.writeUInt32BE(last, start + 8);
  }

  /** A table's rows on one page, or on several below an interior page. @returns its root */
  tree({ rows = [], withoutRowid = false }: StoredTable): number {
    const root = this.add();
    const cells = rows.map((row, at) => this.cell(row, withoutRowid ? undefined : at + 1));
    const leaves: { cells: Buffer[]; last: number }[] = [{ cells: [], last: 0 }];
    let room = this.#size - 8;
    cells.forEach((cell, at) => {
      if (cell.length + 2 > room) {
        leaves.push({ cells: [], last: 0 });
        room = this.#size - 8;
      }
      room -= cell.length + 2;
      const leaf = leaves.at(-1) as { cells: Buffer[]; last: number };
      leaf.cells.push(cell);
      leaf.last = at + 1;
    });
    const [only] = leaves;
    if (leaves.length === 1 && only) {
      this.fill(root, withoutRowid ? INDEX_LEAF : LEAF, only.cells);
      return root;
    }
    const pages = leaves.map((leaf) => {
      const page = this.add();
      this.fill(page, LEAF, leaf.cells);
      return page;
    });
    const inner = leaves.slice(0, -1).map(({ last }, at) => {
      const left = Buffer.alloc(4);
      left.writeUInt32BE(pages[at] as number);
      return Buffer.concat([left, varint(last)]);
    });
    this.fill(root, INTERIOR, inner, pages.at(-1));
    return root;
  }
}

function statement({ name, columns, view, withoutRowid }: StoredTable): string {
  if (view) return `CREATE VIEW "${name}" AS ${columns}`;
  return `CREATE TABLE "${name}" (${columns})${withoutRowid ? " WITHOUT ROWID" : ""}`;
}

/** Tables in the order given take the pages from 2 on, each with its leaves and overflow pages behind its root. */
export function sqliteBytes(tables: readonly StoredTable[], pageSize = 4_096): Buffer {
  const pages = new Pages(pageSize);
  const schema = tables.map((table, at) => {
    const root = table.view ? 0 : pages.tree(table);
    return pages.cell([table.view ? "view" : "table", table.name, table.name, root, statement(table)], at + 1);
  });
  pages.fill(1, LEAF, schema);
  const head = pages.pages[0] as Buffer;
  head.write("SQLite format 3\0", 0, "latin1");
  head.writeUInt16BE(pageSize % 65_535, 16);
  Buffer.from([1, 1, 0, 64, 32, 32, 0, 0, 0, 1]).copy(head, 18);
  head.writeUInt32BE(pages.pages.length, 28);
  head.writeUInt32BE(1, 40);
  head.writeUInt32BE(4, 44);
  head.writeUInt32BE(1, 56);
  head.writeUInt32BE(1, 92);
  head.writeUInt32BE(3_040_001, 96);
  return Buffer.concat(pages.pages);
}
