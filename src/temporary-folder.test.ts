import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const before = process.env.TMPDIR;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "waymark-own-"));
  process.env.TMPDIR = dir;
});
afterAll(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(dir, { recursive: true, force: true });
});

test("what dead processes left of its kind goes, and nothing else", async () => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const left = [
    `waymark-try-${hostname()}-${dead}-abcdef`,
    `waymark-try-${hostname()}-${process.pid}-abcdef`,
    `waymark-try-elsewhere-${dead}-abcdef`,
    `waymark-other-${hostname()}-${dead}-abcdef`,
    `waymark-try-${hostname()}-none`,
  ];
  for (const name of left) {
    await mkdir(join(dir, name));
    await writeFile(join(dir, name, "large"), "x");
  }
  const folder = await makeTemporaryFolder("try");
  expect(existsSync(folder)).toBe(true);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await readdir(dir)).sort()).toEqual([basename(folder), ...left.slice(1)].sort());
});
