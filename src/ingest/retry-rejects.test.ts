/**
 * Whether rejected records come back: grouped with what to do, corrected in the table or read otherwise, and never twice.
 */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { int, parquetBytes, textValue } from "../../test/parquet-bytes.ts";
import { groupRejects, whyNotAlone } from "./group-rejects.ts";
import { readKeptRejects, rejectsPath } from "./kept-rejects.ts";
import { findOpenRejects } from "./open-rejects.ts";
import { type RetryRequest, retryRejects } from "./retry-rejects.ts";
import { rollbackImport } from "./rollback-import.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const mappingOf = (recipe: string) => `
recipe: ${recipe}
events:
  - touchpoint: { column: what }
    time: at
    customer: who
    value: amount
`;

/** Nine good times in three foreign forms, two thousands, a missing id, too many fields; one good record. */
const FILE = `who,what,at,amount
a,View,2024-01-01T10:00:00Z,1
a,View,13/02/2024 10:05,1
b,View,14/02/2024 11:05,1
c,View,15/02/2024 12:05,1
d,Buy,2024-02-01,"1,234.50"
e,Buy,2024-02-02,"2,000.00"
,Buy,2024-02-03,5
f,Buy,2024-02-04,1,234
`;

const groupsOf = async (id: number) => groupRejects(await findOpenRejects(workspace.deps, id), 5);
const retry = (id: number, more: Partial<RetryRequest>) => retryRejects(workspace.deps, { id, ...more });
const tableOf = (id: number) => readFile(rejectsPath(workspace.dir, id, "csv"), "utf8");
async function saved(text: string): Promise<string> {
  const path = join(await mkdtemp(join(workspace.dir, "fixed-")), "fixed.csv");
  await writeFile(path, text);
  return path;
}
/** Events as every answer sees them: each once. */
async function countPrepared(): Promise<number> {
  const [row] = await workspace.events.query<{ n: number }>(
    "SELECT toFloat64(sum(length(touchpoints))) AS n FROM journey_rows FINAL WHERE ownerType = 'customer'",
  );
  return row?.n ?? 0;
}

describe("rejects", () => {
  it("are grouped by reason, with lines, values and what to do", async () => {
    const { id } = await workspace.run(mappingOf("grouped"), { "shop.csv": FILE });
    const groups = await groupsOf(id);
    expect(groups.map(({ field, records, columns }) => [field, records, columns])).toEqual([
      ["time", 3, ["at"]],
      ["value", 2, ["amount"]],
      ["customer", 1, ["who"]],
      ["", 1, []],
    ]);
    const [time, value, customer, form] = groups;
    expect(time?.rows[0]).toMatchObject({ file: "shop.csv", line: 3, value: "13/02/2024 10:05" });
    expect(time?.suggestion).toEqual({ kind: "time-format", timeFormat: "d/M/yyyy H:mm", share: 1 });
    expect(value?.suggestion).toMatchObject({ changes: [{ column: "amount", find: ",", replace: "" }] });
    expect(form?.rows[0]).toMatchObject({ line: 9, rest: "234", cells: ["f", "Buy", "2024-02-04", "1"] });
    expect(customer?.advice).toContain("Fill in who");
    await rollbackImport(workspace.deps, id);
  });

  it("of several forms of time name each form", async () => {
    const rows = ["13/02/2024", "14/02/2024", "Jan 5, 2024", "Jan 6, 2024"].map((at) => `a,View,"${at}",1`);
    const { id } = await workspace.run(mappingOf("forms"), {
      "f.csv": `who,what,at,amount\n${rows.join("\n")}\na,View,2024-01-01,1\n`,
    });
    const [group] = await groupsOf(id);
    expect(group?.suggestion).toBeNull();
    expect(group?.advice).toMatch(/d\/M\/yyyy \(50 %\).*MMM d, yyyy \(50 %\)/u);
    expect(await retry(id, { timeFormat: "d/M/yyyy" })).toMatchObject({ sent: 4, mended: 2, open: 2 });
    expect(await retry(id, { timeFormat: "MMM d, yyyy" })).toMatchObject({ sent: 2, mended: 2, open: 0 });
    await rollbackImport(workspace.deps, id);
  });
});

describe("a time format", () => {
  const advise = async (recipe: string, ...times: string[]) => {
    const lines = times.map((at) => `a,View,"${at}",1\n`).join("");
    const { id } = await workspace.run(mappingOf(recipe), {
      "t.csv": `who,what,at,amount\n${lines}b,Pay,2024-01-01,1\n`,
    });
    const [group] = await groupsOf(id);
    await rollbackImport(workspace.deps, id);
    return group;
  };

  it("that could not read the values is not proposed for them", async () => {
    const impossible = await advise("impossible", "2024-02-30T25:00:00Z", "2024-02-30T26:00:00Z");
    expect(impossible).toMatchObject({ records: 2, suggestion: null });
    expect(impossible?.advice).toContain("No known form of time reads these values");
  });

  it("that reads some of them is named alone", async () => {
    const some = await advise("some", "13/02/2024", "yesterday");
    expect(some).toMatchObject({ records: 2, suggestion: null });
    expect(some?.advice).toContain("The time format d/M/yyyy reads 50 % of these values.");
  });
});

describe("a retry", () => {
  it("brings in what the proposals mend, once, and goes out with the import", async () => {
    const before = await countPrepared();
    const { id } = await workspace.run(mappingOf("proposals"), { "shop.csv": FILE });
    const [time, value] = await groupsOf(id);
    const group = (one: typeof time) => ({ field: one?.field ?? "", reason: one?.reason ?? "" });
    const first = await retry(id, { group: group(time), timeFormat: "d/M/yyyy H:mm" });
    expect(first).toMatchObject({ import: id, sent: 3, mended: 3, open: 4, events: { added: 3, duplicate: 0 } });
    expect(await workspace.raw(first.id, "customerId, toString(time) AS at")).toEqual([
      { customerId: "a", at: "2024-02-13 10:05:00.000" },
      { customerId: "b", at: "2024-02-14 11:05:00.000" },
      { customerId: "c", at: "2024-02-15 12:05:00.000" },
    ]);
    const changes = [{ column: "amount", find: ",", replace: "" }];
    const second = await retry(first.id, { group: group(value), changes });
    expect(second).toMatchObject({ import: id, mended: 2, open: 2 });
    expect(await workspace.raw(second.id, "value")).toEqual([{ value: 1234.5 }, { value: 2000 }]);
    await expect(retry(id, { group: group(value), changes })).rejects.toMatchObject({ code: "not-found" });
    // The file itself, corrected, is the same events.
    const corrected = FILE.replace('"1,234.50"', "1234.50").replace('"2,000.00"', "2000.00");
    const again = await workspace.run(mappingOf("proposals"), { "other.csv": corrected });
    expect(again.events).toMatchObject({ added: 0, duplicate: 3, rejected: 5 });
    expect((await countPrepared()) - before).toBe(6);
    await rollbackImport(workspace.deps, again.id);
    await rollbackImport(workspace.deps, id);
    expect(await countPrepared()).toBe(before);
    expect((await workspace.state.getImport(second.id)).status).toBe("removed");
  });

  it("takes the corrected table; a second time it adds nothing", async () => {
    const { id } = await workspace.run(mappingOf("table"), { "shop.csv": FILE });
    const table = await tableOf(id);
    expect(table.split("\n")[0]).toBe("file,line,field,reason,who,what,at,amount,rest");
    expect(table).toContain("shop.csv,9,,the record has more fields than the header,f,Buy,2024-02-04,1,234\n");
    const fixed = table
      .replace("2024-02-04,1,234", "2024-02-04,1234,")
      .replace("13/02/2024 10:05", "2024-02-13 10:05")
      .replace("14/02/2024 11:05", "the 14th");
    const path = await saved(`\ufeff${fixed.replaceAll("\n", "\r\n")}`);
    const done = await retry(id, { file: path });
    expect(done).toMatchObject({ sent: 3, mended: 2, open: 5, events: { read: 3, added: 2, rejected: 1 } });
    expect(done.rejects).toEqual([{ field: "time", reason: "the time cannot be read", records: 1 }]);
    // What is still rejected stands with its new value; what is mended is gone.
    const values = (await groupsOf(id)).flatMap(({ rows }) => rows.map(({ value }) => value));
    expect(values).toContain("the 14th");
    expect(await tableOf(id)).not.toContain("13/02/2024");
    expect(await retry(id, { file: path })).toMatchObject({ id: 0, sent: 0, settled: 2 });
    const wrong = await saved(fixed.replace("shop.csv,9", "shop.csv,99"));
    await expect(retry(id, { file: wrong })).rejects.toThrow("rejected no record in line 99 of shop.csv");
    // Without the retry they are open again, as they were.
    await rollbackImport(workspace.deps, done.id);
    expect((await findOpenRejects(workspace.deps, id)).rejects.records).toHaveLength(7);
    await rollbackImport(workspace.deps, id);
  });

  it("that mends nothing leaves nothing, and says why", async () => {
    const { id } = await workspace.run(mappingOf("nothing"), { "shop.csv": FILE });
    const done = await retry(id, { changes: [{ column: "at", find: "/", replace: "?" }] });
    expect(done).toMatchObject({ id: 0, mended: 0, sent: 3, rejects: [{ field: "time", records: 3 }] });
    expect((await workspace.state.listImports()).filter(({ status }) => status === "loading")).toEqual([]);
    await expect(retry(id, { changes: [{ column: "when", find: "", replace: "x" }] })).rejects.toThrow(
      /no column «when»/u,
    );
    await rollbackImport(workspace.deps, id);
    await expect(retry(id, { timeFormat: "d/M/yyyy" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves out what another rule made of the record", async () => {
    const mapping =
      "recipe: rules\nevents:\n  - { touchpoint: Ordered, time: a, customer: who }\n  - { touchpoint: Sent, time: b, customer: who }\n";
    const { id } = await workspace.run(mapping, { "o.csv": "who,a,b\nx,2024-01-01,soon\ny,2024-01-01,2024-01-02\n" });
    const done = await retry(id, { rows: [{ record: 0, cells: { b: "2024-01-03" } }] });
    expect(done).toMatchObject({ mended: 1, events: { added: 1, duplicate: 0 } });
    expect(await workspace.raw(done.id, "touchpoint")).toEqual([{ touchpoint: "Sent" }]);
    await rollbackImport(workspace.deps, id);
  });

  it("of JSON lines keeps what was not changed, byte by byte", async () => {
    const mapping = "recipe: lines\nevents:\n  - { touchpoint: { column: what }, time: at, customer: p.id }\n";
    const good = '{"what":"View","at":"2024-01-01","p":{"id":"a"}}';
    const { id } = await workspace.run(mapping, {
      "e.jsonl": `${good}\n{"what":"View", "at":"?", "p":{"id":7},"x":[1,2]}\n{"what":"View","at":\n`,
    });
    const rows = [
      { record: 0, cells: { at: "2024-01-02" } },
      { record: 1, cells: {}, rest: '{"what":"Buy","at":"2024-01-03","p":{"id":"c"}}' },
    ];
    const done = await retry(id, { rows });
    expect(await workspace.raw(done.id, "touchpoint, customerId")).toEqual([
      { touchpoint: "View", customerId: "7" },
      { touchpoint: "Buy", customerId: "c" },
    ]);
    const whole = await workspace.run(mapping, {
      "whole.jsonl": `${good}\n{"what":"View","at":"2024-01-02","p":{"id":7},"x":[1,2]}\n${rows[1]?.rest}\n`,
    });
    expect(whole.events).toMatchObject({ added: 0, duplicate: 3 });
  });

  it("of Parquet files is of records by number, with values no text file could hold bare", async () => {
    const column = (name: string, ...values: readonly (string | Buffer)[]) => ({
      ...{ name, type: 6, values: values.map(textValue) },
      ...(values.some((value) => typeof value !== "string") ? {} : { schema: { 6: int(0) } }),
    });
    const what = [" View, twice ", 'a "b"\r\nc', "", "Buy", "Buy"];
    const log = (raw: Buffer | string, ...at: readonly string[]) =>
      parquetBytes([
        ...[column("who", "a", "b", "", "d", "e"), column("what", ...what), column("at", ...at)],
        column("amount", "1", "2", "", "4", raw),
      ]);
    const mapping = mappingOf("packed");
    const damaged = Buffer.from([0x31, 0xff]);
    const { id } = await workspace.run(mapping, { "p.parquet": log(damaged, "?", "?", "?", "2024-01-04", "?") });
    const time = (await groupsOf(id)).find(({ field }) => field === "time");
    expect(time?.rows.map(({ line, cells, editable }) => [line, cells, editable])).toEqual([
      [1, ["a", " View, twice ", "?", "1"], true],
      [2, ["b", 'a "b"\r\nc', "?", "2"], true],
      // What is no text cannot be shown, let alone be the same again.
      [5, ["", "", "", ""], false],
    ]);
    const done = await retry(id, { changes: [{ column: "at", find: "?", replace: "2024-01-02" }] });
    expect(done).toMatchObject({ sent: 3, mended: 2, open: 2, events: { added: 2, rejected: 1 } });
    expect(await workspace.raw(done.id, "touchpoint, customerId")).toEqual([
      { touchpoint: " View, twice ", customerId: "a" },
      { touchpoint: 'a "b"\r\nc', customerId: "b" },
    ]);
    const right = log(damaged, "2024-01-02", "2024-01-02", "?", "2024-01-04", "?");
    const whole = await workspace.run(mapping, { "whole.parquet": right });
    expect(whole.events).toMatchObject({ added: 0, duplicate: 3, rejected: 2 });
    await rollbackImport(workspace.deps, whole.id);
    await rollbackImport(workspace.deps, id);
  });

  it("takes the rejects of plain tables where those of others stand together, and says which", async () => {
    const two = `recipe: two
files:
  orders: { has: [order, who, at] }
  visits: { has: [page, who, at] }
events:
  - { touchpoint: Order, from: orders, time: at, customer: who, group: { by: order } }
  - { touchpoint: Visit, from: visits, time: at, customer: who }
`;
    const first = await workspace.run(two, {
      "orders.csv": "order,who,at\no1,a,never\no2,b,2024-01-01\n",
      "visits.csv": "page,who,at\nhome,a,\nhome,b,2024-01-01\n",
    });
    const open = await findOpenRejects(workspace.deps, first.id);
    expect(whyNotAlone(open)).toBeUndefined();
    const groups = groupRejects(open, 5);
    expect(groups.map(({ reason, why, rows }) => [reason, why === null, rows[0]?.editable])).toEqual(
      expect.arrayContaining([
        ["the time is empty", true, true],
        ["the time cannot be read", false, false],
      ]),
    );
    const orders = { field: "time", reason: "the time cannot be read" };
    await expect(retry(first.id, { group: orders, timeFormat: "d/M/yyyy" })).rejects.toThrow(
      /several records make one/u,
    );
    const file = join(workspace.dir, "two.csv");
    const table = await tableOf(first.id);
    await writeFile(file, table.replace("never", "2024-01-03"));
    await expect(retry(first.id, { file })).rejects.toThrow(/^Line 2 of orders\.csv is corrected .*several records/u);
    const changes = [{ column: "at", find: "", replace: "2024-01-02" }];
    expect(await retry(first.id, { changes })).toMatchObject({ sent: 1, mended: 1, open: 1, events: { added: 1 } });
    expect(whyNotAlone(await findOpenRejects(workspace.deps, first.id))).toMatch(/several records make one event/u);
  });

  it("is refused where records stand together, or were not kept", async () => {
    const grouped = await workspace.run(
      "recipe: together\nevents:\n  - { touchpoint: Order, time: at, customer: who, group: { by: who } }\n",
      { "g.csv": "who,at\na,never\na,2024-01-01\n" },
    );
    await expect(retry(grouped.id, { timeFormat: "d/M/yyyy" })).rejects.toThrow(/several records make one event/u);
    const secret = await workspace.run(`${mappingOf("secret")}pii: { who: hash }\n`, { "shop.csv": FILE });
    const open = await findOpenRejects(workspace.deps, secret.id);
    expect(whyNotAlone(open)).toMatch(/were not kept/u);
    // Advice is ours and the same for everybody, such as 1234.5: no text of the records stands in anything else.
    const shown = groupRejects(open, 5).map(({ advice: _, ...group }) => group);
    expect(shown.map(({ records }) => records)).toEqual([3, 2, 1, 1]);
    const kept = await readKeptRejects(workspace.dir, secret.id);
    expect(kept?.records.map(({ text }) => text)).toEqual(["", "", "", "", "", "", ""]);
    const everything = JSON.stringify([kept, shown]) + (await tableOf(secret.id));
    expect(everything).not.toMatch(/1[345]\/02|2024-0|234|2,000|View|Buy/u);
    expect((await tableOf(secret.id)).split("\n").slice(0, 2)).toEqual([
      "file,line,field,reason",
      "shop.csv,3,time,the time cannot be read",
    ]);
  });
});
