import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { AppError } from "../domain/app-error.ts";
import { parseMapping } from "../domain/mapping.ts";
import { prepareSources } from "./prepare-sources.ts";
import { type Proposal, proposeMapping } from "./propose-mapping.ts";
import type { SourceFile } from "./source-file.ts";
import { mappingToYaml } from "./write-mapping.ts";

let dir = "";
let temps = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-propose-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function propose(...paths: string[]): Promise<Proposal> {
  const { sources, samples } = await prepareSources(paths, join(dir, `temp-${++temps}`));
  return proposeMapping(sources, samples);
}

async function proposeText(name: string, text: string) {
  const path = join(dir, name);
  writeFileSync(path, text);
  const proposal = await propose(path);
  if (proposal.kind !== "mapping") throw new Error(`a mapping was expected, not ${proposal.recipe}`);
  const [rule] = proposal.mapping.events;
  return { ...proposal, rule };
}

describe("what tells of the customer", () => {
  const log = (plan: (customer: number, nth: number) => string) =>
    [
      "customer,event,timestamp,plan,page",
      ...Array.from({ length: 120 }, (_, at) => {
        const customer = at % 40;
        const nth = Math.floor(at / 40);
        return `c${customer},View,2024-01-0${nth + 1}T10:00:00Z,${plan(customer, nth)},p${nth}`;
      }),
    ].join("\n");

  test("is the same on all of a customer's records: a trait, and a property still", async () => {
    const { rule, reasons } = await proposeText(
      "plans.csv",
      log((customer) => ["gold", "basic"][customer % 2] ?? ""),
    );
    expect(rule).toMatchObject({ traits: ["plan"], properties: ["rest", "plan"] });
    expect(reasons.find(({ field }) => field === "traits.plan")).toMatchObject({ column: "plan" });
  });

  test("changes for one customer: a property only; what became of the customer too", async () => {
    const changing = log((customer, nth) => (customer === 7 && nth === 2 ? "gold" : "basic"));
    expect((await proposeText("changing.csv", changing)).rule).toMatchObject({ properties: "rest" });
    const outcome = log((customer) => ["yes", "no"][customer % 2] ?? "").replace("plan", "churned");
    expect((await proposeText("outcome.csv", outcome)).rule?.traits).toBeUndefined();
  });
});

