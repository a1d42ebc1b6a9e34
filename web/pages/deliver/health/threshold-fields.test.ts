/**
 * Thresholds in the form: every one has a field, shares are percent, and only what changed is sent.
 */
import { describe, expect, it } from "vitest";
import { healthThresholdsSchema } from "../../../../src/domain/dsdm/health.ts";
import { changedThresholds, DEFAULT_THRESHOLDS, THRESHOLD_FIELDS, toShown } from "./threshold-fields.ts";

describe("threshold fields", () => {
  it("has one for each threshold there is", () => {
    expect(THRESHOLD_FIELDS.map(({ key }) => key).toSorted()).toEqual(Object.keys(healthThresholdsSchema.shape).sort());
  });

  it("shows shares as percent and the rest as they are", () => {
    const shown = Object.fromEntries(THRESHOLD_FIELDS.map((field) => [field.key, toShown(field, DEFAULT_THRESHOLDS)]));
    expect(shown).toMatchObject({ mostMust: 60, leastCould: 15, leastShouldDelivered: 50, benefitsWeeks: 26 });
  });

  it("sends what differs, as fractions, and nothing that was emptied or typed back", () => {
    expect(changedThresholds({ mostMust: 55, leastTeam: 5, standUpDays: "" }, DEFAULT_THRESHOLDS)).toEqual({
      mostMust: 0.55,
    });
    expect(changedThresholds({}, DEFAULT_THRESHOLDS)).toEqual({});
  });
});
