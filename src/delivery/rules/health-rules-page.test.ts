import { describe, expect, it } from "vitest";
import { healthThresholdsSchema } from "../../domain/dsdm/health.ts";
import { RULES } from "./check-health.ts";
import { writeHealthRules } from "./health-rules-page.ts";

describe("the page of the health rules", () => {
  // `npm run health-rules` writes it anew.
  it("is what the rules say", async () => {
    await expect(writeHealthRules()).toMatchFileSnapshot("../../../docs/health-rules.md");
  });

  it("has a row for each rule, with its thresholds filled in", () => {
    const page = writeHealthRules();
    for (const { id, title, severity } of RULES) expect(page).toContain(`| ${id} | ${severity} | ${title} |`);
    expect(page).not.toMatch(/\{\w+\}/u);
    expect(page).toContain("Must effort over 60 % of Must, Should and Could");
  });

  it("names for each threshold its default and a rule that uses it", () => {
    const rows = writeHealthRules().split("\n");
    for (const name of Object.keys(healthThresholdsSchema.parse({})))
      expect(rows.find((row) => row.startsWith(`| \`${name}\``))).toMatch(/\| [\d., %a-z]+ \| .+ \| \d+ \|$/u);
  });
});
