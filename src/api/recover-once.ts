/**
 * Brings a workspace into order before its first operation: what a crash interrupted is finished or dropped, once.
 * How that is done is in ingest/recover-imports.ts.
 */
import { recoverImports } from "../ingest/recover-imports.ts";
import type { Platform } from "../platform.ts";

const recoveries = new WeakMap<Platform, Promise<void>>();

async function recover({ events, state, clock, log, workspace }: Platform): Promise<void> {
  const { dropped, finished, removed, edited } = await recoverImports({
    events,
    state,
    clock,
    workspaceDir: workspace,
  });
  if (dropped.length + finished.length + removed.length + edited.length > 0)
    log.warn({ dropped, finished, removed, edited }, "what was interrupted was brought into order");
}

/** Every operation waits for it; all that come at once share it. After a failure the next one tries again. */
export function recoverOnce(platform: Platform): Promise<void> {
  const running = recoveries.get(platform);
  if (running) return running;
  const recovery = recover(platform);
  recoveries.set(platform, recovery);
  recovery.catch(() => recoveries.delete(platform));
  return recovery;
}
