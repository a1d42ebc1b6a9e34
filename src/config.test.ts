/**
 * Whether the environment is read as documented, and told wrong without repeating what it says.
 */
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("nothing set gives an embedded workspace", () => {
  expect(readConfig({})).toEqual({
    workspace: "./waymark-data/main",
    demoWorkspace: "./waymark-data/demo",
    port: undefined,
    maxUploadBytes: 5 * 2 ** 30,
    clickhouseUrl: undefined,
    postgresUrl: undefined,
    logLevel: "info",
    color: true,
    ci: false,
    author: undefined,
  });
});

test("everything set is read; empty counts as not set", () => {
  const env = {
    WAYMARK_WORKSPACE: "/data/shop",
    WAYMARK_DEMO_WORKSPACE: "/data/demo",
    WAYMARK_PORT: "0",
    WAYMARK_MAX_UPLOAD_BYTES: "1000",
    WAYMARK_CLICKHOUSE_URL: "http://reader:secret@127.0.0.1:8123/shop",
    WAYMARK_POSTGRES_URL: "postgresql://waymark@db/shop",
    WAYMARK_LOG_LEVEL: "DEBUG",
    WAYMARK_AUTHOR: "Ada",
    NO_COLOR: "1",
  };
  expect(readConfig(env)).toEqual({
    workspace: env.WAYMARK_WORKSPACE,
    demoWorkspace: env.WAYMARK_DEMO_WORKSPACE,
    port: 0,
    maxUploadBytes: 1000,
    clickhouseUrl: env.WAYMARK_CLICKHOUSE_URL,
    postgresUrl: env.WAYMARK_POSTGRES_URL,
    logLevel: "debug",
    color: false,
    ci: false,
    author: "Ada",
  });
  const empty = Object.fromEntries(Object.keys(env).map((name) => [name, ""]));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

test.each([
  [{ NO_COLOR: "1" }, false, false],
  [{ TERM: "dumb" }, false, false],
  [{ CI: "true" }, false, true],
  [{ CI: "1" }, false, true],
  [{ CI: "false" }, true, false],
  [{ TERM: "xterm" }, true, false],
])("%j: colour %s, CI %s", (env, color, ci) => {
  expect(readConfig(env)).toMatchObject({ color, ci });
});

test.each([
  ["WAYMARK_CLICKHOUSE_URL", "tcp://user:hunter2@host:9000"],
  ["WAYMARK_CLICKHOUSE_URL", "hunter2"],
  ["WAYMARK_POSTGRES_URL", "mysql://user:hunter2@host/db"],
  ["WAYMARK_LOG_LEVEL", "hunter2"],
  ["WAYMARK_PORT", "hunter2"],
  ["WAYMARK_PORT", "65536"],
  ["WAYMARK_PORT", "-1"],
  ["WAYMARK_MAX_UPLOAD_BYTES", "5 GB"],
])("%s=%s is refused by name, its value not repeated", (name, value) => {
  let problem: unknown;
  try {
    readConfig({ [name]: value });
  } catch (error) {
    problem = error;
  }
  expect(problem).toMatchObject({ code: "invalid", details: { variables: [name] } });
  expect((problem as Error).message).toContain(`${name} must be`);
  expect(JSON.stringify([problem, (problem as Error).message, (problem as Error).stack])).not.toContain("hunter2");
});
