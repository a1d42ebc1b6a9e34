import { expect, it } from "vitest";
import { chooseExamples } from "./examples.ts";
import type { SampledText } from "./texts.ts";

const texts = ["ITEM DOES NOT FIT, AND I SENT IT BACK ON MONDAY!!", "Item does not fit.", "Item does not fit?!"];
const sample = texts.map(
  (text, time): SampledText => ({ text, time, id: 1, property: "subject", score: null, scale: "" }),
);

it("examples are what people say calmly, before what they shout, and no two of them alike", () => {
  const theme = { pattern: "item does not fit", label: "item does not fit" };
  const found = chooseExamples(sample, theme, () => "Ticket Opened");
  expect(found.map(({ text }) => text)).toEqual([texts[1], texts[0]]);
});
