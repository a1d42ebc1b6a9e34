import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseMapping } from "../../domain/mapping.ts";
import { DEMO_SHOP } from "./simulate-shop.ts";
import { formatDemoEvents, writeDemoFiles } from "./write-demo-files.ts";

const SMALL = { ...DEMO_SHOP, customers: 40 };
const folder = await mkdtemp(join(tmpdir(), "waymark-demo-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("writeDemoFiles", () => {
  it("writes the same bytes for the same seed, on every machine", async () => {
    const written = await writeDemoFiles(folder, SMALL);
    const text = await readFile(written.file, "utf8");
    expect(text).toBe([...formatDemoEvents(SMALL)].join(""));
    expect(text.trimEnd().split("\n")).toHaveLength(written.events + 1);
    expect(createHash("sha256").update(text).digest("hex")).toMatchInlineSnapshot(
      `"35acd0204748117342b10f87a1063990b05d4c561d226b01da329aff6b7563cf"`,
    );
  });

  it("is the same year with and without the words that customers write and the products of orders", () => {
    const lines = [...formatDemoEvents(SMALL)].map((line) => line.trimEnd().split(","));
    const words = ["comment", "subject", "item1", "item2", "item3"].map((name) => (lines[0] ?? []).indexOf(name));
    const bare = lines.map((cells) => `${cells.filter((_, at) => !words.includes(at)).join(",")}\n`).join("");
    // The hash of the file before there were any.
    expect(createHash("sha256").update(bare).digest("hex")).toBe(
      "6da8120237b0dbd4f1bae29f1be71c4538d7b2c4dec200ce53d825dbffad18d5",
    );
  });

  it("writes as many cells on every line as the header has", () => {
    const widths = new Set([...formatDemoEvents(SMALL)].map((line) => line.split(",").length));
    expect(widths.size).toBe(1);
  });

  it("is read by recipes/demo.yaml, whose columns all exist", async () => {
    const source = new URL("../../../recipes/demo.yaml", import.meta.url);
    const yaml = await readFile(source, "utf8");
    expect(parseMapping(parse(yaml), "recipes/demo.yaml")).toMatchObject({ recipe: "demo", zone: "Europe/Berlin" });
    const [header = ""] = formatDemoEvents(SMALL);
    const columns = header.trimEnd().split(",");
    for (const [, name = ""] of yaml.matchAll(/column: "?([\w:]+)"?/gu)) expect(columns).toContain(name);
  });
});
