/**
 * Which names a file may bring with it: relative ones that stay inside the upload's folder, on every system.
 * Where the folder is and who may read it is for uploads.ts.
 */
import { HttpError } from "./http-error.ts";

const MAX_LENGTH = 200;
const MAX_PART_BYTES = 255;
/** Control characters, also the later ones, and those that turn the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/**
 * The name's parts, folders first: "olist/orders.csv" → ["olist", "orders.csv"].
 * @throws HttpError 400 naming the name and what is wrong with it
 */
export function splitUploadName(name: string | undefined): string[] {
  if (name === undefined || name === "") throw new HttpError(400, "A file came without a name.");
  const refuse = (why: string) =>
    new HttpError(400, `The file name ${JSON.stringify(name)} ${why}.`, { field: "files" });
  if (name.length > MAX_LENGTH) throw refuse(`has more than ${MAX_LENGTH} characters`);
  if (UNPRINTABLE.test(name)) throw refuse("has characters that cannot be shown");
  if (name.startsWith("/") || /^[a-z]:/iu.test(name)) throw refuse("is absolute; a name must be relative");
  if (name.includes("\\")) throw refuse("has a backslash; folders are told by /");
  const parts = name.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".."))
    throw refuse("must not have empty parts, «.» or «..»");
  if (parts.some((part) => Buffer.byteLength(part) > MAX_PART_BYTES)) throw refuse("is too long for a file");
  return parts;
}
