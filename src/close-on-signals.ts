/**
 * Ends a process in order when it is told to end.
 * What there is to close is the caller's; it knows nothing of stores or servers.
 */

/**
 * Closes in order when the process is told to end (SIGINT, SIGTERM), then exits with 128 + the signal's number.
 * A second signal exits at once.
 * @param closable the platform, or whatever closes it and more
 * @returns stops listening
 */
export function closeOnSignals(closable: { close(): Promise<void> }): () => void {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let told = false;
  const onSignal = (signal: keyof typeof codes) => {
    // kill -9 loses nothing that was acknowledged, so neither does this; the engine may only grumble.
    if (told) process.kill(process.pid, "SIGKILL");
    told = true;
    const exit = () => process.exit(codes[signal]);
    closable.close().then(exit, exit);
  };
  for (const signal of Object.keys(codes)) process.on(signal, onSignal);
  return () => {
    for (const signal of Object.keys(codes)) process.off(signal, onSignal);
  };
}
