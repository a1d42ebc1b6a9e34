import { defineConfig } from "vitest/config";

/** Those that take longest begin, so that at the end no core waits for them. Projects run in the order of their names. */
const LONG = [
  "test/web/*.test.ts",
  "test/documented-commands.test.ts",
  "test/{kpis,pain-points}-real-data.test.ts",
  "src/cli/{cli,moment-commands,report-command,verify-command}.test.ts",
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
    // One process opens one engine after the other; each file closes what it opened.
    isolate: false,
    projects: [
      { extends: true, test: { name: "first", include: LONG } },
      {
        extends: true,
        test: { name: "then", include: ["{src,test,web}/**/*.test.ts"], exclude: LONG },
      },
    ],
  },
});
