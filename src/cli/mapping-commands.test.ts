import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Session } from "../api/session.ts";

let cli: CommandLine;
let holder: Session;
beforeAll(async () => {
  cli = await openCommandsHere();
  holder = await cli.hold("main");
});
afterAll(async () => {
  await holder.close();
  await cli.close();
});

test("mapping check: exit code, lines for people and for programs, with data and without", async () => {
  const mapping = join(cli.folder, "my.yaml");
  const data = join(cli.folder, "log.csv");
  await writeFile(mapping, "recipe: mine\nevents:\n  - touchpoint: Seen\n    time: at\n    customer: whom\n");
  await writeFile(data, "who,at\na,2024-01-01\n");
  const alone = await cli.run("main", "mapping", "check", mapping);
  expect(alone).toMatchObject({ code: 0, err: "" });
  expect(alone.out).toBe(
    `${mapping} is right: 1 event rule; checked: shape and expressions.\nWith --with DATA also the columns are checked.\n`,
  );
  const beside = await cli.run("main", "mapping", "check", mapping, "--with", data);
  expect(beside.code).toBe(2);
  expect(beside.out).toContain(`${mapping}:5:5  event rule 1, field customer: there is no column «whom»`);
  expect(beside.out).toContain("\n  Write it as the header does; ");
  const { code, out } = await cli.run("main", "mapping", "check", mapping, "--with", data, "--json");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    ...{ ok: false, recipe: "mine", rules: 1, files: ["log.csv"] },
    problems: [{ path: ["events", 0, "customer"], line: 5, column: 5, place: "event rule 1", field: "customer" }],
  });
});
