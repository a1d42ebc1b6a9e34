import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REAL_DATA, readsLongData, whyLongSkipped } from "../../test/real-data.ts";
import { flattenXes } from "./flatten-xes.ts";

let dir = "";
let count = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "waymark-xes-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function flatten(xml: string | Buffer, name = "log.xes") {
  const path = join(dir, `in-${++count}.xes`);
  writeFileSync(path, xml);
  const target = join(dir, `out-${count}.csv`);
  const log = await flattenXes({ path, name, gzip: false, bytes: 0 }, target);
  const rows = parse(readFileSync(target)) as string[][];
  return { log, rows };
}

const log = (body: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n${body}\n</log>\n`;
const trace = (name: string, ...events: string[]) =>
  `<trace><string key="concept:name" value="${name}"/>${events.join("\n")}</trace>`;
const event = (name: string, more = "") => `<event><string key="concept:name" value="${name}"/>${more}</event>`;

describe("flattening", () => {
  test("columns that turn up late are empty before, and every record has every field", async () => {
    const { log: flat, rows } = await flatten(
      log(
        trace("1", event("a"), event("b", '<int key="cost" value="7"/>')) +
          trace("2", event("c", '<date key="time:timestamp" value="2024-03-31T02:30:00.123+02:00"/>')),
      ),
    );
    expect(flat).toMatchObject({ events: 3, traces: 2, notes: [] });
    expect(rows).toEqual([
      ["case:concept:name", "concept:name", "cost", "time:timestamp"],
      ["1", "a", "", ""],
      ["1", "b", "7", ""],
      ["2", "c", "", "2024-03-31T02:30:00.123+02:00"],
    ]);
  });

  test("values keep quotes, commas, line ends, blanks and entities", async () => {
    const value = 'say "hi", &amp; &#10;new &lt;line&gt; ä€😀 '.replaceAll('"', "&quot;");
    const { rows } = await flatten(log(trace("x, y", event(value))));
    expect(rows[1]).toEqual(["x, y", 'say "hi", & \nnew <line> ä€😀 ']);
  });

  test("trace attributes behind the events still stand in each of them", async () => {
    const { rows } = await flatten(log(`<trace>${event("a")}<string key="region" value="north"/></trace>`));
    expect(rows).toEqual([
      ["case:region", "case:concept:name", "concept:name"],
      ["north", "trace 1", "a"],
    ]);
  });

  test("globals are no defaults; nested attributes and lists are counted, not carried", async () => {
    const { log: flat, rows } = await flatten(
      log(
        '<global scope="event"><string key="channel" value="UNKNOWN"/></global>' +
          trace(
            "1",
            event(
              "a",
              '<string key="k" value="v"><string key="inner" value="i"/></string><list key="l"><int key="n" value="1"/></list>',
            ),
          ),
      ),
    );
    expect(rows[0]).toEqual(["case:concept:name", "concept:name", "k"]);
    expect(flat.notes).toEqual(["3 attributes inside other attributes or lists were left out."]);
  });

  test("a trace longer than what is held back stays whole and in order", async () => {
    const events = Array.from({ length: 45_000 }, (_, at) => event(`e${at}`));
    const { log: flat, rows } = await flatten(log(`<trace>${events.join("")}<string key="late" value="1"/></trace>`));
    expect(flat).toMatchObject({
      events: 45_000,
      notes: expect.arrayContaining([expect.stringContaining("1 trace attributes")]) as unknown,
    });
    expect(rows.slice(1).every((row, at) => row[1] === `e${at}` && row[0] === "trace 1")).toBe(true);
  });
});

describe("broken and hostile logs", () => {
  test.each([
    ["cut short", log(trace("1", event("a"))).slice(0, -30), /log\.xes, line \d+, column \d+: .*unclosed/iu],
    ["crossed tags", log("\n\n<trace><event></trace></event>"), /log\.xes, line 5, column \d+: /u],
    ["another root", "<html><body/></html>", /root is <html>/u],
    ["no event", log('<trace><string key="concept:name" value="1"/></trace>'), /without any event/u],
    ["no value", log(trace("1", '<event><string key="x"/></event>')), /lacks its value/u],
    ["an unknown entity", log(trace("1", event("&xxe;"))), /log\.xes, line 3, column \d+: .*entity/iu],
    [
      "entity declarations",
      `<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${log(trace("1", event("x")))}`,
      /declares XML entities/u,
    ],
    ["deep nesting", log(`<trace>${'<string key="a" value="b">'.repeat(500)}`), /nested more than 100/u],
    ["an endless value", log(trace("1", event("x".repeat(20 * 1024 ** 2)))), /8 MiB/u],
    ["no XML at all", "PK\u0003 nonsense", /log\.xes, line 1, column \d+: /u],
  ])("%s is refused with file and line", async (_, xml, message) => {
    await expect(flatten(xml)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(message) as unknown,
    });
    expect(readdirSync(dir).filter((name) => name.endsWith(".spool"))).toEqual([]);
  });
});

describe.skipIf(!readsLongData)(`real logs${whyLongSkipped}`, () => {
  // helpdesk, whose columns stand in another order: recipes.test.ts.
  test("bpic2012 as XES holds what its CSV holds, in the same order", async () => {
    const path = join(REAL_DATA, "bpic2012/bpic2012.xes.gz");
    const target = join(dir, "bpic2012.csv");
    const flat = await flattenXes({ path, name: "bpic2012", gzip: true, bytes: statSync(path).size }, target);
    expect(flat).toMatchObject({ events: 262_200, traces: 13_087, notes: [] });
    const theirs = gunzipSync(readFileSync(join(REAL_DATA, "bpic2012/bpic2012.csv.gz"))).toString("utf8");
    // Byte for byte: parsing a quarter of a million records twice would only take longer to say the same.
    expect(readFileSync(target, "utf8") === theirs.replaceAll("\r\n", "\n")).toBe(true);
  });
});
