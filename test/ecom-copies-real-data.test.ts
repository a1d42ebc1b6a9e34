/**
 * The clicks of ecom as another system would export them: other names, order, delimiter, line ends and time zone.
 * Through the proposal alone they give the same map; runs where the data folder is (WAYMARK_DATA, default ../shared/data).
 */
import { beforeAll, describe, expect, test } from "vitest";
import { ECOM_COPIES, readCopy, readOriginal } from "./ecom-copies.ts";
import { hasRealData, whySkipped } from "./real-data.ts";

// All five are read in `prove -- copies`.
const copies = process.env.WAYMARK_ALL_COPIES === undefined ? ECOM_COPIES.slice(0, 1) : ECOM_COPIES;

describe.skipIf(!hasRealData)(`copies of ecom${whySkipped}`, () => {
  let original: Awaited<ReturnType<typeof readOriginal>>;
  beforeAll(async () => {
    original = await readOriginal();
  });

  test.each(copies)("$file gives the same map", async (copy) => {
    const { report, map } = await readCopy(copy);
    expect(report.mapping.by).toBe("mapping");
    expect(report.events).toMatchObject({ read: 31_106, added: 31_106, rejected: 0 });
    expect(report.customers).toBe(600);
    expect(map.sessions.journeys).toBe(3605);
    const step = map.sessions.edges.find(({ from, to }) => from === "catalog" && to === "product_view");
    expect(step?.transitions).toBe(1679);
    expect(map).toEqual(original.map);
  });
});
