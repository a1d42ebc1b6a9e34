import { describe, expect, it } from "vitest";
import { MODELS } from "../../stats/purchase/models.ts";
import type { PurchaseFit } from "../../stats/purchase/purchase-model.ts";
import type { HoldoutScores } from "../repurchase-schema.ts";
import type { BackTest, ModelTest } from "./back-test.ts";
import { beatsBaselines, explainChoice, findBestModel } from "./choose.ts";

const GOOD: HoldoutScores = {
  ...{ mae: 0.8, rmse: 1.7, correlation: 0.6, bias: -0.1, poissonDeviance: 1.6, auc: 0.77, topDecileShare: 0.46 },
};
/** Nearly the best absolute error, and nothing else. */
const ZEROS = { ...GOOD, mae: 0.79, rmse: 2.4, bias: -1, poissonDeviance: 23, auc: null, correlation: null };
const BASELINES = [
  { id: "zeros" as const, holdout: ZEROS },
  { id: "recency" as const, holdout: { ...GOOD, rmse: 2, poissonDeviance: 1.9, auc: 0.75 } },
];

function backTest(...scores: readonly HoldoutScores[]): BackTest {
  const tests = scores.map((own, at) => ({
    model: MODELS[at],
    fit: {} as PurchaseFit,
    scores: own,
    level: 1,
    seconds: 0,
  }));
  return {
    cutOff: { end: 1, until: 2 },
    ...{ customers: 1, actual: 1, tests: tests as ModelTest[], baselines: BASELINES },
  };
}

describe("findBestModel", () => {
  it("weighs errors, deviance, total and ranking, and never absolute error", () => {
    expect(findBestModel([backTest({ ...GOOD, mae: 0.1, rmse: 1.8 }, GOOD)])).toBe("bg-nbd");
    expect(findBestModel([backTest({ ...GOOD, auc: 0.74 }, GOOD)])).toBe("bg-nbd");
    expect(findBestModel([backTest({ ...GOOD, poissonDeviance: 1.7 }, GOOD)])).toBe("bg-nbd");
    expect(findBestModel([backTest({ ...GOOD, bias: 0.3 }, GOOD)])).toBe("bg-nbd");
    expect(findBestModel([backTest(ZEROS, GOOD)])).toBe("bg-nbd");
  });

  it("looks at all hold-outs, and takes the simpler of two alike", () => {
    const [worse, better] = [
      { ...GOOD, rmse: 1.9 },
      { ...GOOD, rmse: 1.6 },
    ];
    expect(findBestModel([backTest(GOOD, better), backTest(GOOD, worse), backTest(GOOD, worse)])).toBe("nbd");
    expect(findBestModel([backTest({ ...GOOD, rmse: 1.7001 }, GOOD)])).toBe("nbd");
    expect(findBestModel([])).toBeUndefined();
  });
});

describe("beatsBaselines", () => {
  it("asks for every baseline on RMSE, deviance and ranking", () => {
    expect(beatsBaselines(GOOD, BASELINES)).toBe(true);
    expect(beatsBaselines({ ...GOOD, auc: 0.75 }, BASELINES)).toBe(false);
    expect(beatsBaselines({ ...GOOD, rmse: 2.1 }, BASELINES)).toBe(false);
    expect(beatsBaselines({ ...GOOD, auc: null }, [{ id: "zeros", holdout: ZEROS }])).toBe(false);
  });
});

describe("explainChoice", () => {
  it("says what was best, over what, and against which baseline", () => {
    const main = backTest(GOOD, { ...GOOD, rmse: 1.9 });
    const sentence = explainChoice(main.tests[0] as ModelTest, main, 3);
    expect(sentence).toMatch(
      /^NBD did best of 2 models over 3 hold-outs .*total −10\.0 %, AUC 0\.770\); it beats every/,
    );
    expect(sentence).toContain("Recency only: RMSE 2.000");
    const alone = backTest({ ...GOOD, rmse: 2.2 });
    expect(explainChoice(alone.tests[0] as ModelTest, alone, 1)).toMatch(/only model asked for .*yet it does not beat/);
  });
});