describe("formats people export", () => {
  const toLines = (records: readonly object[]) => records.map((record) => JSON.stringify(record)).join("\n");
  const call = { type: "track", userId: "u1", anonymousId: "a1" };
  const order = { order_id: "o1", total: 12.5, currency: "USD" };
  const calls = [
    { ...call, event: "Product Viewed", messageId: "m1", timestamp: "2024-01-02T03:04:05.678Z" },
    { ...call, event: "Order Completed", messageId: "m2", timestamp: "2024-01-02T03:14:05.678Z", properties: order },
  ];

  test("Segment as JSON lines is left to its recipe", async () => {
    const path = join(dir, "segment.jsonl");
    writeFileSync(path, toLines(calls));
    expect(await propose(path)).toMatchObject({ kind: "recipe", recipe: "segment" });
  });

  test("events in Segment's style without its message ids", async () => {
    const { rule } = await proposeText("alike.jsonl", toLines(calls.map(({ messageId, ...rest }) => rest)));
    expect(rule).toEqual({
      touchpoint: { column: "event" },
      time: { column: "timestamp" },
      timeFormat: "auto",
      customer: { column: "userId", optional: true },
      anonymous: { column: "anonymousId", optional: true },
      value: { column: "properties.total", optional: true },
      currency: { column: "properties.currency", optional: true },
      objects: { order: { column: "properties.order_id", optional: true } },
      properties: "rest",
    });
  });

  test("Mixpanel is left to its recipe; names and Unix times below properties without its own keys are guessed", async () => {
    const path = join(dir, "mixpanel.json");
    const record = '{"event":"Signed Up","properties":{"time":1700000000,"distinct_id":"u1","$insert_id":"i1"}}\n';
    writeFileSync(path, record.repeat(3));
    expect(await propose(path)).toMatchObject({ kind: "recipe", recipe: "mixpanel" });
    const { rule } = await proposeText("below.json", record.replace("$insert_id", "plan").repeat(3));
    expect(rule).toMatchObject({
      touchpoint: { column: "event" },
      time: { column: "properties.time" },
      timeFormat: "epoch-s",
      customer: { column: "properties.distinct_id" },
    });
  });

  test("GA4: microseconds and a pseudonym", async () => {
    const { rule } = await proposeText(
      "ga4.csv",
      "event_date,event_timestamp,event_name,user_pseudo_id,platform\n20240101,1704067200000000,page_view,a.1,WEB\n20240101,1704067260000000,purchase,a.1,WEB\n",
    );
    expect(rule).toMatchObject({
      touchpoint: { column: "event_name" },
      time: { column: "event_timestamp" },
      timeFormat: "epoch-us",
      anonymous: { column: "user_pseudo_id" },
      channel: { column: "platform" },
    });
  });

  test("line items without an event column become one order each", async () => {
    const { rule, reasons } = await proposeText(
      "lines.csv",
      "Order No;Customer;Order Date;Quantity;Unit Price\n1;ann;13.02.2024;2;1.50\n1;ann;13.02.2024;1;4.00\n2;bob;14.02.2024;1;9.00\n",
    );
    expect(rule).toEqual({
      touchpoint: { literal: "Order Placed" },
      time: { column: "Order Date" },
      timeFormat: "d.M.yyyy",
      customer: { column: "Customer" },
      objects: { order: { column: "Order No" } },
      properties: "rest",
      group: { by: "Order No", time: "min", value: 'sum(col."Quantity" * col."Unit Price")' },
    });
    expect(reasons.find(({ field }) => field === "group")?.why).toContain("line items");
  });

  test.each([
    ["1,50", "1.234,00", 'replace(replace(col."amount", ".", ""), ",", ".")', undefined],
    ["$1,234.50", "$7", 'replace(replace(col."amount", "$", ""), ",", "")', "USD"],
    ["12 €", "0.5 €", 'replace(col."amount", "€", "")', "EUR"],
    ["12", "-0.5", undefined, undefined],
  ])("amounts written like %s and %s are made plain numbers", async (one, two, expression, currency) => {
    const { rule } = await proposeText(
      "money.csv",
      `user;event;time;amount\n1;a;2024-01-01;${one}\n2;b;2024-01-02;${two}\n`,
    );
    expect(rule?.value).toEqual(expression === undefined ? { column: "amount" } : { expression });
    expect(rule?.currency).toEqual(currency === undefined ? undefined : { literal: currency });
  });

  test("what is doubtful is said", async () => {
    const { notes, reasons } = await proposeText(
      "doubt.csv",
      "user_id,status,date,price\n1,open,01/02/2024,1.5\n2,done,03/04/2024,2.5\n",
    );
    expect(notes.join("\n")).toMatch(/day\/month or month\/day/u);
    expect(notes.join("\n")).toMatch(/no offset and are read as UTC/u);
    expect(notes.join("\n")).toMatch(/currency/u);
    expect(reasons.find(({ field }) => field === "touchpoint")?.confidence).toBeLessThan(0.6);
  });

  test("the first thousand records of one day do not hide how dates are written", async () => {
    const early = "u1,view,12/1/2010 8:26\n".repeat(20_000);
    const late = "u2,buy,12/25/2010 9:00\n".repeat(20_000);
    const { rule, notes } = await proposeText("dates.csv", `user_id,event,time\n${early}${late}`);
    expect(rule?.timeFormat).toBe("M/d/yyyy H:mm");
    expect(notes.join("\n")).not.toContain("day/month");
  });
});

describe("what cannot be proposed", () => {
  test("names what is missing, the columns there are, and the way out", async () => {
    const error = await proposeText("bare.csv", "size,colour\n1,red\n2,blue\n").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    const { message } = error as AppError;
    for (const part of ["bare.csv", "times", "customer", "size, colour", "--mapping"]) expect(message).toContain(part);
    const template = (error as AppError).details.template as string;
    expect(() => parseMapping(parse(template), "template")).not.toThrow();
  });

  test("files with different columns share no mapping", async () => {
    const one = join(dir, "one.csv");
    const two = join(dir, "two.csv");
    writeFileSync(one, "user_id,event,time\n1,a,2024-01-01\n");
    writeFileSync(two, "uid,what,day\n1,a,2024-01-01\n");
    await expect(propose(one, two)).rejects.toThrow(/two\.csv has other columns than one\.csv/u);
  });
});

