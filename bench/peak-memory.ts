/**
 * How much memory a run takes at the most: asked of the process itself, or of a child that does nothing else.
 * What is run is the proof's matter.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Highest resident memory of this process so far, bytes. Linux only. */
export async function readPeakMemory(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8");
  return Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/**
 * Peak of a child process that only imports and asks, so that nothing else counts into it.
 * @param script address of a proof that answers `--peak PATH` with its own peak in bytes
 */
export function measurePeak(script: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(script), "--peak", path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on("close", (code) =>
      code === 0 ? resolve(Number(text)) : reject(new Error(`the memory run ended with ${code}`)),
    );
  });
}
