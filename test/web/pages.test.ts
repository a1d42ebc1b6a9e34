/**
 * Every page in every state, on small data: as it is read aloud (ARIA snapshots), axe in light and dark, width of a tablet.
 * The snapshots in aria/ are read by people before they are kept; what pages do is in use.test.ts and stories.test.ts.
 */
import type { Page, ViewportSize } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWebServer, type WebServer } from "../web-server.ts";
import { findBarriers, measureOverflow } from "./accessible.ts";
import { describePages, type OpenBrowser, openBrowser } from "./browser.ts";
import { DELIVER_EMPTY, DELIVER_FILLED, DELIVER_LOOKED_AT, DELIVER_STATES } from "./deliver-states.ts";
import { bringInDelivery } from "./small-delivery.ts";
import { BROKEN, bringInShop, SHARED_TABLET, smallShop } from "./small-shop.ts";

interface State {
  /** Page and state; the name of its snapshot. */
  readonly name: string;
  /** Below the server's address. */
  readonly address: string;
  /** Brings the state about once the page rests. */
  readonly act?: (page: Page) => Promise<unknown>;
}

const choose = (name: string, content: string) => (page: Page) =>
  page.getByTestId("choose-files").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const asTable = press("As table");

async function importBroken(page: Page): Promise<void> {
  await choose("broken.csv", BROKEN)(page);
  await page.getByRole("button", { name: /^Import \d/u }).click();
  await page.getByTestId("import-result").waitFor();
}

/** Brings in a tablet on which two customers sign in, and asks whose it is. */
async function askWhoseTablet(page: Page): Promise<void> {
  await choose("tablet.csv", SHARED_TABLET)(page);
  await page.getByRole("button", { name: /^Import \d/u }).click();
  await page.getByTestId("import-result").waitFor();
  await page.getByRole("link", { name: "Identities", exact: true }).click();
  await page.getByLabel("A customer's id, or an anonymous one").fill("tablet-1");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByText("leads to 2 customers in turn").waitFor();
}

async function startMerge(page: Page): Promise<void> {
  for (const box of (await page.getByRole("checkbox").all()).slice(0, 2)) await box.check();
  await page.getByRole("button", { name: /^Merge 2/u }).click();
}

const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const BEHIND = `behind=${json(JSON.stringify({ title: "Journeys with Checkout Started", select: { kind: "touchpoint", touchpoint: "Checkout Started" } }))}`;
const STEP = `edge=${json(["Checkout Started", "Order Completed"])}`;
const COMPARE = "from=2024-02-01&to=2024-03-01&vs=outside";
const NOTHING = "from=2020-01-01&to=2020-02-01";
const FAULTY = `where=${encodeURIComponent('has("No Such Touchpoint")')}`;
/** With 48 customers nothing can be claimed; the demo's claims are in diagnose.test.ts. */
const MOMENT = { outcome: 'touchpoint = "Order Completed"', touchpoint: "Chat Started", contrast: "presence" } as const;
/** Nor of frictions: their claims are seen in src/analysis and looked at by people. */
const PAIN = { outcome: 'touchpoint = "Order Completed"', kind: "drop-off", touchpoint: "Checkout Started" } as const;
/** Gold customers and basic ones beside each other; and a plan far ahead, so that its state stays. */
const ASKED = {
  ...{ design: "randomised", metric: { kind: "share", event: 'touchpoint = "Order Completed"' } },
  ...{ by: "customer.plan", treatment: ["gold"], control: ["basic"], since: "2024-01-01", minEffect: 0.1 },
} as const;
const PLANNED = { ...ASKED, since: "2090-01-01", until: "2090-03-01" } as const;
const SERIES = {
  ...{ design: "series", unit: "day", period: "day", since: "2024-02-15", minEffect: 2 },
  metric: { kind: "count", event: 'touchpoint = "Product Viewed"' },
} as const;
const MAPS = ["graph", "flow", "paths", "steps", "funnel", "retention", "customer"] as const;

