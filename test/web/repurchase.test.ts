/**
 * Model · Re-purchase on a small demo, side by side: its outline as it is heard (from ARIA snapshots), axe in light
 * and dark, widths down to a phone's; and what an analyst does, from the forecast to one customer. Numbers are tested in src/analysis.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_SHOP } from "../../src/ingest/demo/simulate-shop.ts";
import { writeDemoFiles } from "../../src/ingest/demo/write-demo-files.ts";
import { startWebServer, type WebServer } from "../web-server.ts";
import { findBarriers, measureOverflow } from "./accessible.ts";
import { describePages, type OpenBrowser, openBrowser, read } from "./browser.ts";
import { bringIn } from "./small-shop.ts";

const CUSTOMERS = 2_000;
const PAGE = "main/model/repurchase";

interface State {
  readonly name: string;
  readonly address: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

const asTable = (page: Page) => page.getByRole("button", { name: "As table" }).first().click();

const STATES: readonly State[] = [
  { name: "forecast", address: PAGE },
  { name: "forecast-weekly", address: `${PAGE}?tracking=weekly&horizon=8&holdout=13` },
  { name: "forecast-table", address: PAGE, act: asTable },
  { name: "customers", address: `${PAGE}?side=customers&top=3` },
  { name: "customers-cell", address: `${PAGE}?side=customers&top=3&sinceFrom=30&sinceTo=60&ordersFrom=2&ordersTo=2` },
  { name: "customers-nobody", address: `${PAGE}?side=customers&segment=champions&state=lapsed` },
  { name: "customers-table", address: `${PAGE}?side=customers&top=3`, act: asTable },
  { name: "cohorts", address: `${PAGE}?side=cohorts` },
  { name: "cohorts-revenue", address: `${PAGE}?side=cohorts&show=revenue&cohort=month` },
  { name: "products", address: `${PAGE}?side=products` },
  { name: "signals", address: `${PAGE}?side=signals` },
  { name: "signals-table", address: `${PAGE}?side=signals`, act: asTable },
  ...["forecast", "customers", "cohorts", "products", "signals"].map((side) => {
    return { name: `${side}-nobody-left`, address: `${PAGE}?side=${side}&from=2020-01-01&to=2020-02-01` };
  }),
  { name: "refused", address: `${PAGE}?where=${encodeURIComponent('has("No Such Touchpoint")')}` },
];

/** What CI looks at: each side once, one of them with nobody left, and a refusal. */
const SAMPLE = new Set(["forecast", "customers", "cohorts", "products", "signals", "forecast-nobody-left", "refused"]);
const isSample = process.env.WAYMARK_DEMO_ROUNDS === "sample";

/** A phone, a tablet, a small screen. */
const WIDTHS = [320, 768, 1280] as const;

const HEARD = /^\s*- '?(?:heading|figure|region|tab|columnheader|combobox) "/u;

/** What is heard when somebody goes through a page by its marks; numbers and warnings are the analysis' matter. */
function outline(snapshot: string): string {
  return snapshot
    .split("\n")
    .filter((line) => HEARD.test(line))
    .map((line) => line.trim().replaceAll(/\d{1,2} [A-Z][a-z]{2,3} \d{4}/gu, "DAY"))
    .map((line) => line.replaceAll(/\d+(?:[.,]\d+)*/gu, "N").replaceAll(/(?:N |DAY )+/gu, "N "))
    .join("\n");
}

// Long, so only in `npm run prove -- demo`, a sample of which CI runs.
const describeDemo = process.env.WAYMARK_DEMO_ROUNDS === undefined ? describe.skip : describePages;

