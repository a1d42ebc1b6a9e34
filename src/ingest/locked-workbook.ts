/**
 * Whether a file is an XLSX workbook behind a password: Office puts the encrypted archive into a compound file (MS-CFB, MS-OFFCRYPTO).
 * It only tells; nothing is decrypted.
 */
import { open } from "node:fs/promises";
import type { ByteSource } from "./read-bytes.ts";

const MAGIC = "d0cf11e0a1b11ae1";
/** Name of the stream that holds the encrypted archive. */
const PACKAGE = Buffer.from("EncryptedPackage", "utf16le");
const DIRECTORY_BYTES = 4_096;

/** Looks for the package in the directory's first sectors. */
export async function isLockedWorkbook({ path, gzip }: ByteSource): Promise<boolean> {
  if (gzip) return false;
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(512);
    await file.read(head, 0, 512, 0);
    if (head.toString("hex", 0, 8) !== MAGIC) return false;
    const sectorBytes = 2 ** Math.min(12, head.readUInt16LE(30));
    const directory = Buffer.alloc(DIRECTORY_BYTES);
    await file.read(directory, 0, DIRECTORY_BYTES, (head.readUInt32LE(48) + 1) * sectorBytes);
    return directory.includes(PACKAGE);
  } finally {
    await file.close();
  }
}
