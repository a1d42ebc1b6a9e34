import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput, toProblem } from "../api/problem.ts";
import { AppError, type ErrorCode } from "../domain/app-error.ts";
import { toExitCode } from "./exit-code.ts";
import { describeProblem } from "./terminal.ts";

test("each kind of error has its exit code", () => {
  const codes: Readonly<Record<ErrorCode, number>> = {
    invalid: 2,
    "not-found": 2,
    conflict: 2,
    forbidden: 2,
    unavailable: 1,
  };
  for (const [code, exit] of Object.entries(codes))
    expect(toExitCode(toProblem(new AppError(code as ErrorCode, "x")))).toBe(exit);
  expect(toExitCode(toProblem(new TypeError("x is undefined")))).toBe(1);
});

test("a wrong field is named", () => {
  const schema = z.object({ steps: z.array(z.string()).min(1) });
  expect(() => parseInput(schema, { steps: [] })).toThrow(/^steps: /u);
});

test("an error is one sentence, with --json also a problem, and a bug says how to report it", () => {
  const problem = toProblem(new AppError("not-found", "There is no customer «x».", { customer: "x" }));
  expect(describeProblem(problem, { json: false })).toBe("waymark: There is no customer «x».\n");
  const [, json = ""] = describeProblem(problem, { json: true }).split("\n");
  expect(JSON.parse(json)).toMatchObject({ status: 404, code: "not-found", details: { customer: "x" } });
  const bug = describeProblem(toProblem(new TypeError("boom")), { json: false, stack: "TypeError: boom\n    at f" });
  expect(bug).toMatch(/at f[\s\S]*report/u);
});
