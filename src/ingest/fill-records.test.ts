import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

describe("fill", () => {
  it("gives a record what another record of its order says, and nothing else", async () => {
    const report = await workspace.run(
      `recipe: filled
files: { lines: { fill: { by: No, columns: [At, Who, Absent] } } }
events:
  - touchpoint: Line Sold
    time: At
    customer: Who
    objects: { order: No }
    properties: { sku: Sku }
`,
      {
        // The first line of B comes last, its second line names somebody else, a line has no order, C never tells a time.
        "l.csv":
          "No,At,Who,Sku\nA,2024-01-01,ann,1\nA,,,\nB,,bob,3\nB,2024-01-02,eve,4\n,2024-01-03,,5\n,,kim,6\nC,,cat,7\n",
      },
    );
    expect(report.events).toMatchObject({ read: 7, added: 4, rejected: 3 });
    expect(await workspace.raw(report.id, "customerId AS who, toString(toDate(time)) AS day, properties AS p")).toEqual(
      [
        { who: "ann", day: "2024-01-01", p: { sku: "1" } },
        { who: "ann", day: "2024-01-01", p: {} },
        { who: "bob", day: "2024-01-02", p: { sku: "3" } },
        { who: "eve", day: "2024-01-02", p: { sku: "4" } },
      ],
    );
    expect(report.rejects).toEqual([
      { field: "time", reason: "the time is empty", records: 2 },
      { field: "customer", reason: "neither a customer nor an object is named", records: 1 },
    ]);
  });

  it("also fills a table that others join", async () => {
    const report = await workspace.run(
      `recipe: filled-join
files:
  calls: { has: [call], join: { from: people, on: who } }
  people: { has: [mail], fill: { by: who, columns: [mail] } }
events: [{ from: calls, touchpoint: Called, time: at, customer: people.mail }]
`,
      { "x.csv": "CALL,who,at\n1,a,2024-01-01\n", "y.csv": "who,mail\na,\na,a@x.org\n" },
    );
    expect(await workspace.raw(report.id, "customerId")).toEqual([{ customerId: "a@x.org" }]);
  });
});

describe("a table joined twice", () => {
  it("stands under two names", async () => {
    const report = await workspace.run(
      `recipe: twice
files:
  notes:
    has: [note]
    join:
      - { from: people, as: writer, on: { by: id } }
      - { from: people, as: reader, on: { to: id } }
  people: { has: [mail] }
events: [{ from: notes, touchpoint: Noted, time: at, customer: reader.mail, properties: { by: writer.mail } }]
`,
      { "n.csv": "note,by,to,at\nx,1,2,2024-01-01\n", "p.csv": "id,mail\n1,a@x.org\n2,b@x.org\n" },
    );
    expect(await workspace.raw(report.id, "customerId AS who, properties['by'] AS by")).toEqual([
      { who: "b@x.org", by: "a@x.org" },
    ]);
  });
});

describe("has", () => {
  const mapping = `recipe: told
files:
  orders: { has: [Order Id, placed], optional: true }
  people: { has: [mail], aliases: { mail: [E-Mail] }, optional: true }
events:
  - { from: orders, touchpoint: Placed, time: placed, objects: { order: Order Id } }
  - { from: people, touchpoint: Registered, time: since, customer: mail }
`;

  it("tells files by their columns, in any spelling, whatever their names", async () => {
    const report = await workspace.run(mapping, {
      "1.csv": "E-Mail,since\na@x.org,2024-01-01\n",
      "2.csv": "order_id,placed\n7,2024-01-02\n",
      "3.csv": "x,y\n1,2\n",
    });
    expect(report.events).toMatchObject({ read: 2, added: 2 });
    expect(report.warnings).toEqual(["Not part of the mapping told, and ignored: 3.csv."]);
    // In the mapping a column goes by the name that `has` gives it.
    expect(await workspace.raw(report.id, "customerId AS who, objectIds AS order")).toEqual([
      { who: "", order: ["7"] },
      { who: "a@x.org", order: [] },
    ]);
  });

  it("says what it looked for where no file fits", async () => {
    await expect(workspace.run(mapping, { "3.csv": "x,y\n1,2\n" })).rejects.toThrow(
      "No file fits the mapping told. It reads orders (with the columns Order Id, placed); people (with the columns mail); given: 3.csv.",
    );
  });
});

describe("functions of time and place", () => {
  it("addHours moves a time; record() numbers the records", async () => {
    const report = await workspace.run(
      `recipe: moved
events:
  - touchpoint: Answered
    time: addHours(at, minutes / 60)
    customer: concat("row-", record())
    properties: { year: 'extract(at, "^([0-9]+)-")' }
`,
      {
        "m.csv":
          "at,minutes\n2024-03-31 00:30:00,90\n2024-01-01,-30\n2024-01-01,0.001\n2024-01-01,\n2024-01-01,1e300\n",
      },
    );
    expect(await workspace.raw(report.id, "customerId AS who, toString(time) AS at, properties['year'] AS y")).toEqual([
      { who: "row-1", at: "2024-03-31 02:00:00.000", y: "2024" },
      { who: "row-2", at: "2023-12-31 23:30:00.000", y: "2024" },
      { who: "row-3", at: "2024-01-01 00:00:00.060", y: "2024" },
    ]);
    expect(report.events).toMatchObject({ read: 5, added: 3, rejected: 2 });
  });
});
