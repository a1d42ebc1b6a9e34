/**
 * Options that are more than text: shares, whole numbers, durations.
 * A wrong one is told before anything runs.
 */
import { InvalidArgumentError } from "commander";

/** 0.05 or 5% → 0.05 */
export function readShare(text: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() === "" || !(share >= 0 && share <= 1))
    throw new InvalidArgumentError("It must be a share from 0 to 1, such as 0.05 or 5%.");
  return share;
}

/** A whole number from 1. */
export function readWhole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return number;
}

/** 0.12, 12% or 1200 */
export function readAmount(text: string): number {
  const amount = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text.trim() === "" || !Number.isFinite(amount))
    throw new InvalidArgumentError("It must be a number, such as 1200, 0.12 or 12%.");
  return amount;
}

/** "7,30,90" → [7, 30, 90] */
export function readDays(text: string): number[] {
  return text.split(",").map(readWhole);
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** "30d", "1.5 h", "45m", "2w" → milliseconds */
export function readDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d|w)$/iu.exec(text.trim()) ?? [];
  const milliseconds = Math.round(Number(amount) * (MILLISECONDS[unit?.toLowerCase() ?? ""] ?? Number.NaN));
  if (!(milliseconds > 0)) throw new InvalidArgumentError("It must be a time such as 30d, 12h, 45m or 90s.");
  return milliseconds;
}
