/**
 * Takes the pictures of docs/pictures/ from the running app, on the demo and on one small invented file:
 *   node scripts/draw-pictures.mjs [--only NAME]
 * Only addresses and a few presses are chosen here; whatever is on a picture is what the pages show.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium, PAGE_LOOKS } from "./chromium.mjs";
import { packPng } from "./pack-png.mjs";
import { ensureBuilt, PrepareError, ROOT } from "./prepare.mjs";
import { spawnServer, workspacesIn } from "./spawn-server.mjs";

/** Kept from run to run: filling the demo takes longer than taking the pictures. */
const FOLDER = join(ROOT, ".build", "pictures");
const PICTURES = join(ROOT, "docs", "pictures");
const SCALE = 1.5;
const TALLEST = 1500;
const MARGIN = 24;
const MOST_BYTES = 400_000;
const PATIENCE_MS = 120_000;

/** A file as a shop's web analytics might write it; nothing of it is real. */
const INVENTED = [
  "Customer;Action;Happened at;Channel;Order value;Plan",
  ...Array.from({ length: 20 }, (_, index) => {
    const two = (value) => String(value).padStart(2, "0");
    const line = (action, minute, value = "") =>
      [
        `C-10${two(index)}`,
        action,
        `${two(1 + index)}.03.2025 ${two(8 + (index % 12))}:${two(minute)}`,
        index % 3 === 0 ? "e-mail" : "web",
        value,
        index % 4 === 0 ? "gold" : "basic",
      ].join(";");
    const visit = [line("Landing page", 2), line("Product page", 5)];
    if (index % 2 === 0) visit.push(line("Basket", 9));
    if (index % 4 === 0) visit.push(line("Order placed", 14, `${20 + index}.90`));
    return visit;
  }).flat(),
].join("\n");

const json = (value) => encodeURIComponent(JSON.stringify(value));
/** The group that got the checkout on one page, since it has it, against the time before (docs/demo.md). */
const CHANGED = `from=2025-08-01&vs=before&where=${encodeURIComponent('customer.group = "B"')}`;
const FUNNEL = ["Product Viewed", "Product Added", "Checkout Started", "Payment Info Entered", "Order Completed"];

/**
 * Name of the file, address below the server, the last part that is on the picture by its heading (whole pages are long),
 * and what else differs. A page's explanation is on its picture where the page is the first of its kind.
 */
const SHOTS = [
  { name: "overview", address: "demo/overview", until: "What the data cover", explained: true },
  {
    name: "collect-proposal",
    address: "main/collect",
    until: "How Waymark reads it",
    explained: true,
    act: dropInvented,
  },
  { name: "touchpoints", address: "demo/collect/touchpoints", height: 900, explained: true },
  { name: "measured-journey", address: "demo/map/graph?journey=session", until: "The measured journey" },
  {
    name: "measured-journey-compared",
    address: `demo/map/graph?journey=session&${CHANGED}`,
    until: "Largest differences",
    width: 1360,
  },
  {
    name: "flow",
    address: "demo/map/flow?journey=session",
    until: "How journeys flow, step by step",
    colorScheme: "dark",
  },
  {
    name: "funnel",
    address: `demo/map/funnel?journey=session&steps=${json(FUNNEL)}`,
    until: "How far they get",
  },
  {
    name: "pain-points",
    address: `demo/diagnose/pain-points?journey=life&within=30d&outcome=${encodeURIComponent('touchpoint = "Order Completed"')}`,
    height: 1240,
  },
  { name: "kpi", address: "demo/measure/kpis?kpi=late-delivery-share", until: "How it moved" },
];

const say = (text) => process.stderr.write(`${text}\n`);

