/**
 * What an analyst does with moments of truth, start to finish in the browser, on a small demo whose truth is planted:
 * the live chat is found, the wishlist is not, the one is kept, accepted and dismissed; and with a pain point, the address loop.
 * Numbers are tested in src/analysis.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_SHOP } from "../../src/ingest/demo/simulate-shop.ts";
import { writeDemoFiles } from "../../src/ingest/demo/write-demo-files.ts";
import { startWebServer, type WebServer } from "../web-server.ts";
import { describePages, type OpenBrowser, openBrowser, read } from "./browser.ts";
import { bringIn } from "./small-shop.ts";

const CUSTOMERS = 1_000;
const CHAT = "Live Chat Conversation Started";
const LOOP = "Checkout Step Viewed";
const WISHLIST = "Product Added to Wishlist";
const ORDERS = new URLSearchParams({ journey: "visit", within: "1d" });

// Long, so only in `npm run prove -- demo`, a sample of which CI runs.
const describeDemo = process.env.WAYMARK_DEMO_ROUNDS === undefined ? describe.skip : describePages;

describeDemo("moments of truth in the browser", { timeout: 180_000 }, () => {
  let server: WebServer;
  let browser: OpenBrowser;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "waymark-diagnose-"));
    [server, browser] = await Promise.all([startWebServer({ web: true }), openBrowser()]);
    const { file } = await writeDemoFiles(folder, { ...DEMO_SHOP, customers: CUSTOMERS });
    await bringIn(server, "main", { "demo-events.csv": await readFile(file) }, "demo");
    await rm(folder, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the live chat is found, the wishlist was different before; it is kept, accepted, dismissed", async () => {
    const page = await browser.open();
    await page.goto(`${server.url}main/diagnose/moments?${ORDERS}`);
    await page.getByTestId("top-claim").waitFor();
    await browser.settle(page);

    // The order is what is asked about when nobody says anything.
    expect(await page.getByRole("combobox", { name: "Outcome" }).inputValue()).toBe("Order Completed");
    const chat = page.getByTestId("forest-row").filter({ hasText: CHAT });
    expect(await read(chat.first())).toMatch(/\+\d+\.\d points 95 %: \+\d+\.\d to \+\d+\.\d.*makes it.*likely cause/u);
    const before = page.getByTestId("rejected").getByRole("region", { name: "already different before" });
    expect(await read(before)).toMatch(new RegExp(`${WISHLIST}.*Before it happened they already differed`, "u"));
    expect(await page.getByTestId("forest-row").filter({ hasText: WISHLIST }).count()).toBe(0);
    expect(await read(page.getByTestId("structural"))).toContain("Payment Approved");

    // The map says the same, in words.
    const node = page.getByRole("button", { name: new RegExp(`^${CHAT}: .*did it happen: \\+\\d`, "u") });
    expect(await node.count()).toBe(1);

    await chat.getByRole("link", { name: CHAT, exact: true }).click();
    await page.getByTestId("moment-sentence").waitFor();
    await browser.settle(page);
    expect(await read(page.getByTestId("moment-sentence"))).toMatch(
      /^Visits with .*Live Chat Conversation Started.* end in an order \d+\.\d points more often within 1 day \([\d. to]+\); about \d+ orders a month\.$/u,
    );
    expect(await read(page.getByTestId("checks"))).toContain("Placebo: an earlier outcome");

    const { total } = await server.ask<{ total: number }>("customers", {
      journey: "visit",
      where: `touchpoint = "${CHAT}"`,
      select: { kind: "all" },
    });
    await page.getByRole("button", { name: "Open the customers" }).click();
    const behind = page.getByRole("dialog").getByTestId("behind-total");
    expect(await behind.getAttribute("data-total")).toBe(String(total));
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

    await page.getByRole("button", { name: "Keep as a finding" }).click();
    await page.getByLabel("Title").fill("The chat makes orders");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("link", { name: "Open the finding" }).click();
    await page.getByTestId("finding-title").waitFor();
    expect(await read(page.getByTestId("finding-title"))).toBe("The chat makes orders");

    const decide = async (status: string, reason?: string) => {
      await page.getByLabel("Status", { exact: true }).selectOption({ label: status });
      const save = page.getByRole("button", { name: "Save" });
      if (reason !== undefined) {
        expect(await save.isDisabled()).toBe(true);
        await page.getByLabel("Why it is dismissed").fill(reason);
      }
      await save.click();
      await page.getByText("Saved.").waitFor();
      await browser.settle(page);
    };
    await page.getByRole("textbox", { name: "Owner" }).fill("Ada");
    await decide("accepted");
    expect(await read(page.getByRole("region", { name: "The finding" }))).toContain("owned by Ada");
    await decide("dismissed", "Known since spring");
    expect(await read(page.getByRole("region", { name: "The finding" }))).toContain("Dismissed because: Known since");

    await page.getByRole("button", { name: "← All findings" }).click();
    await page.getByRole("region", { name: "All findings" }).waitFor();
    expect(await read(page.getByRole("row").nth(1))).toMatch(
      /The chat makes orders ?dismissed ?Ada ?\+\d+\.\d points/u,
    );
    await page.context().close();
  });

  test("the address loop costs money a month; it becomes a finding, and its customers are as many as its facts", async () => {
    const page = await browser.open();
    const outcome = 'touchpoint = "Order Completed"';
    await page.goto(`${server.url}main/diagnose/pain-points?${ORDERS}&outcome=${encodeURIComponent(outcome)}`);
    await page.getByTestId("top-pain").waitFor();
    await browser.settle(page);
    expect(await read(page.getByTestId("top-pain"))).toMatch(/costs about [\d,]+ EUR a month\.$/u);
    const ranked = page.getByRole("figure", { name: "What costs most a month" });
    await ranked.getByRole("link", { name: `«${LOOP}» again`, exact: true }).click();

    await page.getByTestId("pain-sentence").waitFor();
    await browser.settle(page);
    expect(await read(page.getByTestId("pain-sentence"))).toMatch(
      new RegExp(`${LOOP}.* again.*[\\d,]+ EUR a month\\.$`, "u"),
    );
    const { painPoint } = await server.ask<{ painPoint: { journeys: number } }>("pain-point", {
      ...{ journey: "visit", outcome, withinMs: 86_400_000 },
      ...{ kind: "rework", touchpoint: LOOP },
    });
    expect(painPoint.journeys).toBeGreaterThan(50);
    await page.getByRole("button", { name: "Open the customers" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByTestId("behind-total").getAttribute("data-total")).toBe(String(painPoint.journeys));
    await dialog.getByRole("button", { name: "Close" }).click();

    await page.getByRole("button", { name: "Keep as a finding" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("link", { name: "Open the finding" }).click();
    await page.getByTestId("finding-title").waitFor();
    expect(await read(page.getByTestId("finding-title"))).toContain(LOOP);
    expect(await read(page.getByRole("region", { name: "The finding" }))).toMatch(/EUR .* a month at risk/u);
    await page.context().close();
  });

  test("no page had a fault", () => browser.expectNoFaults());
});
