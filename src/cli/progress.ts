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

function formatAmount(amount: number, unit: Progress["unit"]): string {
  return unit === "bytes" ? formatBytes(amount) : `${formatNumber(Math.round(amount))} ${unit}`;
}

/** Text behind the bar: "12.0 MB of 44.1 MB · 8.1 MB/s · 4.0 s left". */
export function describeProgress({ done, total, unit }: Progress, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [total > 0 ? `${formatAmount(done, unit)} of ${formatAmount(total, unit)}` : formatAmount(done, unit)];
  if (rate > 0) parts.push(`${formatAmount(rate, unit)}/s`);
  if (rate > 0 && total > done) parts.push(`${formatDuration((total - done) / rate)} left`);
  return parts.join(" · ");
}

/** @param now milliseconds, monotonic */
export function openProgressLine(stream: NodeJS.WriteStream, now: () => number): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, stop: () => undefined };
  let bar: SingleBar | undefined;
  let phase: string | undefined;
  let start = now();
  return {
    show(progress) {
      if (progress.phase !== phase) {
        bar?.stop();
        phase = progress.phase;
        start = now();
        bar = new SingleBar({
          format: "{phase} {bar} {percentage} % · {text}",
          hideCursor: true,
          clearOnComplete: true,
          stream,
        });
        bar.start(Math.max(1, progress.total), 0, { phase, text: "" });
      }
      bar?.setTotal(Math.max(1, progress.total));
      bar?.update(progress.done, { text: describeProgress(progress, (now() - start) / 1000) });
    },
    stop: () => bar?.stop(),
  };
}
