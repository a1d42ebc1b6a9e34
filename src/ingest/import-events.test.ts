import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { rollbackImport } from "./rollback-import.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

/** A mapping over who, what, at and whatever else a test needs. */
const mappingOf = (recipe: string, more = "") => `
recipe: ${recipe}
events:
  - touchpoint: { column: what }
    time: at
    customer: who
    ${more.trim().replaceAll("\n", "\n    ")}
`;

// Stands first: it looks at the settings of a workspace that was empty.
describe("the first import", () => {
  it("sets the workspace's conventions", async () => {
    const mapping = mappingOf("first", "value: v\nobjects: { case: ticket, order: o }");
    await workspace.run(`zone: Europe/Rome\ncurrency: EUR\n${mapping}`, {
      "f.csv": "who,what,at,v,ticket,o\na,Order Completed,2024-01-01,5,t1,\n",
    });
    const settings = ["zone", "currency", "defaultJourney", "objectTypes"];
    const values = await Promise.all(settings.map((key) => workspace.state.getSetting(key)));
    expect(values).toEqual(["Europe/Rome", "EUR", "case", ["case"]]);
    expect(await workspace.state.listTouchpoints()).toMatchObject([{ name: "Order Completed", role: "order" }]);
  });
});

describe("records", () => {
  it("reads quotes, embedded newlines, a byte order mark, other delimiters and gzip alike", async () => {
    const rows = [
      ["who", "what", "at", "note"],
      ["a", "Buy; now", "2024-01-01T10:00:00Z", 'said "hi"\nand left'],
      ["b", "View", "2024-01-01T11:00:00Z", ""],
    ];
    const csv = (delimiter: string) =>
      rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join("\r\n");
    for (const [name, content] of [
      ["comma.csv", `\ufeff${csv(",")}\r\n`],
      ["semicolon.csv", csv(";")],
      ["tab.tsv", csv("\t")],
      ["packed.csv.gz", gzipSync(csv("|"))],
    ] as const) {
      const report = await workspace.run(mappingOf(`form-${name.split(".")[0]}`, "properties: rest"), {
        [name]: content,
      });
      expect(report.events, name).toEqual({ read: 2, added: 2, duplicate: 0, rejected: 0, skipped: {} });
      expect(await workspace.raw(report.id, "customerId, touchpoint, properties")).toEqual([
        { customerId: "a", touchpoint: "Buy; now", properties: { note: 'said "hi"\nand left' } },
        { customerId: "b", touchpoint: "View", properties: {} },
      ]);
    }
  });

  it("keeps empty fields of tab-separated text in place", async () => {
    const report = await workspace.run(mappingOf("tabs", "properties: rest"), {
      "t.tsv": "who\twhat\tat\tx\ty\na\tView\t2024-01-01\t\t2\nb\tView\t2024-01-01\t1\t\n",
    });
    expect(await workspace.raw(report.id, "properties")).toEqual([
      { properties: { y: "2" } },
      { properties: { x: "1" } },
    ]);
  });

  it("numbers the records of a large file in order", async () => {
    const lines = Array.from({ length: 300_000 }, (_, at) => `c${at % 700},View,2024-01-01T00:00:00Z,${at + 1}`);
    const report = await workspace.run(mappingOf("large", "properties: rest"), {
      "large.csv": `who,what,at,line\n${lines.join("\n")}\n`,
    });
    expect(report.events).toMatchObject({ read: 300_000, added: 300_000 });
    const [wrong] = await workspace.events.query(
      "SELECT countIf(toString(ordinal) != properties['line']) AS wrong FROM raw WHERE import = {id:UInt32}",
      { params: { id: report.id } },
    );
    expect(wrong).toEqual({ wrong: 0 });
  });

  it("reads JSON lines, fixed-width text, and several files of one table with other column orders", async () => {
    const json = await workspace.run(mappingOf("json", "properties: { plan: { column: p.plan } }"), {
      "e.jsonl":
        '{"who":1,"what":"View","at":"2024-01-01","p":{"plan":"x"}}\n{"who":"b","what":"Buy","at":"2024-01-02"}\n',
    });
    expect(await workspace.raw(json.id, "customerId, touchpoint, properties")).toEqual([
      { customerId: "1", touchpoint: "View", properties: { plan: "x" } },
      { customerId: "b", touchpoint: "Buy", properties: {} },
    ]);
    const fixed = await workspace.run(
      "recipe: fixed\nfiles: { f: { format: fixed, columns: [who, at, n] } }\nevents:\n  - { touchpoint: Buy, time: at, customer: who, value: n }\n",
      { "f.txt": " 001  20240101   2.50\r\n 002  20240102  13.00\r\n" },
    );
    expect(await workspace.raw(fixed.id, "customerId, toString(time) AS at, value")).toEqual([
      { customerId: "001", at: "2024-01-01 00:00:00.000", value: 2.5 },
      { customerId: "002", at: "2024-01-02 00:00:00.000", value: 13 },
    ]);
    const two = await workspace.run(mappingOf("two", "properties: rest"), {
      "a.csv": "who,what,at,x\na,View,2024-01-01,1\n",
      "b.csv": "what,x,who,at,y\nBuy,2,b,2024-01-02,3\n",
    });
    expect(await workspace.raw(two.id, "toFloat64(ordinal) AS n, customerId, touchpoint, properties")).toEqual([
      { n: 1, customerId: "a", touchpoint: "View", properties: { x: "1" } },
      { n: 2, customerId: "b", touchpoint: "Buy", properties: { x: "2", y: "3" } },
    ]);
  });
});

