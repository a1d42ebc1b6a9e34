import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseMapping } from "./mapping.ts";

const rule = { touchpoint: "Seen", time: "at", customer: "who" };
const read = (fields: Record<string, unknown>) => () =>
  parseMapping({ recipe: "mine", events: [rule], ...fields }, "m.yaml");

describe("a mapping's form", () => {
  it("is accepted as it stands", () => {
    const mapping = {
      recipe: "mine",
      zone: "Europe/Rome",
      events: [{ ...rule, properties: ["rest", { a: 1 }], key: ["b"] }],
    };
    expect(parseMapping(mapping, "m.yaml")).toEqual(mapping);
  });

  it.each([
    [
      { events: [rule, { touchpoint: "A", time: ["at"] }] },
      "event rule 2, field time: must be a text, a number, {column: …}",
    ],
    [{ events: [{ ...rule, customer: { colum: "x" } }] }, "event rule 1, field customer: must be a text"],
    [{ events: [{ touchpoint: "A" }] }, "event rule 1, field time: is missing"],
    [{ events: [{ ...rule, objects: { Case: "x" } }] }, "field objects.Case: an object type is a lower-case word"],
    [
      { events: [{ ...rule, group: { value: "x" } }] },
      "event rule 1, field group.by: must be a text or a list of texts",
    ],
    [
      { events: [{ ...rule, from: "b" }], files: { a: {} } },
      "event rule 1, field from: names the file table «b», but files has a",
    ],
    [{ files: { a: {}, b: {} } }, "event rule 1, field from: must name one of a, b"],
    [{ skip: [{ when: "a = 1" }] }, "skip rule 1, field reason"],
    [{ zone: "Mars/Base" }, "field zone: is not an IANA time zone"],
    [{ recipe: "My Recipe" }, "field recipe: a recipe's name is lower-case words"],
    [{ files: { "A b": {} } }, "field files.A b: a file table's name is a lower-case word"],
    [{ event: [] }, "the whole: Unrecognized key"],
  ])("%j is refused with its place and reason", (fields, message) => {
    expect(read(fields)).toThrow(message);
    expect(read(fields)).toThrow("The mapping m.yaml is not right.");
  });
});

describe("docs/import.md", () => {
  const text = readFileSync(new URL("../../docs/import.md", import.meta.url), "utf8");
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/gu)].map((match) => match[1] ?? "");

  it("shows mappings that are right", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    for (const block of blocks) {
      // Fragments: fields of a rule, or of a mapping without its events.
      const fragment = block.startsWith(" ") ? { events: [{ ...rule, ...parse(block) }] } : parse(block);
      expect(() => parseMapping({ recipe: "doc", events: [rule], ...fragment }, block)).not.toThrow();
    }
  });
});
