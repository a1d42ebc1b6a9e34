import { defineConfig } from "vitest/config";

/** Functions alone, no engine. They share a process; whoever opens an engine gets one to itself. */
const PURE = [
  "web/**/*.test.ts",
  "src/{domain,stats,delivery}/**/*.test.ts",
  "src/analysis/{detour,moment-claims,moment-deciding,moment-experiences,moment-own-history}.test.ts",
  "src/analysis/effect/{event-periods,foresee-effect}.test.ts",
  "src/api/{delivery-benefits,finding-from-{moment,pain-point},verify-score}.test.ts",
  "src/cli/{exit-code,format,progress,read-option,render-*,table}.test.ts",
  "src/ingest/{detect-time,flatten-xes,prepare-sources,propose-mapping}.test.ts",
  "src/ingest/{demo,planted}/{calendar,random,simulate-*}.test.ts",
  "src/store/{migration-files,row-chunks,sql-tokens,touchpoint-catalogue}.test.ts",
];

/** Those that take longest begin, so that at the end no core waits for them. Projects run in the order of their names. */
const LONG = [
  "test/web/*.test.ts",
  "test/documented-commands.test.ts",
  "test/kpis-real-data.test.ts",
  "src/cli/{cli,moment-commands}.test.ts",
  "src/api/server/serve.test.ts",
  "src/ingest/{recipes,recover-imports}.test.ts",
  "src/store/embedded-*.test.ts",
  "src/analysis/moments*.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["test/shared-build.ts"],
    pool: "forks",
    // Twice the cores of our machines: a worker often waits, for a page or for a process it started.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "long", include: LONG } },
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      {
        extends: true,
        test: { name: "whole", include: ["src/**/*.test.ts", "test/**/*.test.ts"], exclude: [...PURE, ...LONG] },
      },
    ],
  },
});
