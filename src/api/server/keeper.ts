/**
 * A keeper: a process that holds one workspace for a front process, for as long as that one lives.
 * What it is asked comes through the workspace's door (kept-workspace.ts asks); it listens to nobody else.
 */
import type { Readable, Writable } from "node:stream";
import { AppError } from "../../domain/app-error.ts";
import { openSession } from "../session.ts";

/** Stores close in well under a second; what hangs for longer in the engine is not waited for. */
const CLOSING_MS = 20_000;

/**
 * Opens the workspace, says so in one line, and closes it when `life` ends, or on SIGTERM; then the process exits.
 * Ctrl-C reaches every process of a terminal at once: the front ends its keepers itself.
 * @param life stdin, a pipe from the front: its end is the front's end, however that came
 * @param tell stdout; see keeperLineSchema
 */
export async function keepUntilEnd(workspace: string, life: Readable, tell: Writable): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    life.once("end", resolve).once("error", () => resolve());
    life.resume();
    process.once("SIGTERM", () => resolve());
  });
  process.on("SIGINT", () => undefined);
  tell.on("error", () => undefined);
  try {
    const session = await openSession({ workspace });
    tell.write(`${JSON.stringify({ held: session.held })}\n`);
    if (session.held) await ended;
    setTimeout(() => process.kill(process.pid, "SIGKILL"), CLOSING_MS).unref();
    await session.close({ abort: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    tell.write(`${JSON.stringify({ problem: { code, message, details } })}\n`);
  }
  // An open handle of an engine must not keep it alive.
  setTimeout(() => process.exit(), 100).unref();
}
