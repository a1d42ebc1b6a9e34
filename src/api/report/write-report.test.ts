/** The report as both writers make it: safe whatever people wrote, nothing loaded, every heading with something under it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeReport } from "./compose-report.ts";
import { escapeHtml } from "./escape-html.ts";
import { EVIL, emptyReport, fullReport } from "./report.case.ts";
import type { ReportDocument } from "./report-document.ts";
import { writeHtml } from "./write-html.ts";
import { writeMarkdown } from "./write-markdown.ts";

const full = composeReport(fullReport());
const html = writeHtml(full);
const markdown = writeMarkdown(full);

/** Tags outside of the style: names, and attributes as they stand. */
function listTags(page: string): { name: string; attributes: Map<string, string>; closing: boolean }[] {
  const body = page.replace(/<style>.*<\/style>/su, "");
  return [...body.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/gu)].map(
    ([, slash = "", name = "", said = ""]) => ({
      name,
      closing: slash !== "",
      attributes: new Map(
        [...said.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/gu)].map(([, key = "", value = ""]) => [key, value]),
      ),
    }),
  );
}

const VOID = new Set(["meta", "path", "circle"]);

describe("HTML", () => {
  test("nothing that people wrote becomes a tag or an attribute, in any place", () => {
    expect(html.split(escapeHtml(EVIL)).length).toBeGreaterThan(10);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    const tags = listTags(html);
    // What is left over outside of tags holds no sign that could open one.
    const rest = html
      .replace(/<style>.*<\/style>/su, "")
      .replace("<!doctype html>", "")
      .replace(/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/gu, "");
    expect(rest).not.toMatch(/[<>]/u);
    for (const { attributes } of tags)
      for (const name of attributes.keys()) expect(name).not.toMatch(/^(?:on|style|src|srcset|action|data|poster)/u);
  });

  test("a text with every sign HTML knows is only text, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "/", "=", "a", " ", "\u0000", "\n") }),
        (words) => {
          const escaped = escapeHtml(words);
          expect(escaped).not.toMatch(/[<>"']/u);
          expect(escaped).not.toContain("\0");
          expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/gu, "")).not.toContain("&");
        },
      ),
    );
  });

  test("no URL is loaded: no script, link, frame or image, and every reference stays inside", () => {
    const tags = listTags(html);
    const names = new Set(tags.map(({ name }) => name));
    for (const name of ["script", "link", "img", "iframe", "object", "embed", "base", "form", "use", "image", "video"])
      expect(names).not.toContain(name);
    const style = /<style>(.*)<\/style>/su.exec(html)?.[1] ?? "";
    expect(style).not.toMatch(/url\(|@import|expression\(|<\//u);
    const targets = tags.flatMap(({ attributes }) => attributes.get("href") ?? []);
    expect(targets.length).toBe(full.sections.length);
    const ids = new Set(tags.flatMap(({ attributes }) => attributes.get("id") ?? []));
    for (const target of targets) expect(ids).toContain(target.replace(/^#/u, ""));
  });

  test("its policy allows its own style by digest and nothing else", async () => {
    const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/u.exec(html) ?? [];
    const style = /<style>(.*)<\/style>/su.exec(html)?.[1] ?? "";
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(style))).toString("base64");
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test("it reads aloud: landmarks, one first heading, none left out, tables with a caption and scopes, pictures in words", () => {
    const tags = listTags(html);
    const open: string[] = [];
    for (const { name, closing } of tags) {
      if (closing) expect(open.pop()).toBe(name);
      else if (!VOID.has(name)) open.push(name);
    }
    expect(open).toEqual([]);
    const levels = tags
      .flatMap(({ name, closing }) => (closing ? [] : (/^h([1-6])$/u.exec(name)?.[1] ?? [])))
      .map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const name of ["main", "header", "nav", "footer"]) expect(tags.some((tag) => tag.name === name)).toBe(true);
    const count = (name: string) => tags.filter((tag) => tag.name === name && !tag.closing).length;
    expect(count("caption")).toBe(count("table"));
    for (const { attributes } of tags.filter(({ name, closing }) => name === "th" && !closing))
      expect(["row", "col"]).toContain(attributes.get("scope"));
    const pictures = tags.filter(({ name, closing }) => name === "svg" && !closing);
    expect(pictures.length).toBeGreaterThanOrEqual(4);
    for (const { attributes } of pictures) {
      expect(attributes.get("role")).toBe("img");
      expect(attributes.get("aria-label")).toMatch(/\d/u);
    }
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/u);
    expect(html).toContain('lang="pt"');
  });
});

describe("Markdown", () => {
  test("no tag, link, picture or column comes of what people wrote", () => {
    expect(markdown).not.toContain("<script");
    expect(markdown).not.toContain("<img");
    expect(markdown).not.toMatch(/(?<!\\)\]\(/u);
    expect(markdown).not.toMatch(/(?<!\\)!\[/u);
    let columns = 0;
    for (const line of markdown.split("\n")) {
      if (!line.startsWith("|")) {
        columns = 0;
        continue;
      }
      const count = line.split(/(?<!\\)\|/u).length;
      if (columns === 0) columns = count;
      expect(count).toBe(columns);
    }
  });

  test("it says the same as the HTML", () => {
    const said = (page: string) => page.replaceAll(/\\|&[a-z#0-9]+;/gu, "");
    for (const words of [
      "10.4 %",
      "95 %: 9.8 % to 11.0 %",
      "at least 12.0 %",
      "missed",
      "4,210 EUR",
      "80 %: 2,900 to 5,520",
      "312",
      "não recebi o produto",
      "One-page checkout",
    ]) {
      expect(said(markdown)).toContain(words);
      expect(said(html)).toContain(words);
    }
  });
});

/** Headings with nothing under them. */
function emptySections({ sections }: ReportDocument): string[] {
  return sections.flatMap(({ title, blocks }) => {
    const lonely = blocks.flatMap((block, index) => {
      const next = blocks[index + 1];
      return block.kind === "heading" && (next === undefined || next.kind === "heading") ? [block.text] : [];
    });
    return blocks.length === 0 ? [title] : lonely;
  });
}

describe("what is missing is said", () => {
  const gapsOf = (document: ReportDocument) =>
    document.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "gap" ? [block.text] : [])));

  test("without events every section says so", () => {
    const document = composeReport(emptyReport());
    expect(emptySections(document)).toEqual([]);
    const gaps = gapsOf(document).join("\n");
    for (const words of [
      "waymark import",
      "no KPIs",
      "Nothing is diagnosed",
      "No finding",
      "No initiative",
      "No measurement",
    ])
      expect(gaps).toContain(words);
    expect(writeHtml(document)).not.toMatch(/NaN|undefined|null|Infinity/u);
    expect(writeMarkdown(document)).not.toMatch(/NaN|undefined|null|Infinity|not recorded/u);
  });

  test("without an outcome it says how to ask; the rest is there", () => {
    const gathered = fullReport();
    const diagnosis = gathered.diagnosis && { ...gathered.diagnosis, painPoints: null, moments: null };
    const document = composeReport({ ...gathered, outcome: null, diagnosis });
    expect(emptySections(document)).toEqual([]);
    expect(gapsOf(document).join("\n")).toContain("waymark report --outcome 'touchpoint = \"NAME\"'");
    expect(writeMarkdown(document)).toContain("não recebi o produto");
  });

  test("with too little data the reason is said; without worth outcomes are counted", () => {
    const gathered = fullReport();
    const { diagnosis } = gathered;
    if (!diagnosis?.painPoints) throw new Error("the case has a diagnosis");
    const lack = { status: "insufficient-data", reason: "No touch is left.", n: 0, required: 1 } as const;
    const poor = composeReport({
      ...gathered,
      diagnosis: { ...diagnosis, painPoints: { ...diagnosis.painPoints, ...lack } },
    });
    expect(gapsOf(poor)).toContain("Not enough data for pain points: No touch is left.");
    const unknown = { value: null, low: null, high: null };
    const painPoints = diagnosis.painPoints.painPoints.map((one) => ({
      ...one,
      valueAtRisk: unknown,
      excess: one.excess && { ...one.excess, money: unknown },
    }));
    const unpriced = composeReport({
      ...gathered,
      diagnosis: { ...diagnosis, painPoints: { ...diagnosis.painPoints, worth: null, painPoints } },
    });
    const text = writeMarkdown(unpriced);
    expect(text).toContain("51 outcomes lost (80 %: 36 to 66)");
    expect(text).toContain("180 outcomes lost (80 %: 150 to 210)");
    expect(text).toContain("not known: say it with");
  });

  test("an incident of a friction without a claim costs nobody knows what, not nothing", () => {
    const gathered = fullReport();
    const { diagnosis } = gathered;
    if (!diagnosis?.painPoints) throw new Error("the case has a diagnosis");
    const unknown = { value: null, low: null, high: null };
    const painPoints = diagnosis.painPoints.painPoints.map((one) =>
      one.excess === null ? one : { ...one, excess: { ...one.excess, outcomes: unknown, money: unknown } },
    );
    const report = { ...diagnosis.painPoints, painPoints };
    const text = writeMarkdown(composeReport({ ...gathered, diagnosis: { ...diagnosis, painPoints: report } }));
    expect(text).toContain("| not known (of one no effect is claimed) |");
    expect(text).not.toContain("14,800");
  });

  test("the full one has no empty heading, and says zone, currency, freshness, journey, filter and outcome", () => {
    expect(emptySections(full)).toEqual([]);
    for (const words of [
      "Europe/Lisbon",
      "EUR",
      "2025-12-30 23:30, 5 days before this report",
      "life",
      "all time, no filter",
      "Order Completed within 30 days (nobody named one: the commonest order)",
    ])
      expect(markdown).toContain(words);
    const narrowed = {
      ...fullReport(),
      scope: { from: "2025-01-01", to: "2025-02-01", outside: true, where: 'channel = "web"' },
    };
    expect(writeMarkdown(composeReport(narrowed))).toContain(
      'journeys that start outside: from 2025-01-01 and before 2025-02-01; where channel = "web"',
    );
  });
});
