/**
 * Shows on a terminal how far a long operation is, with its rate and the time left; silent when stderr is no terminal.
 * What is counted comes from the operation.
 */
import { SingleBar } from "cli-progress";
import type { Progress } from "../api/operation.ts";
import { formatBytes, formatDuration, formatNumber } from "./format.ts";

/** Takes reports of progress; `stop` clears the line. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly stop: () => void;
}

const SETTLED_SECONDS = 0.4;
const BAR = "{phase} {bar} {percentage} % · {text}";
/** For phases of which nobody knows how long they are. */
const NO_BAR = "{phase} … {text}";

function formatAmount(amount: number, unit: Progress["unit"]): string {
  return unit === "bytes" ? formatBytes(amount) : `${formatNumber(Math.round(amount))} ${unit}`;
}

/**
 * Text behind the bar: "12.0 MB of 44.1 MB · 8.1 MB/s · 4.0 s left".
 * @param begun what was done when the phase began, `seconds` ago
 */
export function describeProgress({ done, total, unit }: Progress, begun: number, seconds: number): string {
  if (done === 0 && total === 0) return "";
  const parts = [total > 0 ? `${formatAmount(done, unit)} of ${formatAmount(total, unit)}` : formatAmount(done, unit)];
  // In the first moments a rate is noise.
  const rate = seconds >= SETTLED_SECONDS ? (done - begun) / seconds : 0;
  if (rate > 0) parts.push(`${formatAmount(rate, unit)}/s`);
  if (rate > 0 && total > done) parts.push(`${formatDuration((total - done) / rate)} left`);
  return parts.join(" · ");
}

/** One phase on one line of the terminal. */
class PhaseLine {
  readonly phase: string;
  readonly #bar: SingleBar;
  readonly #begun: number;
  readonly #start: number;
  readonly #now: () => number;
  /** Whether the phase can say how far it is; one that begins complete cannot. */
  readonly #measured: boolean;

  constructor({ phase, done, total }: Progress, stream: NodeJS.WriteStream, now: () => number) {
    this.phase = phase;
    this.#begun = done;
    this.#start = now();
    this.#now = now;
    this.#measured = done < total || total === 0;
    const format = total > done ? BAR : NO_BAR;
    this.#bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream });
    this.#bar.start(Math.max(1, total), done, { phase, text: "" });
  }

  show(progress: Progress): void {
    const seconds = (this.#now() - this.#start) / 1000;
    const text = this.#measured ? describeProgress(progress, this.#begun, seconds) : "";
    this.#bar.update(progress.done, { text });
  }

  stop(): void {
    this.#bar.stop();
  }
}

/** @param now milliseconds, monotonic */
export function openProgressLine(stream: NodeJS.WriteStream, now: () => number): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, stop: () => undefined };
  let line: PhaseLine | undefined;
  return {
    show(progress) {
      if (progress.phase !== line?.phase) {
        line?.stop();
        line = new PhaseLine(progress, stream, now);
      }
      line.show(progress);
    },
    stop() {
      line?.stop();
      line = undefined;
    },
  };
}
