import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { parseMapping } from "../domain/mapping.ts";
import { compileMapping } from "./compile-mapping.ts";
import type { SourceFile } from "./source-file.ts";

const source = (name: string, columns: readonly string[]): SourceFile => ({
  path: `/data/${name}`,
  name,
  originalPath: `/data/${name}`,
  bytes: 1,
  unpackedBytes: 1,
  droppedLines: 0,
  gzip: false,
  format: "csv",
  originalFormat: "csv",
  encoding: "utf-8",
  delimiter: ",",
  header: true,
  columns,
  notes: [],
});

describe("a mapping that does not fit its files", () => {
  const compile = (yaml: string, sources = [source("log.csv", ["who", "what", "at", "n", "Case ID"])]) =>
    compileMapping(parseMapping(parse(yaml), "m.yaml"), sources);
  const rule = (fields: string) =>
    `recipe: mine\nevents:\n  - { touchpoint: Seen, time: at, customer: who, ${fields} }\n`;

  it.each([
    ["value: nn", /mapping mine, event rule 1, field value: there is no column «nn».*who, what, at, n, Case ID/u],
    ["value: Case Id", /event rule 1, field value: «Case Id» is neither a column/u],
    ["objects: { case: { column: case } }", /field objects\.case: there is no column «case»/u],
    ["when: n", /field when: «n» is no condition but a text/u],
    ["when: frobnicate(n) = 1", /field when: there is no function frobnicate\(\); known: lower/u],
    ["value: sum(n)", /field value: sum\(\) sums up several records: it belongs under group or take/u],
    ["value: round()", /field value: round\(\) takes 1 to 2 value\(s\), not 0/u],
    ["value: date(at) * 2", /field value: a date cannot be used as a number/u],
    ["value: other.n", /field value: «other\.» means nothing here; no table is joined/u],
    ["value: a, set: { a: b + 1, b: a + 1 }", /computed field \w is made from itself/u],
  ])("%s", (fields, message) => {
    expect(() => compile(rule(fields))).toThrow(message);
  });

  it("names the table that has no file, and the files that no table takes", () => {
    const yaml =
      "recipe: mine\nfiles: { a: { match: a*.csv }, b: { match: b.csv, optional: true } }\nevents: [{ from: a, touchpoint: Seen, time: at, customer: who }]\n";
    expect(() => compile(yaml)).toThrow("needs a file for its table a (named like a*.csv)");
    const plan = compile(yaml, [source("A-1.csv.gz", ["at", "who"]), source("z.csv", ["x"])]);
    expect(plan.warnings.join(" ")).toContain("z.csv");
    expect(plan.tables[0]?.files).toHaveLength(1);
  });

  it("says which personal data may not be used", () => {
    expect(() => compile(`${rule("value: n")}pii: { n: drop }\n`)).toThrow(/column «n» is dropped under pii/u);
  });
});