describe("records that are no events", () => {
  const messy = [
    "who,what,at,value",
    "a,View,2024-01-01,1",
    "b,View,yesterday,1",
    "b,View,,1",
    ",View,2024-01-01,1",
    "guest,View,2024-01-01,1",
    "b,,2024-01-01,1",
    "b,View,2024-01-01,much",
    "b,View,2024-01-01",
    "b,View,2024-01-01,1,more",
    '"=1+2\nx",View,never,1',
    "",
    "c,View,2024-01-01,1",
  ].join("\n");

  it("are rejected with field and reason, and written down with line and text", async () => {
    const report = await workspace.run(mappingOf("messy", "value: value"), { "messy.csv": `${messy}\n` });
    expect(report.events).toEqual({ read: 12, added: 2, duplicate: 0, rejected: 9, skipped: { "blank line": 1 } });
    expect(report.customers).toBe(2);
    expect(report.rejects).toContainEqual({ field: "time", reason: "the time cannot be read", records: 2 });
    expect(report.rejects).toContainEqual({
      field: "customer",
      reason: "neither a customer nor an object is named",
      records: 2,
    });
    const lines = (await readFile(report.rejectsFile as string, "utf8")).trimEnd().split("\n");
    expect(lines[0]).toBe("file,line,field,reason,who,what,at,value,rest");
    expect(lines[1]).toBe("messy.csv,3,time,the time cannot be read,b,View,yesterday,1,");
    expect(lines).toContain("messy.csv,9,,the record has fewer fields than the header,b,View,2024-01-01,,");
    expect(lines).toContain("messy.csv,10,,the record has more fields than the header,b,View,2024-01-01,1,more");
    expect(lines).toContain("messy.csv,11,time,the time cannot be read,\"'=1+2");
  });

  it("hides formulas from spreadsheets in the rejects file", async () => {
    const report = await workspace.run(mappingOf("formula"), { "=f.csv": "who,what,at\n=cmd,View,never\n" });
    expect(await readFile(report.rejectsFile as string, "utf8")).toContain(
      "'=f.csv,2,time,the time cannot be read,'=cmd,View,never,",
    );
  });

  it("count by reason when the mapping skips them, in the order of its skips", async () => {
    const skip = 'skip:\n  - { when: n <= 0, reason: no amount }\n  - { when: who = "x", reason: test user }\n';
    const report = await workspace.run(`${skip}${mappingOf("skips", 'when: what != "Noise"')}`, {
      "s.csv": "who,what,at,n\nx,View,2024-01-01,0\nx,View,2024-01-01,1\na,Noise,2024-01-01,1\na,View,2024-01-01,1\n",
    });
    expect(report.events).toEqual({
      read: 4,
      added: 1,
      duplicate: 0,
      rejected: 0,
      skipped: { "no amount": 1, "test user": 1, "no event rule applies": 1 },
    });
  });
});

