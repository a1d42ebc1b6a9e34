/**
 * A real Chromium for the tests of pages: found on this machine, started once a test file, every page watched for faults.
 * What a page must show is said by the tests; the server they look at is web-server.ts.
 */
import type { BrowserContextOptions, Locator, Page, Request } from "playwright-core";
import { describe } from "vitest";
import { CHROMIUM_PLACES, findChromium, launchChromium, PAGE_LOOKS } from "../../scripts/chromium.mjs";

const path = findChromium();
if (path === undefined) {
  const missing = `There is no Chromium on this machine (${CHROMIUM_PLACES.join(", ")}).`;
  if (process.env.CI) throw new Error(`${missing} Under CI the tests of the pages must run: apt-get install chromium.`);
  process.stderr.write(`skipped: the tests of the pages. ${missing}\n`);
}

/** `describe`, or a skip where there is no Chromium. */
export const describePages: typeof describe | typeof describe.skip = path === undefined ? describe.skip : describe;

export interface OpenOptions extends BrowserContextOptions {
  /** Faults that the test brings about, such as a server that was stopped. */
  readonly expected?: RegExp;
}

export interface OpenBrowser {
  /** A page of its own profile, without motion. Faults of any page make `expectNoFaults` fail. */
  open(options?: OpenOptions): Promise<Page>;
  /** Resolves when the page asks nothing any more and shows what it got. @throws Error naming what it still waits for */
  settle(page: Page): Promise<void>;
  /**
   * @throws Error naming every console error, uncaught exception, refused style or script, failed request, and request to
   * anybody but the page's own server so far
   */
  expectNoFaults(): void;
  close(): Promise<void>;
}

/** Long, so that a busy machine fails nothing: a page that rests goes on at once. */
const PATIENCE_MS = 60_000;

/** Tells every fault of the page as it happens. */
function watch(page: Page, tell: (fault: string) => void): void {
  page.on("pageerror", (error) => tell(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    // A refused question (400, 404) is an answer; the page says so itself.
    const refused = /status of 4\d\d/u.test(message.text());
    if (message.type() === "error" && !refused) tell(`${page.url()}: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") tell(`${request.url()}: ${reason}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") tell(`${request.url()}: not the page's own server`);
  });
}

/** The requests that are out. */
function track(page: Page): ReadonlySet<Request> {
  const out = new Set<Request>();
  page.on("request", (request) => out.add(request));
  page.on("requestfinished", (request) => out.delete(request));
  page.on("requestfailed", (request) => out.delete(request));
  page.on("framenavigated", (frame) => frame === page.mainFrame() && out.clear());
  return out;
}

/** Two frames on: whatever an answer starts has been started. */
const twoFrames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

async function settlePage(page: Page, out: ReadonlySet<Request>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let calm = 0;
  while (calm < 2) {
    await page.evaluate(twoFrames);
    const busy = await page.locator('[aria-busy="true"]').count();
    const there = await page.locator("h1, [data-testid=empty-state]").count();
    calm = out.size === 0 && busy === 0 && there > 0 ? calm + 1 : 0;
    if (Date.now() < end) continue;
    const asked = [...out].map((request) => `${request.method()} ${request.url()} ${request.postData() ?? ""}`);
    throw new Error(`${page.url()} does not come to rest: ${busy} parts are busy, waiting for ${asked.join("; ")}`);
  }
}

/** Text as a person sees it: every kind of blank is one. */
export async function read(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: blanks between blocks are what a person sees
  return (await locator.innerText()).replaceAll(/\s+/gu, " ");
}

export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await launchChromium();
  const faults: string[] = [];
  const requests = new WeakMap<Page, ReadonlySet<Request>>();
  return {
    open: async ({ expected, ...options } = {}) => {
      const context = await browser.newContext({ ...PAGE_LOOKS, acceptDownloads: true, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      requests.set(page, track(page));
      watch(page, (fault) => {
        if (!expected?.test(fault)) faults.push(fault);
      });
      return page;
    },
    settle: (page) => settlePage(page, requests.get(page) ?? new Set()),
    expectNoFaults: () => {
      if (faults.length > 0) throw new Error(`The pages had faults:\n${faults.join("\n")}`);
    },
    close: () => browser.close(),
  };
}
