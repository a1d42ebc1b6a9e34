/**
 * Who holds a workspace: exactly one process at a time, taken before either store opens.
 * Whoever comes second gets a connection to the holder instead. Only for folders of one machine: a network file system
 * carries the socket's name, not the socket.
 *
 * The sockets are named door.1.sock, door.2.sock …; the highest number counts. A dead process's socket refuses for ever,
 * so it is never replaced but outnumbered: the next number is taken by `link`, which fails when the name exists, with a
 * socket that listens already. The highest one is never removed, not even at the end. So of all who found the same dead
 * socket one gets the next number, and a late-comer who gets a low number sees the higher one and gives up.
 */
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../domain/app-error.ts";
import { type DoorClient, knock } from "./door-client.ts";
import { DoorServer, type Serve } from "./door-server.ts";

export interface HeldDoor {
  readonly held: true;
  /** Refuses new requests and waits for the running ones (`abort`: stops them). The door stays held. */
  drain(options?: { readonly abort?: boolean }): Promise<void>;
  /** Drains, then gives the door up. To be called after the stores are closed. */
  close(): Promise<void>;
}

export type Door = HeldDoor | { readonly held: false; readonly client: DoorClient };

export interface DoorOptions {
  /** Told of what `serve` throws besides AppErrors. */
  readonly onFault?: (error: unknown) => void;
  /** How long a holder that is ending is waited for. Default 30 s. */
  readonly patienceMs?: number;
}

const DOOR = /^door\.(\d+)\.sock$/u;
const DRAFT = /^door\.[0-9a-f]+\.new$/u;
/** The kernel's limit for a socket's path is 104 … 108 bytes; the longest name of ours has 26. */
const MAX_FOLDER_BYTES = 76;
const NO_FOLDER: ReadonlySet<string> = new Set(["EEXIST", "ENOTDIR", "ENAMETOOLONG"]);
const NO_PERMISSION: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);
const KNOCK_AGAIN_MS = 25;
const PATIENCE_MS = 30_000;

const doorName = (number: number) => `door.${number}.sock`;

/**
 * Takes the workspace's door, or gives a connection to who holds it.
 * @param dir the workspace's folder; made when missing, for its owner alone
 * @param serve answers the requests of later processes, from the moment the door is held
 * @throws AppError invalid (no folder), forbidden, unavailable
 */
export async function openDoor(dir: string, serve: Serve, options: DoorOptions = {}): Promise<Door> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await withShortPath(dir, (short) => contend(dir, short, serve, options));
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    const kind = NO_FOLDER.has(code) ? "invalid" : NO_PERMISSION.has(code) ? "forbidden" : "unavailable";
    throw new AppError(kind, `The workspace ${dir} cannot be opened: ${error.message}`, {}, { cause: error });
  }
}

/**
 * A connection to who holds the workspace; undefined when nobody does. It never takes the door and makes no folder.
 * @throws AppError forbidden, unavailable
 */
export async function askDoor(
  dir: string,
  { patienceMs = PATIENCE_MS }: Pick<DoorOptions, "patienceMs"> = {},
): Promise<DoorClient | undefined> {
  const started = performance.now();
  for (;;) {
    const top = await findHighest(dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return 0;
      throw error;
    });
    if (top === 0) return undefined;
    const knocked = await withShortPath(dir, (short) => knock(join(short, doorName(top))));
    if (knocked.kind === "answered") return knocked.client;
    if (knocked.kind === "dead") return undefined;
    if (performance.now() - started > patienceMs) throw refusesEntry(dir, knocked.reason);
    await wait(KNOCK_AGAIN_MS);
  }
}

function refusesEntry(dir: string, reason: string): AppError {
  return new AppError("unavailable", `The process that holds the workspace ${dir} does not let in: ${reason}.`);
}

async function contend(dir: string, short: string, serve: Serve, options: DoorOptions): Promise<Door> {
  const { patienceMs = PATIENCE_MS } = options;
  const started = performance.now();
  for (;;) {
    const top = await findHighest(dir);
    const knocked = top > 0 ? await knock(join(short, doorName(top))) : ({ kind: "dead" } as const);
    if (knocked.kind === "answered") return { held: false, client: knocked.client };
    if (knocked.kind === "dead") {
      const door = await takeDoor(dir, short, top + 1, serve, options);
      if (door) return door;
      continue;
    }
    if (performance.now() - started > patienceMs) throw refusesEntry(dir, knocked.reason);
    await wait(KNOCK_AGAIN_MS);
  }
}

async function takeDoor(
  dir: string,
  short: string,
  number: number,
  serve: Serve,
  { onFault = () => {} }: DoorOptions,
): Promise<HeldDoor | undefined> {
  const server = new DoorServer(serve, onFault);
  const draft = `door.${randomBytes(8).toString("hex")}.new`;
  await server.listen(join(short, draft));
  if (!(await publishDraft(join(dir, draft), join(dir, doorName(number))))) {
    await server.close();
    return undefined;
  }
  if ((await findHighest(dir)) > number) {
    await rm(join(dir, doorName(number)), { force: true });
    await server.close();
    return undefined;
  }
  server.open();
  // Tidying only: what stays harms nobody.
  await removeOlder(dir, number).catch(() => {});
  const drain = (abort: boolean) => server.drain(abort);
  return {
    held: true,
    drain: ({ abort = false } = {}) => drain(abort),
    close: async () => {
      await drain(false);
      await server.close();
    },
  };
}

/** Gives a listening socket its number. False when somebody was faster, or has tidied the draft away. */
async function publishDraft(draft: string, name: string): Promise<boolean> {
  try {
    await chmod(draft, 0o600);
    await link(draft, name);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function findHighest(dir: string): Promise<number> {
  let highest = 0;
  for (const name of await readdir(dir)) highest = Math.max(highest, Number(DOOR.exec(name)?.[1] ?? 0));
  return highest;
}

/** What dead processes left. A draft may be a living competitor's; it notices and knocks again. */
async function removeOlder(dir: string, number: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const older = DRAFT.test(name) || Number(DOOR.exec(name)?.[1] ?? number) < number;
    if (older) await rm(join(dir, name), { force: true });
  }
}

/**
 * A path of the folder that leaves room for a socket's name: itself, or a link from a private temporary folder.
 * The link is only needed while a socket is bound or connected to.
 */
async function withShortPath<Result>(dir: string, work: (short: string) => Promise<Result>): Promise<Result> {
  if (Buffer.byteLength(dir) <= MAX_FOLDER_BYTES) return work(dir);
  const parent = await mkdtemp(join(tmpdir(), "waymark-"));
  try {
    const short = join(parent, "w");
    await symlink(await realpath(dir), short);
    return await work(short);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
