import { describe, expect, it } from "vitest";
import { type CustomerStanding, chooseNextStep } from "./next-step.ts";
import { LIFECYCLE_STATES, SEGMENTS } from "./repurchase-words.ts";

const stand = (standing: Partial<CustomerStanding>): CustomerStanding => ({
  ...{ state: "active", segment: "need attention", due: null, trouble: null },
  ...standing,
});
const coffee = { product: "Coffee", day: "2025-03-09" };

describe("chooseNextStep", () => {
  it("settles trouble before it sells, and reminds of what is due before it follows the state", () => {
    const trouble = "4 days before the data end «Delivery Due» says overdue = true";
    expect(chooseNextStep(stand({ trouble, due: coffee }))).toMatchObject({
      action: "Settle what went wrong before offering anything.",
      reason: expect.stringContaining(trouble),
    });
    expect(chooseNextStep(stand({ due: coffee }))).toMatchObject({
      action: "Remind them of «Coffee».",
      reason: expect.stringContaining("due again on 2025-03-09"),
    });
    expect(chooseNextStep(stand({ due: coffee, state: "lapsed" })).action).toContain("only as a test");
  });

  it("takes more trouble over those who bought often", () => {
    expect(chooseNextStep(stand({ state: "at risk", segment: "cannot lose them" })).action).toContain("in person");
    expect(chooseNextStep(stand({ state: "at risk", segment: "hibernating" })).action).toContain("reminder");
    expect(chooseNextStep(stand({ segment: "champions" })).action).toContain("no discount");
  });

  it("has a step for everybody, and never claims that it pays", () => {
    for (const state of LIFECYCLE_STATES)
      for (const segment of SEGMENTS)
        expect(chooseNextStep(stand({ state, segment })).reason).toMatch(/has not been measured yet/u);
  });
});
