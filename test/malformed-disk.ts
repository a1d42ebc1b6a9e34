/** What a path may lead to that is no ordinary, quiet file: links, pipes, devices, hostile names, files that change. */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { MalformedInput } from "./malformed-input.ts";

const TABLE = "customer,event,timestamp\nann,View,2024-01-01\n";
const ANN = "ann View 2024-01-01 00:00:00";

/** @param make puts something at this path; what it returns, or else the path, is imported */
const special = (kind: string, make: (path: string) => unknown, refused: RegExp): MalformedInput => ({
  kind,
  files: async (folder) => {
    const path = join(folder, "a.csv");
    const other = await make(path);
    return [typeof other === "string" ? other : path];
  },
  outcome: { refused },
});

const makePipe = (path: string) => execFileSync("mkfifo", [path]);

async function makeSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  server.unref();
}

function fillFolder(folder: string): void {
  writeFileSync(join(folder, "a.csv"), TABLE);
  writeFileSync(join(folder, "photo.jpg"), Buffer.from("ffd8ff00", "hex"));
  mkdirSync(join(folder, "folder.csv"));
  makePipe(join(folder, "pipe.csv"));
  symlinkSync(".", join(folder, "itself.csv"));
}

/** Something happens to the file once it has been looked at, and before the engine reads it. */
const changing = (kind: string, change: (path: string) => void, refused: RegExp): MalformedInput => {
  let changed = false;
  return {
    kind,
    files: { "a.csv": TABLE },
    request: (folder) => ({
      onProgress: ({ phase }) => {
        if (changed || phase !== "reading a.csv") return;
        changed = true;
        change(join(folder, "a.csv"));
      },
    }),
    outcome: { refused },
  };
};

export const DISK_KINDS: readonly MalformedInput[] = [
  special("no such file, or a link to none", () => undefined, /^There is no file or folder «.*a\.csv»\.$/u),
  special(
    "no such file, or a link to none",
    (path) => symlinkSync("gone", path),
    /^There is no file or folder «.*a\.csv»/u,
  ),
  special(
    "a link that leads back to itself",
    (path) => symlinkSync("a.csv", path),
    /^«.*a\.csv» cannot be read: it is a link that leads back/u,
  ),
  special("an empty folder", (path) => mkdirSync(path), /^The folder «.*a\.csv» holds no data files \(csv/u),
  special("a named pipe (FIFO)", makePipe, /a\.csv» is neither a file nor a folder\. .* waymark import - < .*a\.csv$/u),
  special(
    "a device or a socket",
    () => "/dev/zero",
    /^«\/dev\/zero» is neither a file nor a folder\. .*give the file/u,
  ),
  special("a device or a socket", makeSocket, /a\.csv» is neither a file nor a folder\. .*give the file/u),
  {
    kind: "a folder of data, pictures, pipes and folders",
    files: async (folder) => {
      fillFolder(folder);
      return [folder];
    },
    outcome: { events: [ANN] },
  },
  {
    kind: "a broken file among good ones",
    files: { "a.csv": TABLE, "b.csv": Buffer.from("ffd8ffe000104a46494600010100", "hex") },
    outcome: { refused: /^b\.csv, line 1: a zero byte/u },
  },
  {
    kind: "file names with quotes, patterns, line breaks",
    files: Object.fromEntries(
      ["-rf.csv", "'; DROP TABLE raw; --.csv", "new\nline.csv", "{a,b}*.csv"].map((name) => [name, TABLE]),
    ),
    outcome: { events: [ANN, ANN, ANN, ANN] },
  },
  {
    kind: "a file name with escape sequences",
    files: { "a\u001b[31m\n.csv": "" },
    outcome: { refused: /^a\ufffd\[31m\ufffd\.csv is empty/u },
  },
  changing(
    "a file that grows while it is read",
    (path) => appendFileSync(path, "bob,Vi"),
    /^a\.csv went from 45 to 51 bytes while it was read; nothing was imported\. Import it when/u,
  ),
  changing(
    "a file that is cut or rewritten while it is read",
    (path) => truncateSync(path, 30),
    /^a\.csv went from 45 to 30 bytes while it was read; nothing/u,
  ),
  changing(
    "a file that is cut or rewritten while it is read",
    (path) => writeFileSync(path, TABLE.replace("ann", "bob")),
    /^a\.csv was written to while it was read; nothing/u,
  ),
  changing(
    "a file that is taken away while it is read",
    (path) => rmSync(path),
    /^a\.csv was taken away while it was read; nothing was imported/u,
  ),
];
