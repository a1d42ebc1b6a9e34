/**
 * Effects on events: what a change did, asked at once or planned before its switch-on and measured when it is time.
 * How an effect is estimated is in analysis/effect/; no answer depends on a plan.
 */
import { z } from "zod";
import { effectReportSchema } from "../analysis/effect/effect-report.ts";
import { type EffectQuestion, effectQuestionSchema } from "../domain/effect.ts";
import {
  checkRegistered,
  type EffectPlan,
  effectBaselineSchema,
  effectPlanSchema,
  effectStatusSchema,
  FROZEN_QUESTION,
  findFrozen,
  findStatus,
  foreseenPowerSchema,
  plannedQuestionSchema,
  refuseFrozen,
} from "../domain/effect-plan.ts";
import { words } from "../domain/free-text.ts";
import type { Platform } from "../platform.ts";
import { ANALYSIS_OPERATIONS } from "./analysis-operations.ts";
import { ask } from "./ask.ts";
import { foresee, measureRegistered, measureUnregistered, register } from "./effect-registration.ts";
import { type Call, defineOperation } from "./operation.ts";

const LONGEST_QUESTION = 20_000;
const isShort = (question: unknown) => JSON.stringify(question).length <= LONGEST_QUESTION;
const registrable = plannedQuestionSchema.refine(isShort, "is too long to be kept");

const shownSchema = effectPlanSchema.extend({
  /** planned until the switch-on; ended when the clock and the data have passed the stop date. */
  status: effectStatusSchema,
  /** Since when nothing of what is measured may change; null while it may. */
  frozenAt: z.string().nullable(),
  /** Whether it stood before its switch-on, in a sentence: the check of that name in every report of it. */
  registered: z.object({ id: z.string(), passed: z.boolean(), detail: z.string() }),
  /** There are data that it was not measured on. */
  outdated: z.boolean(),
});
type ShownEffect = z.infer<typeof shownSchema>;

/** One in full. */
const wholeSchema = shownSchema.extend({
  /** The newest measurement whole; null before the first. */
  report: effectReportSchema.nullable(),
});
type WholeEffect = z.infer<typeof wholeSchema>;

const idSchema = z.strictObject({ id: z.int().min(1) });

interface Now {
  readonly now: Date;
  readonly dataVersion: number;
  readonly lastEvent: string | null;
}

async function readNow(platform: Platform, call: Call): Promise<Now> {
  const { last, dataVersion } = await ANALYSIS_OPERATIONS.extent.run(platform, {}, call);
  return { now: platform.clock(), dataVersion, lastEvent: last };
}

function show(plan: EffectPlan, { now, dataVersion, lastEvent }: Now): ShownEffect {
  const status = findStatus(plan, now, lastEvent);
  const newest = plan.measures.at(-1)?.dataVersion ?? -1;
  return {
    ...plan,
    status,
    frozenAt: findFrozen(plan, now),
    registered: checkRegistered(plan),
    outdated: status !== "planned" && newest < dataVersion,
  };
}

async function readEffect(platform: Platform, id: number, call: Call): Promise<WholeEffect> {
  const [plan, report, now] = await Promise.all([
    platform.state.effects.get(id),
    platform.state.effects.newestReport(id),
    readNow(platform, call),
  ]);
  return { ...show(plan, now), report: (report as WholeEffect["report"] | undefined) ?? null };
}

const effects = defineOperation({
  summary: "The registered measurements, the newest first, each with how far it is and what was measured.",
  input: z.strictObject({ status: effectStatusSchema.optional() }),
  output: z.object({ effects: z.array(shownSchema) }),
  local: false,
  run: async (platform, { status }, call) => {
    const [plans, now] = await Promise.all([platform.state.effects.list(), readNow(platform, call)]);
    const shown = plans.map((plan) => show(plan, now)).filter((one) => status === undefined || one.status === status);
    return { effects: shown.toReversed() };
  },
});

const effect = defineOperation({
  summary: "One registered measurement: its plan, baseline and power, its history, comments and newest report.",
  input: idSchema,
  output: wholeSchema,
  local: false,
  run: (platform, { id }, call) => readEffect(platform, id, call),
});

