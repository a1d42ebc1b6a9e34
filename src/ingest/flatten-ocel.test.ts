import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { AppError } from "../domain/app-error.ts";
import { prepareSources } from "./prepare-sources.ts";

let dir = "";
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-ocel-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type OcelRecord = Readonly<Record<string, unknown>> & { readonly ocel_objects: readonly (readonly [string, string])[] };

async function flatten(path: string) {
  const { sources } = await prepareSources([path], join(dir, `temp-${++count}`));
  const source = sources[0];
  if (!source) throw new Error("no source");
  const lines = readFileSync(source.path, "utf8").trimEnd().split("\n");
  return { source, records: lines.map((line) => JSON.parse(line) as OcelRecord) };
}

function write(name: string, content: string | Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

const LOG2 = {
  eventTypes: [{ name: "Place Order", attributes: [{ name: "total", type: "float" }] }],
  objectTypes: [
    { name: "Purchase Order", attributes: [] },
    { name: "customers", attributes: [] },
  ],
  events: [
    {
      id: "e1",
      type: "Place Order",
      time: "2024-01-01T10:00:00Z",
      attributes: [{ name: "total", value: 12.5 }],
      relationships: [
        { objectId: "o1", qualifier: "order" },
        { objectId: "c {1}", qualifier: 'who "buys", [really]' },
      ],
    },
    { id: "e2", type: "Pay", time: "2024-01-02T10:00:00Z", relationships: [{ objectId: "o1", qualifier: "" }] },
  ],
  objects: [
    { id: "o1", type: "Purchase Order", attributes: [{ name: "price", time: "2024-01-01T00:00:00Z", value: 3 }] },
    { id: "c {1}", type: "customers" },
  ],
};

describe("OCEL in JSON", () => {
  test("2.0: an event each with its objects by type, its only customer and its attributes", async () => {
    const expected = [
      {
        ocel_id: "e1",
        ocel_type: "Place Order",
        ocel_time: "2024-01-01T10:00:00Z",
        customer: "c {1}",
        ocel_objects: [
          ["purchase-order", "o1"],
          ["customers", "c {1}"],
        ],
        total: 12.5,
      },
      {
        ocel_id: "e2",
        ocel_type: "Pay",
        ocel_time: "2024-01-02T10:00:00Z",
        customer: "",
        ocel_objects: [["purchase-order", "o1"]],
      },
    ];
    for (const text of [JSON.stringify(LOG2), JSON.stringify(LOG2, null, 2)]) {
      const { source, records } = await flatten(write("log.json", text));
      expect(records).toEqual(expected);
      expect(source).toMatchObject({ format: "jsonl", originalFormat: "ocel" });
      expect(source.notes[0]).toContain("object types: customers, purchase-order.");
    }
    const packed = await flatten(write("log.json.gz", gzipSync(JSON.stringify(LOG2))));
    expect(packed.records).toEqual(expected);
  });

  test.each<readonly [string, string, RegExp]>([
    ["cut short", JSON.stringify(LOG2).slice(0, -20), /ends before it is closed|no valid JSON/u],
    ["broken inside", JSON.stringify(LOG2).replace("12.5", "12.5.5"), /«events» holds what is no valid JSON/u],
    ["without events", JSON.stringify({ ...LOG2, events: [] }), /without any event/u],
    ["nested deep", `{"eventTypes":[],"events":${"[".repeat(200)}`, /more than 100 deep/u],
  ])("%s is refused", async (_, text, reason) => {
    await expect(flatten(write("bad.json", text))).rejects.toThrow(reason);
  });
});

describe.skipIf(!hasRealData)(`real logs${whySkipped}`, () => {
  const sum = (records: readonly OcelRecord[]) => records.reduce((total, one) => total + one.ocel_objects.length, 0);

  test("the OCEL 1 log has what Python counts in it", async () => {
    const { records } = await flatten(join(REAL_DATA, "ocel/order_process.jsonocel"));
    const log = JSON.parse(readFileSync(join(REAL_DATA, "ocel/order_process.jsonocel"), "utf8"));
    const events = Object.values(log["ocel:events"]) as { "ocel:omap": string[] }[];
    expect([records.length, sum(records)]).toEqual([2_391, events.reduce((n, one) => n + one["ocel:omap"].length, 0)]);
    expect(records[0]?.ocel_objects).toEqual([
      ["order", "order1"],
      ["item", "item2"],
      ["item", "item3"],
    ]);
  });

  test("the OCEL 2.0 database has what sqlite3 counts in it", async () => {
    const { records } = await flatten(join(REAL_DATA, "ocel/running-example.sqlite"));
    // SELECT count(*) FROM event; SELECT count(DISTINCT ocel_event_id || '|' || ocel_object_id) FROM event_object
    expect(records.length).toBe(18_211);
    expect(sum(records)).toBe(35_827);
    expect(records.filter(({ customer }) => customer !== "").length).toBe(4_000);
    const items = records.flatMap(({ ocel_objects: objects }) => objects.filter(([type]) => type === "items"));
    expect([items.length, new Set(items.map(([, id]) => id)).size]).toEqual([10_686, 7_670]);
    const placed = records.find(({ ocel_id }) => ocel_id === "e1");
    expect(placed).toMatchObject({ ocel_type: "place order", customer: "STAWAG" });
    expect(placed?.ocel_objects).toEqual([
      ["orders", "990001"],
      ["customers", "STAWAG"],
    ]);
  });

  test("a database that is broken anywhere ends in a clear error or is read", async () => {
    const whole = readFileSync(join(REAL_DATA, "ocel/running-example.sqlite"));
    for (const at of [17, 20, 57, 100, 103, 110, 3_000, 4_090]) {
      const broken = Buffer.from(whole.subarray(0, 400_000));
      broken[at] = (broken[at] as number) ^ 0xff;
      const outcome = await flatten(write("broken.sqlite", broken)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome, `byte ${at}: ${outcome.stack}`).toBeInstanceOf(AppError);
    }
  });
});
