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

/** All but line ends and tabs, and what turns the direction of a line. */
const UNSAFE = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text with whatever names a file brought: an escape sequence in one of them must not reach the terminal. */
export function forTerminal(text: string): string {
  return text.replace(UNSAFE, "\ufffd");
}

/** An answer as JSON, the same to a program; JSON itself lets some control characters stand. */
export function toSafeJson(answer: unknown): string {
  return JSON.stringify(answer).replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const HOW_TO_REPORT =
  "This is a fault of Waymark, not of your input. Please report it with the command, this text and the version.";

/** One sentence for people; with `json` also the problem itself, for programs. Both on stderr. */
export function describeProblem(
  problem: Problem,
  options: { readonly json: boolean; readonly stack?: string },
): string {
  const lines = [forTerminal(`waymark: ${problem.detail}`)];
  if (problem.code === "bug") lines.push(forTerminal(options.stack ?? ""), HOW_TO_REPORT);
  if (options.json) lines.push(toSafeJson(problem));
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
