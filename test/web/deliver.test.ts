/**
 * The thread, start to finish in the browser, on the days on which the demo shop might have lived it: a finding becomes an
 * initiative, two timeboxes build it, one group gets it, its effect verifies the finding. docs/walkthrough.md tells the same.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/api/operations.ts";
import { COORDINATOR, MANAGER, SPONSOR, VISIONARY } from "../../src/delivery/demo/demo-cast.ts";
import { describePages, read } from "./browser.ts";
import { type Hands, takeHands } from "./deliver-hands.ts";
import {
  CHAT,
  COLLEAGUES,
  FIRST_REQUIREMENT,
  FIRST_WEEK,
  FIRST_WEEK_LATER,
  REQUIREMENTS,
  SECOND_TIMEBOX,
  SECOND_WEEK,
  STUDY,
  writeOthers,
} from "./deliver-plan.ts";
import { openStory, type Story } from "./deliver-story.ts";

const CUSTOMERS = 1_000;
const FIRST_DAY = "2025-06-09";
const TITLE = "A checkout on one page";
const CHANGE = "Checkout on one page for group B";
const INCREMENT = "One page for group B";
const [PAGE = "", CARD = "", GROUPS = "", POSTCODE = "", BASKET = "", WALLETS = "", SUPPORT = "", HELP = ""] =
  REQUIREMENTS.map(({ title }) => title);
const THE_PAGE = {
  ...{ title: "The page", objective: "Whoever comes back can pay on one page." },
  ...{ start: "2025-06-16", end: "2025-06-27", capacity: "12" },
};
const FIT_TO_SHOW = {
  ...{ title: "Fit to be shown", objective: "Group B can be shown the page." },
  ...{ start: "2025-06-30", end: "2025-07-11", capacity: "7" },
};
const LEARNT = "Ask support earlier; two weeks were enough.";

// Long, so only in `npm run prove -- demo`, a sample of which CI runs.
const describeDemo = process.env.WAYMARK_DEMO_ROUNDS === undefined ? describe.skip : describePages;

describeDemo("from a finding to its verified effect", { timeout: 180_000 }, () => {
  let story: Story;
  let hands: Hands;

  beforeAll(async () => {
    story = await openStory(FIRST_DAY, CUSTOMERS);
    hands = takeHands(story);
    await story.bringIn(FIRST_DAY);
    await story.server.ask("keep-finding", CHAT);
  }, 300_000);
  afterAll(() => story?.close());

  const region = (name: string) => story.page.getByRole("region", { name });
  /** What the gate of a phase says from then on. */
  const pass = (phase: string, reason: string) =>
    hands.fillIn(`Decide the gate of ${phase}`, { go: true, Reason: reason }, "Record the decision");

  test("the top finding becomes an initiative", async () => {
    const { page, browser } = story;
    await story.goTo("diagnose/findings");
    await page.getByRole("row").nth(1).getByRole("link").click();
    await page.getByTestId("finding-title").waitFor();
    expect(await read(page.getByTestId("finding-title"))).toBe(CHAT.title);
    const dialog = await hands.open("Make an initiative", "Make an initiative");
    await hands.fill(dialog, { "Title of the initiative": TITLE });
    await hands.press("Begin it", dialog);
    // Nobody has said yet who it is that works here.
    await hands.fill(page.getByTestId("author-question"), { "Your name": MANAGER });
    await hands.press("Go on");
    await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
    await browser.settle(page);
    expect(await read(page.getByTestId("acted-finding"))).toContain(CHAT.title);
    await hands.press("Enter: Feasibility");
    await pass("Feasibility", "It can be built with what we have, and it pays within a year.");
    await hands.press("Enter: Business study");
    expect((await story.report()).activePhases).toEqual(["business-study"]);
    expect(await story.barriers()).toEqual([]);
  });

  test("the business study: roles, a department, a KPI, requirements with priorities and their reasons", async () => {
    const { page } = story;
    await story.on("2025-06-10");
    await hands.tab("people");
    expect(await read(page.getByTestId("missing-roles"))).toContain("Business visionary");
    expect(await story.barriers()).toEqual([]);
    await hands.fillIn("Assign: Business sponsor", { Person: SPONSOR }, "Assign");
    await hands.fillIn("Add a department", { Department: "Payments", Stakeholder: COORDINATOR }, "Save");
    await story.live(COLLEAGUES);
    await hands.tab("overview");
    await hands.fillIn("Add a KPI", { KPI: { choose: "conversion" } }, "Save");
    expect(await read(region("KPIs it shall move"))).toContain("no baseline");

    await hands.tab("requirements");
    const drawer = await hands.open("Add a requirement", "A new requirement");
    await hands.write(drawer, FIRST_REQUIREMENT);
    await hands.press("Add the requirement", drawer);
    const priority = await hands.open("Decide the priority of the project", "Priority, project");
    await priority.getByLabel("Must", { exact: true }).check();
    await hands.fill(priority, { Reason: FIRST_REQUIREMENT.because });
    await hands.send("Decide", priority);
    expect(await read(page.getByTestId("priority-history"))).toContain(FIRST_REQUIREMENT.because);
    expect(await story.barriers()).toEqual([]);

    await story.live([...writeOthers("2025-06-11"), ...STUDY]);
    await hands.tab("requirements");
    expect(await read(page.getByTestId("share-lines"))).toMatch(/Must 56 %.*Should 21 %.*Could 24 %/u);
    expect(await story.barriers()).toEqual([]);
  });

  test("planning objects to 75 % Must, a missing visionary and a KPI without baseline, until each is mended", async () => {
    const { page } = story;
    await story.on("2025-06-13");
    await hands.tab("timeboxes");
    await hands.fillIn("Add an increment", { Title: INCREMENT }, "Add it");
    const first = await hands.plan(INCREMENT, THE_PAGE, [PAGE, GROUPS, POSTCODE]);
    const objections = page.getByTestId("objections");
    const said = await read(objections);
    expect(said).toContain("75 % of the effort is Must");
    expect(said).toContain("Nobody is business visionary");
    expect(said).toMatch(/conversion.* has no baseline/iu);
    expect(await story.barriers()).toEqual([]);
    await story.picture("objections", first);
    await hands.fill(first, { [WALLETS]: true, [SUPPORT]: true });
    expect(await read(objections)).not.toContain("Must");
    await hands.send("Leave it", first);

    await hands.tab("people");
    await hands.fillIn("Assign: Business visionary", { Person: VISIONARY }, "Assign");
    expect(await page.getByTestId("missing-roles").count()).toBe(0);
    await hands.tab("overview");
    const kpi = await hands.open("Baseline and target of Conversion", "Conversion");
    await hands.press("Measure it now", kpi);
    await hands.fill(kpi, { Target: "17" });
    await kpi.getByText("Reaching this target would be a step back").waitFor();
    await hands.fill(kpi, { Target: "55" });
    await hands.send("Save", kpi);

    for (const [frame, picks] of [
      [THE_PAGE, [PAGE, GROUPS, POSTCODE, WALLETS, SUPPORT]],
      [FIT_TO_SHOW, [CARD, BASKET, HELP]],
    ] as const) {
      await hands.tab("timeboxes");
      const dialog = await hands.plan(INCREMENT, frame, picks);
      expect(await objections.count()).toBe(0);
      await hands.send("Plan the timebox", dialog);
    }
    expect((await story.report()).timeboxes).toHaveLength(2);
    expect(await story.barriers()).toEqual([]);
  });

  test("the measurement is registered before the work begins, and the study passes its gate", async () => {
    const { page, browser } = story;
    await hands.tab("effect");
    await page.getByRole("link", { name: "Plan a measurement" }).click();
    await page.getByLabel("The number that matters").selectOption("ratio");
    await hands.pick("Touchpoints that count", "Order Completed");
    await hands.pick("Out of which touchpoints", "Checkout Started");
    await page.getByRole("radio", { name: /^By chance/u }).check();
    await hands.pick("What tells the groups apart", "group");
    await hands.type("Who gets the change", "B");
    await hands.type("Whom it is compared with", "A");
    const days = { "Switch-on": "2025-08-01", "Stop date": "2026-01-01" };
    const worth = { "Least effect worth having": "2", "Name of the change": CHANGE };
    await hands.fill(page.locator("main"), { ...days, ...worth });
    await page.getByTestId("foresight").getByText("whole week").first().waitFor();
    expect(await read(region("Register it"))).not.toContain("registered late");
    expect(await story.barriers()).toEqual([]);
    await page.getByRole("button", { name: "Register the measurement" }).click();
    await page.getByTestId("effect-name").waitFor();
    await browser.settle(page);
    await hands.tab("effect");
    await hands.fillIn("Register an existing one", { Measurement: { choose: CHANGE } }, "Judge it by this");
    expect(await read(page.getByTestId("registered-effect"))).toContain("Not switched on yet.");

    await hands.tab("overview");
    await pass("Business study", "Scope, plan and measurement are agreed.");
    const { initiative, health } = await story.report();
    expect(initiative.baseline?.scope).toHaveLength(REQUIREMENTS.length);
    expect(health).toEqual([]);
    await story.picture("phases", region("Phases"));
  });

  test("a Must of the first timebox is at risk: Coulds are proposed to be dropped, and are", async () => {
    const { page, browser } = story;
    const { cell } = hands;
    await story.on("2025-06-16");
    await hands.tab("overview");
    await hands.press("Enter: Functional model iteration");
    await hands.press("Enter: Design and build iteration");
    await hands.board(1);
    const kickOff = await hands.open("Kick-off", "Kick off “The page”");
    expect(await read(kickOff)).not.toContain("Before you do");
    await hands.send("Kick it off", kickOff);
    await cell("should/to-do").getByText(POSTCODE).dragTo(cell("should/doing"));
    await cell("should/doing").getByText(POSTCODE).waitFor();
    expect(await story.barriers()).toEqual([]);

    await story.live(FIRST_WEEK);
    await story.goTo("deliver/timebox?initiative=1&timebox=1&tab=stand-ups");
    await hands.fill(region("Stand-ups"), {
      "What was done since the last one?": "Half of the postcodes.",
      "What is next?": "The other half; the page takes longer than thought.",
    });
    await hands.press("Note the stand-up");
    await page.getByTestId("stand-ups").getByText("Half of the postcodes.").waitFor();
    expect(await story.barriers()).toEqual([]);

    await story.live(FIRST_WEEK_LATER);
    await hands.board(1);
    await cell("should/doing").locator("[data-card]").focus();
    for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
    const move = page.getByRole("dialog", { name: POSTCODE });
    await hands.fill(move, { "How was it tested?": "Forty postcodes, thirty-nine streets." });
    await hands.send("Move it", move);
    await cell("should/done").getByText(POSTCODE).waitFor();
    await browser.settle(page);

    await story.on("2025-06-23");
    await hands.board(1);
    const risk = page.getByTestId("must-at-risk");
    expect(await read(risk)).toContain(GROUPS);
    const proposed = await page.locator("[data-drop]").allInnerTexts();
    expect(proposed).toEqual([expect.stringContaining(WALLETS), expect.stringContaining(SUPPORT)]);
    await story.picture("must-at-risk", risk);
    const drop = await hands.open("Drop these", "Drop to save a Must");
    await drop.getByLabel("Who decided").selectOption(VISIONARY);
    await hands.fill(drop, { "Why these": "Nobody asked for them yet; the page comes first." });
    expect(await story.barriers()).toEqual([]);
    await hands.send("Drop these", drop);
    expect(await risk.count()).toBe(0);
    expect(await read(page.getByTestId("lane"))).toMatch(new RegExp(`${WALLETS}.*${SUPPORT}`, "u"));
    await story.picture("board", region("Board"));
  });

  test("both timeboxes are closed with what was accepted and learnt, and one group gets the increment", async () => {
    await story.live(SECOND_WEEK);
    await story.on("2025-06-27");
    await hands.board(1);
    await hands.closeOut("The page", LEARNT);
    expect(await story.barriers()).toEqual([]);
    await story.on("2025-06-30");
    await hands.board(2);
    await hands.send("Kick it off", await hands.open("Kick-off", "Kick off “Fit to be shown”"));
    await story.live(SECOND_TIMEBOX);
    await story.on("2025-07-11");
    await hands.board(2);
    await hands.closeOut("Fit to be shown", LEARNT);
    const { initiative, velocity } = await story.report();
    const closed = initiative.timeboxes.map(({ closeOut }) => [closeOut?.planned.must, closeOut?.delivered.must]);
    expect(closed).toEqual([
      [6, 6],
      [3.5, 3.5],
    ]);
    expect(velocity).toMatchObject({ n: 2 });

    await story.on("2025-08-01");
    await hands.tab("overview");
    await pass("Functional model iteration", "All Musts are done and accepted.");
    await pass("Design and build iteration", "All Musts are done and accepted.");
    await hands.press("Enter: Implementation");
    await hands.tab("timeboxes");
    const found = {
      "What was found": "As dear as planned; nothing changed outside.",
      "yes, it goes on": true,
    } as const;
    await hands.fillIn(`Review the business case: ${INCREMENT}`, found, "Save the review");
    const group = { "Group it went to first": 'customer.group = "B"' };
    await hands.fillIn(`Deploy: ${INCREMENT}`, group, "It is deployed");
    expect(await read(region(INCREMENT))).toMatch(/deployed 1 Aug 2025, to customer.group = "B" first/u);
  });

  test("the effect is better: the benefits assessment is filled from it, and the finding is verified", async () => {
    const { page, browser } = story;
    await story.on("2026-01-12");
    await story.bringIn();
    await hands.tab("effect");
    await page.getByRole("link", { name: CHANGE }).click();
    await page.getByRole("button", { name: "Measure it" }).click();
    const sentence = page.getByTestId("effect-sentence");
    await sentence.waitFor();
    await browser.settle(page);
    const { measures } = await story.server.ask<Answer<"effect">>("effect", { id: 1 });
    const { verdict, estimate = Number.NaN, n } = measures.at(-1) ?? {};
    expect(verdict).toBe("better");
    expect(await read(sentence)).toContain(`${(estimate * 100).toFixed(1)} per 100 higher`);
    expect(await read(page.getByTestId("effect-checks"))).toContain("Planned before the switch-on: yes.");
    expect(await story.barriers()).toEqual([]);
    await story.picture("verdict", region("In one sentence"));

    await hands.tab("overview");
    await hands.press("Enter: Post-project review");
    await hands.tab("effect");
    const form = await hands.open("Assess the benefits", "Benefits assessment");
    expect(await form.getByLabel("What came of it").inputValue()).toContain(`${CHANGE}: better`);
    expect(await read(form.getByTestId("will-verify"))).toContain(CHAT.title);
    await story.picture("assessment", form);
    await hands.send("Write the assessment", form);
    expect(await read(page.getByTestId("assessment"))).toContain(`n = ${n}`);
    expect(await story.barriers()).toEqual([]);
    await hands.tab("overview");
    await pass("Post-project review", "It did what it was for.");
    const { initiative, health } = await story.report();
    expect(initiative.state).toBe("closed");
    expect(health).toEqual([]);
    await page.getByTestId("acted-finding").getByRole("link").click();
    await page.getByTestId("finding-title").waitFor();
    await browser.settle(page);
    expect(await read(region("The finding"))).toContain("verified");
    expect(await story.barriers()).toEqual([]);
  });

  test("no page had a fault", () => story.browser.expectNoFaults());
});
