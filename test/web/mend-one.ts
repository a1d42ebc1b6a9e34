/**
 * Mending a rejected record in the browser, as a person does: look at the rejects, type one right, read it again.
 * Which import has which rejects is said by the test that asks for it.
 */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** One of two rejects is typed right and comes in; the other one waits. */
export async function mendOne(page: Page, row: Locator): Promise<void> {
  await row.getByRole("button", { name: "Look at the 2 rejected records of import 3" }).click();
  const panel = page.getByRole("region", { name: "Rejected records of import 3" });
  await panel.getByLabel("timestamp, line 4").fill("2024-02-03T10:00:00Z");
  await panel.getByRole("button", { name: "Read 1 corrected record again" }).click();
  await panel.getByText("1 record mended: import 4 added 1 event.").waitFor();
  await panel.getByText("1 record left.").waitFor();
  await panel.getByLabel("timestamp, line 4").waitFor({ state: "detached" });
  expect(await panel.getByLabel("timestamp, line 5").inputValue()).toBe("2024-02-30T25:00:00Z");
  await panel.getByRole("button", { name: "Close" }).click();
  expect(await row.textContent()).toContain("1 mended");
}