async function dropInvented(page) {
  const buffer = Buffer.from(INVENTED);
  await page.getByTestId("choose-files").setInputFiles({ name: "web-shop-march.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: /^Import \d/u }).waitFor();
}

/** Resolves when nothing is asked any more and nothing is marked busy, twice in a row. */
async function settle(page, out) {
  const end = Date.now() + PATIENCE_MS;
  for (let calm = 0; calm < 3; ) {
    await page.waitForTimeout(100);
    const busy = await page.locator('[aria-busy="true"]').count();
    const there = await page.locator("h1").count();
    calm = out.size === 0 && busy === 0 && there > 0 ? calm + 1 : 0;
    if (Date.now() > end) throw new Error(`${page.url()} does not come to rest; it still asks ${[...out].join(", ")}`);
  }
}

function watch(page) {
  const out = new Set();
  page.on("request", (request) => out.add(request.url()));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => out.delete(request.url()));
  return out;
}

/** The part of the page that the picture shows: everything above the end of the part under the heading `until`. */
async function frame(page, until) {
  const { width, height } = page.viewportSize();
  if (until === undefined) return { x: 0, y: 0, width, height };
  const heading = page.getByRole("heading", { name: until, exact: true });
  const box = await heading.locator("xpath=ancestor::*[contains(@class, 'mantine-Paper-root')][1]").boundingBox();
  if (!box) throw new Error(`the part «${until}» is not to be seen`);
  return { x: 0, y: 0, width, height: Math.min(height, Math.ceil(box.y + box.height + MARGIN)) };
}

/** Whoever knows a page has folded its explanation away. */
function foldGuides(titles) {
  for (const title of titles) localStorage.setItem(`waymark-guide-${title}`, "true");
}

async function open(
  browser,
  { width = PAGE_LOOKS.viewport.width, height = TALLEST, explained = false, colorScheme = "light" },
) {
  const context = await browser.newContext({
    ...PAGE_LOOKS,
    viewport: { width, height },
    deviceScaleFactor: SCALE,
    colorScheme,
  });
  if (!explained)
    await context.addInitScript(foldGuides, ["Measured journey", "Flow", "Funnel", "Pain points", "KPIs"]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function take(browser, url, { name, address, until, act, ...looks }) {
  const page = await open(browser, looks);
  try {
    const out = watch(page);
    await page.goto(`${url}${address}`);
    await settle(page, out);
    await act?.(page);
    await settle(page, out);
    await page.mouse.move(0, 0);
    const clip = await frame(page, until);
    const picture = packPng(await page.screenshot({ clip, animations: "disabled", caret: "hide" }));
    await writeFile(join(PICTURES, `${name}.png`), picture);
    say(`docs/pictures/${name}.png: ${clip.width} × ${clip.height}, ${(picture.length / 1000).toFixed(0)} kB`);
    if (picture.length < MOST_BYTES) return;
    throw new Error(`${name}.png has ${picture.length} bytes; a picture of the docs has less than ${MOST_BYTES}.`);
  } finally {
    await page.context().close();
  }
}

/** The demo as it comes; what was imported into `main` by an earlier run goes. */
async function prepareWorkspaces(main) {
  await rm(join(FOLDER, "main"), { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  const demo = join(FOLDER, "demo");
  const filled = join(FOLDER, "demo-filled");
  if (existsSync(filled)) return;
  await rm(demo, { recursive: true, force: true });
  say("filling the demo …");
  const args = [main, "demo", "--no-serve"];
  const { status } = spawnSync(process.execPath, args, { env: workspacesIn(FOLDER), stdio: ["ignore", "ignore", 2] });
  if (status !== 0) throw new Error(`the demo could not be filled: exit code ${status}`);
  await writeFile(filled, "");
}

async function drawPictures(only) {
  const shots = SHOTS.filter(({ name }) => only === undefined || name === only);
  if (shots.length === 0) {
    say(`There is no picture «${only}». Known: ${SHOTS.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  await ensureBuilt();
  const main = join(ROOT, "dist", "cli", "main.js");
  await prepareWorkspaces(main);
  const [server, browser] = await Promise.all([spawnServer({ main, folder: FOLDER }), launchChromium()]);
  let failed = 0;
  try {
    for (const shot of shots) {
      await take(browser, server.url, shot).catch((error) => {
        say(`${shot.name}: ${error.message}`);
        failed += 1;
      });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return failed === 0 ? 0 : 1;
}

try {
  const at = process.argv.indexOf("--only");
  process.exitCode = await drawPictures(at < 0 ? undefined : (process.argv[at + 1] ?? ""));
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
