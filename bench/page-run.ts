/**
 * The app under measurement: its server on workspaces of their own, and a Chromium whose every page is new to it.
 * It opens and fills; what is measured on a page is in page-moments.ts.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchChromium, PAGE_LOOKS } from "../scripts/chromium.mjs";
import { ensureWeb } from "../scripts/prepare.mjs";
import { type SpawnedServer, spawnServer, workspacesIn } from "../scripts/spawn-server.mjs";

/** The compiled sources, this file among them. */
const COMPILED = fileURLToPath(new URL("../src", import.meta.url));
const MAIN = join(COMPILED, "cli", "main.js");
const PATIENCE_MS = 120_000;

/** Puts the built pages where the compiled server looks for them. @returns their folder */
export async function linkPages(): Promise<string> {
  const built = await ensureWeb();
  if (!built) throw new Error("This clone has no pages to measure.");
  const link = join(COMPILED, "web");
  await rm(link, { recursive: true, force: true });
  await symlink(built, link);
  return built;
}

export class PageRun {
  readonly server: SpawnedServer;
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(server: SpawnedServer, browser: Browser, folder: string) {
    this.server = server;
    this.#browser = browser;
    this.#folder = folder;
  }

  /** @param fill commands that fill the workspaces before the app opens, such as ["import", path, "--yes"] */
  static async open(fill: readonly (readonly string[])[]): Promise<PageRun> {
    const folder = await mkdtemp(join(tmpdir(), "waymark-pages-"));
    try {
      for (const args of fill) {
        const env = workspacesIn(folder);
        const { status } = spawnSync(process.execPath, [MAIN, ...args], {
          env,
          stdio: ["ignore", "ignore", "inherit"],
        });
        if (status !== 0) throw new Error(`waymark ${args.join(" ")} ended with ${status}`);
      }
      const server = await spawnServer({ main: MAIN, folder });
      const browser = await launchChromium().catch(async (error: unknown) => {
        await server.stop();
        throw error;
      });
      return new PageRun(server, browser, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Looks at an address with nothing kept from before, and closes it afterwards. */
  async visit<Result>(address: string, look: (page: Page) => Promise<Result>): Promise<Result> {
    const context = await this.#browser.newContext(PAGE_LOOKS);
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${this.server.url}${address}`, { waitUntil: "networkidle" });
      await page.locator("h1").waitFor();
      return await look(page);
    } finally {
      await context.close();
    }
  }
}
