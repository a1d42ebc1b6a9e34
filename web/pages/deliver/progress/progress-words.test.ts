/**
 * Progress for people outside: delivered shares, deployments, and where an initiative is, in words.
 */
import { describe, expect, it } from "vitest";
import { describeDelivered, describeDeployment, describeGate, describeState } from "./progress-words.ts";

const effort = (must: number, should: number, could: number) => ({ must, should, could, undecided: 0, wont: 0 });

describe("what a timebox has delivered", () => {
  const facts = { effort: effort(20, 5, 0), done: effort(12, 0, 0) };
  it("says the effort that is done of that planned, and its share", () => {
    expect(describeDelivered(facts, "must", "days")).toMatch(/^12 of 20 days \(60.%\)$/u);
    expect(describeDelivered(facts, "should", "points")).toMatch(/^0 of 5 points \(0.%\)$/u);
  });
  it("never divides by nothing", () => expect(describeDelivered(facts, "could", "days")).toBe("none planned"));
});

describe("where it is", () => {
  const initiative = (state: string) => ({ state }) as never;
  it("names the phases that are open, or why there is none", () => {
    expect(describeState({ initiative: initiative("active"), activePhases: ["functional-model"] })).toBe(
      "Now in: Functional model iteration.",
    );
    expect(describeState({ initiative: initiative("active"), activePhases: [] })).toContain("not begun");
    expect(describeState({ initiative: initiative("closed"), activePhases: [] })).toContain("closed");
    expect(describeState({ initiative: initiative("stopped"), activePhases: [] })).toContain("stopped");
  });

  it("says what a gate decided, and who uses an increment since when", () => {
    const gate = { phase: "business-study", decision: "again", at: "", author: "", reason: "" } as const;
    expect(describeGate(gate)).toBe("Business study: worked on further");
    expect(describeGate({ ...gate, decision: "go" })).toBe("Business study: done, it goes on");
    expect(describeGate({ ...gate, phase: "post-project", decision: "go" })).toBe("Post-project review: done");
    const increment = { id: 1, title: "One", caseReview: null } as const;
    const deployed = { at: "", day: "2025-08-01", group: "group B", author: "" };
    expect(describeDeployment({ ...increment, deployed }, (day) => day)).toBe(
      "In use since 2025-08-01, at first by group B.",
    );
    expect(describeDeployment({ ...increment, deployed: null }, (day) => day)).toBe("Not in use yet.");
  });
});
