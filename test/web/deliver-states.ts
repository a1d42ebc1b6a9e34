/**
 * The states of the Deliver pages that pages.test.ts reads: nothing there, an initiative that has only begun, and one with
 * something on every page (small-delivery.ts). What can be done on them is in the stories.
 */
import type { Page } from "playwright-core";
import { TABS } from "../../web/pages/deliver/initiative/initiative-search.ts";
import { TIMEBOX_TABS } from "../../web/pages/deliver/timebox/timebox-search.ts";

/** As in pages.test.ts. */
interface State {
  readonly name: string;
  readonly address: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

export const DELIVER_EMPTY: readonly State[] = [
  "portfolio",
  "initiative",
  "timebox",
  "calendar",
  "health",
  "progress",
].map((page) => ({ name: `deliver-${page}-empty`, address: `demo/deliver/${page}` }));

/** The first weeks of 2090. */
const WEEKS = "start=2089-12-26";

/** Looked at in the dark and on a tablet too. */
export const DELIVER_FILLED: readonly State[] = [
  { name: "deliver-portfolio", address: "main/deliver/portfolio" },
  { name: "deliver-initiative-requirements", address: "main/deliver/initiative?id=1&tab=requirements" },
  { name: "deliver-timebox-running", address: "main/deliver/timebox?initiative=1&timebox=2" },
  { name: "deliver-health", address: "main/deliver/health" },
];

export const DELIVER_STATES: readonly State[] = [
  ...TABS.filter((tab) => tab !== "requirements").map((tab) => ({
    name: `deliver-initiative-${tab}`,
    address: `main/deliver/initiative?id=1&tab=${tab}`,
  })),
  ...TABS.map((tab) => ({
    name: `deliver-initiative-${tab}-begun`,
    address: `main/deliver/initiative?id=2&tab=${tab}`,
  })),
  { name: "deliver-initiative-unknown", address: "main/deliver/initiative?id=9" },
  { name: "deliver-requirement", address: "main/deliver/initiative?id=1&tab=requirements&requirement=2" },
  { name: "deliver-requirement-add", address: "main/deliver/initiative?id=1&tab=requirements&add=requirement" },
  {
    name: "deliver-initiative-plan",
    address: "main/deliver/initiative?id=1&tab=timeboxes",
    act: press(/^Plan a timebox/u),
  },
  ...["feasibility", "foundations", "benefits", "timebox-review&timebox=1"].map((document) => ({
    name: `deliver-document-${document.replace(/&.*/u, "")}`,
    address: `main/deliver/initiative?id=1&tab=documents&document=${document}`,
  })),
  ...TIMEBOX_TABS.filter((tab) => tab !== "board").map((tab) => ({
    name: `deliver-timebox-running-${tab}`,
    address: `main/deliver/timebox?initiative=1&timebox=2&tab=${tab}`,
  })),
  {
    name: "deliver-timebox-close-out",
    address: "main/deliver/timebox?initiative=1&timebox=2",
    act: press("Close-out"),
  },
  { name: "deliver-timebox-planned", address: "main/deliver/timebox?initiative=1&timebox=3" },
  { name: "deliver-timebox-kick-off", address: "main/deliver/timebox?initiative=1&timebox=3", act: press("Kick-off") },
  { name: "deliver-timebox-closed", address: "main/deliver/timebox?initiative=1&timebox=1" },
  { name: "deliver-timebox-closed-history", address: "main/deliver/timebox?initiative=1&timebox=1&tab=history" },
  { name: "deliver-timebox-unknown", address: "main/deliver/timebox?initiative=1&timebox=9" },
  { name: "deliver-calendar", address: `main/deliver/calendar?${WEEKS}` },
  { name: "deliver-calendar-table", address: `main/deliver/calendar?${WEEKS}`, act: press("As table") },
  { name: "deliver-health-none", address: "main/deliver/health?initiative=2&severity=error" },
  { name: "deliver-progress", address: "main/deliver/progress?initiative=1" },
  { name: "deliver-progress-begun", address: "main/deliver/progress?initiative=2" },
  { name: "deliver-portfolio-start", address: "main/deliver/portfolio", act: press("New initiative") },
];

/** What `npm test` looks at besides DELIVER_FILLED. */
export const DELIVER_LOOKED_AT: readonly string[] = ["deliver-portfolio-empty", "deliver-timebox-close-out"];
