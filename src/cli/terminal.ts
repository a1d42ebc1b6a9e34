/**
 * Where words go: answers to stdout, everything else to stderr, errors as one clear sentence.
 * What an answer looks like is said by the renderers.
 */
import type { Problem } from "../api/problem.ts";

/** Writes all of `text`; a large answer into a pipe takes longer than the process would otherwise live. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      // A reader that has seen enough (| head) is no fault.
      if (!error || (error as NodeJS.ErrnoException).code === "EPIPE") resolve();
      else reject(error);
    });
  });
}

const HOW_TO_REPORT =
  "This is a fault of Waymark, not of your input. Please report it with the command, this text and the version.";

/** One sentence for people; with `json` also the problem itself, for programs. Both on stderr. */
export function describeProblem(
  problem: Problem,
  options: { readonly json: boolean; readonly stack?: string },
): string {
  const lines = [`waymark: ${problem.detail}`];
  if (problem.code === "bug") lines.push(options.stack ?? "", HOW_TO_REPORT);
  if (options.json) lines.push(JSON.stringify(problem));
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
