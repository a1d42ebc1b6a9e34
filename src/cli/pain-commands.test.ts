/** Which words the commands about pain points take, and what they refuse before anything runs. */
import { expect, test } from "vitest";
import { readPrice } from "./pain-commands.ts";
import { buildProgram } from "./program.ts";
import { readKind, readKinds } from "./read-kind.ts";

test("a price is an amount from nought, or none", () => {
  expect([readPrice("8.50"), readPrice("0"), readPrice("none")]).toEqual([8.5, 0, null]);
  for (const text of ["-1", "", "much"]) expect(() => readPrice(text)).toThrow("an amount from 0");
});

test("kinds are said one by one or in a list", () => {
  expect(readKinds("wait, rework", ["theme"])).toEqual(["theme", "wait", "rework"]);
  expect(() => readKind("loop")).toThrow("rework");
});

test.each([
  [["pain-points"], "--outcome"],
  [["pain-points", "show", "wait", "Ticket Opened"], "--outcome"],
  [["pain-points", "cost", "Ticket Opened"], "an amount, or none"],
] as const)("%j says too little", async (args, words) => {
  const run = buildProgram().parseAsync([...args], { from: "user" });
  await expect(run).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(words) });
});
