/**
 * Files as people give them: chosen, or dropped, alone or in folders. Each keeps its name relative to what was given.
 * Sending them is send-files.ts.
 */

export interface NamedFile {
  /** Relative, folders told by "/". */
  readonly name: string;
  readonly file: File;
}

/** Files of an `<input type=file>`, also of one that takes folders. */
export function fromInput(files: FileList): NamedFile[] {
  return [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/** Everything that was dropped, folders to their bottom. */
export async function fromDrop(items: DataTransferItemList): Promise<NamedFile[]> {
  // The list is empty after the first wait: the entries must be taken at once.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = await Promise.all(entries.map((entry) => readEntry(entry, "")));
  return found.flat();
}

async function readEntry(entry: FileSystemEntry, folder: string): Promise<NamedFile[]> {
  const name = `${folder}${entry.name}`;
  // A hidden file is never somebody's export.
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ name, file }];
  }
  const found: NamedFile[] = [];
  for (const inner of await readFolder(entry as FileSystemDirectoryEntry))
    found.push(...(await readEntry(inner, `${name}/`)));
  return found;
}

/** A reader gives at most a hundred entries at a time. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
