/**
 * A ZIP archive's bytes, written by hand (APPNOTE.TXT 4.3): for tests that need a good one, or one that is wrong in one place.
 * No ZIP64 and no folders of their own, as most programs write them.
 */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZippedFile {
  readonly path: string;
  readonly content: string | Buffer;
  /** Not packed. */
  readonly stored?: boolean;
  /** Bit 0 of the flags: traditional encryption. */
  readonly encrypted?: boolean;
  /** Instead of 0 or 8. */
  readonly method?: number;
  /** Instead of the true sum. */
  readonly crc?: number;
}

export function zipBytes(files: readonly ZippedFile[]): Buffer {
  const bodies: Buffer[] = [];
  const contents: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { fields, name, data } = describe(file);
    const local = Buffer.concat([Buffer.from("504b03041400", "hex"), fields, name, data]);
    contents.push(Buffer.from("504b010214001400", "hex"), fields, centralTail(offset), name);
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(contents);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}

/** Flags, method, time, sum, sizes and lengths: the same 24 bytes in both headers. */
function describe({ path, content, stored = false, encrypted = false, method, crc }: ZippedFile) {
  const plain = Buffer.from(content);
  const data = stored ? plain : deflateRawSync(plain);
  const name = Buffer.from(path);
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 0);
  fields.writeUInt16LE(method ?? (stored ? 0 : 8), 2);
  fields.writeUInt32LE(crc ?? crc32(plain), 8);
  fields.writeUInt32LE(data.length, 12);
  fields.writeUInt32LE(plain.length, 16);
  fields.writeUInt16LE(name.length, 20);
  return { fields, name, data };
}

/** Comment, disk, attributes and place: what only the table of contents has. */
function centralTail(offset: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return tail;
}
