/**
 * Whether `./waymark` builds when it must, only then, once, and never leaves half a build.
 * It runs in a tiny clone with its own sources and this project's packages; installing them is left to `.ci/run`.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
let parent: string;
let clone: string;

function launch(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(join(clone, "waymark"), args, { cwd: tmpdir() }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, out, err });
    });
  });
}

const writeMain = (text: string) => writeFile(join(clone, "src", "cli", "main.ts"), text);
const builds = async () => (await readdir(clone)).filter((name) => name.startsWith("dist-")).length;
/** A program that tells its arguments, its thread pool and `word`. */
const program = (word: string) =>
  `process.stdout.write(JSON.stringify([...process.argv.slice(2), process.env["UV_THREADPOOL_SIZE"], "${word}"]));`;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "waymark-launcher-"));
  clone = join(parent, "a clone");
  await mkdir(join(clone, "src", "cli"), { recursive: true });
  for (const name of [
    "waymark",
    "scripts",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.build.json",
  ])
    await cp(join(ROOT, name), join(clone, name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
  await writeMain(program("first"));
});

afterAll(() => rm(parent, { recursive: true, force: true }));

describe("./waymark", () => {
  test("two at once on a fresh clone both work, and one of them builds", async () => {
    const runs = await Promise.all([launch("a", "b c"), launch("a", "b c")]);
    for (const run of runs) expect(run).toMatchObject({ code: 0, out: '["a","b c","16","first"]' });
    // The other may say that it waits for whoever is building.
    expect(runs.filter(({ err }) => err.includes("waymark: building"))).toHaveLength(1);
  });

  test("with nothing changed it does not build, also through a link", async () => {
    await symlink(join(clone, "waymark"), join(parent, "linked"));
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
      execFile(join(parent, "linked"), [], (_, stdout, stderr) => resolve({ stdout, stderr }));
    });
    expect({ stdout, stderr }).toEqual({ stdout: '["16","first"]', stderr: "" });
  });

  test("a changed source is built; the build before stays for those who still run it", async () => {
    await writeMain(program("second"));
    expect((await launch()).out).toBe('["16","second"]');
    expect(await builds()).toBe(2);
    await writeMain(program("third"));
    expect((await launch()).out).toBe('["16","third"]');
    expect(await builds()).toBe(2);
  });

  test("a source that does not compile ends with 1, says why, and leaves the build before", async () => {
    const before = await readlink(join(clone, "dist"));
    await writeMain("const number: number = 'text'; export { number };");
    const { code, out, err } = await launch();
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/main\.ts[\s\S]*The build failed/u);
    expect(await readlink(join(clone, "dist"))).toBe(before);
    expect((await readdir(clone)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("the program's exit code is the launcher's", async () => {
    await writeMain("process.exitCode = 3;");
    expect((await launch()).code).toBe(3);
  });

  test("a lock that a dead builder left is taken over", async () => {
    await writeMain(program("fourth"));
    const lock = join(clone, ".build", "builder.lock");
    await writeFile(lock, "999999999");
    expect((await launch()).out).toBe('["16","fourth"]');
    await writeMain(program("fifth"));
    // Alive, but silent for a minute: another process has its number by now.
    await writeFile(lock, String(process.pid));
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(lock, minuteAgo, minuteAgo);
    expect((await launch()).out).toBe('["16","fifth"]');
  });
});
