/**
 * What kind of ZIP an archive is, and the data files inside one that is simply a folder packed together.
 * The archive itself is read in read-zip; what each file is, is found out afterwards as for any other file.
 */
import { AppError } from "../domain/app-error.ts";
import { type FoundFile, isDataFile } from "./find-sources.ts";
import type { Preparation } from "./preparation.ts";
import { isGzip, readHead } from "./read-bytes.ts";
import type { ZipArchive, ZipEntry } from "./read-zip.ts";

export type ArchiveKind = "folder" | "spreadsheet";

/** Paths that only one kind of document has, and what to do with it. */
const DOCUMENTS: readonly (readonly [string, string])[] = [
  ["xl/workbook.bin", "a binary Excel workbook (.xlsb). Save it as .xlsx or CSV"],
  ["word/document.xml", "a Word document. Save its table as CSV"],
  ["ppt/presentation.xml", "a PowerPoint presentation. Export the data as CSV"],
  ["content.xml", "an OpenDocument file (.ods). Save the sheet as .xlsx or CSV"],
  ["Index/Document.iwa", "a Numbers or Pages document. Export it as .xlsx or CSV"],
];
const NESTED = /\.(?:zip|7z|rar|tar|tgz|tar\.gz)$/iu;

/** @throws AppError invalid for documents that are ZIP archives too, and are not read */
export function judgeArchive(archive: ZipArchive, { archive: outer }: FoundFile): ArchiveKind {
  if (archive.find("xl/workbook.xml")) return "spreadsheet";
  const document = DOCUMENTS.find(([path]) => archive.find(path));
  if (document) throw new AppError("invalid", `${archive.name} is ${document[1]}.`, { file: archive.name });
  if (outer !== undefined)
    throw new AppError("invalid", `${outer} holds another archive (${archive.name}). Unpack it once.`, { file: outer });
  return "folder";
}

/** Packers add folders, and macOS a shadow of every file. */
function isHidden(path: string): boolean {
  const parts = path.split("/");
  return path.endsWith("/") || parts[0] === "__MACOSX" || parts.some((part) => part.startsWith("."));
}

function chooseEntries({ name, entries }: ZipArchive): readonly ZipEntry[] {
  const shown = entries.filter(({ path }) => !isHidden(path));
  const data = shown.filter(({ path }) => isDataFile(path.split("/").at(-1) as string));
  const [only] = shown;
  // A file on its own may be called anything.
  const chosen = data.length === 0 && only && shown.length === 1 ? [only] : data;
  const log = shown.find(({ path, entry }) => /-wal$/u.test(path) && entry.uncompressedSize > 0);
  if (log && chosen.some(({ path }) => `${path}-wal` === log.path))
    throw new AppError(
      "invalid",
      `${name} holds a database that was in use: its last changes are still in ${log.path}. Close the program that writes it, and pack it again.`,
      { file: name },
    );
  const nested = shown.find(({ path }) => NESTED.test(path));
  if (nested)
    throw new AppError("invalid", `${name} holds another archive (${nested.path}). Unpack it once.`, { file: name });
  if (chosen.length === 0)
    throw new AppError(
      "invalid",
      shown.length === 0
        ? `${name} is a ZIP archive that holds no file.`
        : `${name} holds no data files: ${shown
            .slice(0, 5)
            .map(({ path }) => path)
            .join(", ")}${shown.length > 5 ? " …" : ""}.`,
      { file: name },
    );
  return chosen.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The data files of an archive as files of their own in the temp folder, sorted by their paths inside it.
 * @throws AppError invalid when there is none, or the archive is damaged
 */
export async function* unpackArchive(archive: ZipArchive, task: Preparation): AsyncGenerator<FoundFile> {
  for (const entry of chooseEntries(archive)) {
    task.signal?.throwIfAborted();
    const name = `${archive.name}/${entry.path}`;
    if (entry.entry.uncompressedSize === 0)
      throw new AppError("invalid", `${name} is empty (0 bytes). Export it again.`, { file: name });
    const bytes = await archive.extract(
      entry,
      task.tempPath(entry.entry.compressionMethod === 0 ? ".bin" : ".gz"),
      name,
    );
    const gzip = bytes.gzip || isGzip(await readHead(bytes.path, name, 2));
    yield { ...bytes, gzip, archive: archive.name };
  }
}
