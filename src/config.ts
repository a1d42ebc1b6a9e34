/**
 * What the environment says: the only place that reads it, once, checked and named.
 * What follows from it (which store, which colour) is decided by the platform and the command line.
 */
import { z } from "zod";
import { AppError } from "./domain/app-error.ts";

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

export interface Config {
  /** Folder of the workspace when a command names none. */
  readonly workspace: string;
  /** Folder of the demo's workspace. */
  readonly demoWorkspace: string;
  /** Port of the app; 0 = any free one; undefined = the usual one, or the next that is free. */
  readonly port: number | undefined;
  /** How much one upload may hold. */
  readonly maxUploadBytes: number;
  /** Address of a ClickHouse server; undefined = embedded. May hold a password: never show it. */
  readonly clickhouseUrl: string | undefined;
  /** Address of a Postgres server; undefined = embedded. May hold a password: never show it. */
  readonly postgresUrl: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** False when NO_COLOR is set (https://no-color.org), the terminal is dumb, or nobody watches (CI). */
  readonly color: boolean;
  /** Nobody watches: no questions, no moving progress. */
  readonly ci: boolean;
  /** Who makes a change when a command names nobody. */
  readonly author: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as not set, as shells make it hard to unset one. */
const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().optional());

/** An address of one of these schemes. */
function address(schemes: readonly string[], form: string) {
  return text.refine(
    (value) => value === undefined || (URL.canParse(value) && schemes.includes(new URL(value).protocol)),
    `must be an address like ${form}`,
  );
}

/** A flag is on unless it is empty or says no. */
const flag = text.transform((value) => value !== undefined && !/^(?:0|false|no|off)$/iu.test(value));

function wholeNumber(max: number) {
  const message = `must be a whole number from 0 to ${max}`;
  return text
    .refine((value) => value === undefined || (/^\d{1,15}$/u.test(value) && Number(value) <= max), message)
    .transform((value) => (value === undefined ? undefined : Number(value)));
}

const environmentSchema = z.object({
  WAYMARK_WORKSPACE: text.transform((value) => value ?? "./waymark-data/main"),
  WAYMARK_DEMO_WORKSPACE: text.transform((value) => value ?? "./waymark-data/demo"),
  WAYMARK_PORT: wholeNumber(65_535),
  WAYMARK_MAX_UPLOAD_BYTES: wholeNumber(2 ** 43).transform((value) => value ?? 5 * 2 ** 30),
  WAYMARK_CLICKHOUSE_URL: address(["http:", "https:"], "https://user:password@host:8443/database"),
  WAYMARK_POSTGRES_URL: address(["postgres:", "postgresql:"], "postgres://user:password@host:5432/database"),
  WAYMARK_LOG_LEVEL: z.preprocess(
    (value) => (typeof value === "string" && value !== "" ? value.toLowerCase() : "info"),
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`),
  ),
  WAYMARK_AUTHOR: text,
  NO_COLOR: text,
  TERM: text,
  CI: flag,
});

/**
 * @param env the process's environment unless a test gives another
 * @throws AppError invalid naming each wrong variable; values are not repeated, they may hold passwords
 */
export function readConfig(env: Environment = process.env): Config {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new AppError("invalid", `The environment is not right: ${problems.join("; ")}.`, {
      variables: parsed.error.issues.map(({ path }) => path.join(".")),
    });
  }
  const { data } = parsed;
  return {
    workspace: data.WAYMARK_WORKSPACE,
    demoWorkspace: data.WAYMARK_DEMO_WORKSPACE,
    port: data.WAYMARK_PORT,
    maxUploadBytes: data.WAYMARK_MAX_UPLOAD_BYTES,
    clickhouseUrl: data.WAYMARK_CLICKHOUSE_URL,
    postgresUrl: data.WAYMARK_POSTGRES_URL,
    logLevel: data.WAYMARK_LOG_LEVEL,
    color: data.NO_COLOR === undefined && data.TERM !== "dumb" && !data.CI,
    ci: data.CI,
    author: data.WAYMARK_AUTHOR,
  };
}
