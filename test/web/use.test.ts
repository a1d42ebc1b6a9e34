/**
 * Using the app on small data: by keyboard alone, going back, taking charts away, rolling back, errors, and how much it loads.
 * How each page reads and looks is in pages.test.ts; real exports are in stories.test.ts.
 */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { Download, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWebServer, type WebServer } from "../web-server.ts";
import { describePages, type OpenBrowser, openBrowser } from "./browser.ts";
import { mendOne } from "./mend-one.ts";
import { BROKEN, bringIn, bringInShop, storeVisits } from "./small-shop.ts";

const JS_BUDGET = 250_000;
const WHERE = 'has("Order Completed")';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

describePages("using the app", { timeout: 180_000 }, () => {
  let server: WebServer;
  let browser: OpenBrowser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startWebServer({ web: true }), openBrowser()]);
    await bringInShop(server);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function openPage(address: string): Promise<Page> {
    const page = await browser.open();
    await page.goto(`${server.url}${address}`);
    await browser.settle(page);
    return page;
  }

  const total = async (page: Page) =>
    Number(await page.getByTestId("journey-total").first().getAttribute("data-journeys"));

  test("the first page loads at most 250 kB of JavaScript, all from its own server", async () => {
    const page = await browser.open();
    const scripts: Promise<[string, number]>[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      // The server may send something smaller than gzip; the budget is told in gzip.
      if (pathname.endsWith(".js")) scripts.push(response.body().then((body) => [pathname, gzipSync(body).length]));
    });
    await page.goto(`${server.url}main/overview`);
    await browser.settle(page);
    const sizes = await Promise.all(scripts);
    const sum = sizes.reduce((all, [, bytes]) => all + bytes, 0);
    expect(sum).toBeGreaterThan(50_000);
    expect([sum <= JS_BUDGET, sizes]).toEqual([true, sizes]);
    await page.context().close();
  });

  test("a whole story by keyboard alone", async () => {
    const page = await openPage("main/overview");
    /** What has the focus; undefined when nothing in the page has. @throws Error when it cannot be seen */
    const seeFocus = async () => {
      const seen = await page.evaluate(async () => {
        // One frame for a colour that has been asked for, one more to see it.
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
        const { width, height } = element.getBoundingClientRect();
        // A drawn edge gets a halo, a switch marks its track.
        const parts = [
          ...element.querySelectorAll("*"),
          ...(element.nextElementSibling ? [element.nextElementSibling] : []),
        ];
        const marked = parts.some((part) => {
          const { outlineStyle: line, stroke, strokeWidth } = getComputedStyle(part);
          const halo = part instanceof SVGPathElement && !/^none|, 0\)$|\/ 0\)$/u.test(stroke);
          return line !== "none" || (halo && Number.parseFloat(strokeWidth) >= 12);
        });
        const outline = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
        const field = element.matches("input, textarea, select") && (boxShadow !== "none" || borderColor !== "");
        return { name: element.outerHTML.slice(0, 200), visible: marked || ((outline || field) && width + height > 0) };
      });
      if (seen?.visible === false) throw new Error(`The focus cannot be seen on ${seen.name}`);
      return seen?.name;
    };
    const tabTo = async (goal: Locator, most: number) => {
      const way: (string | undefined)[] = [];
      for (let presses = 0; presses < most; presses++) {
        await page.keyboard.press("Tab");
        way.push(await seeFocus());
        if (await goal.evaluate((element) => element === document.activeElement)) return presses + 1;
      }
      throw new Error(`${most} presses of Tab do not lead to ${goal}, but to:\n${way.join("\n")}`);
    };

    // The first stop leaves the navigation out; the navigation comes before the page.
    expect(await tabTo(page.getByRole("link", { name: "Skip to the content" }), 1)).toBe(1);
    await tabTo(page.getByRole("navigation").getByRole("link", { name: "Measured journey" }), 12);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Measured journey" }).waitFor();
    await browser.settle(page);
    const all = await total(page);

    await tabTo(page.getByRole("button", { name: "Filter", exact: true }), 44);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const value = dialog.getByRole("combobox", { name: "Value" });
    await tabTo(value, 6);
    await page.keyboard.type("Chat");
    await dialog.getByRole("option", { name: "Chat Started" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await value.inputValue()).toBe("Chat Started");
    await tabTo(dialog.getByRole("button", { name: "Add" }), 2);
    await page.keyboard.press("Enter");
    await tabTo(dialog.getByRole("button", { name: "Apply" }), 5);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await browser.settle(page);
    expect(new URL(page.url()).searchParams.get("where")).toContain("Chat Started");
    expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("false");
    const filtered = await total(page);
    expect(filtered).toBeGreaterThan(0);
    expect(filtered).toBeLessThan(all);

    const canvas = page.locator(".react-flow");
    await tabTo(canvas.locator('[role=button][tabindex="0"]').first(), 15);
    const node = canvas.locator('[data-id="Chat Started"]');
    for (let steps = 0; steps < 12; steps++) {
      if (await node.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("ArrowRight");
      await seeFocus();
    }
    await page.keyboard.press("Enter");
    const panel = page.getByTestId("graph-panel");
    await panel.waitFor();
    expect(await panel.getAttribute("aria-label")).toBe("Chat Started");
    const who = panel.getByRole("button", { name: /Show who$/u }).first();
    await tabTo(who, 44);
    await page.keyboard.press("Enter");

    const drawer = page.getByRole("dialog");
    await drawer.getByTestId("behind-total").waitFor();
    expect(await drawer.getByTestId("behind-total").getAttribute("data-total")).toBe(String(filtered));
    await tabTo(drawer.getByRole("link").first(), 16);
    const customer = await drawer.getByRole("link").first().textContent();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /customer/iu }).waitFor();
    await browser.settle(page);
    expect(await page.locator("#content").textContent()).toContain(customer);

    // Alt and arrow left are the browser's own keys, which do not reach it from here.
    await page.goBack();
    await drawer.waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    expect(await total(page)).toBe(filtered);
    await page.context().close();
  });

  test("back, forward and reload keep what is looked at; a bad link still opens", async () => {
    const page = await openPage("main/map/flow");
    const all = await total(page);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByLabel("The filter as text").fill(WHERE);
    await page.getByRole("button", { name: "Apply" }).click();
    await browser.settle(page);
    const filtered = await total(page);
    expect(filtered).toBeLessThan(all);
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Paths" }).click();
    await page.getByRole("heading", { level: 1, name: "Paths" }).waitFor();
    await browser.settle(page);
    expect(await total(page)).toBe(filtered);

    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Flow" }).waitFor();
    expect(await total(page)).toBe(filtered);
    await page.goBack();
    await browser.settle(page);
    expect(await total(page)).toBe(all);
    await page.goForward();
    await browser.settle(page);
    expect(await total(page)).toBe(filtered);
    await page.reload();
    await browser.settle(page);
    expect(await total(page)).toBe(filtered);
    await page.getByRole("button", { name: `Filter: ${WHERE}` }).waitFor();

    for (const view of ["graph", "flow", "paths", "steps"]) {
      await page.goto(
        `${server.url}main/map/${view}?levels=x&top=-1&detail=9e9&steps={&by=7&vs=never&behind={{&node=1&edge=2`,
      );
      await browser.settle(page);
      expect([view, await total(page)]).toEqual([view, all]);
    }
    await page.context().close();
  });

  test("a chart is taken away as CSV, SVG and PNG", async () => {
    const page = await openPage("main/map/graph");
    const take = async (item: string): Promise<Buffer> => {
      await page.getByRole("button", { name: "Take it away" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: item }).click(),
      ]);
      expect((download as Download).suggestedFilename()).toMatch(/^measured-journey\.(?:csv|svg|png)$/u);
      return readFile(await (download as Download).path());
    };
    const csv = (await take("Table as CSV")).toString("utf8");
    const svg = (await take("Picture as SVG")).toString("utf8");
    const png = await take("Picture as PNG");

    await page.getByRole("button", { name: "As table" }).click();
    const rows = page.getByRole("figure").getByRole("row");
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(await rows.count());
    const heads = await page.getByRole("figure").getByRole("columnheader").allTextContents();
    expect(lines[0]).toBe(heads.map((head) => (head.includes(",") ? `"${head}"` : head)).join(","));
    const fault = await page.evaluate((text) => {
      const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      return root.nodeName === "svg" && !root.querySelector("parsererror, script") ? "" : root.textContent;
    }, svg);
    expect(fault).toBe("");
    expect(svg).toContain("Checkout Started");
    expect(png.subarray(0, 8)).toEqual(PNG);
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    await page.context().close();
  });

  test("rejects are taken away and mended; an import is rolled back and the other stays", async () => {
    const before = await server.ask<{ journeys: number }>("map");
    await bringIn(server, "main", { "store.csv": storeVisits() });
    const page = await openPage("main/collect");
    await page
      .getByTestId("choose-files")
      .setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer: Buffer.from(BROKEN) });
    await page.getByRole("button", { name: /^Import \d/u }).click();
    const result = page.getByTestId("import-result");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      result.getByRole("link", { name: /rejected/u }).click(),
    ]);
    const rejects = (await readFile(await download.path())).toString("utf8");
    expect(rejects.trimEnd().split("\n")).toHaveLength(3);
    expect(rejects).toContain("yesterday");

    const row = (id: number) => page.locator(`[data-import="${id}"]`);
    await browser.settle(page);
    await mendOne(page, row(3));
    expect(await row(2).textContent()).toContain("live");
    await row(2).getByRole("button", { name: "Roll back import 2" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await dialog.getByText("Import 2 is out again.").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await browser.settle(page);
    expect(await row(2).textContent()).toContain("rolled back");
    expect(await row(1).textContent()).toContain("live");
    expect(await row(3).textContent()).toContain("live");

    await page.goto(`${server.url}main/map/graph`);
    await browser.settle(page);
    // b1 and b3 of the other file stay, and b2 who was mended; the ten of the store are gone.
    expect(await total(page)).toBe(before.journeys + 3);
    await page.getByRole("button", { name: "As table" }).click();
    const table = await page.getByRole("figure").getByRole("table").textContent();
    expect(table).toContain("Page Opened");
    expect(table).not.toContain("Store Entered");
    await page.context().close();
  });

  test("what the API refuses is said, and asked again on demand; a server that is gone too", async () => {
    const gone = await browser.open({ expected: /ERR_CONNECTION_REFUSED/u });
    await gone.goto(`${server.url}main/map/flow`);
    await browser.settle(gone);
    // As when nobody listens any more.
    await gone.route("**", (request) => request.abort("connectionrefused"));
    await gone.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Flow" }).waitFor();
    await gone.getByLabel("From", { exact: true }).fill("2024-01-05");
    const alert = gone.getByRole("alert").first();
    await alert.getByText("Waymark does not answer.").waitFor();
    await alert.getByRole("button", { name: "Try again" }).waitFor();
    await gone.context().close();

    const page = await openPage(`main/map/flow?where=${encodeURIComponent('has("No Such Thing")')}`);
    const refused = page.getByRole("alert").first();
    expect(await refused.textContent()).toContain("No Such Thing");
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("/sankey")) asked += 1;
    });
    await refused.getByRole("button", { name: "Try again" }).click();
    await browser.settle(page);
    expect(asked).toBe(1);
    await refused.waitFor();
    await page.context().close();
  });

  test("no page had a fault", () => browser.expectNoFaults());
});
