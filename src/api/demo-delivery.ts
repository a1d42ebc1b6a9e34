/**
 * Plants the demo's initiatives and their measurements. Plans are registered, measured and told on days of the demo's own
 * past; baselines and effects are measured on its events. What happens in them: src/delivery/demo.
 */

import { endBanner, tellBanner } from "../delivery/demo/banner-story.ts";
import { endCheckout, tellCheckout } from "../delivery/demo/checkout-story.ts";
import { type Story, tellStory } from "../delivery/demo/demo-script.ts";
import { tellParcels } from "../delivery/demo/parcels-story.ts";
import { AppError } from "../domain/app-error.ts";
import type { EffectQuestionInput } from "../domain/effect.ts";
import { effectQuestionSchema } from "../domain/effect.ts";
import type { Platform } from "../platform.ts";
import { ANALYSIS_OPERATIONS } from "./analysis-operations.ts";
import { fillAssessment } from "./delivery-benefits.ts";
import { EFFECT_OPERATIONS } from "./effect-operations.ts";
import type { Call } from "./operation.ts";

const GOAL = {
  title: "More orders, delivered as promised",
  kpis: ["conversion", "average-order-value", "late-delivery-share"],
  owner: "Helena Brandt",
};

/** One order per checkout that is started, by week, B against the groups that kept three pages. */
const CHECKOUT: EffectQuestionInput = {
  ...{ design: "staged", by: "customer.group", switchOn: { B: "2025-08-01" }, until: "2026-01-01", minEffect: 0.02 },
  metric: { kind: "ratio", event: 'touchpoint = "Order Completed"', per: 'touchpoint = "Checkout Started"' },
};
/** Visits that end in an order, by week, D against the groups that saw no banner. */
const BANNER: EffectQuestionInput = {
  ...{
    design: "staged",
    by: "customer.group",
    switchOn: { D: "2025-08-01" },
    control: ["A", "C"],
    until: "2026-01-01",
  },
  ...{ metric: { kind: "share", event: 'touchpoint = "Order Completed"' }, unit: "session", minEffect: 0.05 },
};

/** The platform on a day of the demo's past. */
function goBack(platform: Platform, day: string): Platform {
  const clock = () => new Date(`${day}T12:00:00.000Z`);
  return { ...platform, clock, state: platform.state.at(clock) };
}

/** Registered in time, and measured after the stop date. @returns its id; that of the one before, where it was cut short */
async function plantEffect(
  platform: Platform,
  call: Call,
  { day, name, why, question }: { day: string; name: string; why: string; question: EffectQuestionInput },
): Promise<number> {
  const planned = { name, why, question: effectQuestionSchema.parse(question) };
  const plan = EFFECT_OPERATIONS["plan-effect"].run(goBack(platform, day), planned, call);
  const id = await plan.then(
    (effect) => effect.id,
    (error: unknown) => {
      if (error instanceof AppError && error.code === "conflict") return Number(error.details.effect);
      throw error;
    },
  );
  await EFFECT_OPERATIONS["measure-effect"].run(goBack(platform, "2026-01-10"), { id }, call);
  return id;
}

/** A KPI as it was on that day: of all that had happened by then. */
async function measureBaseline(platform: Platform, call: Call, id: string, day: string) {
  const { kpis } = await ANALYSIS_OPERATIONS.kpis.run(platform, { kpis: [id], where: `time < "${day}"` }, call);
  const [kpi] = kpis;
  if (kpi?.value == null) throw new Error(`The demo shop has no ${id} to begin with.`);
  return { value: kpi.value, n: kpi.n, low: kpi.low, high: kpi.high, at: `${day}T12:00:00.000Z` };
}

/** Those that were planted before it was cut short are there. */
async function plantStory({ state }: Platform, story: Story): Promise<void> {
  const known = (await state.initiatives.list()).some(({ title }) => title === story.title);
  if (!known) await state.initiatives.add((id) => tellStory(id, story));
}

/** Set before the events are brought in, so that a fill that was cut short is finished by the next one. */
const AWAITED = "demoDelivery";
const SILENT = { changesAnswers: false } as const;

export async function awaitDelivery({ state }: Platform): Promise<void> {
  await state.setSetting(AWAITED, true, SILENT);
}

/** Once, and only where it was awaited: whoever works on in the demo keeps what is there. */
export async function plantDelivery(platform: Platform, call: Call): Promise<void> {
  const { state } = platform;
  if ((await state.getSetting<boolean>(AWAITED)) !== true) return;
  call.onProgress({ phase: "telling what the demo shop changed", done: 0, total: 0, unit: "records" });
  const known = (await state.initiatives.goals()).find(({ title }) => title === GOAL.title);
  const goal = known?.id ?? (await state.initiatives.addGoal(GOAL));
  const checkout = await plantEffect(platform, call, {
    ...{ day: "2025-05-12", name: "One-page checkout for group B", question: CHECKOUT },
    why: "Three pages lose customers between address and payment.",
  });
  const banner = await plantEffect(platform, call, {
    ...{ day: "2025-06-16", name: "Free-shipping banner for group D", question: BANNER },
    why: "Marketing expects that more visits end in an order.",
  });
  const plans = await state.effects.list();
  const assess = (effect: number) => fillAssessment({ effects: [effect] }, { text: "", decision: null }, plans).effects;
  const one = { goal, effect: checkout, baseline: await measureBaseline(platform, call, "conversion", "2025-04-07") };
  await plantStory(platform, endCheckout(tellCheckout(one), assess(checkout)));
  const two = {
    goal,
    effect: banner,
    baseline: await measureBaseline(platform, call, "average-order-value", "2025-05-27"),
  };
  await plantStory(platform, endBanner(tellBanner(two), assess(banner)));
  await plantStory(platform, tellParcels({ goal }));
  await state.setSetting(AWAITED, false, SILENT);
}
