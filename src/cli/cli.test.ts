/**
 * The command line as people and scripts meet it: real processes, exit codes, JSON alone on stdout; then, in this process,
 * the contract's keys and the words. What the numbers are is tested beside the analyses.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCommandLine, type ProcessCommandLine, type Run } from "../../test/command-line.ts";
import type { Session } from "../api/session.ts";
import { buildProgram } from "./program.ts";

let cli: ProcessCommandLine;
const waymark = (workspace: string, ...args: readonly string[]) => cli.run(workspace, ...args);
const readAnswer = ({ code, out, err }: Run) => {
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
};

beforeAll(async () => {
  cli = await openCommandLine();
});

afterAll(() => cli.close());

/** What the program itself writes, without a process. */
async function explain(...args: readonly string[]): Promise<{ text: string; code: string }> {
  let text = "";
  const program = buildProgram();
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command.exitOverride().configureOutput({ writeOut: (part) => (text += part), writeErr: (part) => (text += part) });
  const code = await program.parseAsync(args, { from: "user" }).then(
    () => "",
    (error: { code: string }) => error.code,
  );
  return { text, code };
}

describe("without a workspace", () => {
  test("help and version are answers", async () => {
    const [help, version] = await Promise.all([waymark("none", "--help"), waymark("none", "--version")]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toMatch(/Exit codes: 0 done, 1 a fault of Waymark, 2 wrong use or bad input, 3 not enough data/u);
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  });

  test("every command explains itself with an example, and takes --json and --workspace", async () => {
    // Hidden ones are for Waymark itself.
    const program = buildProgram();
    const names = program
      .createHelp()
      .visibleCommands(program)
      .map((command) => command.name())
      .filter((name) => name !== "help");
    expect(names.length).toBeGreaterThan(8);
    const manual = await readFile(new URL("../../docs/cli.md", import.meta.url), "utf8");
    for (const name of names) {
      expect(manual, "docs/cli.md").toMatch(new RegExp(`^\\| .*\`${name}\\b`, "mu"));
      const { text, code } = await explain(name, "--help");
      expect(code, name).toBe("commander.helpDisplayed");
      expect(text, name).toMatch(/Example:\n {2}\$ waymark /u);
      // A server answers in the browser.
      if (name !== "serve") expect(text, name).toContain("--json");
      // What it looks at is in no workspace.
      if (name !== "verify") expect(text, name).toContain("--workspace <dir>");
    }
  });

  test("wrong use ends with 2 and says what is wrong; with --json also as a problem", async () => {
    const [unknown, wrong] = await Promise.all([
      waymark("none", "mop"),
      waymark("none", "map", "--min-share", "3", "--json"),
    ]);
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain("unknown command 'mop'");
    expect(wrong).toMatchObject({ code: 2, out: "" });
    const problem = wrong.err.split("\n").find((line) => line.startsWith("{"));
    expect(JSON.parse(problem ?? "")).toMatchObject({ code: "invalid", status: 400 });
  });
});

describe("an empty workspace, held by another process", () => {
  let holder: Session;

  beforeAll(async () => {
    holder = await cli.hold("empty");
  });

  afterAll(() => holder.close());

  test("the map is empty, exits 0 and says what to do next", async () => {
    const { code, out, err } = await waymark("empty", "map", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ journeys: 0, customers: 0, unassigned: 0, nodes: [], edges: [] });
    expect(err).toContain("waymark import");
  });

  test("kpis and imports never end with 3", async () => {
    expect((await cli.runHere("empty", "kpis", "--json")).code).toBe(0);
    const imports = await cli.runHere("empty", "imports", "--json");
    expect(imports.code).toBe(0);
    expect(JSON.parse(imports.out)).toEqual({ imports: [] });
  });

  test("an answer that is wholly missing ends with 3 and says so in its JSON", async () => {
    const { code, out } = await waymark("empty", "variants", "--json");
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      status: "insufficient-data",
      n: 0,
      required: 1,
      journeys: 0,
      variants: [],
    });
  });

  test("what is not there is wrong input, as one sentence", async () => {
    const { code, out, err } = await waymark("empty", "journeys", "nobody");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^waymark: There is no customer «nobody»[^\n]*\n$/u);
    const filter = await cli.runHere("empty", "map", "--where", 'touchpoint = "X');
    expect(filter.code).toBe(2);
    expect(filter.err).toContain("never closed");
  });
});

