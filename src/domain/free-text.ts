/**
 * Text that people write beside the answers: names, reasons, comments. What it is about is said by the schemas that use it.
 */
import { z } from "zod";

/** @param longest characters */
export function words(longest: number) {
  // The state store refuses it in any text.
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !text.includes("\0"), "write it without NUL characters");
}
