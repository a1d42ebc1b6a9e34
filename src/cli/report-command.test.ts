/** The report by the command line, on a workspace with orders: what a file holds, that it is whole or not there, what is refused. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Answer } from "../api/operations.ts";
import type { Session } from "../api/session.ts";
import { readFormat } from "./report-command.ts";
import { writeWhole } from "./write-whole.ts";

const EVIL = "<script>alert(1)</script>";

test("the ending says how it is written", () => {
  expect(["r.md", "R.MARKDOWN", undefined].map(readFormat)).toEqual(["markdown", "markdown", "markdown"]);
  expect(["r.html", "r.HTM"].map(readFormat)).toEqual(["html", "html"]);
  expect(() => readFormat("r.pdf")).toThrow(".md or .html");
});

describe("the command", () => {
  let cli: CommandLine;
  let holder: Session;
  const call = { signal: new AbortController().signal, onProgress: () => undefined };
  beforeAll(async () => {
    cli = await openCommandsHere();
    holder = await cli.hold("report");
  });
  afterAll(async () => {
    await holder.close();
    await cli.close();
  });
  const report = (...args: readonly string[]) => cli.run("report", "report", ...args);

  /** Half of them chat, and of those half order; of the others a tenth. */
  async function importShop(): Promise<void> {
    const file = join(cli.folder, "shop.csv");
    const lines = Array.from({ length: 1_000 }, (_, one) => {
      const orders = Math.floor(one / 2) % 10 < (one % 2 === 0 ? 5 : 1);
      const events = ["Viewed", one % 2 === 0 ? `Chat ${EVIL}` : "Search", orders ? "Order Completed" : "Left"];
      return events.map((event, hour) => `c${one},${event},2025-01-01T0${hour}:00:00Z\n`).join("");
    });
    await writeFile(file, `user_id,event,timestamp\n${lines.join("")}c0,Viewed,2025-04-01\n`);
    await holder.run("import", { paths: [file] }, call);
  }

  test("of an empty workspace it says what is missing", async () => {
    const { code, out, err } = await report();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^# Customer journey report: report\n/u);
    expect(out).toContain("This workspace has no events. Bring them in with: waymark import PATH");
    expect(out).not.toMatch(/NaN|undefined|null/u);
  });

  test("with orders it finds its outcome itself, and says the same as Markdown and as HTML", async () => {
    await importShop();
    const outcome = 'touchpoint = "Order Completed"';
    const question = { touchpoint: `Chat ${EVIL}`, contrast: "presence", outcome, withinMs: 86_400_000 } as const;
    const { id } = await holder.run("keep-finding", { question, title: `Chat helps ${EVIL}` }, call);
    await holder.run("comment-finding", { id, text: `why? ${EVIL}`, by: "Ada" }, call);
    await holder.run("set-target", { kpi: "conversion", target: 0.5, baseline: null }, call);

    const printed = await report("--within", "1d");
    expect(printed.code).toBe(0);
    const answer = JSON.parse((await report("--within", "1d", "--json")).out) as Answer<"report">;
    expect(answer).toMatchObject({ format: "markdown", title: "Customer journey report: report" });
    expect(answer.file).toMatch(/^waymark-report-report-\d{4}-\d\d-\d\d\.md$/u);
    const { text } = answer;
    expect(printed.out.replaceAll(/\d\d:\d\d/gu, "")).toBe(text.replaceAll(/\d\d:\d\d/gu, ""));
    expect(text).toContain("Order Completed within 1 day (nobody named one: the commonest order)");
    expect(text).toMatch(/\| Chat helps &lt;script&gt;.* \| open .* \| \+40\.\d .* \| 500 \|/u);
    expect(text).toMatch(/Conversion .*at least 50\.0 %/u);
    expect(text).toContain("No initiative has begun.");

    const out = join(cli.folder, "report.html");
    expect((await report("--within", "1d", "--out", out)).out).toBe(`Customer journey report: report: ${out}\n`);
    const html = await readFile(out, "utf8");
    expect(html).toMatch(/^<!doctype html>/u);
    expect(html).toContain("Content-Security-Policy");
    expect(html).not.toContain("<script");
    expect(html).toContain("Chat helps &lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("a filter and another outcome are said, and the KPIs are of the filter", async () => {
    const scope = ["--from", "2025-01-01", "--to", "2025-02-01", "--where", 'touchpoint != "Search"'];
    const { code, out } = await report("--outcome", 'touchpoint = "Left"', "--within", "1d", ...scope);
    expect(code).toBe(0);
    expect(out).toContain('from 2025-01-01 and before 2025-02-01; where touchpoint != "Search"');
    expect(out).toMatch(/\| Outcome \| Left within 1 day \|/u);
    expect(out).not.toContain("Change against the period before");
  });

  test("wrong use ends with 2 and leaves no file", async () => {
    const folder = join(cli.folder, "out");
    await mkdir(join(folder, "taken.html"), { recursive: true });
    await writeFile(join(folder, "taken.html", "here"), "");
    const wrong = [
      [["--out", join(folder, "report.pdf")], ".md or .html"],
      [["--outcome", "touchpoint =", "--out", join(folder, "report.html")], "waymark:"],
      [["--within", "1d", "--out", join(folder, "taken.html")], "cannot be written"],
    ] as const;
    for (const [args, words] of wrong) {
      const { code, err } = await report(...args);
      expect({ code, words: err.includes(words) }).toEqual({ code: 2, words: true });
    }
    expect(await readdir(folder)).toEqual(["taken.html"]);
  });
});

test("a file is replaced whole", async () => {
  const cli = await openCommandsHere();
  const out = join(cli.folder, "report.md");
  await writeFile(out, "the one before");
  await writeWhole(out, "new");
  expect(await readFile(out, "utf8")).toBe("new");
  await expect(writeWhole(join(cli.folder, "nowhere", "report.md"), "new")).rejects.toMatchObject({ code: "invalid" });
  expect(await readdir(cli.folder)).toEqual(["report.md"]);
  await cli.close();
});