/** The demo's workspace stays empty; it shows what every page says before there is anything. */
const EMPTY: readonly State[] = [
  "overview",
  "collect",
  "collect/touchpoints",
  "collect/identities",
  "collect/quality",
  ...MAPS.map((page) => `map/${page}`),
  "diagnose/moments",
  "diagnose/moment",
  "diagnose/pain-points",
  "diagnose/pain-point",
  "diagnose/themes",
  "diagnose/findings",
  "model/repurchase",
  "measure/kpis",
  "measure/effects",
].map((page) => ({ name: `${page.replaceAll("/", "-")}-empty`, address: `demo/${page}` }));

const FILLED: readonly State[] = [
  ...[
    "overview",
    "collect",
    "collect/touchpoints",
    "collect/identities",
    "collect/quality",
    "diagnose/moments",
    "diagnose/pain-points",
    "diagnose/themes",
    "diagnose/findings",
    // Too few repeat orders; forecasts are in repurchase.test.ts.
    "model/repurchase",
    "measure/kpis",
    "measure/effects",
    "settings",
  ].map((page) => ({
    name: `${page.replaceAll("/", "-")}`,
    address: `main/${page}`,
  })),
  ...MAPS.map((page) => ({ name: `map-${page}`, address: `main/map/${page}` })),
  ...DELIVER_FILLED,
];

const STATES: readonly State[] = [
  {
    name: "collect-proposal",
    address: "main/collect",
    act: async (page) => {
      await choose("shop-again.csv", smallShop())(page);
      await page.getByRole("button", { name: /^Import \d/u }).waitFor();
    },
  },
  {
    name: "collect-unreadable",
    address: "main/collect",
    act: async (page) => {
      await choose("empty.csv", "")(page);
      await page.getByRole("alert").first().waitFor();
    },
  },
  { name: "touchpoints-edit", address: "main/collect/touchpoints", act: press(/^Edit/u) },
  { name: "touchpoints-merge", address: "main/collect/touchpoints", act: startMerge },
  { name: "map-graph-table", address: "main/map/graph", act: asTable },
  { name: "map-graph-node", address: "main/map/graph?node=Checkout%20Started" },
  { name: "map-graph-step", address: `main/map/graph?${STEP}` },
  { name: "map-graph-stages", address: "main/map/graph?by=stage" },
  { name: "map-graph-compared", address: `main/map/graph?${COMPARE}&${STEP}` },
  { name: "map-graph-nothing", address: `main/map/graph?${NOTHING}` },
  { name: "map-graph-refused", address: `main/map/graph?${FAULTY}` },
  { name: "map-graph-filter", address: "main/map/graph", act: press("Filter") },
  {
    name: "map-graph-filter-wrong",
    address: "main/map/graph",
    act: async (page) => {
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.getByLabel("The filter as text").fill('journey has "Order Completed"');
    },
  },
  { name: "map-graph-behind", address: `main/map/graph?${BEHIND}` },
  {
    name: "map-graph-profile",
    address: `main/map/graph?${BEHIND}`,
    act: (page) => page.getByRole("tab", { name: "Who they are" }).click(),
  },
  { name: "map-print", address: "main/map/print" },
  { name: "map-flow-table", address: "main/map/flow", act: asTable },
  { name: "map-paths-table", address: "main/map/paths", act: asTable },
  { name: "map-steps-table", address: "main/map/steps", act: asTable },
  { name: "map-funnel-table", address: "main/map/funnel", act: asTable },
  {
    name: "map-funnel-chosen",
    address: `main/map/funnel?steps=${json(["Product Viewed", "Checkout Started?", "Order Completed"])}&within=1%20d`,
  },
  { name: "map-funnel-refused", address: `main/map/funnel?${FAULTY}` },
  { name: "map-retention-table", address: "main/map/retention", act: asTable },
  { name: "measure-kpis-few", address: "main/measure/kpis?from=2024-01-01&to=2024-01-03" },
  { name: "measure-kpis-refused", address: `main/measure/kpis?${FAULTY}` },
  { name: "map-steps-refused", address: `main/map/steps?${FAULTY}` },
  { name: "map-customer-one", address: "main/map/customer?customer=c04" },
  { name: "map-customer-unknown", address: "main/map/customer?customer=nobody" },
  { name: "diagnose-moments-node", address: "main/diagnose/moments?node=Chat%20Started" },
  { name: "diagnose-moments-table", address: "main/diagnose/moments", act: asTable },
  { name: "diagnose-moments-refused", address: `main/diagnose/moments?${FAULTY}` },
  { name: "diagnose-moment", address: `main/diagnose/moment?${new URLSearchParams(MOMENT)}` },
  {
    name: "diagnose-moment-keep",
    address: `main/diagnose/moment?${new URLSearchParams(MOMENT)}`,
    act: press("Keep as a finding"),
  },
  { name: "diagnose-pain-points-node", address: "main/diagnose/pain-points?node=Checkout%20Started" },
  { name: "diagnose-pain-points-table", address: "main/diagnose/pain-points", act: asTable },
  { name: "diagnose-pain-points-refused", address: `main/diagnose/pain-points?${FAULTY}` },
  { name: "diagnose-pain-point", address: `main/diagnose/pain-point?${new URLSearchParams(PAIN)}` },
  {
    name: "diagnose-pain-point-initiative",
    address: `main/diagnose/pain-point?${new URLSearchParams(PAIN)}`,
    act: press("Make an initiative"),
  },
  { name: "diagnose-finding", address: "main/diagnose/findings?finding=1" },
  { name: "diagnose-finding-pain", address: "main/diagnose/findings?finding=2" },
  { name: "measure-kpis-one", address: "main/measure/kpis?kpi=conversion" },
  { name: "measure-effects-one", address: "main/measure/effects?effect=1" },
  { name: "measure-effects-edit", address: "main/measure/effects?effect=1&view=edit" },
  { name: "measure-effects-remove", address: "main/measure/effects?effect=1", act: press("Take it away") },
  { name: "measure-effects-asked", address: `main/measure/effects?ask=${json(ASKED)}` },
  { name: "measure-effects-table", address: `main/measure/effects?ask=${json(ASKED)}`, act: asTable },
  { name: "measure-effects-series", address: `main/measure/effects?ask=${json(SERIES)}` },
  { name: "measure-effects-refused", address: `main/measure/effects?ask=${json({ ...ASKED, treatment: ["silver"] })}` },
  { name: "measure-effects-plan", address: "main/measure/effects?view=plan" },
  { name: "measure-effects-plan-filled", address: `main/measure/effects?view=plan&ask=${json(PLANNED)}` },
  ...DELIVER_STATES,
  { name: "not-found", address: "main/nowhere" },
  { name: "collect-rollback", address: "main/collect", act: press("Roll back import 1") },
  // The last ones, as it brings more events in.
  { name: "collect-result", address: "main/collect", act: importBroken },
  { name: "collect-rejects", address: "main/collect?rejects=2" },
  { name: "collect-identities-linked", address: "main/collect", act: askWhoseTablet },
];