describe("events are kept once", () => {
  const a = "who,what,at\na,View,2024-01-01\na,View,2024-01-01\nb,Buy,2024-01-02\n";
  const both = `${a}c,Buy,2024-01-03\na,View,2024-01-01\n`;
  const journeysOf = async (customer: string) => {
    const [row] = await workspace.events.query<{ events: number }>(
      "SELECT length(touchpoints) AS events FROM journeys WHERE ownerType = 'customer' AND ownerId = {customer:String}",
      { params: { customer } },
    );
    return row?.events ?? 0;
  };

  it("over imports that share rows, with twins inside a file; what another import brought survives a rollback", async () => {
    const mapping = mappingOf("once").replaceAll("customer: who", "customer: concat('once-', who)");
    const first = await workspace.run(mapping, { "first.csv": a });
    expect(first.events).toMatchObject({ read: 3, added: 3, duplicate: 0 });
    const renamed = await workspace.run(mapping, { "renamed.csv": a });
    expect(renamed.events).toMatchObject({ read: 3, added: 0, duplicate: 3 });
    const second = await workspace.run(mapping, { "second.csv": both });
    expect(second.events).toMatchObject({ read: 5, added: 2, duplicate: 3 });
    expect(await journeysOf("once-a")).toBe(3);
    await rollbackImport(workspace.deps, first.id);
    await rollbackImport(workspace.deps, renamed.id);
    expect([await journeysOf("once-a"), await journeysOf("once-b"), await journeysOf("once-c")]).toEqual([3, 1, 1]);
    await rollbackImport(workspace.deps, second.id);
    expect([await journeysOf("once-a"), await journeysOf("once-c")]).toEqual([0, 0]);
    expect(await workspace.raw(second.id, "ordinal")).toEqual([]);
    await expect(rollbackImport(workspace.deps, second.id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("and says so when the mapping has changed; --replace takes the new form", async () => {
    const file = { "c.csv": "who,what,at,x\nchanged,View,2024-01-01,7\n" };
    const first = await workspace.run(mappingOf("changed"), file);
    const again = await workspace.run(mappingOf("changed", "properties: rest"), file);
    expect(again.events).toMatchObject({ added: 0, duplicate: 1 });
    expect(again.warnings.join()).toContain(`The mapping has changed since import ${first.id}`);
    await rollbackImport(workspace.deps, again.id);
    const replacing = await workspace.run(mappingOf("changed", "properties: rest"), file, { replace: true });
    expect(await workspace.state.getImport(first.id)).toMatchObject({ status: "removed" });
    const [row] = await workspace.events.query("SELECT properties FROM journeys WHERE ownerId = 'changed'");
    expect(row).toEqual({ properties: [{ x: "7" }] });
    await rollbackImport(workspace.deps, replacing.id);
  });

  it("by their key where one is named, also within a file", async () => {
    const report = await workspace.run(mappingOf("keyed", "key: id"), {
      "k.csv": "who,what,at,id\na,View,2024-01-01,1\na,View,2024-01-01,1\na,View,2024-01-02,2\n",
    });
    expect(report.events).toMatchObject({ read: 3, added: 2, duplicate: 1 });
    const later = await workspace.run(mappingOf("keyed", "key: id"), {
      "l.csv": "who,what,at,id\na,View,2024-01-09,2\n",
    });
    expect(later.events).toMatchObject({ read: 1, added: 0, duplicate: 1 });
  });
});

describe("an import that fails", () => {
  const untouched = async (run: () => Promise<unknown>) => {
    const before = await workspace.events.query(
      "SELECT import, toString(count()) AS n FROM raw GROUP BY import ORDER BY import",
    );
    await run();
    const after = await workspace.events.query(
      "SELECT import, toString(count()) AS n FROM raw GROUP BY import ORDER BY import",
    );
    expect(after).toEqual(before);
    const left = await workspace.events.query(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'import_tmp_')",
    );
    expect(left).toEqual([]);
  };

  it("leaves nothing when it is aborted while reading", async () => {
    const lines = Array.from({ length: 200_000 }, (_, at) => `c${at},View,2024-01-01T00:00:00Z`).join("\n");
    const controller = new AbortController();
    await untouched(async () => {
      const running = workspace.run(
        mappingOf("aborted"),
        { "big.csv": `who,what,at\n${lines}\n` },
        {
          signal: controller.signal,
          onProgress: ({ phase }) => {
            if (phase.startsWith("reading")) setTimeout(() => controller.abort(new Error("stopped by the user")), 30);
          },
        },
      );
      await expect(running).rejects.toThrow("stopped by the user");
    });
    const imports = await workspace.state.listImports();
    expect(imports.find((one) => one.recipe === "aborted")).toMatchObject({ status: "removed" });
  });

  it("keeps nothing when the touchpoint is a column of ids", async () => {
    const lines = Array.from({ length: 65_600 }, (_, at) => `a,id-${at},2024-01-01`).join("\n");
    const known = (await workspace.state.listTouchpoints()).length;
    await untouched(async () => {
      const running = workspace.run(mappingOf("ids"), { "ids.csv": `who,what,at\n${lines}\n` });
      await expect(running).rejects.toThrow(/more than 65,535 different touchpoints/u);
    });
    expect((await workspace.state.listTouchpoints()).length).toBe(known);
  });

  it("names the line of a quote that ends in the middle of a field", async () => {
    const rows = (count: number) => "a,View,2024-01-01\n".repeat(count);
    const file = `who,what,at\n${rows(300)}b,"View,2024-01-02\n${rows(20)}c,"Buy",2024-01-03\n${rows(2)}`;
    await untouched(async () => {
      await expect(workspace.run(mappingOf("quote"), { "q.csv": file })).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringContaining("q.csv, line 302: the quote that opens here ends on line 323"),
      });
    });
    const open = `who,what,at\n${rows(300)}b,"View,2024-01-02\n${rows(20)}`;
    await expect(workspace.run(mappingOf("quote"), { "o.csv": open })).rejects.toThrow(
      /o\.csv, line 302.*never closed/u,
    );
  });

  it("and a dry run keeps nothing either, but shows what would come in", async () => {
    await untouched(async () => {
      const report = await workspace.run(
        mappingOf("dry"),
        { "d.csv": "who,what,at\na,Drily Seen,2024-01-01\nb,x,never\n" },
        { dryRun: true },
      );
      expect(report).toMatchObject({ id: 0, customers: 1, rejectsFile: null, unmapped: ["Drily Seen"] });
      expect(report.events).toMatchObject({ read: 2, added: 1, rejected: 1 });
      expect(report.preview).toMatchObject([
        { record: 1, customer: "a", touchpoint: "Drily Seen", time: "2024-01-01T00:00:00.000Z" },
      ]);
    });
    expect((await workspace.state.listImports()).some((one) => one.recipe === "dry")).toBe(false);
  });
});
