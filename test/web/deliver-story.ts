/**
 * The story of an initiative (deliver.test.ts): the server and the page on the day of the story, the shop's
 * events up to a day, and what colleagues do meanwhile by the API. What people do on the page is deliver-hands.ts.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { packPng } from "../../scripts/pack-png.mjs";
import type { Answer } from "../../src/api/operations.ts";
import type { Step } from "../../src/delivery/demo/demo-script.ts";
import type { DeliveryAction } from "../../src/domain/dsdm/action.ts";
import { DEMO_SHOP } from "../../src/ingest/demo/simulate-shop.ts";
import { writeDemoFiles } from "../../src/ingest/demo/write-demo-files.ts";
import { type MovedClock, openMovedClock } from "../moved-clock.ts";
import { startWebServer, type WebServer } from "../web-server.ts";
import { findBarriers } from "./accessible.ts";
import { type OpenBrowser, openBrowser } from "./browser.ts";
import { bringIn } from "./small-shop.ts";

/** Where the pictures of docs/walkthrough.md go; undefined: none is taken. */
const PICTURES = process.env.WAYMARK_WALKTHROUGH_PICTURES;
const TALL = 1_500;
const SHARP = 1.5;

export interface Story {
  readonly page: Page;
  readonly server: WebServer;
  readonly browser: OpenBrowser;
  /** The shop's events, as a file of what had happened by a day; all of them without one. */
  bringIn(before?: string): Promise<void>;
  /** The server and the page live on that day from now on, from nine o'clock (UTC). */
  on(day: string): Promise<void>;
  /** What a colleague does by the API. */
  tell(author: string, action: DeliveryAction, reason?: string): Promise<Answer<"change-initiative">>;
  /** What colleagues do day by day; the clock goes with them. */
  live(steps: readonly Step[]): Promise<void>;
  report(): Promise<Answer<"initiative">>;
  /** Opens an address below the workspace and waits until it rests. */
  goTo(address: string): Promise<void>;
  /** The page as it is now has no barrier that axe knows. @returns what it found, with the address */
  barriers(): Promise<string[]>;
  /** A picture of that part for the walkthrough, where somebody wants them. */
  picture(name: string, part: Locator): Promise<void>;
  close(): Promise<void>;
}

async function readLines(customers: number): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-story-"));
  const { file } = await writeDemoFiles(folder, { ...DEMO_SHOP, customers });
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  await rm(folder, { recursive: true });
  return lines;
}

function keepBefore(lines: readonly string[], before: string | undefined): string {
  const [head = "", ...events] = lines;
  const time = head.split(",").indexOf("timestamp");
  const happened = before === undefined ? events : events.filter((line) => (line.split(",")[time] ?? "") < before);
  return `${[head, ...happened].join("\n")}\n`;
}

async function takePicture(page: Page, name: string, part: Locator): Promise<void> {
  if (PICTURES === undefined) return;
  const usual = page.viewportSize() ?? { width: 1_440, height: 900 };
  // A dialog is as high as its window lets it.
  await page.setViewportSize({ ...usual, height: TALL });
  await page.mouse.move(0, 0);
  const png = await part.screenshot({ animations: "disabled", caret: "hide" });
  await writeFile(join(PICTURES, `walkthrough-${name}.png`), packPng(png));
  await page.setViewportSize(usual);
}

export async function openStory(firstDay: string, customers: number): Promise<Story> {
  const at = (day: string) => `${day}T09:00:00.000Z`;
  const clock: MovedClock = await openMovedClock(at(firstDay));
  const [server, browser, lines] = await Promise.all([
    startWebServer({ web: true, env: clock.env }),
    openBrowser(),
    readLines(customers),
  ]);
  const page = await browser.open(PICTURES === undefined ? {} : { deviceScaleFactor: SHARP });
  await page.clock.setFixedTime(at(firstDay));
  const goTo = async (address: string) => {
    await page.goto(`${server.url}main/${address}`);
    await browser.settle(page);
  };
  const on: Story["on"] = async (day) => {
    await clock.moveTo(at(day));
    await page.clock.setFixedTime(at(day));
  };
  const tell: Story["tell"] = (author, action, reason) =>
    server.ask("change-initiative", { id: 1, author, action, ...(reason === undefined ? {} : { reason }) });
  return {
    ...{ page, server, browser, goTo, on, tell },
    bringIn: (before) => bringIn(server, "main", { "demo-events.csv": keepBefore(lines, before) }, "demo"),
    live: async (steps) => {
      for (const { day, author, action, reason } of steps) {
        await on(day);
        await tell(author, action, reason);
      }
    },
    report: () => server.ask("initiative", { id: 1 }),
    barriers: async () => {
      await browser.settle(page);
      return (await findBarriers(page)).map((one) => `${page.url()}: ${one}`);
    },
    picture: (name, part) => takePicture(page, name, part),
    close: async () => {
      await browser.close();
      await server.stop();
      await clock.remove();
    },
  };
}
