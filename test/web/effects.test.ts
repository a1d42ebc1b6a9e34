/**
 * What an analyst does with a change, start to finish in the browser, on a small demo whose truth is planted: the measurement is
 * planned, registered, measured, found again in the list; another is planned ahead, changed and taken away. Numbers equal the API's.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/api/operations.ts";
import { DEMO_SHOP } from "../../src/ingest/demo/simulate-shop.ts";
import { writeDemoFiles } from "../../src/ingest/demo/write-demo-files.ts";
import { startWebServer, type WebServer } from "../web-server.ts";
import { findBarriers, measureOverflow } from "./accessible.ts";
import { describePages, type OpenBrowser, openBrowser, read } from "./browser.ts";
import { bringIn } from "./small-shop.ts";

const CUSTOMERS = 1_000;

/** The same question as the form makes below. */
const QUESTION = {
  design: "randomised",
  metric: { kind: "ratio", event: 'touchpoint = "Order Completed"', per: 'touchpoint = "Checkout Started"' },
  ...{ by: "customer.group", treatment: ["B"], control: ["A"] },
  ...{ since: "2025-08-01", until: "2026-01-01", minEffect: 0.03 },
} as const;

/** As the pages write it, for each 100. */
const hundredfold = (value: number) => (value * 100).toFixed(1).replace("-", "−");
const signed = (value: number) => `${value > 0 ? "+" : ""}${hundredfold(value)}`;
const counted = (n: number) => n.toLocaleString("en-GB");

async function pick(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).fill(value);
  await page.getByRole("option", { name: value, exact: true }).click();
  await page.keyboard.press("Escape");
}

async function tag(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).fill(value);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

async function fillPlan(page: Page): Promise<void> {
  await page.getByLabel("The number that matters").selectOption("ratio");
  await pick(page, "Touchpoints that count", "Order Completed");
  await pick(page, "Out of which touchpoints", "Checkout Started");
  await page.getByRole("radio", { name: /^By chance/u }).check();
  await pick(page, "What tells the groups apart", "group");
  await tag(page, "Who gets the change", "B");
  await tag(page, "Whom it is compared with", "A");
  await page.getByLabel("Switch-on").fill("2025-08-01");
  await page.getByLabel("Stop date").fill("2026-01-01");
  await page.getByLabel("Least effect worth having").fill("3");
}

// Long, so only in `npm run prove -- demo`, a sample of which CI runs.
const describeDemo = process.env.WAYMARK_DEMO_ROUNDS === undefined ? describe.skip : describePages;