test("the mapping file is read back as it was, whatever the columns are called", async () => {
  const { mapping, reasons, notes } = await proposeText(
    "odd.csv",
    '"case:concept:name","concept:name","time:timestamp","customer","price","a ""b"" # c: {d}"\n1,x,2024-01-01,7,1.5,1\n1,y,2024-01-02,7,2.5,2\n',
  );
  const text = mappingToYaml(mapping, { reasons, notes: [...notes, "two\nlines"] });
  expect(parseMapping(parse(text), "again")).toEqual(mapping);
  expect(text).toMatchInlineSnapshot(`
    "# How the records of these files become events. Edit it, then:
    #   waymark import FILE --mapping THIS-FILE --dry-run
    # ! The times are days without a clock: within a day, events keep the order of the file.
    # ! The times carry no offset and are read as UTC; set zone: Europe/London (waymark import --zone) or another to change that.
    # ! No column names a currency; set currency: EUR or another, or values stay without one.
    # ! two lines

    recipe: generic
    journey: case
    events:
      - touchpoint: { column: concept:name } # by its name, concept_name
        time: { column: time:timestamp } # by its name, time_timestamp, and its form: ISO 8601 or year first
        timeFormat: auto
        customer: { column: customer } # by its name
        value: { column: price } # likely: by its name
        objects:
          case: { column: case:concept:name } # by its name, case_concept_name
        properties: rest
    "
  `);
  expect(parse(mappingToYaml(mapping))).toEqual(mapping);
});

describe.skipIf(!hasRealData)(`real files${whySkipped}`, () => {
  const at = (name: string) => join(REAL_DATA, name);

  test.each([
    ["cdnow/CDNOW_master.txt", "cdnow"],
    ["cdnow/CDNOW_sample.txt", "cdnow"],
    ["online_retail/online_retail_to_2011-08.csv.gz", "online-retail"],
    ["olist", "olist"],
    ["helpdesk/helpdesk.xes.gz", "xes"],
  ])("%s fits the recipe %s", async (name, recipe) => {
    expect(await propose(at(name))).toMatchObject({ kind: "recipe", recipe });
  });

  test("helpdesk: case, activity, time and its customers", async () => {
    expect(await propose(at("helpdesk/helpdesk.csv.gz"))).toMatchObject({
      kind: "mapping",
      mapping: {
        journey: "case",
        events: [
          {
            touchpoint: { column: "concept:name" },
            time: { column: "time:timestamp" },
            timeFormat: "auto",
            customer: { column: "customer" },
            objects: { case: { column: "case:concept:name" } },
            properties: "rest",
          },
        ],
      },
    });
  });

  test("bpic2012: cases without customers are allowed, and the amount asked for is no value", async () => {
    const proposal = await propose(at("bpic2012/bpic2012.csv.gz"));
    if (proposal.kind !== "mapping") throw new Error("a mapping was expected");
    const [rule] = proposal.mapping.events;
    expect(Object.keys(rule ?? {}).sort()).toEqual(["objects", "properties", "time", "timeFormat", "touchpoint"]);
    expect(proposal.notes.join("\n")).toContain("lifecycle");
  });

  test("bpic2013: an event is named by activity and state, for the log's transitions are states of its own", async () => {
    const proposal = await propose(at("bpic2013/bpic2013_incidents.csv.gz"));
    expect(proposal).toMatchObject({
      mapping: {
        events: [{ touchpoint: { expression: 'concat(col."concept:name", "/", col."lifecycle:transition")' } }],
      },
    });
    expect(proposal.notes.join("\n")).toContain("In Progress, ");
  });

  test("ecom: platform is the channel, the acquisition channel is a property", async () => {
    expect(await propose(at("ecom/ecom.csv.gz"))).toMatchObject({
      mapping: {
        events: [
          {
            touchpoint: { column: "event" },
            time: { column: "timestamp" },
            customer: { column: "user_id" },
            channel: { column: "platform" },
            objects: { session: { column: "session_id" } },
          },
        ],
      },
    });
  });

  test.each(["cdnow/cdnow_summary_2357.csv", "effect/sicily.csv"])(
    "%s has neither time nor owner and is refused",
    async (name) => {
      await expect(propose(at(name))).rejects.toThrow(/no column holds times; no column says whose event it is/u);
    },
  );
});

test("a header without end is not shown without end", () => {
  const columns = Array.from({ length: 20 }, (_, at) => `${at} ${"x".repeat(100)}`);
  const form = { path: "a.csv", name: "a.csv", columns };
  const source: SourceFile = {
    ...{
      ...form,
      originalPath: "a.csv",
      bytes: 1,
      unpackedBytes: 1,
      gzip: false,
      format: "csv",
      originalFormat: "csv",
    },
    ...{ encoding: "utf-8", header: true, droppedLines: 0, notes: [] },
  };
  const sample = { ...form, rows: [columns.map(() => "y")], spread: [], complete: true };
  const refusal = () => proposeMapping([source], [sample]);
  expect(refusal).toThrow(/its columns/iu);
  expect(refusal).toThrow(/^[^\n]{1,1000}$/u);
});