/** The page as it is read aloud: what is common to all pages once, dialogs after the page. */
async function readAloud(page: Page, { name }: State): Promise<string> {
  const parts = [page.locator(name === "overview" ? "body" : "main"), ...(await page.getByRole("dialog").all())];
  const read = await Promise.all(parts.map((part) => part.ariaSnapshot()));
  return still(read.join("\n---\n"));
}

/** `npm run prove -- page-states` looks at every state in every way; `npm test` at every page and what differs. */
const THOROUGH = Number(process.env.WAYMARK_PAGE_ROUNDS ?? 1) > 1;

/** States with something to look at that the filled pages have not: dialogs, forms, notices. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  "overview-empty",
  "collect-proposal",
  "collect-rollback",
  "collect-result",
  "collect-rejects",
  "collect-identities-linked",
  "touchpoints-edit",
  "touchpoints-merge",
  "map-graph-compared",
  "map-graph-refused",
  "map-graph-filter",
  "map-graph-profile",
  "map-print",
  "map-steps-table",
  "map-customer-one",
  "diagnose-findings-empty",
  "diagnose-moment",
  "diagnose-pain-point",
  "measure-kpis-one",
  "measure-effects-empty",
  "measure-effects-one",
  "measure-effects-remove",
  "measure-effects-asked",
  "measure-effects-plan-filled",
  ...DELIVER_LOOKED_AT,
]);

function isLookedAt(state: State): boolean {
  return FILLED.includes(state) || LOOKED_AT.has(state.name);
}

/** Looked at by axe on a tablet too. */
const NARROW: ReadonlySet<string> = new Set(["overview", "map-graph", "map-steps"]);

