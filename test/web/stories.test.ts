/**
 * What an analyst does with real exports, start to finish in the browser; and that all views of a journey agree on its total.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); small made-up data are in use.test.ts.
 */
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REAL_DATA, readsLongData, whyLongSkipped } from "../real-data.ts";
import { startWebServer, type WebServer } from "../web-server.ts";
import { describePages, type OpenBrowser, openBrowser } from "./browser.ts";
import { findOverlaps, listNodes } from "./graph-window.ts";
import { bringInFile } from "./small-shop.ts";

if (!readsLongData) process.stderr.write(`stories in the browser${whyLongSkipped}\n`);
const describeStories = readsLongData ? describePages : describe.skip;

/** `npm run prove -- page-states` compares the views' totals on four sets of data; `npm test` on the two quick ones. */
const THOROUGH = Number(process.env.WAYMARK_PAGE_ROUNDS ?? 1) > 1;

const SLOW_MS = 180_000;

/** Text as a person compares it: every kind of blank is one. */
async function read(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").replaceAll(/\s+/gu, " ");
}

describeStories("stories on real exports", { timeout: SLOW_MS }, () => {
  let shop: WebServer;
  let desk: WebServer;
  let browser: OpenBrowser;

  beforeAll(async () => {
    [shop, desk, browser] = await Promise.all([
      startWebServer({ web: true }),
      startWebServer({ web: true }),
      openBrowser(),
    ]);
    await bringInFile(shop, "demo", join(REAL_DATA, "ecom/ecom.csv.gz"));
    await bringInFile(desk, "main", join(REAL_DATA, "helpdesk/helpdesk.csv.gz"));
    if (THOROUGH) await bringInFile(desk, "demo", join(REAL_DATA, "bpic2013/bpic2013_incidents.csv.gz"));
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([shop?.stop(), desk?.stop()]);
  });

  const journeysOn = async (page: Page) =>
    Number(await page.getByTestId("journey-total").first().getAttribute("data-journeys"));

  test(
    "olist comes in without choosing a recipe, and its map is readable after five actions",
    async () => {
      const page = await browser.open();
      let actions = 0;
      const act = async (doing: Promise<unknown>) => {
        actions += 1;
        await doing;
      };
      await act(page.goto(shop.url));
      await act(page.locator("#content").getByRole("link", { name: "Bring data in" }).click());
      await act(page.getByTestId("choose-folder").setInputFiles(join(REAL_DATA, "olist")));
      await act(page.getByRole("button", { name: /^Import [\d,]+ events$/u }).click({ timeout: SLOW_MS }));
      await act(page.getByRole("link", { name: "See the measured journey" }).click({ timeout: SLOW_MS }));
      expect(actions).toBeLessThanOrEqual(6);

      await page.getByRole("heading", { name: "The measured journey" }).waitFor();
      await browser.settle(page);
      const nodes = await listNodes(page);
      expect(nodes.filter(({ kind }) => kind === "touchpoint").length).toBeGreaterThanOrEqual(4);
      expect(nodes.length).toBeLessThanOrEqual(25);
      expect(nodes.filter(({ inside }) => !inside)).toEqual([]);
      expect(Math.min(...nodes.map(({ letters }) => letters))).toBeGreaterThanOrEqual(9);
      expect(await findOverlaps(page)).toEqual([]);
      const { journeys } = await shop.ask<{ journeys: number }>("map");
      expect(journeys).toBeGreaterThan(16_000);
      expect(await journeysOn(page)).toBe(journeys);
      await page.context().close();
    },
    SLOW_MS,
  );

  test("helpdesk: the commonest detour, and who takes it", async () => {
    const page = await browser.open();
    await page.goto(`${desk.url}main/map/paths?journey=case`);
    interface Variant {
      readonly path: readonly string[];
      readonly journeys: number;
      readonly detour: { readonly added: readonly string[] } | null;
    }
    const { variants, journeys } = await desk.ask<{ variants: Variant[]; journeys: number }>("variants", {
      journey: "case",
      top: 50,
    });
    expect(variants[0]).toMatchObject({ journeys: 2366, detour: null });
    const detour = variants.find((variant) => (variant.detour?.added.length ?? 0) > 0);
    const count = detour?.journeys ?? Number.NaN;

    const sentence = page.getByTestId("commonest-detour");
    const words = await read(sentence);
    expect(words).toContain(`2,366 of ${journeys.toLocaleString("en")} journeys`);
    for (const touchpoint of new Set(detour?.detour?.added)) expect(words).toContain(`+ ${touchpoint}`);
    expect(words).toContain(`: ${count.toLocaleString("en")} of ${journeys.toLocaleString("en")} journeys`);

    await sentence.getByRole("button", { name: "Who takes it?" }).click();
    const drawer = page.getByRole("dialog");
    const behind = await desk.ask<{ total: number }>("customers", {
      journey: "case",
      select: { kind: "path", path: detour?.path },
    });
    expect(behind.total).toBe(count);
    expect(await drawer.getByTestId("behind-total").getAttribute("data-total")).toBe(String(count));
    await drawer.getByRole("tab", { name: "Who they are" }).click();
    const row = drawer.getByRole("row").nth(1);
    await row.waitFor();
    expect(await read(row)).toMatch(/\d %|\d%/u);
    await page.context().close();
  });

  test("ecom: payment fails in the incident, on every platform", async () => {
    const page = await browser.open();
    await page.goto(`${shop.url}demo/map/graph?journey=session`);
    await page
      .getByRole("textbox", { name: "From", exact: true })
      .or(page.getByLabel("From", { exact: true }))
      .fill("2024-05-19");
    await page.getByLabel("Until and with", { exact: true }).fill("2024-06-07");
    const compare = async (name: string) => {
      await page.getByRole("combobox", { name: "Compare" }).click();
      await page.getByRole("option", { name }).click();
      await browser.settle(page);
    };
    await compare("Compare with all other time");
    await page.getByTestId("difference").filter({ hasText: "payment_details → purchase" }).click();
    const difference = page.getByTestId("edge-difference");
    await difference.waitFor();
    await browser.settle(page);
    expect(await read(difference)).toMatch(
      /^6\.9 % \(12\/175\) against 19\.5 % \(104\/534\), −12\.6 points, 95 %: −17\.2 to −6\.9/u,
    );

    await page.getByLabel("Break the step down by").selectOption({ label: "by channel" });
    await browser.settle(page);
    const rows = page.getByTestId("step-breakdown").getByRole("row");
    const platforms: string[] = [];
    for (const row of await rows.all()) {
      const text = await read(row);
      const [a, b] = [...text.matchAll(/([\d.]+) %? ?\((\d+)\/(\d+)\)/gu)].map(
        ([, , part, n]) => Number(part) / Number(n),
      );
      expect([text, (a ?? 1) < (b ?? 0)]).toEqual([text, true]);
      platforms.push(await read(row.getByRole("rowheader")));
    }
    expect(platforms).toEqual(["desktop", "mobile", "tablet"]);

    await compare("Compare with the time before");
    expect(await read(difference)).toMatch(/^6\.9 % \(12\/175\) against 19\.6 % \(70\/358\)/u);
    await page.context().close();
  });

  const SETS = [
    {
      name: "ecom sessions",
      server: () => shop,
      workspace: "demo",
      journey: "session",
      where: 'has("purchase")',
    },
    {
      name: "helpdesk cases",
      server: () => desk,
      workspace: "main",
      journey: "case",
      where: 'touchpoint != "Closed" and has("Wait")',
    },
    {
      name: "olist by default",
      server: () => shop,
      workspace: "main",
      journey: undefined,
      where: 'touchpoint = "Order Delivered"',
    },
    { name: "bpic2013 cases", server: () => desk, workspace: "demo", journey: "case", where: 'not has("Queued")' },
  ] as const;
  const VIEWS = [
    ["graph", "Measured journey"],
    ["flow", "Flow"],
    ["paths", "Paths"],
    ["steps", "Step matrix"],
    ["funnel", "Funnel"],
  ] as const;

  test.each(THOROUGH ? SETS : SETS.slice(0, 2))(
    "$name: one total on every view, with a filter too",
    async ({ server, workspace, journey, where }) => {
      const page = await browser.open();
      const totals: Record<string, number> = {};
      for (const filter of [undefined, where]) {
        const scope = { ...(journey ? { journey } : {}), ...(filter ? { where: filter } : {}) };
        const { journeys } = await server().ask<{ journeys: number }>("map", scope, workspace);
        await page.goto(`${server().url}${workspace}/map/graph?${new URLSearchParams(scope)}`);
        for (const [view, link] of VIEWS) {
          await page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();
          await page.getByRole("heading", { level: 1, name: link }).waitFor();
          await browser.settle(page);
          expect(new URL(page.url()).pathname).toBe(`/${workspace}/map/${view}`);
          const shown = await page
            .locator("[data-journeys]")
            .evaluateAll((all) => all.map((one) => one.getAttribute("data-journeys")));
          expect([view, filter, ...shown]).toEqual([view, filter, String(journeys)]);
        }
        totals[filter ?? ""] = journeys;
      }
      expect(totals[where]).toBeGreaterThan(0);
      expect(totals[where]).toBeLessThan(totals[""] ?? 0);
      await page.context().close();
    },
  );

  test("no page had a fault", () => browser.expectNoFaults());
});
