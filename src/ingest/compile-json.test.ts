import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";

const lines = (...records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

describe("JSON in mappings", () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());

  it("reads keys that the first records lack, takes objects and lists of pairs apart, and names all objects of a list", async () => {
    const mapping = `
recipe: deep
files: { events: { optionalColumns: [info, info.coupon, info.lines, pairs] } }
pii: { info.mail: hash, info.phone: drop }
set: { coupon: info.coupon }
events:
  - touchpoint: { column: what }
    time: at
    customer: who
    value: total(list(col."info.lines", "sum"))
    objects: { product: 'list(col."info.lines", "sku")' }
    traits: [{ first: 'json(col."info.lines", 1, "sku")', plan: 'entry(pairs, "plan")' }]
    properties: ["info.*", "pairs.*", { coupon: upper(coupon), count: 'length(list(col."info.lines"))' }]
`;
    const report = await workspace.run(mapping, {
      "deep.jsonl": lines(
        { what: "View", at: "2024-01-01", who: "a" },
        {
          what: "Buy",
          at: "2024-01-02",
          who: "a",
          info: {
            coupon: "x",
            color: "red",
            size: 4,
            gone: null,
            mail: "a@b.c",
            phone: "555",
            lines: [
              { sku: "p1", sum: "2.50" },
              { sku: "p2", sum: 4 },
              { sku: "p1", sum: "n/a" },
            ],
          },
          pairs: [
            { key: "plan", value: { string_value: null, int_value: "7" } },
            { name: "note", value: "hi" },
          ],
        },
      ),
    });
    expect(report.events).toMatchObject({ read: 2, added: 2, rejected: 0 });
    const [view, buy] = await workspace.raw(
      report.id,
      "toString(value) AS value, objectTypes, objectIds, traits, properties",
    );
    expect(view).toEqual({ value: null, objectTypes: [], objectIds: [], traits: {}, properties: { count: "0" } });
    expect(buy).toEqual({
      value: "6.5",
      objectTypes: ["product", "product"],
      objectIds: ["p1", "p2"],
      traits: { first: "p1", plan: "7" },
      properties: {
        coupon: "X",
        color: "red",
        size: "4",
        // printf 'a@b.c' | sha256sum
        mail: "d648b243a3e817eaa3309e00e183483f2867baadf522099f0c2121770536b25a",
        plan: "7",
        note: "hi",
        count: "3",
      },
    });
  });

  it("reads the same keys of JSON that stands as text in a CSV", async () => {
    const report = await workspace.run(
      "recipe: text\nfiles: { events: { optionalColumns: [more.plan, more.deep.er, other.x] } }\nevents:\n" +
        "  - { touchpoint: View, time: at, customer: who, properties: [more.plan, more.deep.er, other.x, 'more.*'] }\n",
      {
        "t.csv": 'who,at,more\na,2024-01-01,"{""plan"":""pro"",""deep"":{""er"":1},""n"":2}"\nb,2024-01-02,broken {\n',
      },
    );
    expect(await workspace.raw(report.id, "properties")).toEqual([
      { properties: { "more.plan": "pro", "more.deep.er": "1", deep: '{"er":1}', n: "2" } },
      { properties: {} },
    ]);
  });

  it("makes an event of each entry of a list, once, and counts records without any as skipped", async () => {
    const mapping = `
recipe: entries
events:
  - touchpoint: Refund
    each: { refund: refunds }
    when: refund.total < 0
    time: refund.at
    customer: who
    value: abs(refund.total)
    objects: { order: id }
`;
    const file = lines(
      {
        id: 1,
        who: "a",
        refunds: [{ at: "2024-01-02", total: "-5" }, { at: "2024-01-03", total: "-5" }, { total: 1 }],
      },
      { id: 2, who: "b", refunds: [] },
      { id: 3, who: "c", refunds: [{ at: "nonsense", total: "-1" }] },
    );
    const report = await workspace.run(mapping, { "r.jsonl": file });
    expect(report.events).toMatchObject({ read: 3, added: 2, rejected: 1, skipped: { "no event rule applies": 1 } });
    expect(await workspace.raw(report.id, "customerId, toString(time) AS at, toString(value) AS value")).toEqual([
      { customerId: "a", at: "2024-01-02 00:00:00.000", value: "5" },
      { customerId: "a", at: "2024-01-03 00:00:00.000", value: "5" },
    ]);
    expect((await workspace.run(mapping, { "again.jsonl": file })).events).toMatchObject({ added: 0, duplicate: 2 });
  });

  it("reads Unix times that count the local clock", async () => {
    const report = await workspace.run(
      "recipe: local\nzone: America/New_York\nevents:\n  - { touchpoint: V, time: at, timeFormat: epoch-local, customer: who }\n",
      { "l.csv": "who,at\na,1704067200\na,1719792000500\na,x\n" },
    );
    expect(report.events).toMatchObject({ added: 2, rejected: 1 });
    expect(await workspace.raw(report.id, "toString(time) AS at")).toEqual([
      { at: "2024-01-01 05:00:00.000" },
      { at: "2024-07-01 04:00:00.500" },
    ]);
  });

  it("names rule and field of what does not fit", async () => {
    const run = (rule: string) =>
      workspace.run(`recipe: wrong\nevents:\n  - { touchpoint: V, time: at, customer: who, ${rule} }\n`, {
        "w.csv": "who,at,items\na,2024-01-01,[]\n",
      });
    await expect(run("value: total(items)")).rejects.toThrow(/event rule 1, field value: total\(\) adds up a list/u);
    await expect(run("value: abs(list(items))")).rejects.toThrow(/field value: a list cannot be used as a number/u);
    await expect(run('properties: ["lines.*"]')).rejects.toThrow(/field properties.lines: there is no column «lines»/u);
    await expect(run("each: { item: lines }")).rejects.toThrow(/event rule 1, field each.item: .*lines/u);
    await expect(run("each: { item: items }, group: { by: who }")).rejects.toThrow(
      /event rule 1, field each: does not go together with group/u,
    );
    await expect(run("each: { a: items, b: items }")).rejects.toThrow(/field each: takes one name and its list/u);
  });
});
