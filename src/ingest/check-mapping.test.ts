import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkMapping } from "./check-mapping.ts";
import { listRecipes } from "./recipes.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "waymark-check-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function check(yaml: string, data: Readonly<Record<string, string>> = {}) {
  const file = join(dir, "m.yaml");
  await writeFile(file, yaml);
  const paths = Object.keys(data).map((name) => join(dir, name));
  for (const [name, text] of Object.entries(data)) await writeFile(join(dir, name), text);
  return checkMapping({ file, paths, temporary: dir, deps: {} });
}

/** Problems as «line:column place, field: message». */
async function problems(yaml: string, data?: Readonly<Record<string, string>>) {
  const { problems: found, ok } = await check(yaml, data);
  expect(ok).toBe(found.length === 0);
  return found.map(({ line, column, place, field, message }) => `${line}:${column} ${place}, ${field}: ${message}`);
}

const MAPPING = `recipe: mine
defaults:
  customer: who
  value: amount * 2
events:
  - touchpoint: Seen
    time: Paid at
    when: lower(what) = "seen"
  - touchpoint: Bought
    time: at
    value: col."Total" * 1
    properties: [plan, { late: "days(due, at) > 0" }]
touchpoints:
  Seen: { stage: awareness }
`;

describe("checking a mapping", () => {
  it("says that it is right, without data and beside them", async () => {
    expect(await check(MAPPING)).toMatchObject({ ok: true, recipe: "mine", rules: 2, problems: [], files: [] });
    const header = "who,what,at,Paid at,amount,Total,plan,due\n";
    const fits = await check(MAPPING, { "fits.csv": `${header}a,seen,2024-01-01,2024-01-01,1,1,x,2024-01-02\n` });
    expect(fits).toMatchObject({ ok: true, files: ["fits.csv"], warnings: [] });
  });

  it("names line, rule, field and what to do", async () => {
    const broken = MAPPING.replace("lower(what)", "lowr(what)").replace("days(due, at) > 0", "sum(due)");
    expect(await problems(broken)).toEqual([
      expect.stringMatching(/^8:5 event rule 1, when: there is no function lowr\(\); known: /u),
      expect.stringMatching(/^12:\d+ event rule 2, properties\.late: sum\(\) sums up several records/u),
    ]);
    const [first] = (await check(broken)).problems;
    expect(first).toMatchObject({ path: ["events", 0, "when"], advice: "Use one of the functions it names." });
  });

  it("names every wrong field of every rule at once, without data and beside them", async () => {
    const broken = MAPPING.replace("lower(what)", "lowr(what)")
      .replace("time: at", "time: length(at) * 2")
      .replace('col."Total" * 1', "sum(x)")
      .replace("days(due, at) > 0", "upp(due)");
    const own = [
      expect.stringMatching(/^8:5 event rule 1, when: there is no function lowr\(\)/u),
      expect.stringMatching(/^10:5 event rule 2, time: a number cannot be used as a time/u),
      expect.stringMatching(/^11:5 event rule 2, value: sum\(\) sums up several records/u),
      expect.stringMatching(/^12:26 event rule 2, properties\.late: there is no function upp\(\)/u),
    ];
    expect(await problems(broken)).toEqual(own);
    const column = (field: string) => expect.stringMatching(new RegExp(`${field}: .*(?:no|neither a) column`, "u"));
    const beside = await problems(broken, { "other.csv": "id,at\n1,2024-01-01\n" });
    expect(beside).toEqual([
      column("3:3 event rule 1, customer"),
      column("3:3 event rule 2, customer"),
      column("4:3 event rule 1, value"),
      column("7:5 event rule 1, time"),
      ...own.slice(0, 3),
      column("12:18 event rule 2, properties.plan"),
      own[3],
    ]);
  });

  it("a rule of wrong shape does not hide the others", async () => {
    const broken = MAPPING.replace("    when:", "    whom: x\n    when:").replace("time: at", "time: upp(at)");
    const timeless = `${broken.replace("touchpoints:", "  - touchpoint: Lost\n    value: upp(x)\ntouchpoints:")}`;
    expect(await problems(timeless)).toEqual([
      '8:5 event rule 1, whom: Unrecognized key: "whom"',
      expect.stringMatching(/^11:5 event rule 2, time: .*there is no function upp\(\)/u),
      "14:5 event rule 3, time: is missing: every event needs a time",
    ]);
  });

  it("finds what is wrong with the shape", async () => {
    const named = `${MAPPING.replace("recipe: mine", "recipe: My Own")}zone: Mars/Base\n`;
    expect(await problems(named)).toEqual([
      "1:1 the whole, recipe: a recipe's name is lower-case words joined by -",
      "15:1 the whole, zone: is not an IANA time zone such as Europe/London",
    ]);
    expect(await problems(MAPPING.replace("    time: at\n", ""))).toEqual([
      "9:5 event rule 2, time: is missing: every event needs a time",
    ]);
    expect(await problems(MAPPING.replace("    when:", "    whom: x\n    when:"))).toEqual([
      '8:5 event rule 1, whom: Unrecognized key: "whom"',
    ]);
  });

  it("finds where the YAML ends", async () => {
    const [fault] = await problems('recipe: mine\nevents:\n  - { touchpoint: "Seen, time: at }\n');
    expect(fault).toMatch(/^\d+:\d+ the whole, : Missing closing "quote/u);
    expect(await problems("just text\n")).toEqual([expect.stringMatching(/^1:1 the whole, : Invalid input/u)]);
  });

  it("beside data: columns, also those of defaults and skips, and tables without a file", async () => {
    const data = { "some.csv": "who,what,at,Total,plan,due\na,seen,2024-01-01,1,x,2024-01-02\n" };
    const skipping = `${MAPPING}skip:\n  - { when: statuss = "x", reason: test }\n`;
    expect(await problems(skipping, data)).toEqual([
      // The second rule has a value of its own.
      expect.stringMatching(/^4:3 event rule 1, value: there is no column «amount»/u),
      expect.stringMatching(/^7:5 event rule 1, time: «Paid at» is neither a column/u),
      expect.stringMatching(/^16:\d+ skip rule 1, when: there is no column «statuss»/u),
    ]);
    expect(await problems(MAPPING.replace("time: Paid at", "time: at"), data)).toEqual([
      expect.stringMatching(/^4:3 event rule 1, value: there is no column «amount»/u),
    ]);
    const tables =
      "recipe: t\nfiles:\n  calls: { has: [call] }\nevents: [{ touchpoint: C, time: at, customer: who }]\n";
    expect(await problems(tables, data)).toEqual([
      expect.stringMatching(
        /^3:3 file table calls, : The mapping t needs a file for its table calls \(with the columns call\)/u,
      ),
    ]);
  });

  it("warns of touchpoints that no rule makes", async () => {
    const { ok, warnings } = await check(MAPPING.replace("  Seen: {", "  Sean: {"));
    expect({ ok, warnings }).toEqual({
      ok: true,
      warnings: ["touchpoints describes «Sean», which no event rule makes."],
    });
  });

  it("every recipe that ships is right", async () => {
    for (const name of await listRecipes()) {
      const file = new URL(`../../recipes/${name}.yaml`, import.meta.url).pathname;
      expect(await checkMapping({ file, paths: [], temporary: dir, deps: {} })).toMatchObject({ problems: [] });
    }
  });

  it("a file that is not there is an error of its own", async () => {
    const file = join(dir, "none.yaml");
    await expect(checkMapping({ file, paths: [], temporary: dir, deps: {} })).rejects.toThrow(
      "There is no mapping file",
    );
  });
});
