/**
 * Differences in words, in order and as marks. The estimates are the API's and tested there.
 */
import { describe, expect, it } from "vitest";
import {
  type CompareAnswer,
  type ComparedEdge,
  comparisonMarks,
  describeComparedEdge,
  largestEdges,
  withOtherSide,
} from "./graph-compare.ts";
import { edgeId } from "./graph-model.ts";

const side = (transitions: number, n: number) => ({
  transitions,
  n,
  share: n === 0 ? null : transitions / n,
  low: 0,
  high: 1,
  medianSeconds: 60,
  journeys: transitions,
});

function edge(from: string, to: string, difference: ComparedEdge["difference"]): ComparedEdge {
  return { from, to, a: side(12, 175), b: side(104, 534), difference };
}

const fell = edge("payment_details", "purchase", { value: -0.1262, low: -0.1721, high: -0.0688 });
const large = edge("rare", "odd", { value: 0.6, low: 0.02, high: 0.9 });
const unclear = edge("home", "catalog", { value: 0.3, low: -0.01, high: 0.6 });
const few = edge("x", "y", { value: null, reason: "insufficient-data", n: 3, required: 10 });

function answerOf(edges: readonly ComparedEdge[]): CompareAnswer {
  return { a: { journeys: 598, customers: 383 }, b: { journeys: 1873, customers: 600 }, nodes: [], edges };
}

describe("describeComparedEdge", () => {
  it("says both sides, the difference and its interval", () => {
    expect(describeComparedEdge(fell)).toBe(
      "6.9 % (12/175) against 19.5 % (104/534), −12.6 points, 95 %: −17.2 to −6.9",
    );
  });

  it("says so when a difference is unclear, or cannot be told", () => {
    expect(describeComparedEdge(unclear)).toContain("no clear difference (+30.0 points, 95 %: −1.0 to 60.0)");
    expect(describeComparedEdge(few)).toContain("too few data for a difference (3 of the 10 it takes)");
  });

  it("has no share of nothing", () => {
    expect(describeComparedEdge({ ...few, a: side(0, 0) })).toMatch(/^no data \(0\/0\) against/u);
  });
});

describe("largestEdges", () => {
  it("puts the surest first and what is unclear last, however large it looks", () => {
    expect(largestEdges(answerOf([few, unclear, large, fell])).map(({ from }) => from)).toEqual([
      "payment_details",
      "rare",
      "home",
      "x",
    ]);
  });
});

describe("comparisonMarks", () => {
  const marks = comparisonMarks(answerOf([fell, large, unclear]), "touchpoint");

  it("draws clear differences with their sign, the larger the thicker", () => {
    const [down, up] = [marks.edge(edgeId("payment_details", "purchase")), marks.edge(edgeId("rare", "odd"))];
    expect(down).toMatchObject({ tone: "down", text: "−12.6 pts" });
    expect(up).toMatchObject({ tone: "up", text: "+60.0 pts" });
    expect(up?.width).toBeGreaterThan(down?.width ?? Number.NaN);
  });

  it("draws everything else thin, grey and without a number", () => {
    expect(marks.edge(edgeId("home", "catalog"))).toMatchObject({ tone: "unclear", text: "" });
    expect(marks.edge(edgeId("not", "there"))).toMatchObject({ tone: "unclear", text: "" });
  });
});

describe("withOtherSide", () => {
  it("adds what only the other side has, with nothing on this side", () => {
    const answer = { journey: "life", journeys: 598, nodes: [], edges: [] };
    const compared = { ...answerOf([fell]), nodes: [{ touchpoint: "purchase", stage: "purchase" }] as never };
    const whole = withOtherSide(answer, compared);
    expect(whole.nodes).toMatchObject([{ touchpoint: "purchase", events: 0, journeys: 0 }]);
    expect(whole.edges).toMatchObject([{ from: "payment_details", to: "purchase", transitions: 0 }]);
  });
});
