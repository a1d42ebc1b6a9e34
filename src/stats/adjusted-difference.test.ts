import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { estimateAdjusted } from "./adjusted-difference.ts";

describe.skipIf(!hasRealData)(`LaLonde${whySkipped}`, () => {
  const read = () => {
    const [header = "", ...lines] = readFileSync(join(REAL_DATA, "effect/lalonde.csv"), "utf8")
      .trimEnd()
      .split(/\r?\n/u);
    const names = header.split(",");
    const rows = lines.map((line) => line.split(",").map(Number));
    return (name: string) => Float64Array.from(rows, (row) => row[names.indexOf(name)] ?? 0);
  };

  it("naive −635.03, adjusted for what was known +1548.24", () => {
    const column = read();
    const [earnings, treated] = [column("re78"), column("treat")];
    const names = ["age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75"];
    const covariates = names.map((name) => ({ name, values: column(name) }));
    expect(estimateAdjusted(earnings, treated)).toMatchObject({ value: expect.closeTo(-635.03, 2), n: 614 });
    expect(estimateAdjusted(earnings, treated, covariates)).toMatchObject({
      value: expect.closeTo(1548.24, 2),
      n: 614,
    });
  });
});

describe("estimateAdjusted", () => {
  it("is the difference of two means without covariates, with HC1 errors", () => {
    const found = estimateAdjusted([0, 2, 3, 7, 11], [0, 0, 1, 1, 1]);
    expect(found).toMatchObject({
      value: expect.closeTo(6, 12),
      standardError: expect.closeTo(Math.sqrt((2 / 4 + 32 / 9) * (5 / 3)), 12),
      degreesOfFreedom: 3,
    });
  });

  it("finds an effect that a difference in age hides", () => {
    const age = [20, 25, 30, 35, 40, 45, 50, 55];
    const treated = [1, 1, 1, 0, 1, 0, 0, 0];
    const noise = [0.1, -0.2, 0.1, 0.2, -0.1, -0.1, 0.2, -0.2];
    const value = age.map((years, at) => 2 * years + 10 * (treated[at] ?? 0) + (noise[at] ?? 0));
    const plain = estimateAdjusted(value, treated);
    const adjusted = estimateAdjusted(value, treated, [{ name: "age", values: age }]);
    expect(plain).toMatchObject({ value: expect.closeTo(-25, 0) });
    expect(adjusted).toMatchObject({ value: expect.closeTo(10, 0) });
  });

  it("says what is wrong with the columns", () => {
    expect(estimateAdjusted([1, 2], [0, 1])).toMatchObject({ noAnswer: "too-few", field: "value" });
    expect(estimateAdjusted([1, 2, 3, 4], [1, 1, 1, 1])).toMatchObject({
      noAnswer: "dependent-columns",
      field: "treated",
    });
    const same = { name: "plan", values: [0, 0, 1, 1] };
    expect(estimateAdjusted([1, 2, 3, 4], [0, 0, 1, 1], [same])).toMatchObject({ field: "plan" });
    expect(estimateAdjusted([1, 1, 1, 1], [0, 0, 1, 1])).toMatchObject({ noAnswer: "no-variation" });
  });
});
