/**
 * Rejected records by the command line: shown, written as CSV whole or not at all, and read again corrected.
 */
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Session } from "../api/session.ts";

const LOG = `customer,event,timestamp
ann,View,2024-05-01T10:00:00Z
bob,View,yesterday
cid,Order,2024-05-02T10:00:00Z
`;

let cli: CommandLine;
let holder: Session;
beforeAll(async () => {
  cli = await openCommandsHere();
  holder = await cli.hold("shop");
  await writeFile(join(cli.folder, "log.csv"), LOG);
  await cli.run("shop", "import", join(cli.folder, "log.csv"), "--yes");
});
afterAll(async () => {
  await holder.close();
  await cli.close();
});

test("are shown by what is wrong, and written for their owner alone", async () => {
  const out = join(cli.folder, "rejects.csv");
  const shown = await cli.run("shop", "imports", "rejects", "1", "--out", out);
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining(`Written to ${out}`) });
  expect(await readFile(out, "utf8")).toContain("bob,View,yesterday");
  expect((await stat(out)).mode & 0o777).toBe(0o600);
});

test("what cannot be written is told in a sentence", async () => {
  const nowhere = join(cli.folder, "nowhere", "rejects.csv");
  const { code, err } = await cli.run("shop", "imports", "rejects", "1", "--out", nowhere);
  expect({ code, told: err.startsWith(`waymark: «${nowhere}» cannot be written: `) }).toEqual({ code: 2, told: true });
});

test("corrected ones come in, and none is left", async () => {
  const retried = await cli.run("shop", "imports", "retry", "1", "--set", "timestamp=2024-05-01T12:00:00Z", "--json");
  expect(JSON.parse(retried.out)).toMatchObject({ id: 2, events: { added: 1 } });
  const left = await cli.run("shop", "imports", "rejects", "1", "--json");
  expect(JSON.parse(left.out)).toMatchObject({ groups: [] });
});
