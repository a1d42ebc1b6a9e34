/**
 * What axe-core says of a page, and whether it fits its window. Only serious and critical findings count.
 * Whether a page makes sense read aloud is seen in its ARIA snapshot, by a person.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

declare const axe: { run(context: Document, options: unknown): Promise<AxeResults> };

/** Rules of a moderate or minor impact, which are not counted, and cost most of axe's time. */
const UNCOUNTED = [
  "aria-allowed-role",
  "heading-order",
  "landmark-banner-is-top-level",
  "landmark-contentinfo-is-top-level",
  "landmark-main-is-top-level",
  "landmark-unique",
  "presentation-role-conflict",
  "region",
  "skip-link",
];
const COUNTED = Object.fromEntries(UNCOUNTED.map((rule) => [rule, { enabled: false }]));

/**
 * @param rules only these; default all
 * @returns one line a serious or critical finding, with the elements; empty when there is none
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const choice = rules ? { runOnly: { type: "rule", values: rules } } : { rules: COUNTED };
  // What would be loaded before is for rules on sound and on turned screens.
  const options = { resultTypes: ["violations"], preload: false, ...choice };
  const { violations } = await page.evaluate((given) => axe.run(document, given), options);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => {
      const where = nodes.map(
        ({ target, failureSummary }) => `${target.join(" ")} (${failureSummary?.split("\n").at(-1)?.trim()})`,
      );
      return `${id}, ${help}: ${where.slice(0, 4).join("; ")}`;
    });
}

/** How many px the page can be scrolled sideways, and what sticks out; 0 when it fits. */
export function measureOverflow(page: Page): Promise<{ readonly px: number; readonly what: string }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = [...document.querySelectorAll("#content *")].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const px = Math.max(0, scrollWidth - clientWidth);
    return { px, what: px === 0 ? "" : (out?.outerHTML.slice(0, 200) ?? "outside the content") };
  });
}
