/**
 * What a person does on the pages of Deliver: opens, presses, fills in, puts a requirement into a plan, closes a timebox.
 * In which order, and what must be seen, is said by deliver.test.ts.
 */
import type { Locator } from "playwright-core";
import { COORDINATOR, VISIONARY } from "../../src/delivery/demo/demo-cast.ts";
import type { PlannedRequirement } from "../../src/delivery/demo/demo-script.ts";
import type { Story } from "./deliver-story.ts";

/** Label → what is typed; `true`: ticked; `{ choose }`: taken from a list. */
export type Fields = Readonly<Record<string, string | true | { readonly choose: string }>>;

export interface Frame {
  readonly title: string;
  readonly objective: string;
  readonly start: string;
  readonly end: string;
  readonly capacity: string;
}

async function fill(form: Locator, fields: Fields): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label);
    if (value === true) await field.first().check();
    else if (typeof value === "string") await field.first().fill(value);
    else await form.getByLabel(label, { exact: true }).selectOption(value.choose);
  }
}

export function takeHands({ page, browser, goTo }: Pick<Story, "page" | "browser" | "goTo">) {
  const press = async (name: string, where: Locator = page.locator("body")) => {
    await where.getByRole("button", { name, exact: true }).click();
    await browser.settle(page);
  };
  /** Presses a button of a dialog, and waits until the dialog is gone. */
  const send = async (name: string, dialog: Locator) => {
    await press(name, dialog);
    await dialog.waitFor({ state: "detached" });
    await browser.settle(page);
  };
  const open = async (button: string, dialog: string) => {
    await press(button);
    return page.getByRole("dialog", { name: dialog });
  };
  return {
    ...{ press, send, open, fill },
    tab: (name: string) => goTo(`deliver/initiative?id=1&tab=${name}`),
    board: (timebox: number) => goTo(`deliver/timebox?initiative=1&timebox=${timebox}`),
    cell: (key: string) => page.locator(`[data-cell="${key}"]`),
    fillIn: async (button: string, fields: Fields, submit: string) => {
      await press(button);
      await fill(page.getByRole("dialog"), fields);
      await send(submit, page.getByRole("dialog"));
    },
    pick: async (field: string, value: string) => {
      await page.getByRole("combobox", { name: field }).fill(value);
      await page.getByRole("option", { name: value, exact: true }).click();
      await page.keyboard.press("Escape");
    },
    type: async (field: string, value: string) => {
      await page.getByRole("combobox", { name: field }).fill(value);
      for (const key of ["Enter", "Escape"]) await page.keyboard.press(key);
    },
    /** All that is written about a requirement, in the drawer that adds it. */
    write: async (drawer: Locator, requirement: PlannedRequirement) => {
      const { title, acceptance, effort, value, owner, developer = "", tester = "", ifNotMet = "" } = requirement;
      const need = { "or a KPI": { choose: "conversion" }, "Acceptance criteria": acceptance.join("\n") };
      const size = { Effort: String(effort), "Value a month": String(value) };
      const people = { Owner: owner, Developer: developer, Tester: tester, "What if it is not met?": ifNotMet };
      await fill(drawer, { Title: title, ...need, ...size, ...people });
    },
    plan: async (increment: string, { title, objective, start, end, capacity }: Frame, picks: readonly string[]) => {
      const dialog = await open(`Plan a timebox in ${increment}`, `Plan a timebox in “${increment}”`);
      const days = { "First day": start, "Last day": end };
      await fill(dialog, { Title: title, Objective: objective, ...days, Capacity: capacity });
      for (const one of picks) await fill(dialog, { [`${one} (`]: true });
      return dialog;
    },
    closeOut: async (title: string, retrospective: string) => {
      const dialog = await open("Close-out", `Close “${title}”`);
      const accepters = [`${VISIONARY}, business visionary`, `${COORDINATOR}, technical coordinator`];
      for (const one of accepters) await fill(dialog, { [one]: true });
      await fill(dialog, { Retrospective: retrospective });
      await send("Close it", dialog);
    },
  };
}

export type Hands = ReturnType<typeof takeHands>;