describeDemo("the effect of a change in the browser", { timeout: 180_000 }, () => {
  let server: WebServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "waymark-effects-"));
    [server, browser] = await Promise.all([startWebServer({ web: true }), openBrowser()]);
    const { file } = await writeDemoFiles(folder, { ...DEMO_SHOP, customers: CUSTOMERS });
    await bringIn(server, "main", { "demo-events.csv": await readFile(file) }, "demo");
    await rm(folder, { recursive: true });
    page = await browser.open();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("planned, registered, measured, found in the list, with the numbers of the API", async () => {
    await page.goto(`${server.url}main/measure/effects`);
    await page.getByTestId("empty-state").getByRole("link", { name: "Plan a measurement" }).click();
    const register = page.getByRole("button", { name: "Register the measurement" });
    expect(await register.isDisabled()).toBe(true);
    await fillPlan(page);
    expect(await read(page.getByTestId("suggestion"))).toContain("Suggested: groups drawn by chance");

    const seen = page.getByTestId("foresight");
    await seen.getByText("whole week").first().waitFor();
    const { baseline, foreseen } = await server.ask<Answer<"foresee-effect">>("foresee-effect", QUESTION);
    const told = await read(seen);
    expect(told).toContain(`is ${hundredfold(baseline?.value ?? Number.NaN)} per 100`);
    expect(told).toContain(`it takes ${counted(foreseen.unitsNeeded ?? Number.NaN)} customers in all`);
    expect(told).toContain(`${counted(foreseen.weeks ?? Number.NaN)} whole week`);
    expect(told).toContain(`is ${hundredfold(foreseen.smallestEffect ?? Number.NaN)} per 100`);

    await page.getByLabel("Name of the change").fill("Checkout on one page");
    expect(await read(page.getByRole("region", { name: "Register it" }))).toContain("registered late");
    await register.click();
    await page.getByRole("button", { name: "Measure it" }).click();
    const sentence = page.getByTestId("effect-sentence");
    await sentence.waitFor();
    await browser.settle(page);

    const report = await server.ask<Answer<"estimate-effect">>("estimate-effect", QUESTION);
    const { estimate, low, high, n, groups } = report;
    const interval = `${signed(low)} to ${signed(high)}`;
    expect(await read(sentence)).toContain(`${hundredfold(Math.abs(estimate))} per 100 higher`);
    expect(await read(sentence)).toContain(`(95 % interval ${interval}, n = ${counted(n)} customers)`);
    const arms = page.getByRole("figure", { name: "The groups side by side" });
    await arms.getByRole("button", { name: "As table" }).click();
    for (const { name, mean } of groups)
      expect(await read(arms.getByRole("row", { name: new RegExp(`^${name} `, "u") }))).toContain(
        `${hundredfold(mean ?? Number.NaN)} per 100`,
      );
    expect(await read(page.getByTestId("effect-checks"))).toContain("Planned before the switch-on: no.");
    expect(await findBarriers(page)).toEqual([]);

    await page.getByRole("button", { name: "← All measurements" }).click();
    const row = page.getByRole("row").filter({ hasText: "Checkout on one page" });
    await row.waitFor();
    expect(await read(row)).toContain(`${signed(estimate)} per 100, 95 %: ${interval}, n = ${counted(n)} customers`);
    expect(await read(row)).toContain(report.verdict);
  });

  test("at once, without registering: the same numbers, and it says that nobody announced them", async () => {
    await page.goto(`${server.url}main/measure/effects?view=plan&ask=${encodeURIComponent(JSON.stringify(QUESTION))}`);
    await page.getByRole("button", { name: "Measure now without registering" }).click();
    const said = page.getByRole("region", { name: "In one sentence" });
    await said.waitFor();
    await browser.settle(page);
    const { estimate } = await server.ask<Answer<"estimate-effect">>("estimate-effect", QUESTION);
    expect(await read(said)).toContain(`${hundredfold(estimate)} per 100 higher`);
    expect(await read(said)).toContain("not registered");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("figure", { name: "The interval at each look" })
        .getByRole("button", { name: "Take it away" })
        .click()
        .then(() => page.getByRole("menuitem", { name: "Picture as SVG" }).click()),
    ]);
    const svg = await readFile(await file.path(), "utf8");
    expect(svg).toMatch(/^<svg[^>]*>\n<title>The interval at each look<\/title>/u);
    expect(svg).toContain(`${signed(estimate)} per 100`);
    await page.goBack();
    await page.getByRole("region", { name: "What will be seen" }).waitFor();
  });

  test("planned ahead: changed before its switch-on, and taken away; nothing sticks out of a small screen", async () => {
    const ahead = { ...QUESTION, since: "2090-01-01", until: "2090-06-01" };
    const { id } = await server.ask<Answer<"plan-effect">>("plan-effect", { name: "Next year", question: ahead });
    await page.goto(`${server.url}main/measure/effects?effect=${id}`);
    await page.getByRole("button", { name: "Change the plan" }).click();
    const least = page.getByLabel("Least effect worth having");
    await least.waitFor();
    await browser.settle(page);
    await least.fill("5");
    await page.getByRole("button", { name: "Save the changed plan" }).click();
    await page.getByText("worth having from 5.0 per 100 on").waitFor();
    expect((await server.ask<Answer<"effect">>("effect", { id })).question).toMatchObject({
      ...ahead,
      minEffect: 0.05,
    });

    await page.setViewportSize({ width: 320, height: 800 });
    for (const address of [`effect=${id}`, "effect=1", "view=plan", ""]) {
      await page.goto(`${server.url}main/measure/effects?${address}`);
      await browser.settle(page);
      expect(await measureOverflow(page)).toEqual({ px: 0, what: "" });
    }
    await page.goto(`${server.url}main/measure/effects?effect=${id}`);
    await page.getByRole("button", { name: "Take it away" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take it away" }).click();
    await page.getByRole("region", { name: "All measurements" }).waitFor();
    expect(await page.getByRole("row").filter({ hasText: "Next year" }).count()).toBe(0);
  });

  test("no page had a fault", () => browser.expectNoFaults());
});
