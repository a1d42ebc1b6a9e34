/** Which sides are known to be bad, and how the question reads where neither is. */
import { expect, test } from "vitest";
import { describeOtherSide, describeQuestion, isBadKnown } from "./moment-condition.ts";

test.each([
  ["overdue", '= "true"', true],
  ["slaBreached", '= "yes"', true],
  ["is_late", "= 1", true],
  ["solved", '= "false"', true],
  ["unsolved", '= "false"', false],
  ["onTime", '= "true"', false],
  ["giftWrap", '= "true"', false],
  ["result", '= "failed"', true],
  ["checkout", '= "express"', false],
  ["hoursWaited", "> 48", true],
  ["score", "<= 6", true],
] as const)("%s %s is known to be bad: %s", (property, bad, known) => {
  expect(isBadKnown({ property, bad })).toBe(known);
});

test("the question is neutral where nobody can say which side is bad", () => {
  const of = (property: string, bad: string) => ({ contrast: "experience", property, bad }) as const;
  expect(describeQuestion({ contrast: "presence", property: null, bad: null })).toBe("did it happen");
  expect(describeQuestion(of("overdue", '= "true"'))).toBe("did it go well");
  expect(describeOtherSide(of("overdue", '= "true"'))).toBe("the same touchpoint when it went well");
  expect(describeQuestion(of("giftWrap", '= "true"'))).toBe("compared by gift wrap");
  expect(describeOtherSide(of("checkout", '= "express"'))).toBe(
    "the same touchpoint without “checkout: express”; neither side is known to be bad",
  );
});
