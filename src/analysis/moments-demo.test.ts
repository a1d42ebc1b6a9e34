/** The demo's planted moments are found and its decoys rejected, with the numbers of docs/demo.md; long, so only in `prove -- demo`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { readContext } from "../api/answer.ts";
import { writeDemoFiles } from "../ingest/demo/write-demo-files.ts";
import { importPaths } from "../ingest/import-paths.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeMoment } from "./moment-detail.ts";
import { analyzeMoments } from "./moments.ts";
import { type MomentsReport, momentReportSchema, momentsReportSchema } from "./moments-schema.ts";

const DAY = 86_400_000;

function claimOf({ claims }: MomentsReport, touchpoint: string, property: string | null = null) {
  return claims.find((claim) => claim.touchpoint === touchpoint && claim.property === property);
}

const long = process.env.WAYMARK_DEMO_ROUNDS !== undefined;

describe.runIf(long)(
  `the demo shop${long ? "" : " (skipped: takes a minute; npm run prove -- demo)"}`,
  () => {
    let workspace: TemporaryWorkspace;
    let files: string;
    let context: AnalysisContext;
    beforeAll(async () => {
      files = await mkdtemp(join(tmpdir(), "waymark-demo-"));
      workspace = await openTemporaryWorkspace();
      await writeDemoFiles(files);
      await importPaths({ ...workspace.platform, workspaceDir: workspace.folder }, { paths: [files], recipe: "demo" });
      context = await readContext(workspace.platform);
    }, 120_000);
    afterAll(async () => {
      await workspace?.close();
      await rm(files, { recursive: true, force: true });
    });

    it("finds the live chat, and rejects the wishlist and the delivery options", async () => {
      const asked = { journey: "visit", outcome: 'touchpoint = "Order Completed"', withinMs: DAY };
      const report = momentsReportSchema.parse(await analyzeMoments(context, { ...asked, contrast: "presence" }));
      const chat = claimOf(report, "Live Chat Conversation Started");
      expect(chat).toMatchObject({ label: "likely cause", simpson: false });
      expect(chat?.effect).toBeGreaterThan(0.1);
      expect(chat?.effect).toBeLessThan(0.139);
      expect(chat?.low).toBeGreaterThan(0.05);
      const reasons = new Map(report.rejected.map(({ touchpoint, reason }) => [touchpoint, reason]));
      expect(reasons.get("Product Added to Wishlist")).toBe("already different before");
      expect(reasons.get("Delivery Options Viewed")).toBe("no clear effect");
      expect(reasons.get("Promotion Viewed")).toBe("no clear effect");
      expect(report.structural.map(({ touchpoint }) => touchpoint)).toContain("Payment Approved");
      const { worth, claims } = report;
      for (const { impact, reach, effect, money } of claims) {
        expect(impact).toBeCloseTo(reach * effect, 6);
        expect(money).toBeCloseTo(impact * (worth ?? Number.NaN), 4);
      }
    });

    it("finds the overdue parcel and the advice call, and one of them in full", async () => {
      const asked = { journey: "life", outcome: "repurchase", withinMs: 90 * DAY };
      const report = momentsReportSchema.parse(await analyzeMoments(context, asked));
      const overdue = claimOf(report, "Delivery Due", "overdue");
      expect(overdue).toMatchObject({ bad: '= "true"', label: "likely cause" });
      expect(overdue?.low).toBeLessThan(-0.272);
      expect(overdue?.high).toBeGreaterThan(-0.272);
      expect(claimOf(report, "Advice Call Received")?.effect).toBeGreaterThan(0.09);
      const own = {
        touchpoint: "Delivery Due",
        contrast: "experience",
        property: "overdue",
        segment: "group",
      } as const;
      const one = momentReportSchema.parse(await analyzeMoment(context, { ...asked, ...own }));
      expect(one.claim).toEqual(overdue);
      expect(one.tested).toBe(report.tested);
      expect(one.bySegment.rows.map(({ value }) => value).sort()).toEqual(["A", "B", "C", "D"]);
      const n = one.overTime.reduce((sum, part) => sum + part.n, 0);
      expect(n).toBeGreaterThan(0);
      expect(n).toBeLessThanOrEqual(overdue?.reach ?? 0);
    });
  },
  300_000,
);
