/** Whatever a file calls its customers, nothing of it commands the terminal. */
import { expect, test } from "vitest";
import type { Problem } from "../api/problem.ts";
import { describeProblem, forTerminal, toSafeJson } from "./terminal.ts";

const HOSTILE = "a\u001b[2J\u009b31m\u0007\b\r\u202eb\u2066\u200f";

test("control characters and turns of direction are shown as one unknown character each", () => {
  expect(forTerminal(`${HOSTILE}\tc\n`)).toBe("a\ufffd[2J\ufffd31m\ufffd\ufffd\ufffd\ufffdb\ufffd\ufffd\tc\n");
  expect(forTerminal("Zoë → 漢字 שלום 👩‍🚀")).toBe("Zoë → 漢字 שלום 👩‍🚀");
});

test("JSON is the same to a program, and harmless on a terminal", () => {
  const text = toSafeJson({ [HOSTILE]: HOSTILE });
  expect(JSON.parse(text)).toEqual({ [HOSTILE]: HOSTILE });
  expect(text).toBe(forTerminal(text));
});

test("problems are written so, for people and for programs", () => {
  const problem = { code: "bug", detail: HOSTILE } as unknown as Problem;
  const text = describeProblem(problem, { json: true, stack: HOSTILE });
  expect(text).toBe(forTerminal(text));
});
