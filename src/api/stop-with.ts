/**
 * Questions that stop when nobody waits for their answer any more: the asker has gone, or has asked something else.
 * How an engine stops a query is in store/.
 */
import type { Platform } from "../platform.ts";

/** The same store, whose reads end with `signal`; what changes the store is finished all the same. */
export function stopWith(events: Platform["events"], signal: AbortSignal): Platform["events"] {
  const join = (own: AbortSignal | undefined) => (own ? AbortSignal.any([own, signal]) : signal);
  return {
    kind: events.kind,
    query: (sql, options = {}) => events.query(sql, { ...options, signal: join(options.signal) }),
    stream: (sql, options = {}) => events.stream(sql, { ...options, signal: join(options.signal) }),
    insertStream: (...args) => events.insertStream(...args),
    loadFile: (load) => events.loadFile(load),
    command: (sql, options) => events.command(sql, options),
    close: () => events.close(),
  };
}
