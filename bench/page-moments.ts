/**
 * What a page's own clock says: from a click until something is there, frames while it is dragged, scripts it loads.
 * The functions passed to `evaluate` run in the page; they know nothing of what stands around them.
 */
/// <reference lib="dom" />
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";

/** Seconds from a click until what was waited for is shown, and until the page says that it works on it (null: it did not). */
export interface Moments {
  readonly shown: number;
  readonly told: number | null;
}

export interface Frames {
  /** Milliseconds from frame to frame. */
  readonly frames: readonly number[];
  /** Tasks that held the page for 50 ms or more, milliseconds. */
  readonly longTasks: readonly number[];
}

/** The wanted nodes of the graph stand there; or, with a total before, another total does and nothing is dimmed. */
interface Wanted {
  readonly nodes?: number;
  readonly otherThan?: string;
}

function watchFromClick({ nodes = 0, otherThan }: Wanted): Promise<Moments> {
  const isShown = (node: Element) =>
    getComputedStyle(node).visibility === "visible" && node.getBoundingClientRect().width > 0;
  const isThere = () => {
    if (document.querySelector('[aria-busy="true"] [data-journeys], [aria-busy="true"] .react-flow')) return false;
    const total = document.querySelector("[data-journeys]")?.getAttribute("data-journeys");
    if (total === undefined || total === null || total === otherThan) return false;
    return [...document.querySelectorAll(".react-flow__node-journey")].filter(isShown).length >= nodes;
  };
  const isTold = () =>
    [...document.querySelectorAll("[role=status]")].some(({ textContent }) => textContent?.includes("Working on it"));
  return new Promise((resolve) => {
    const begin = ({ timeStamp }: Event) => {
      let told: number | null = null;
      const look = () => {
        const seconds = (performance.now() - timeStamp) / 1000;
        if (told === null && isTold()) told = seconds;
        if (isThere()) resolve({ shown: seconds, told });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    document.addEventListener("click", begin, { capture: true, once: true });
  });
}

function recordFrames(milliseconds: number): Promise<Frames> {
  return new Promise((resolve) => {
    const frames: number[] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((one) => one.duration)));
    // Node's type of the observer, which is found before the browser's, does not know them.
    observer.observe({ type: "longtask" as never });
    requestAnimationFrame((start) => {
      let last = start;
      const next = (now: number) => {
        frames.push(now - last);
        last = now;
        if (now - start < milliseconds) requestAnimationFrame(next);
        else {
          observer.disconnect();
          resolve({ frames, longTasks });
        }
      };
      requestAnimationFrame(next);
    });
  });
}

/** From the click on its link until the graph's nodes are to be seen. The page must not have shown a total before. */
export async function timeFirstMap(page: Page): Promise<number> {
  const moments = page.evaluate(watchFromClick, { nodes: 3 });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Measured journey" }).click();
  return (await moments).shown;
}

/** From Apply until the total has changed, on a page that shows a graph. */
export async function timeFilter(page: Page, filter: string): Promise<Moments> {
  const before = await page.locator("[data-journeys]").first().getAttribute("data-journeys");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByLabel("The filter as text").fill(filter);
  const moments = page.evaluate(watchFromClick, { otherThan: before ?? "" });
  await page.getByRole("button", { name: "Apply" }).click();
  return moments;
}

const viewport = (page: Page) =>
  page.locator(".react-flow__viewport").evaluate((one) => getComputedStyle(one).transform);

/** A place of the window where nothing but the ground lies. */
function findGround(): { readonly x: number; readonly y: number } | undefined {
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (!box) return undefined;
  for (let y = box.top + 12; y < Math.min(box.bottom, innerHeight) - 12; y += 8)
    for (let x = box.left + 12; x < box.right - 12; x += 8)
      if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane")) return { x, y };
  return undefined;
}

/** Frames while nothing happens. */
export function watchIdle(page: Page, milliseconds: number): Promise<Frames> {
  return page.evaluate(recordFrames, milliseconds);
}

/** Frames while the graph is dragged to and fro. @throws Error when it did not move */
export async function watchPan(page: Page, milliseconds: number): Promise<Frames> {
  await page.locator(".react-flow").scrollIntoViewIfNeeded();
  const ground = await page.evaluate(findGround);
  if (!ground) throw new Error("The graph has no ground to drag it by.");
  await page.mouse.move(ground.x, ground.y);
  await page.mouse.down();
  const before = await viewport(page);
  const recorded = page.evaluate(recordFrames, milliseconds);
  const end = performance.now() + milliseconds;
  for (let step = 1; performance.now() < end; step++) {
    const angle = step / 12;
    await page.mouse.move(ground.x + 240 * Math.sin(angle), ground.y + 120 * Math.sin(angle / 2));
  }
  const frames = await recorded;
  await page.mouse.move(ground.x + 200, ground.y + 100);
  const after = await viewport(page);
  await page.mouse.up();
  if (after === before) throw new Error("The graph did not move while it was dragged.");
  return frames;
}

/** How many nodes, and how many arrows, stand on the graph. */
export async function countGraph(page: Page): Promise<{ readonly nodes: number; readonly edges: number }> {
  const [nodes, edges] = await Promise.all(
    [".react-flow__node-journey", "[data-edge]"].map((selector) => page.locator(selector).count()),
  );
  return { nodes: nodes ?? 0, edges: edges ?? 0 };
}

/** Bytes, as gzip packs them, of every script that the page loads until it rests. */
export async function weighScripts(page: Page, address: string): Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator("h1").waitFor();
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
