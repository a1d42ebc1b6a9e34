/** Real reviewers: who rates low comes back less often, plainly and among alike ones, and why the two differ. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REAL_DATA, readsLongData, whyLongSkipped } from "../../test/real-data.ts";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { readContext } from "../api/answer.ts";
import { importPaths } from "../ingest/import-paths.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeKpiBreakdown } from "./kpi-breakdown.ts";
import { analyzeMoment } from "./moment-detail.ts";
import { momentReportSchema } from "./moments-schema.ts";

/** As in docs/moments.md. */
const MAPPING = `recipe: reviews
events:
  - touchpoint: { literal: Review Written }
    time: date
    customer: { column: reviewerId }
    score: rating
    scale: { literal: 0-5 }
    properties:
      low: if(rating <= 2, "yes", "no")
touchpoints:
  Review Written: { stage: loyalty, role: order }
`;

describe.skipIf(!readsLongData)(
  `anonreviews${whyLongSkipped}`,
  () => {
    let workspace: TemporaryWorkspace;
    let context: AnalysisContext;
    beforeAll(async () => {
      workspace = await openTemporaryWorkspace();
      const { platform, folder } = workspace;
      const mappingFile = join(folder, "reviews.yaml");
      await writeFile(mappingFile, MAPPING);
      await importPaths(
        { ...platform, workspaceDir: folder },
        { paths: [join(REAL_DATA, "anonreviews")], mappingFile },
      );
      context = await readContext(platform);
    });
    afterAll(() => workspace?.close());

    it("a second review follows 12.9 % of low first ratings, and 22.5 % of others", async () => {
      const report = await analyzeKpiBreakdown(context, { kpi: "repeat-purchase-rate", by: "prop.low" });
      const rateOf = (value: string) => report.rows.find((row) => row.value === value)?.kpi.value;
      expect(rateOf("yes")).toBeCloseTo(0.128795, 6);
      expect(rateOf("no")).toBeCloseTo(0.2254, 4);
    });

    it("within a year most of it stays among alike reviewers; the rest is that low ratings are more often first ones", async () => {
      const asked = { outcome: 'touchpoint = "Review Written"', withinMs: 365 * 86_400_000 };
      const own = { touchpoint: "Review Written", contrast: "experience", property: "score", bad: "<= 2" } as const;
      const { claim, reasons, bySegment } = momentReportSchema.parse(
        await analyzeMoment(context, { ...asked, ...own }),
      );
      expect(claim).toMatchObject({ effect: expect.closeTo(-0.109, 3), crude: expect.closeTo(-0.139, 3) });
      expect(claim?.low).toBeGreaterThan(-0.12);
      expect(claim?.high).toBeLessThan(-0.1);
      const [first, second] = reasons;
      expect(first).toMatchObject({
        kind: "kind of attempt",
        exposed: expect.closeTo(0.798, 3),
        others: expect.closeTo(0.695, 3),
      });
      expect(second?.kind).toBe("earlier outcomes");
      expect(first?.difference).toBeLessThan(-0.015);
      expect(reasons.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(-0.139 + 0.109, 3);
      expect(reasons.at(-1)).toMatchObject({ kind: "rest", difference: expect.closeTo(0, 2) });

      // Before a first rating nothing is known: there the adjusted difference is the plain one.
      expect(bySegment).toMatchObject({ trait: "customer so far", traits: ["customer so far"] });
      const [newcomers, others] = bySegment.rows;
      expect(newcomers).toMatchObject({ value: "first attempt", effect: expect.closeTo(-0.117, 3) });
      expect(newcomers?.crude).toBeCloseTo(newcomers?.effect ?? Number.NaN, 9);
      expect(others).toMatchObject({ value: "right after an outcome", effect: expect.closeTo(-0.077, 3) });
    });
  },
  120_000,
);
