/**
 * The command as people and scripts run it: small worlds, without a workspace, its files, its refusals.
 * Whether the method holds up is proved by `npm run prove -- verify`.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, openCommandLine } from "../../test/command-line.ts";
import { verifyReportSchema } from "../api/verify.ts";

describe("waymark verify", () => {
  let cli: CommandLine;
  beforeAll(async () => {
    cli = await openCommandLine();
  });
  afterAll(() => cli.close());

  test("scores every method and writes what it scored", async () => {
    const folder = join(cli.folder, "worlds");
    const options = ["--seeds", "1", "--customers", "1000", "--scenario", "followers", "--write", folder, "--json"];
    const { code, out, err } = await cli.run("none", "verify", ...options);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const report = verifyReportSchema.strict().parse(JSON.parse(out));
    expect(report).toMatchObject({ seeds: 1, customers: 1000, written: [join(folder, "followers-1")] });
    expect(report.methods.map(({ id }) => id)).toEqual(["waymark", "odds-ratio", "top-k", "regression", "markov"]);
    expect(report.frictions).toMatchObject({ runs: 0, bias: null, byKind: [] });
    expect(report.scenarios).toMatchObject([{ name: "followers", runs: 1, methods: report.methods }]);
    const [waymark, odds] = report.methods;
    // 1,000 customers show the largest moments only; whatever is said of them must be right.
    expect(waymark).toMatchObject({ fdr: 0, signErrors: 0, falseClaimUnderNull: null });
    expect(waymark?.recall).toBeGreaterThan(0.1);
    expect(waymark?.coverage.null).toBeGreaterThan(0.8);
    expect(odds?.fdr).toBeGreaterThan(0.2);
    expect(odds?.coverage).toEqual({ planted: null, null: null, decoy: null });
    const truth: unknown = JSON.parse(await readFile(join(folder, "followers-1", "truth.json"), "utf8"));
    expect(truth).toMatchObject({ scenario: "followers", seed: 1, outcome: "Order Completed" });
    // No workspace was opened for it.
    expect(existsSync(join(cli.folder, "none", "events"))).toBe(false);
  });

  test("scores planted frictions by kind", async () => {
    const options = ["--seeds", "1", "--customers", "800", "--scenario", "frictions", "--json"];
    const { code, out, err } = await cli.run("none", "verify", ...options);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { frictions, methods, scenarios } = verifyReportSchema.strict().parse(JSON.parse(out));
    expect(scenarios).toEqual([]);
    expect(methods[0]).toMatchObject({ id: "waymark", recall: null });
    expect(frictions).toMatchObject({ runs: 1, falseClaimUnderNull: null });
    expect(frictions.byKind.map(({ kind }) => kind)).toEqual([
      ...["drop-off", "rework", "wait", "repeat-contact", "bad-score", "error-event"],
    ]);
    // 800 customers show hardly any friction, but what is said of them lies around the truth.
    expect(Math.abs(frictions.bias ?? 1)).toBeLessThan(0.05);
    expect(frictions.coverage).toBeGreaterThan(0.8);
  });

  test("an unknown scenario is refused with those that are known", async () => {
    const { code, err } = await cli.run("none", "verify", "--scenario", "easy");
    expect(code).toBe(2);
    expect(err).toContain('There is no scenario "easy". Known: mixed, late-step');
  });
});
