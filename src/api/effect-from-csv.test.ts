/**
 * Effects from CSV files: the reference numbers of the field to their digits, what files may look like, and every error.
 * The statistics themselves are tested in stats/; the words for people in cli/render-effect.test.ts.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { effectReportSchema } from "../analysis/effect/effect-report.ts";
import { type EffectRequest, measureEffectFromCsv } from "./effect-from-csv.ts";

const digits = (values: readonly (number | undefined)[], count: number) => values.map((one) => one?.toFixed(count));

describe.skipIf(!hasRealData)(`reference numbers${whySkipped}`, () => {
  const file = (...path: string[]) => join(REAL_DATA, ...path);
  const ask = async (request: EffectRequest) => effectReportSchema.parse(await measureEffectFromCsv(request));

  test("minimum wages (mpdta), never and not-yet treated controls", async () => {
    const request = {
      design: "staged",
      ...{ csv: file("effect", "mpdta.csv"), value: "lemp", unit: "countyreal", time: "year" },
      "treated-from": "first.treat",
    } as const;
    const never = await ask(request);
    expect(never).toMatchObject({ n: 500, verdict: "worse", checks: [{ id: "pre-trends", passed: true }] });
    expect(never.estimate.toFixed(4)).toBe("-0.0400");
    expect((await ask({ ...request, controls: "not-yet" })).estimate.toFixed(4)).toBe("-0.0398");
  });

  test("Proposition 99", async () => {
    const report = await ask({
      design: "synthetic",
      ...{ csv: file("effect", "california_prop99.csv"), delimiter: ";" },
      ...{ value: "PacksPerCapita", unit: "State", time: "Year", treated: "treated" },
    });
    expect(report.estimate.toFixed(3)).toBe("-15.604");
    expect(report).toMatchObject({ n: 39, verdict: "inconclusive" });
  });

  test("Sicily's smoking ban, without seasons and with them", async () => {
    const request = {
      design: "series",
      ...{ csv: file("effect", "sicily.csv"), value: "aces", time: "time" },
      ...{ treated: "smokban", offset: "stdpop", lowerIsBetter: true },
    } as const;
    const plain = await ask(request);
    const seasonal = await ask({ ...request, season: 12 });
    expect(digits([plain.relative?.estimate, seasonal.relative?.estimate], 3)).toEqual(["-0.106", "-0.115"]);
    expect(digits([seasonal.relative?.low, seasonal.relative?.high], 3)).toEqual(["-0.161", "-0.067"]);
    expect(seasonal.verdict).toBe("indicative better");
  });

  test("hillstrom, visits after the men's e-mail", async () => {
    const report = await ask({
      design: "randomised",
      ...{ csv: file("hillstrom", "hillstrom.csv.gz"), group: "segment", value: "visit" },
      ...{ control: "No E-Mail", treatment: "Mens E-Mail" },
    });
    expect(digits([report.estimate, report.low, report.high], 5)).toEqual(["0.07659", "0.06995", "0.08322"]);
    expect(report).toMatchObject({ n: 42_613, verdict: "better", checks: [{ id: "sample-ratio", passed: true }, {}] });
  });
});

describe("files made here", () => {
  let folder = "";
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "waymark-effect-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function write(content: string | Buffer): Promise<string> {
    const path = join(folder, `${++count}.csv`);
    await writeFile(path, content);
    return path;
  }

  const ARMS = { design: "randomised", value: "v", group: "g" } as const;
  const arms = async (content: string | Buffer, more: Partial<EffectRequest> = {}) =>
    measureEffectFromCsv({ ...ARMS, csv: await write(content), ...more });
  const table = (rows: readonly string[], header = "g,v") => `${[header, ...rows].join("\n")}\n`;
  const PLAIN = table(["0,1", "0,2", "0,3", "1,5", "1,6", "1,7"]);

  test("plain, gzipped, quoted, with byte-order mark, semicolons, UTF-16: the same answer", async () => {
    const expected = await arms(PLAIN);
    expect(expected).toMatchObject({ n: 6, estimate: 4, verdict: "better", relative: { estimate: 2 } });
    const quoted = PLAIN.replaceAll(/[^,\n]+/gu, '"$&"');
    const forms = [
      gzipSync(PLAIN),
      quoted,
      `\uFEFF${PLAIN}`,
      PLAIN.replaceAll(",", ";"),
      PLAIN.replaceAll("\n", "\r\n"),
      Buffer.from(`\uFEFF${PLAIN}`, "utf16le"),
    ];
    for (const form of forms) expect(await arms(form)).toEqual(expected);
    expect(await arms(PLAIN.replaceAll(",", "|"), { delimiter: "|" })).toEqual(expected);
  });

  test("rows of one unit are added up before the test", async () => {
    const rows = ["0,1,a", "0,1,b", "0,1,b", "0,3,c", "1,5,d", "1,3,e", "1,3,e", "1,7,f"];
    const report = await arms(table(rows, "g,v,u"), { unit: "u" });
    const { method, ...expected } = await arms(PLAIN);
    expect(report).toEqual({ ...expected, method });
  });

  test("a ratio, a covariate and a look before the end", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at % 2},${at % 7},${1 + (at % 3)},${at % 5}`);
    const csv = table(rows, "g,v,d,b");
    expect((await arms(csv, { denominator: "d" })).method).toContain("delta");
    expect((await arms(csv, { before: "b" })).method).toContain("CUPED");
    const [once, always] = [await arms(csv), await arms(csv, { peeking: true })];
    expect(always.high - always.low).toBeGreaterThan(once.high - once.low);
  });

  test("a failed sample-ratio check blocks the verdict, unless the split was meant", async () => {
    const rows = [...Array(300).keys()].map((at) => (at < 60 ? `1,${5 + (at % 3)}` : `0,${at % 3}`));
    const uneven = await arms(table(rows));
    expect(uneven).toMatchObject({ verdict: "inconclusive", checks: [{ id: "sample-ratio", passed: false }, {}] });
    expect((await arms(table(rows), { split: [80, 20] })).verdict).toBe("better");
  });

  test("the verdict follows the minimum effect and the direction", async () => {
    const share = (hits: number, n: number, group: number) =>
      [...Array(n).keys()].map((at) => `${group},${at < hits ? 1 : 0}`);
    const alike = table([...share(500, 1000, 0), ...share(505, 1000, 1)]);
    expect((await arms(alike)).verdict).toBe("inconclusive");
    expect((await arms(alike, { minEffect: 0.06 })).verdict).toBe("no meaningful change");
    expect((await arms(PLAIN, { lowerIsBetter: true })).verdict).toBe("worse");
    expect((await arms(PLAIN, { minEffect: 4.5 })).verdict).toBe("inconclusive");
  });

  const PANEL = { design: "staged", value: "v", unit: "u", time: "t", "treated-from": "f" } as const;
  const panelRows = (start: string, never: string) =>
    [...Array(20).keys()].flatMap((unit) =>
      ["2024-01", "2024-02", "2024-03", "2024-04"].map((time, at) => {
        const treated = unit < 10;
        return `s${unit},${time},${unit + at + ((unit * 7 + at * 3) % 5) / 10 + (treated && at >= 2 ? 3 : 0)},${treated ? start : never}`;
      }),
    );
  const panel = async (rows: readonly string[], more: Partial<EffectRequest> = {}) =>
    measureEffectFromCsv({ ...PANEL, csv: await write(table(rows, "u,t,v,f")), ...more } as EffectRequest);

  test("a staged panel by dates; empty, 0 and never mean never", async () => {
    for (const never of ["", "0", "never"]) {
      const report = await panel(panelRows("2024-03", never));
      expect(report.n).toBe(20);
      expect(Math.abs(report.estimate - 3)).toBeLessThan(0.3);
      expect(report.groups.map(({ name }) => name)).toEqual(["never treated", "from 2024-03"]);
    }
    expect((await panel(panelRows("2024-03", "").slice(1), { "drop-incomplete": true })).n).toBe(19);
  });

  test("months have seasons of themselves", async () => {
    const rows = [...Array(48).keys()].map((at) => {
      const month = `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
      return `${month},${Math.round(500 + 100 * Math.sin((at * Math.PI) / 6) + ((at * 7) % 11) + (at >= 36 ? 80 : 0))},${at >= 36 ? 1 : 0}`;
    });
    const csv = await write(table(rows, "t,v,x"));
    const report = await measureEffectFromCsv({ design: "series", csv, value: "v", time: "t", treated: "x" });
    expect(report).toMatchObject({ n: 48, verdict: "indicative better" });
    expect(report.method).toContain("seasons of 12");
  });

  const rows = panelRows("2024-03", "");
  const changed = (at: number, row: string) => rows.with(at, row);
  const faults: readonly [string, () => Promise<unknown>, string][] = [
    ["missing column", () => arms(PLAIN, { value: "w" }), 'has no column "w"; it has "g", "v".'],
    ["not a number", () => arms(table(["0,1", "1,x"])), 'line 3, column "v": "x" is not a number'],
    ["decimal comma", () => arms(table(["0;1", "1;2,5"], "g;v")), "write decimals with a point"],
    ["empty value", () => arms(table(["0,1", "1,"])), 'line 3, column "v": the cell is empty'],
    [
      "unknown group",
      () => arms(PLAIN, { control: "x", treatment: "1" }),
      'no group "x". The groups found are "0", "1"',
    ],
    [
      "unclear groups",
      () => arms(table(["x,1", "y,2"])),
      'on the command line --control and --treatment). The groups found are "x", "y"',
    ],
    ["three groups", () => arms(table(["0,1", "1,2", "2,3"])), 'The groups found are "0", "1", "2"'],
    ["one group", () => arms(table(["0,1", "0,2"])), "needs two groups"],
    ["one unit an arm", () => arms(table(["0,1.5", "1,2"])), "at least 2 in each arm"],
    [
      "unit in two groups",
      () => arms(table(["0,1,a", "1,2,a"], "g,v,u"), { unit: "u" }),
      'line 3, column "u": unit "a" is in',
    ],
    ["short row", () => arms(table(["0,1", "1"])), "line 3: 1 fields where the header has 2"],
    ["open quote", () => arms(table(["0,1", '1,"2', "1,3"])), "never closed"],
    ["empty file", () => arms(""), "is empty"],
    ["no such file", () => measureEffectFromCsv({ ...ARMS, csv: join(folder, "none.csv") }), "does not exist"],
    ["option of another design", () => arms(PLAIN, { offset: "v" }), "--offset means nothing to the randomised design"],
    ["missing option", () => measureEffectFromCsv({ design: "series", csv: "x", value: "v" }), "needs --time"],
    ["no switch", () => panel(rows, { "treated-from": undefined } as never), "either --treated"],
    [
      "unit twice",
      () => panel([...rows, rows[0] ?? ""]),
      'column "t": unit "s0" has a second row at 2024-01, after line 2',
    ],
    ["unbalanced", () => panel(rows.slice(1)), 'unit "s0" has no row at 2024-01 (1 of 20 units lack some)'],
    ["two starts", () => panel(changed(1, "s0,2024-02,1,2024-02")), "a unit has one start in all its rows"],
    ["no treated", () => panel(panelRows("", "")), "treated"],
    ["no controls", () => panel(panelRows("2024-03", "2024-03")), "never treated"],
    ["no time", () => panel(changed(0, "s0,soon,1,2024-03")), '"soon" is neither a number nor a date'],
    ["start unlike times", () => panel(panelRows("3", "")), "cannot be compared with the times"],
  ];

  test.each(faults)("%s is told", async (_, run, words) => {
    const error = await run().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ name: "AppError", message: expect.stringContaining(words) });
  });
});