const WIDE: ViewportSize = { width: 1440, height: 900 };
const TABLET: ViewportSize = { width: 768, height: 1024 };

/** What differs from run to run: days since 2025 (ISO: 2026) are those of the run, but for 2090. */
function still(snapshot: string): string {
  return snapshot
    .replaceAll(/is in, in [\d.,]+ s/gu, "is in, in N s")
    .replaceAll(/My data \([^)]*\)/gu, "My data (folder)")
    .replaceAll(/\d{1,2} [A-Z][a-z]+ 20(?:2[5-9]|[3-7]\d)(?:, \d\d:\d\d)?/gu, "TODAY")
    .replaceAll(/20(?:2[6-9]|[3-7]\d)-\d\d-\d\d/gu, "TODAY")
    .replaceAll(/waymark-web-\w+/gu, "waymark-web")
    .replaceAll(/Waymark \d+\.\d+\.\d+/gu, "Waymark N")
    .replaceAll(/look=\w[\w-]*|job=\w[\w-]*|upload=\w[\w-]*/gu, "run");
}

describePages("pages in all their states", { timeout: 180_000 }, () => {
  let server: WebServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startWebServer({ web: true }), openBrowser()]);
    await bringInShop(server);
    await server.ask("keep-finding", { title: "Chats and orders", question: MOMENT });
    await server.ask("keep-finding", { kind: "pain-point", title: "Chats that end it", question: PAIN });
    await server.ask("plan-effect", { name: "Gold for all", why: "Gold customers order more.", question: PLANNED });
    await bringInDelivery(server);
    page = await browser.open({ colorScheme: "light" });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Whether the app is loaded, and nothing was done to it but going from page to page. */
  let untouched = false;

  /** Opens the address: as a link does where that is enough, since loading the app costs more than a page does. */
  async function enter(address: string): Promise<void> {
    const nowhere = page.getByRole("heading", { name: "There is no such page" });
    const go = (to: string) => page.evaluate((path) => history.pushState({}, "", path), to);
    // In between is a page without anything, so that nothing of the state before can stay.
    if (untouched) await go("/main/nowhere");
    if (untouched) await nowhere.waitFor();
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: "light" });
    if (!untouched) await page.goto(`${server.url}${address}`);
    else {
      await page.locator("html[data-mantine-color-scheme=light]").waitFor();
      await go(`/${address}`);
      await nowhere.waitFor({ state: "detached" });
    }
    await browser.settle(page);
    untouched = !THOROUGH;
  }

  async function bringAbout({ address, act }: State): Promise<void> {
    await enter(address);
    if (!act) return;
    untouched = false;
    await act(page);
    await browser.settle(page);
  }

  const all = [...EMPTY, ...DELIVER_EMPTY, ...FILLED, ...STATES];
  test.each(THOROUGH ? all : all.filter(isLookedAt))("$name", async (state) => {
    await bringAbout(state);
    await expect(await readAloud(page, state)).toMatchFileSnapshot(`aria/${state.name}.yaml`);
    expect.soft(await findLastingBarriers()).toEqual([]);
    if (THOROUGH || FILLED.includes(state)) await tryElsewhere(state);
  });

  /** In the dark and on a tablet, at once: a page that fits and can be read so does either way. */
  async function tryElsewhere({ name }: State): Promise<void> {
    await page.setViewportSize(TABLET);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
    await browser.settle(page);
    expect.soft(await measureOverflow(page)).toEqual({ px: 0, what: "" });
    const rules = THOROUGH || NARROW.has(name) ? undefined : ["color-contrast"];
    expect.soft(await findLastingBarriers(rules)).toEqual([]);
  }

  /** On a busy machine Chromium tells a text's colour of the frame before: what is wrong stays wrong. */
  async function findLastingBarriers(rules?: readonly string[]): Promise<string[]> {
    let barriers = await findBarriers(page, rules);
    for (let wait = 100; barriers.length > 0 && wait <= 800; wait *= 2) {
      await page.waitForTimeout(wait);
      await browser.settle(page);
      barriers = await findBarriers(page, rules);
    }
    return barriers;
  }

  test("none of them had a fault", () => browser.expectNoFaults());
});
