import { describe, expect, it } from "vitest";
import { parseExpression } from "../../domain/expression.ts";
import { measurePlants } from "./measure-plants.ts";
import { type PlantId, plantedTruth } from "./planted.ts";
import { DEMO_SHOP } from "./simulate-shop.ts";

const measurements = new Map(measurePlants(DEMO_SHOP).map((one) => [one.id, one]));

/** True effects on those exposed, as docs/demo.md tells them; within a point, so that the tables stay true. */
const EFFECTS: Readonly<Record<PlantId, number>> = {
  "live-chat": 0.139,
  "late-delivery": -0.272,
  "advice-call": 0.265,
  "payment-failure": -0.505,
  "slow-answer": -0.27,
  "address-loop": -0.265,
  wishlist: 0,
  "delivery-options": 0,
  "one-page-checkout": 0.168,
  "promotion-banner": 0,
};

describe("plantedTruth", () => {
  it("holds what the issue asks for", () => {
    const kinds = Object.values(plantedTruth).map((plant) => plant.kind);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count("moment-of-truth"), count("pain-point"), count("decoy"), count("change")]).toEqual([3, 3, 2, 2]);
  });

  it("says who is exposed in the expression language", () => {
    const conditions = Object.values(plantedTruth).flatMap(({ exposedWhere }) => exposedWhere ?? []);
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) expect(() => parseExpression(condition)).not.toThrow();
  });

  it.each(Object.values(plantedTruth))("$id does what it says, and no more", (plant) => {
    const measured = measurements.get(plant.id);
    if (measured === undefined) throw new Error(`${plant.id} was not measured`);
    expect(measured.effect).toBeCloseTo(EFFECTS[plant.id], 1.7);
    if (plant.coded === 0) {
      expect(measured.rate).toBe(measured.rateWithout);
      if (plant.kind === "decoy") expect(measured.crudeZ).toBeGreaterThan(5);
      return;
    }
    // What the methods of later issues need: 200 exposed, 25 with and 25 without the outcome, 100 customers.
    expect(measured.exposed).toBeGreaterThanOrEqual(200);
    expect(measured.customers).toBeGreaterThanOrEqual(100);
    const withOutcome = measured.rate * measured.exposed;
    expect(Math.min(withOutcome, measured.exposed - withOutcome)).toBeGreaterThanOrEqual(25);
    // A real effect shows even to the naive eye, in the same direction.
    expect(Math.sign(measured.crude)).toBe(Math.sign(measured.effect));
    expect(Math.abs(measured.crudeZ)).toBeGreaterThan(5);
  });
});
