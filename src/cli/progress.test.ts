import { expect, test } from "vitest";
import { describeProgress } from "./progress.ts";

test("progress says how much, how fast and how long still", () => {
  const progress = { phase: "reading", done: 12e6, total: 44e6, unit: "bytes" } as const;
  expect(describeProgress(progress, 4e6, 2)).toBe("12.0 MB of 44.0 MB · 4.0 MB/s · 8.0 s left");
});

test("without a total there is no time left, and in the first moments no rate", () => {
  const progress = { phase: "reading", done: 5000, total: 0, unit: "records" } as const;
  expect(describeProgress(progress, 0, 2)).toBe("5,000 records · 2,500 records/s");
  expect(describeProgress(progress, 0, 0.1)).toBe("5,000 records");
  expect(describeProgress({ ...progress, done: 0 }, 0, 5)).toBe("");
});