describeDemo("re-purchase in the browser", { timeout: 180_000 }, () => {
  let server: WebServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "waymark-repurchase-"));
    [server, browser] = await Promise.all([startWebServer({ web: true }), openBrowser()]);
    const { file } = await writeDemoFiles(folder, { ...DEMO_SHOP, customers: CUSTOMERS });
    await bringIn(server, "main", { "demo-events.csv": await readFile(file) }, "demo");
    await rm(folder, { recursive: true });
    page = await browser.open({ colorScheme: "light" });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function open({ address, act }: Omit<State, "name">): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(`${server.url}${address}`);
    await browser.settle(page);
    await act?.(page);
    await browser.settle(page);
  }

  // One by one: a snapshot of a state that is skipped is not called obsolete.
  for (const state of STATES)
    test.skipIf(isSample && !SAMPLE.has(state.name))(`'${state.name}'`, async () => {
      await open(state);
      expect(outline(await page.locator("main").ariaSnapshot())).toMatchSnapshot();
      expect.soft(await findBarriers(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await browser.settle(page);
        // A table that scrolls inside is told its new width a moment later.
        await expect.poll(() => measureOverflow(page)).toEqual({ px: 0, what: "" });
      }
      expect.soft(await findBarriers(page, ["color-contrast"])).toEqual([]);
    });

  test("from the forecast by a cell of the alive map to its customers, and to one of them", async () => {
    const report = await server.ask<{
      outlook: { orders: { value: number } };
      aliveMap: { customers: number; sinceFrom: number; ordersFrom: number }[];
    }>("repurchase", {});
    await open({ address: PAGE });
    const expected = Math.round(report.outlook.orders.value).toLocaleString("en-GB");
    expect(await read(page.getByTestId("outlook"))).toMatch(
      new RegExp(`^Expect about ${expected} orders from today’s`, "u"),
    );
    expect(await read(page.getByTestId("how-sure"))).toMatch(/it forecast .*orders in all|about the right total/u);

    const map = page.getByRole("figure", { name: "Who is still a customer" });
    const cell = report.aliveMap.find(({ sinceFrom, ordersFrom }) => sinceFrom === 30 && ordersFrom === 2);
    await map.getByRole("button", { name: /last order 30–59 days ago, 2 orders/u }).click();
    await page.getByRole("figure", { name: "Customers by expected orders" }).waitFor();
    await browser.settle(page);
    expect(await read(page.getByRole("figure", { name: "Customers by expected orders" }))).toContain(
      `of ${cell?.customers.toLocaleString("en-GB")} customers.`,
    );

    const [first] = (
      await server.ask<{ customers: { customer: string; because: string }[] }>("repurchase-customers", {
        ...{ top: 1, sinceFrom: 30, sinceTo: 60, ordersFrom: 2, ordersTo: 2 },
      })
    ).customers;
    await page.getByRole("link", { name: first?.customer ?? "", exact: true }).click();
    await page.getByTestId("what-next").waitFor();
    await browser.settle(page);
    expect(await read(page.getByTestId("what-next"))).toContain(first?.because);
    expect(await read(page.getByTestId("next-step"))).toMatch(/^Next best step \S/u);
    expect(await findBarriers(page)).toEqual([]);
  });

  test("segments and states lead to as many customers as they hold", async () => {
    const { segments, states } = await server.ask<{
      segments: { segment: string; customers: number }[];
      states: { state: string; customers: number }[];
    }>("repurchase", {});
    const [segment, state] = [segments[0], states[0]];
    for (const [title, name, customers] of [
      ["Segments", segment?.segment ?? "", segment?.customers],
      ["Where customers stand", state?.state ?? "", state?.customers],
    ] as const) {
      await open({ address: PAGE });
      await page.getByRole("figure", { name: title }).getByRole("link", { name, exact: true }).click();
      const figure = page.getByRole("figure", { name: "Customers by expected orders" });
      await figure.waitFor();
      await browser.settle(page);
      expect(await read(figure)).toContain(`of ${customers?.toLocaleString("en-GB")} customers.`);
    }
  });

  test("no page had a fault", () => browser.expectNoFaults());
});
