/** Which words the commands about re-purchase take, and what they refuse before anything runs. */
import { expect, test } from "vitest";
import { readModels, readWholeDays } from "./repurchase-commands.ts";

test("a hold-out is whole days, said in days or weeks", () => {
  expect([readWholeDays("39w"), readWholeDays("90d")]).toEqual([273, 90]);
  expect(() => readWholeDays("12h")).toThrow("whole days");
  expect(() => readWholeDays("soon")).toThrow("30d");
});

test("models are said one by one or in a list, each once", () => {
  expect(readModels("pareto-nbd, nbd", ["nbd"])).toEqual(["nbd", "pareto-nbd"]);
  expect(() => readModels("bgnbd")).toThrow("bg-nbd");
});
