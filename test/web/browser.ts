/**
 * A real Chromium for the tests of pages: found on this machine, started once a test file, every page watched for faults.
 * What a page must show is said by the tests; the server they look at is web-server.ts.
 */
import { accessSync, constants } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { describe } from "vitest";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Quiet, and talking to nobody but the page's own server. */
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function findChromium(): string | undefined {
  return PLACES.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const path = findChromium();
if (path === undefined) {
  const missing = `There is no Chromium on this machine (${PLACES.join(", ")}).`;
  if (process.env.CI) throw new Error(`${missing} Under CI the tests of the pages must run: apt-get install chromium.`);
  process.stderr.write(`skipped: the tests of the pages. ${missing}\n`);
}

/** `describe`, or a skip where there is no Chromium. */
export const describePages: typeof describe | typeof describe.skip = path === undefined ? describe.skip : describe;

export interface OpenBrowser {
  /** A page of its own profile. Faults of any page make `expectNoFaults` fail. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** @throws Error naming every console error, uncaught exception, refused style or script, and failed request so far */
  expectNoFaults(): void;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<OpenBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: path ?? "", args: FLAGS });
  const faults: string[] = [];
  return {
    open: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
      page.on("console", (message) => {
        // A refused question (400, 404) is an answer; the page says so itself.
        const refused = /status of 4\d\d/u.test(message.text());
        if (message.type() === "error" && !refused) faults.push(`${page.url()}: ${message.text()}`);
      });
      page.on("requestfailed", (request) => {
        const reason = request.failure()?.errorText ?? "";
        if (reason !== "net::ERR_ABORTED") faults.push(`${request.url()}: ${reason}`);
      });
      return page;
    },
    expectNoFaults: () => {
      if (faults.length > 0) throw new Error(`The pages had faults:\n${faults.join("\n")}`);
    },
    close: () => browser.close(),
  };
}
