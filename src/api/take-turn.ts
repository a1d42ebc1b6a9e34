/**
 * One change of a workspace at a time: imports, rollbacks and the demo wait for each other; questions wait for nobody.
 * Which journeys an import prepares depends on which imports are live, and that must not change meanwhile.
 */
import type { Platform } from "../platform.ts";
import type { Call } from "./operation.ts";

const lastTurns = new WeakMap<Platform, Promise<unknown>>();

/** Does `work` when all that came before has ended, well or not. @throws the signal's reason when stopped before its turn */
export function takeTurn<Result>(platform: Platform, { signal }: Call, work: () => Promise<Result>): Promise<Result> {
  const before = lastTurns.get(platform) ?? Promise.resolve();
  const turn = before.then(() => {
    signal.throwIfAborted();
    return work();
  });
  const ended = turn.catch(() => undefined);
  lastTurns.set(platform, ended);
  return turn;
}
