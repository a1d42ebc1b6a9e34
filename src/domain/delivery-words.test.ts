/** Whether phases, roles and priorities are understood by each of their names, and by none that means two. */
import { expect, test } from "vitest";
import { namePriority, readPhase, readPriority, readRole } from "./delivery-words.ts";

test("a phase is known by its word, its name, and its 2014 name where that means one", () => {
  expect(["business-study", "Business study", "FOUNDATIONS", "deployment"].map(readPhase)).toEqual([
    ...["business-study", "business-study", "business-study", "implementation"],
  ]);
  // Both iterations are called so.
  expect(readPhase("Evolutionary Development")).toBeUndefined();
  expect(readPhase("")).toBeUndefined();
});

test("roles and priorities are known by word and name", () => {
  expect(["Business visionary", "dsdm-coach", "boss"].map(readRole)).toEqual([
    ...["business-visionary", "dsdm-coach", undefined],
  ]);
  expect(["Must", "won't", "wont", "Won’t this time", "may"].map(readPriority)).toEqual([
    ...["must", "wont", "wont", "wont", undefined],
  ]);
  expect([namePriority(null), namePriority("could")]).toEqual(["undecided", "Could"]);
});
