/**
 * Two initiatives of the small shop: one with something on every page of Deliver, one that has only begun.
 * Its timeboxes are in 2090, so that none of them is ever late: what is said of them is the same on every day.
 */
import type { DeliveryAction } from "../../src/domain/dsdm/action.ts";
import type { Priority, PriorityLevel } from "../../src/domain/dsdm/moscow.ts";
import type { DeliveryRole } from "../../src/domain/dsdm/role.ts";
import type { WebServer } from "../web-server.ts";

export const MANAGER = "Mia Keller";

const TEAM: readonly (readonly [person: string, role: DeliveryRole])[] = [
  ["Helena Brandt", "business-sponsor"],
  ["Vera Lind", "business-visionary"],
  ["Theo Okoye", "technical-coordinator"],
  [MANAGER, "project-manager"],
  ["Lea Novak", "team-leader"],
  ["Amir Saleh", "business-ambassador"],
  ["Dan Weber", "solution-developer"],
];

type Wish = readonly [title: string, effort: number, priority: Priority | null, timebox: number | null];

/** The Must of the second timebox takes more than the first one has shown to be possible. */
const WISHES: readonly Wish[] = [
  ["One page for address and payment", 8, "must", 1],
  ["Card errors beside the field", 10, "must", 2],
  ["The basket stays in sight", 2, "should", 2],
  ["Wallet payments", 3, "could", 2],
  ["Support follows a stuck checkout", 4, "could", 3],
  ["Gift wrapping", 2, null, null],
];

const TIMEBOXES = [
  {
    title: "The page itself",
    objective: "A returning customer pays on one page.",
    day: "2090-01-02",
    end: "2090-01-13",
  },
  { title: "Nothing typed is lost", objective: "A refused card keeps it all.", day: "2090-01-16", end: "2090-01-27" },
  { title: "Help when it sticks", objective: "Support sees where it sticks.", day: "2090-01-30", end: "2090-02-10" },
] as const;

type Act = (action: DeliveryAction, more?: { readonly author?: string; readonly reason?: string }) => Promise<void>;

/** Plans the wish into its timebox, with one priority on all levels; each step is told which version it has seen. */
async function placeWish(act: Act, requirement: number, [, , priority, timebox]: Wish): Promise<void> {
  let version = 1;
  const change = (action: object) =>
    act({ ...action, requirement, version: version++ } as DeliveryAction, { reason: "Agreed in the workshop." });
  if (timebox !== null) await change({ type: "plan-requirement", increment: 1, timebox });
  if (priority === null) return;
  const levels: readonly PriorityLevel[] = timebox === null ? ["project"] : ["project", "increment", "timebox"];
  for (const level of levels) await change({ type: "prioritise", level, priority });
}

async function prepare(act: Act): Promise<void> {
  await act({ type: "enter-phase", phase: "business-study" });
  for (const [person, role] of TEAM) await act({ type: "assign-role", person, role });
  await act({ type: "set-department", department: "Support", stakeholder: "Amir Saleh", interest: null });
  const baseline = { value: 0.55, n: 60, low: 0.42, high: 0.67, at: "2024-03-01T00:00:00.000Z" };
  await act({ type: "set-kpi", kpi: "conversion", baseline, target: 0.6 });
  await act({ type: "edit-initiative", benefit: { monthly: 500, text: "More orders.", expected: true } });
  await act({ type: "register-effect", effect: 1 });
  await act({ type: "add-constraint", kind: "budget", text: "No second payment provider", phase: "implementation" });
  await act({
    ...{ type: "hold-workshop", title: "What checkout needs", day: "2024-03-04", objective: null },
    ...{ facilitator: null, participants: ["Vera Lind", "Dan Weber"], outcome: "Six requirements." },
  });
  await act({ type: "answer-questionnaire", stage: "foundations", statement: 3, score: 2, action: "Ask weekly." });
}

async function plan(act: Act): Promise<void> {
  await act({ type: "add-increment", title: "First release" });
  for (const { title, objective, day: start, end } of TIMEBOXES)
    await act({ type: "plan-timebox", increment: 1, title, objective, format: "structured", start, end, capacity: 15 });
  for (const [index, wish] of WISHES.entries()) {
    const [title, effort] = wish;
    const need = { finding: 1, kpi: "conversion", goal: 1 };
    await act({ type: "add-requirement", title, effort, need, owner: "Amir Saleh", acceptance: [`Tried: ${title}.`] });
    await placeWish(act, index + 1, wish);
  }
  await act({ type: "decide-gate", phase: "business-study", decision: "go" }, { reason: "The plan holds." });
  await act({ type: "enter-phase", phase: "design-and-build" });
}

async function develop(act: Act): Promise<void> {
  await act({ type: "kick-off", timebox: 1 });
  await act({ type: "add-evidence", requirement: 1, text: "Ten customers paid on it.", passed: true });
  await act({ type: "progress-requirement", requirement: 1, state: "done" });
  await act({ type: "review-stage", timebox: 1, stage: "consolidation", feedback: null });
  const accepters = [
    { person: "Vera Lind", role: "business-visionary" },
    { person: "Theo Okoye", role: "technical-coordinator" },
  ] as const;
  await act({ type: "close-out", timebox: 1, accepters: [...accepters], retrospective: "Test earlier.", carry: [] });
  await act({ type: "kick-off", timebox: 2 });
  await act({ type: "progress-requirement", requirement: 2, state: "doing", remaining: 9 });
  await act({ type: "raise-blocker", timebox: 2, requirement: 2, text: "The bank's test system is down" });
  const note = { done: "Fields and their messages", next: "The bank's answers", inTheWay: null, hours: null };
  await act({ type: "stand-up", timebox: 2, day: "2024-03-05", ...note });
  await act({ type: "give-feedback", text: "Older customers look for the basket", negative: true, timebox: 2 });
  await act({ type: "raise-exception", text: "The bank answers a week late", timebox: 2 });
  const today = new Date().toISOString().slice(0, 10);
  await act({ type: "deploy-increment", increment: 1, day: today, group: "gold customers" });
}

/** A goal, initiative 1 with a closed, a running and a planned timebox, and initiative 2 that has nothing yet. */
export async function bringInDelivery({ ask }: WebServer): Promise<void> {
  const author = MANAGER;
  await ask("add-goal", { title: "More visits end in an order", kpis: ["conversion"], owner: "Helena Brandt" });
  const start = { title: "Checkout on one page", goal: 1, findings: [1], author };
  await ask("create-initiative", { ...start, summary: "Address, delivery and payment on one page." });
  const act: Act = async (action, more) => {
    await ask("change-initiative", { id: 1, author, action, ...more });
  };
  await prepare(act);
  await plan(act);
  await develop(act);
  await ask("create-initiative", { title: "Fewer returns", author });
}
