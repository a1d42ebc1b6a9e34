import { describe, expect, it } from "vitest";
import { type Mapping, mappingSchema } from "../../../src/domain/mapping.ts";
import { readField, readObjects, writeField, writeObjects, writeZone } from "./mapping-fields.ts";

const columns = new Set(["When", "Who", "What", "Case"]);
const mapping: Mapping = mappingSchema.parse({
  recipe: "proposed",
  defaults: { time: "When" },
  events: [
    {
      touchpoint: { column: "What" },
      customer: "lower(Who)",
      channel: "web",
      objects: { case: "Case" },
      properties: "rest",
    },
  ],
});

describe("a mapping corrected by hand", () => {
  it("shows columns, fixed texts and expressions for what they are", () => {
    expect(readField(mapping, "time", columns)).toEqual({ kind: "column", text: "When" });
    expect(readField(mapping, "touchpoint", columns)).toEqual({ kind: "column", text: "What" });
    expect(readField(mapping, "customer", columns)).toEqual({ kind: "expression", text: "lower(Who)" });
    expect(readField(mapping, "channel", columns)).toEqual({ kind: "fixed", text: "web" });
    expect(readField(mapping, "score", columns)).toEqual({ kind: "none" });
  });

  it("changes one field and keeps the rest", () => {
    const changed = writeField(mapping, "customer", { kind: "column", text: "Who" });
    expect(mappingSchema.parse(changed)).toEqual(changed);
    expect(readField(changed, "customer", columns)).toEqual({ kind: "column", text: "Who" });
    expect(changed.events[0]?.properties).toBe("rest");
    expect(readField(writeField(mapping, "channel", { kind: "none" }), "channel", columns)).toEqual({ kind: "none" });
    expect(readField(writeField(mapping, "time", { kind: "column", text: "What" }), "time", columns)).toEqual({
      kind: "column",
      text: "What",
    });
  });

  it("names objects by their columns", () => {
    expect(readObjects(mapping)).toEqual([{ type: "case", column: "Case" }]);
    const changed = writeObjects(mapping, [
      { type: "order", column: "Case" },
      { type: "", column: "Who" },
    ]);
    expect(changed.events[0]?.objects).toEqual({ order: { column: "Case" } });
    expect(writeObjects(mapping, []).events[0]).not.toHaveProperty("objects");
  });

  it("says in which zone times are read", () => {
    expect(writeZone(mapping, "Europe/Rome").zone).toBe("Europe/Rome");
    expect(writeZone(writeZone(mapping, "Europe/Rome"), "")).not.toHaveProperty("zone");
  });
});