const EVENTS = `customer,event,timestamp,channel,value,currency,order,case
ann,Product Viewed,2025-01-01T10:00:00Z,web,,,,c1
ann,Checkout Started,2025-01-01T10:05:00Z,web,,,,c1
ann,Order Completed,2025-01-01T10:06:00Z,web,40.00,EUR,o1,c1
bob,Product Viewed,2025-01-02T10:00:00Z,app,,,,c2
bob,Product Viewed,2025-01-02T10:01:00Z,app,,,,c2
bob,Checkout Started,2025-01-02T10:02:00Z,app,,,,c2
eve,Product Viewed,2025-01-03T10:00:00Z,web,,,,c3
eve,Order Completed,not a time,web,5.00,EUR,o2,c3
ann,Order Completed,2025-02-01T10:00:00Z,web,60.00,EUR,o3,c4
`;

describe("a workspace with events, held by another process", () => {
  let holder: Session;
  let file: string;
  const json = async (...args: readonly string[]) => readAnswer(await cli.runHere("small", ...args, "--json"));
  const jsonOfProcess = async (...args: readonly string[]) => readAnswer(await waymark("small", ...args, "--json"));

  beforeAll(async () => {
    holder = await cli.hold("small");
    file = join(cli.folder, "events.csv");
    await writeFile(file, EVENTS);
  });

  afterAll(() => holder.close());

  test("without --yes a proposal is shown and nothing comes in", async () => {
    const { code, out, err } = await cli.runHere("small", "import", file);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/The mapping that is proposed: generic[\s\S]*The first events:[\s\S]*add --yes/u);
    expect(JSON.parse((await cli.runHere("small", "imports", "--json")).out)).toEqual({ imports: [] });
  });

  test("import tells counts in the contract's keys, and names the file of rejects", async () => {
    const { imports } = await jsonOfProcess("import", file);
    expect(imports).toHaveLength(1);
    expect(imports[0]).toMatchObject({
      id: expect.any(Number),
      recipe: "generic",
      events: { read: 9, added: 8, duplicate: 0, rejected: 1, skipped: {} },
      customers: 3,
      seconds: expect.any(Number),
    });
    expect(await readFile(imports[0].rejectsFile, "utf8")).toContain("not a time");
    const { groups } = await json("imports", "rejects", String(imports[0].id));
    expect(groups).toMatchObject([{ number: 1, field: "time", records: 1, suggestion: null }]);
    const none = await cli.runHere("small", "imports", "retry", String(imports[0].id));
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("Say what is to be different") });
    const again = await json("import", file);
    expect(again.imports[0].events).toMatchObject({ read: 9, added: 0, duplicate: 8, rejected: 1 });
    const rolled = await json("imports", "rollback", String(again.imports[0].id));
    expect(rolled.status).toBe("removed");
    expect((await json("imports")).imports).toHaveLength(1);
    expect((await json("imports", "--all")).imports).toHaveLength(2);
  });

  test("two imports of the same rows at once take turns", async () => {
    const file = join(cli.folder, "late.csv");
    await writeFile(file, "customer,event,timestamp,case\nzoe,Product Viewed,2025-03-01T10:00:00Z,c9\n");
    const reports = await Promise.all([jsonOfProcess("import", file), jsonOfProcess("import", file)]);
    const added = reports.map(({ imports }) => imports[0].events.added);
    expect(added.toSorted()).toEqual([0, 1]);
    for (const { imports } of reports) await json("imports", "rollback", String(imports[0].id));
  });

  test("the map has the contract's keys, and in + starts = node = out + ends", async () => {
    const map = await jsonOfProcess("map");
    expect(map).toMatchObject({ journey: "case", journeys: 4, customers: 3, unassigned: 0, other: { emptied: 0 } });
    for (const node of map.nodes) {
      const sum = (key: "from" | "to") =>
        map.edges
          .filter((edge: Record<string, string>) => edge[key] === node.touchpoint)
          .reduce((total: number, edge: { transitions: number }) => total + edge.transitions, 0);
      expect(sum("to") + node.starts).toBe(node.events);
      expect(sum("from") + node.ends).toBe(node.events);
    }
    expect(map.edges[0]).toEqual({
      from: "Product Viewed",
      to: "Checkout Started",
      transitions: 2,
      journeys: 2,
      customers: 2,
      medianSeconds: 180,
      p90Seconds: 276,
    });
    expect(map).toMatchObject({ zone: "UTC", filter: { from: null, to: null, where: null } });
  });

  test("variants, funnel and kpis have the contract's keys", async () => {
    const variants = await json("variants", "--top", "1");
    expect(variants).toMatchObject({
      journeys: 4,
      count: 4,
      other: { variants: 3, journeys: 3 },
      medianSeconds: 60,
    });
    const funnel = await json("funnel", "Product Viewed", "Checkout Started?", "Order Completed", "--journey", "life");
    expect(funnel).toMatchObject({
      entrants: 3,
      steps: [
        { touchpoint: "Product Viewed", count: 3, share: 1 },
        { touchpoint: "Checkout Started", count: 2 },
        { touchpoint: "Order Completed", count: 1, low: expect.any(Number), high: expect.any(Number) },
      ],
    });
    const { kpis } = await json("kpis");
    const byId = Object.fromEntries(kpis.map((kpi: { id: string }) => [kpi.id, kpi]));
    expect(byId.revenue).toMatchObject({ value: 100, unit: "EUR", byCurrency: { EUR: 100 } });
    expect(byId["late-delivery-share"]).toMatchObject({ value: null, reason: expect.any(String), n: 0, required: 1 });
  });

  test("one customer's journeys, event by event", async () => {
    const { journeys } = await json("journeys", "ann", "--journey", "order-cycle");
    expect(journeys.map(({ events }: { events: unknown[] }) => events.length)).toEqual([3, 1]);
  });

  test("people read tables", async () => {
    const { out } = await cli.runHere("small", "variants", "--journey", "life");
    expect(out).toMatchInlineSnapshot(`
      "Variants: 3 life journeys follow 3 variants
        all time, no filter, time zone UTC

         Share  Journeys  Against the first                      Path
        ──────  ────────  ─────────────────────────────────────  ──────────────────────────────────────────────────────
        33.3 %         1                                         Product Viewed ×2 › Checkout Started
        33.3 %         1  − Product Viewed › Checkout Started    Product Viewed
        33.3 %         1  + Order Completed ×2 − Product Viewed  Product Viewed › Checkout Started › Order Completed ×2

        Other: 0 variants with 0 journeys; 0 emptied by the filter, 0 excluded by it.
        Median duration of a journey: 2.0 min
      "
    `);
  });

  test("a funnel nobody enters ends with 3; an unknown touchpoint with 2", async () => {
    const none = await waymark("small", "funnel", "Checkout Started", "--where", 'customer = "eve"', "--json");
    expect(none.code).toBe(3);
    expect(JSON.parse(none.out)).toMatchObject({ status: "insufficient-data", entrants: 0 });
    expect((await cli.runHere("small", "funnel", "Chekout Started")).code).toBe(2);
  });
});

describe("a command that holds the workspace itself", () => {
  test("brings a folder in and serves nobody else's words on stdout", async () => {
    const file = join(cli.folder, "events.csv");
    const dry = await waymark("own", "import", file, "--dry-run", "--json");
    expect(JSON.parse(dry.out).imports[0]).toMatchObject({ id: 0, events: { added: 8 }, preview: { length: 8 } });
    const { code, out } = await waymark("own", "import", file, "--yes");
    expect(code).toBe(0);
    expect(out).toMatch(/9 records read, 8 events added, 0 there already, 1 record rejected; 3 customers/u);
  });
});