const foreseeEffect = defineOperation({
  summary:
    "Before a measurement: the metric as it is, the units and days an effect takes, the smallest that can be seen.",
  input: effectQuestionSchema,
  output: z.object({ baseline: effectBaselineSchema.nullable(), foreseen: foreseenPowerSchema }),
  local: false,
  run: async (platform, question: EffectQuestion, call) => {
    const zone = (await platform.state.getSetting<string>("zone")) ?? "UTC";
    return foresee(platform, { question, zone }, call);
  },
});

const planEffect = defineOperation({
  summary:
    "Registers a measurement before its switch-on, with baseline and foreseen power; frozen from then on. A later one says so forever.",
  input: z.strictObject({
    name: words(200),
    why: words(5_000).optional(),
    /** The finding that the change shall mend. */
    finding: z.int().min(1).optional(),
    /** With switch-on, stop date and the least effect worth having. */
    question: registrable,
  }),
  output: wholeSchema,
  local: false,
  run: async (platform, { name, why = null, finding = null, question }, call) => {
    const registration = await register(platform, question, call);
    const id = await platform.state.effects.add({ name, why, finding, ...registration });
    return readEffect(platform, id, call);
  },
});

const updateEffect = defineOperation({
  summary:
    "Changes a registered measurement: before its switch-on anything, from then on name, notes and finding only.",
  input: idSchema
    .extend({
      name: words(200).optional(),
      /** null takes it away. */
      why: words(5_000).nullable().optional(),
      finding: z.int().min(1).nullable().optional(),
      /** Whole; also the same one, to measure baseline and power anew. */
      question: registrable.optional(),
    })
    .refine(({ id: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
      error: "give a name, notes (why), a finding or a question",
    }),
  output: wholeSchema,
  local: false,
  run: async (platform, { id, name, why, finding, question }, call) => {
    // Before the baseline is measured for nothing; the store looks again when it is this change's turn.
    if (question) refuseFrozen(await platform.state.effects.get(id), platform.clock(), FROZEN_QUESTION);
    await platform.state.effects.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(why === undefined ? {} : { why }),
      ...(finding === undefined ? {} : { finding }),
      ...(question === undefined ? {} : { registration: await register(platform, question, call) }),
    });
    return readEffect(platform, id, call);
  },
});

const commentEffect = defineOperation({
  summary: "Adds a comment to a registered measurement and answers the comment's id.",
  input: idSchema.extend({ text: words(5_000), by: words(200).optional() }),
  output: idSchema,
  local: false,
  run: async ({ state }, { id, text, by }) => ({ id: await state.effects.comment(id, { text, by: by ?? null }) }),
});

const removeEffect = defineOperation({
  summary: "Takes a registered measurement away, before its switch-on only.",
  input: idSchema,
  output: idSchema,
  local: false,
  run: async ({ state }, { id }) => {
    await state.effects.remove(id);
    return { id };
  },
});

const measureEffect = defineOperation({
  summary: "Measures a registered effect on the present data and keeps the numbers beside the earlier ones.",
  input: idSchema,
  output: wholeSchema,
  local: false,
  run: async (platform, { id }, call) => {
    const [plan, now] = await Promise.all([platform.state.effects.get(id), readNow(platform, call)]);
    if (show(plan, now).outdated) {
      const { measure, report } = await measureRegistered(platform, plan, call);
      await platform.state.effects.measure(id, measure, report);
    }
    return readEffect(platform, id, call);
  },
});

export const EFFECT_OPERATIONS = {
  "estimate-effect": ask(
    "estimate-effect",
    "What a change did, asked of the events at once: effect with interval, verdict and checks. Nothing is kept.",
    effectQuestionSchema,
    effectReportSchema,
    measureUnregistered,
  ),
  "foresee-effect": foreseeEffect,
  effects,
  effect,
  "plan-effect": planEffect,
  "update-effect": updateEffect,
  "comment-effect": commentEffect,
  "remove-effect": removeEffect,
  "measure-effect": measureEffect,
} as const;
