/**
 * A real Postgres server for tests: finds the binaries, starts a cluster of its own in a temporary folder, and stops it.
 * Without a server the tests that need it are left out, and say so; where CI is set they fail instead.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";

const DEBIAN = "/usr/lib/postgresql";
const USER = "waymark";
const START_TIMEOUT_MS = 30_000;

export interface PostgresCluster {
  readonly password: string;
  /** Makes an empty database. @returns its URL, user and password in it */
  createDatabase(name: string): Promise<string>;
  /** A statement as the superuser, in the database `postgres`. */
  query(sql: string): Promise<void>;
  stop(): Promise<void>;
}

/** Where initdb and postgres may be: Debian's versions, the newest first, then PATH. */
function listFolders(): string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(DEBIAN, version, "bin")), ...(process.env.PATH ?? "").split(":")];
}

/**
 * Where the server is, or undefined after saying that its tests are left out.
 * @throws when there is none and CI is set: what is not run there is not proven
 */
export function findPostgres(folders = listFolders(), ci = process.env.CI): string | undefined {
  const found = folders.find(
    (folder) => folder && ["initdb", "postgres"].every((name) => existsSync(join(folder, name))),
  );
  if (found) return found;
  const missing = "There is no Postgres server on this machine (Debian: apt-get install postgresql)";
  if (ci) throw new Error(`${missing}; where CI is set its tests must run.`);
  process.stderr.write(`${missing}: the tests that need it are left out.\n`);
  return undefined;
}

/** Postgres refuses to run as root: then it runs as the first of these users that exists. */
async function findRunner(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"])
    try {
      const id = async (flag: string) => Number((await promisify(execFile)("id", [flag, name])).stdout);
      return { uid: await id("-u"), gid: await id("-g") };
    } catch {
      // Not on this machine.
    }
  throw new Error("Postgres does not run as root, and there is neither a user postgres nor nobody.");
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/**
 * Starts a cluster on 127.0.0.1 with password sign-in.
 * @param binaries what `findPostgres` found
 */
export async function startPostgres(binaries: string): Promise<PostgresCluster> {
  const runner = await findRunner();
  const parent = await mkdtemp(join(tmpdir(), "waymark-postgres-"));
  const { uid, gid } = runner;
  if (uid !== undefined && gid !== undefined) await chown(parent, uid, gid);
  await chmod(parent, 0o700);
  const data = join(parent, "data");
  const password = "s3cret word&?/#";
  await writeFile(join(parent, "password"), password);
  if (uid !== undefined && gid !== undefined) await chown(join(parent, "password"), uid, gid);
  const options = { ...runner, cwd: parent };
  const signIn = ["--auth=scram-sha-256", `--username=${USER}`, `--pwfile=${join(parent, "password")}`];
  await promisify(execFile)(
    join(binaries, "initdb"),
    ["-D", data, "--no-sync", "--encoding=UTF8", "--locale=C", ...signIn],
    options,
  );
  const port = await findFreePort();
  const settings = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "fsync=off"];
  const server = spawn(join(binaries, "postgres"), ["-D", data, ...settings.flatMap((each) => ["-c", each])], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = (name: string) => `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  await waitUntilReady(server, url("postgres"));
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url("postgres") });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return {
    password,
    query,
    createDatabase: async (name) => {
      await query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      return url(name);
    },
    stop: async () => {
      // Fast shutdown, of this one process and by its own id.
      if (server.kill("SIGINT")) await once(server, "exit");
      await rm(parent, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  let said = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-10_000);
  });
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += 50) {
    if (server.exitCode !== null) throw new Error(`The Postgres server did not start: ${said}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(50);
    }
  }
  server.kill("SIGKILL");
  throw new Error(`The Postgres server is not ready after ${START_TIMEOUT_MS} ms: ${said}`);
}
