import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tidyTemporary } from "./tidy-temporary.ts";

/** Above what Linux gives any process. */
const DEAD = 2 ** 22 + 1;

it("what dead processes left is removed; uploads of living ones and rejects of imports that count stay", async () => {
  const dir = await mkdtemp(join(tmpdir(), "waymark-tidy-"));
  const living = `upload-${process.pid}-a`;
  for (const name of [living, `upload-${DEAD}-b`, "import-x1Y2z3", "retry-x1Y2z3"])
    await mkdir(join(dir, "temp", name, "files"), { recursive: true });
  await mkdir(join(dir, "rejects"));
  for (const name of ["import-1.csv", "import-1.json.gz", "import-2.csv", "import-2.json.gz", "import-1.csv.new"])
    await writeFile(join(dir, "rejects", name), "");
  await tidyTemporary(dir, new Set([1]));
  expect(await readdir(join(dir, "temp"))).toEqual([living]);
  expect((await readdir(join(dir, "rejects"))).sort()).toEqual(["import-1.csv", "import-1.json.gz"]);
  await tidyTemporary(join(dir, "no such folder"), new Set());
  await rm(dir, { recursive: true });
});
