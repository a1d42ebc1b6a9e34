/** What the measured journey says of pain: shares of all costs, incidents beside them, what was looked at in vain. */
import { describe, expect, it } from "vitest";
import { CASE_INCIDENT, CASE_LIST, CASE_REWORK, CASE_WAIT } from "../../../../src/analysis/pain/pain-point.case.ts";
import { touchpointId } from "../../map/graph/graph-model.ts";
import type { PainReport } from "../views/pain-report.ts";
import { describePain, painByNode, painMarks } from "./pain-heat.ts";

const list = CASE_LIST as PainReport;
const heat = painByNode(list);
const marks = painMarks(heat, list);
const id = touchpointId;

describe("pain on the map", () => {
  it("adds up what claimed frictions cost, and incidents add nothing", () => {
    expect(heat.unit).toBe("money");
    expect(heat.all).toBe(1_320 + 520);
    expect(heat.byNode.get(id("Payment Failed"))).toMatchObject({ cost: 0, incidents: [CASE_INCIDENT] });
  });

  it("is the hotter the larger the share, always with its amount", () => {
    expect(marks.node(id("Ticket Opened"))).toEqual({ tone: "plain", text: "1.32k EUR", heatStep: 4 });
    expect(marks.node(id("Address Entered"))).toEqual({ tone: "plain", text: "520 EUR", heatStep: 3 });
    const small = { ...CASE_REWORK, directCost: 0, valueAtRisk: { value: 3, low: 1, high: 5 } };
    const cooler = { ...list, painPoints: [CASE_WAIT, small] };
    expect(painMarks(painByNode(cooler), cooler).node(id("Address Entered"))?.heatStep).toBe(0);
  });

  it("tells an incident, a friction without a claim and a place without any apart by words", () => {
    expect(marks.node(id("Payment Failed"))).toEqual({ tone: "down", text: "incident" });
    const none = { ...list, painPoints: [] };
    expect(painMarks(painByNode(none), none).node(id("Ticket Opened"))).toEqual({ tone: "doubted", text: "no claim" });
    expect(marks.node(id("Order Completed"))).toEqual({ tone: "plain", text: "" });
  });

  it("counts outcomes where nothing has a price", () => {
    const unpriced = { ...CASE_WAIT, valueAtRisk: { value: null, low: null, high: null } };
    const lost = { ...list, worth: null, painPoints: [unpriced] };
    expect(painMarks(painByNode(lost), lost).node(id("Ticket Opened"))?.text).toBe("13.2 lost");
  });

  it("says the same in words", () => {
    expect(describePain(heat, id("Ticket Opened"), list)).toMatch(
      /^Waiting over 26 h after «Ticket Opened»: about 1,300 EUR/u,
    );
    expect(describePain(heat, id("Payment Failed"), list)).toBe("1 dated incident");
    expect(describePain(heat, id("Order Completed"), list)).toBe("");
    const none = { ...list, painPoints: [] };
    expect(describePain(painByNode(none), id("Ticket Opened"), none)).toBe(
      "looked at, no claim: «Ticket Opened» again about the same within 7 days (too few)",
    );
  });
});
