/**
 * The Chromium of this machine for whatever looks at the pages: tests, proofs, pictures. Where it is, and how it is started.
 * What is looked for on a page is the caller's matter.
 */
import { accessSync, constants } from "node:fs";
import { chromium } from "playwright-core";

export const CHROMIUM_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

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

/** What of a page must not depend on the machine it is shown on. */
export const PAGE_LOOKS = {
  viewport: { width: 1440, height: 900 },
  reducedMotion: "reduce",
  timezoneId: "UTC",
  locale: "en-GB",
};

/** The path of the browser; undefined when there is none. */
export function findChromium() {
  return CHROMIUM_PLACES.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The caller closes the browser. @throws Error when there is none on this machine */
export function launchChromium() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error(`There is no Chromium on this machine (${CHROMIUM_PLACES.join(", ")}): apt-get install chromium.`);
  return chromium.launch({ executablePath, args: FLAGS });
}
