/**
 * The parameters of the funnel's address: its steps, what is counted, how fast, how strictly.
 */
import { z } from "zod";

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** "30 d", "12h" → milliseconds; undefined when it is no such time. */
export function readWithin(text: string): number | undefined {
  const [, amount, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*(s|min|h|d|w)\s*$/u.exec(text) ?? [];
  const milliseconds = Math.round(Number(amount) * (UNITS[unit] ?? Number.NaN));
  return milliseconds >= 1 ? milliseconds : undefined;
}

export const funnelSearchSchema = z.object({
  /** Touchpoint names in order; a trailing "?" makes a step optional. Empty: the proposed funnel. */
  steps: z.array(z.coerce.string().min(1)).max(20).catch([]),
  per: z.enum(["journey", "customer"]).catch("journey"),
  /** "30 d"; absent: no limit. */
  within: z
    .string()
    .refine((text) => readWithin(text) !== undefined)
    .optional()
    .catch(undefined),
  strict: z.boolean().catch(false),
});
export type FunnelView = z.output<typeof funnelSearchSchema>;
