import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingState } from "../domain/dsdm/report.ts";
import { CASE_FINDING, caseRequirement, healthyInitiative } from "./initiative.case.ts";
import { suggestPriorities } from "./moscow-suggestion.ts";

/** [finding, effort] a requirement; null: another need. */
function suggest(
  needs: readonly (readonly [finding: number | null, effort: number])[],
  findings: readonly Partial<FindingState>[],
) {
  const initiative = healthyInitiative((one) => {
    one.requirements = needs.map(([finding, effort], index) =>
      caseRequirement(index + 1, "wont", effort, { need: { finding, kpi: null, goal: 1 } }),
    );
  });
  const states = findings.map((one, index): FindingState => ({ ...CASE_FINDING, id: index + 1, ...one }));
  return suggestPriorities(initiative, new Map(states.map((one) => [one.id, one])), "EUR");
}
const list = (...from: Parameters<typeof suggest>) => suggest(...from).map((one) => [one.requirement, one.priority]);

describe("a suggestion", () => {
  it("weighs the cost of the finding against the effort", () => {
    // 80, 15 and 5 % of the cost for 50, 20 and 30 % of the effort.
    const findings = [{ money: -8_000 }, { money: -1_500 }, { money: -500 }];
    const needs = [
      [1, 5],
      [2, 2],
      [3, 3],
    ] as const;
    expect(list(needs, findings)).toEqual([
      [1, "must"],
      [2, "should"],
      [3, "could"],
    ]);
    expect(suggest(needs, findings)[0]?.because).toBe(
      "Finding 1 costs 8,000 EUR in the data it was measured on, 80 % of what this initiative’s findings cost for 50 % of the effort.",
    );
  });

  it("compares costs of a month where every finding says over how many, else in all", () => {
    // 100 and 400 a month, although the first cost more in all.
    const findings = [
      { money: -2_400, months: 24 },
      { money: -1_200, months: 3 },
    ];
    const needs = [
      [1, 1],
      [2, 1],
    ] as const;
    expect(list(needs, findings)).toEqual([
      [1, "could"],
      [2, "must"],
    ]);
    expect(suggest(needs, findings)[1]?.because).toContain("Finding 2 costs 400 EUR a month, 80 % of what");
    expect(suggest(needs, [{ ...findings[0], months: null }, findings[1] ?? {}])[0]?.because).toContain(
      "Finding 1 costs 2,400 EUR in the data it was measured on, 67 % of what",
    );
  });

  it("is never more than Could for what is not claimed, and says so", () => {
    const [one] = suggest([[1, 5]], [{ claimed: false }]);
    expect(one?.priority).toBe("could");
    expect(one?.because).toContain("but it is not claimed, so at most Could");
  });

  it("fills 60 % of the effort with Musts and 80 % with Shoulds too, and says so", () => {
    const suggestions = suggest(
      [
        [1, 5],
        [1, 3],
        [1, 2],
      ],
      [{}],
    );
    expect(suggestions.map(({ priority }) => priority)).toEqual(["must", "should", "could"]);
    expect(suggestions[2]?.because).toContain("and Musts already fill their part of the effort");
    expect(list([[1, 9]], [{}])).toEqual([[1, "must"]]);
  });

  it("compares outcomes where a finding has no money", () => {
    const findings = [
      { money: null, reach: 1_000, effect: -0.3 },
      { money: 90_000, reach: 100, effect: 0.1 },
    ];
    const [first, second] = suggest(
      [
        [1, 1],
        [2, 1],
      ],
      findings,
    );
    expect(first).toMatchObject({ priority: "must" });
    expect(first?.because).toContain("Finding 1 costs 300 outcomes");
    expect(second).toMatchObject({ priority: "could" });
  });

  it("is none without a measured finding, and Won’t for a settled one", () => {
    const findings = [{ money: null, effect: null }, { status: "dismissed" }, { status: "verified" }];
    expect(list([[null, 1]], findings)).toEqual([]);
    expect(list([[1, 1]], findings)).toEqual([]);
    expect(list([[9, 1]], findings)).toEqual([]);
    expect(
      list(
        [
          [2, 1],
          [3, 1],
        ],
        findings,
      ),
    ).toEqual([
      [1, "wont"],
      [2, "wont"],
    ]);
  });

  it("says that an effort is missing", () => {
    const [one] = suggest([[1, 0]], [{}]);
    expect(one).toMatchObject({ priority: "should" });
    expect(one?.because).toContain("its effort not estimated yet");
  });

  it("keeps its Musts and Shoulds within the effort, and writes no NaN", () => {
    const needs = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 9 })), { maxLength: 12 });
    const states = fc.array(
      fc.record({
        money: fc.option(fc.integer({ min: -9_000, max: 9_000 })),
        effect: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
        claimed: fc.boolean(),
      }),
      { minLength: 4, maxLength: 4 },
    );
    fc.assert(
      fc.property(needs, states, (some, findings) => {
        const suggestions = suggest(some, findings);
        const effort = (ids: readonly number[]) => ids.reduce((sum, id) => sum + (some[id - 1]?.[1] ?? 0), 0);
        const of = (priority: string) =>
          suggestions.filter((one) => one.priority === priority).map(({ requirement }) => requirement);
        const all = effort(suggestions.map(({ requirement }) => requirement));
        const greatest = Math.max(0, ...some.map(([, one]) => one));
        expect(effort(of("must"))).toBeLessThanOrEqual(Math.max(0.6 * all, greatest) + 1e-9);
        expect(suggestions.every(({ because }) => !/NaN|Infinity|undefined|null/.test(because))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
