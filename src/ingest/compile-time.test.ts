import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";

describe("times", () => {
  let workspace: ImportWorkspace;
  beforeAll(async () => {
    workspace = await openImportWorkspace();
  });
  afterAll(() => workspace.close());

  const read = async (recipe: string, format: string, zone: string, times: readonly string[]) => {
    const rule = `{ touchpoint: View, customer: who, time: at, timeFormat: "${format}", zone: ${zone} }`;
    const report = await workspace.run(`recipe: ${recipe}\nevents:\n  - ${rule}\n`, {
      "t.csv": `who,at\n${times.map((time) => `a,${time}`).join("\n")}\n`,
    });
    const rows = await workspace.raw<{ at: string }>(report.id, "toString(time) AS at");
    return rows.map((row) => row.at);
  };

  it("takes local times in the mapping's zone, on both sides of summer time", async () => {
    expect(
      await read("zone", "auto", "Europe/London", [
        "2011-03-27 00:30:00",
        "2011-03-27 02:30:00",
        "2011-10-30 01:30:00",
        "2011-10-30 03:00:00",
      ]),
    ).toEqual([
      "2011-03-27 00:30:00.000",
      "2011-03-27 01:30:00.000",
      "2011-10-30 00:30:00.000",
      "2011-10-30 03:00:00.000",
    ]);
  });

  it("lets an offset win over the zone, keeps milliseconds, and knows Unix times by their size", async () => {
    const times = [
      "2024-07-01T10:00:00.123+02:00",
      "2024-07-01T10:00:00Z",
      "2024-07-01",
      "20240701",
      "1719828000",
      "1719828000123",
      "1719828000123456",
    ];
    expect(await read("iso", "auto", "America/Sao_Paulo", times)).toEqual([
      "2024-07-01 08:00:00.123",
      "2024-07-01 10:00:00.000",
      "2024-07-01 03:00:00.000",
      "2024-07-01 03:00:00.000",
      "2024-07-01 10:00:00.000",
      "2024-07-01 10:00:00.123",
      "2024-07-01 10:00:00.123",
    ]);
    expect(await read("epoch", "epoch-us", "UTC", ["1719828000123456"])).toEqual(["2024-07-01 10:00:00.123"]);
  });

  it("reads day-first and month-first only when told which", async () => {
    expect(await read("day", "d/M/yyyy H:mm", "UTC", ["3/4/2024 8:05"])).toEqual(["2024-04-03 08:05:00.000"]);
    expect(await read("month", "M/d/yyyy H:mm", "UTC", ["3/4/2024 8:05"])).toEqual(["2024-03-04 08:05:00.000"]);
    expect(await read("untold", "auto", "UTC", ["3/4/2024 8:05"])).toEqual([]);
  });
});