describe("a mapping at work", () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());

  it("computes fields, with quotes and backslashes in literals", async () => {
    const properties = {
      upper: "upper(trim(a))",
      joined: "a + '-' + lower(b)",
      first: 'coalesce(blank, b, "z")',
      sum: "n * 2 + 1",
      none: "n / 0",
      part: "substring(b, 2, 2)",
      odd: "if(n > 2.5 and b in ('XYZ', 'Q'), 'it\\'s \\\\ {p1:String}', 'no')",
      day: "date(at)",
      gap: "days(at, '2024-03-12 23:00:00')",
      hours: "hours(at, '2024-03-10 12:30:00')",
      end: "endOfDay(at)",
      test: "matches(b, '^X.Z$') and not contains(a, 'q') and startsWith(b, 'XY')",
      size: "length(a)",
      swapped: "replace(b, 'Y', '-')",
      empty: "blank is empty",
    };
    const report = await workspace.run(
      `recipe: compute\nzone: America/New_York\nevents:\n  - touchpoint: Seen\n    time: at\n    customer: a\n    properties: ${JSON.stringify(properties)}\n`,
      { "c.csv": "a,b,n,at,blank\n é1 ,XYZ,3,2024-03-10 01:30:00,\n" },
    );
    expect(await workspace.raw(report.id, "properties")).toEqual([
      {
        properties: {
          upper: "É1",
          joined: "é1-xyz",
          first: "XYZ",
          sum: "7",
          part: "YZ",
          odd: "it's \\ {p1:String}",
          day: "2024-03-10",
          gap: "2",
          hours: "10",
          end: "2024-03-11T03:59:59.999Z",
          test: "true",
          size: "2",
          swapped: "X-Z",
          empty: "true",
        },
      },
    ]);
  });

  it("joins the first match or an aggregate, and makes several events of one record", async () => {
    const report = await workspace.run(
      `recipe: joins
files:
  orders:
    match: orders.csv
    join:
      - { from: people, on: person }
      - { from: payments, on: { id: order_id }, take: { paid: sum(amount), parts: count() } }
      - { from: missing, on: id, take: { never: sum(x) } }
  people: { match: people.csv }
  payments: { match: payments.csv }
  missing: { match: missing.csv, optional: true }
defaults: { from: orders, customer: people.email, objects: { order: id } }
events:
  - { touchpoint: Placed, time: placed, value: "coalesce(missing.never, payments.paid)", traits: { city: people.city }, properties: { parts: payments.parts } }
  - { touchpoint: Sent, when: sent is not empty, time: sent }
pii: { email: hash }
`,
      {
        "orders.csv": "id,person,placed,sent\no1,1,2024-01-01,2024-01-02\no2,2,2024-01-03,\no3,9,2024-01-04,\n",
        "people.csv": "person,email,city\n1,a@x.org,Rome\n1,other@x.org,Pisa\n2,b@x.org,Bonn\n",
        "payments.csv": "order_id,amount\no1,2.50\no1,3.25\no2,1\n",
      },
    );
    const rows = await workspace.raw<Record<string, unknown>>(
      report.id,
      "touchpoint, value, traits, properties, objectIds, customerId",
    );
    expect(rows).toMatchObject([
      { touchpoint: "Placed", value: 5.75, traits: { city: "Rome" }, properties: { parts: "2" }, objectIds: ["o1"] },
      { touchpoint: "Sent", value: null, traits: {}, objectIds: ["o1"] },
      { touchpoint: "Placed", value: 1, traits: { city: "Bonn" }, properties: { parts: "1" }, objectIds: ["o2"] },
      { touchpoint: "Placed", value: null, traits: {}, properties: {}, objectIds: ["o3"], customerId: "" },
    ]);
    // sha-256 of a@x.org
    expect(rows[0]?.customerId).toMatch(/^[0-9a-f]{64}$/u);
    expect(rows[0]?.customerId).toBe(rows[1]?.customerId);
    expect(report.events).toMatchObject({ read: 9, added: 4 });
  });

  it("groups records into one event, and rejects the records that do not fit", async () => {
    const report = await workspace.run(
      `recipe: groups
events:
  - touchpoint: Basket
    time: at
    customer: who
    objects: { order: id }
    group: { by: id, time: max, value: sum(q * p), properties: { lines: count(), last: last(item) }, objects: { product: item } }
`,
      {
        "g.csv":
          "id,who,at,q,p,item\n1,a,2024-01-01,1,1.5,y\n1,a,2024-01-01,1,1.5,x\n1,a,2024-01-03,1,0.25,y\n2,b,never,1,1,z\n2,b,2024-01-02,4,1,\n",
      },
    );
    expect(report.events).toEqual({ read: 5, added: 2, duplicate: 0, rejected: 1, skipped: {} });
    expect(await workspace.raw(report.id, "toFloat64(ordinal) AS n, value, toDate(time) AS day, properties")).toEqual([
      { n: 1, value: 3.25, day: "2024-01-03", properties: { lines: "3", last: "y" } },
      { n: 5, value: 4, day: "2024-01-02", properties: { lines: "1" } },
    ]);
    // What a record names twice is one object; what it does not name is none.
    expect(await workspace.raw(report.id, "objectTypes, objectIds")).toEqual([
      { objectTypes: ["order", "product", "product"], objectIds: ["1", "x", "y"] },
      { objectTypes: ["order"], objectIds: ["2"] },
    ]);
  });
});
