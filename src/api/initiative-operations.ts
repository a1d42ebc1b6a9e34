/**
 * Initiatives: begun, looked at, changed by one action at a time, assessed, and their records.
 * What an action does, and what is worked out of an initiative, is in src/delivery.
 */
import { z } from "zod";
import { act, startInitiative } from "../delivery/act/act.ts";
import { writeRecord } from "../delivery/act/record.ts";
import { summariseInitiative } from "../delivery/initiative-report.ts";
import { AppError } from "../domain/app-error.ts";
import { type ActionContext, type DeliveryAction, deliveryActionSchema, personSchema } from "../domain/dsdm/action.ts";
import { deliveryRecordSchema, type Initiative, initiativeSchema } from "../domain/dsdm/initiative.ts";
import { initiativeReportSchema, initiativeSummarySchema } from "../domain/dsdm/report.ts";
import { words } from "../domain/free-text.ts";
import type { Platform } from "../platform.ts";
import { fillAssessment, findVerified, verifyFindings } from "./delivery-benefits.ts";
import { readClock, readDelivery, readReport, readZone } from "./delivery-context.ts";
import { checkNamed, checkReferences } from "./delivery-references.ts";
import { defineOperation } from "./operation.ts";

const idSchema = z.strictObject({ id: z.int().min(1) });
const idOf = z.int().min(1).max(2_147_483_647);
const text = words(5_000);

interface Said {
  readonly id: number;
  readonly author: string;
  readonly reason: string | null;
}

/** Changes a document and writes the record of it, by the clock of this change's turn. */
async function change(
  { state, clock }: Platform,
  { id, author, reason }: Said,
  choose: (before: Initiative) => DeliveryAction,
): Promise<Initiative> {
  const zone = await readZone({ state });
  return state.initiatives.change(id, (before) => {
    const action = choose(before);
    const context: ActionContext = { author, reason, ...readClock(clock(), zone) };
    const after = act(before, action, context);
    return { after, record: writeRecord(before, after, action.type, context) };
  });
}

const initiatives = defineOperation({
  summary: "The initiatives in short: phase, effort, health, the timebox that runs and the verdicts so far.",
  input: z.strictObject({ state: initiativeSchema.shape.state.optional() }),
  output: z.object({ initiatives: z.array(initiativeSummarySchema) }),
  local: false,
  run: async (platform, { state }, call) => {
    const { initiatives, context } = await readDelivery(platform, call);
    const asked = initiatives.filter((one) => state === undefined || one.state === state);
    return { initiatives: asked.map((one) => summariseInitiative(one, context)) };
  },
});

const initiative = defineOperation({
  summary: "One initiative with all that is worked out of it: shares, timeboxes with forecast, missing roles, health.",
  input: idSchema,
  output: initiativeReportSchema,
  local: false,
  run: async (platform, { id }, call) => readReport(platform, await platform.state.initiatives.get(id), call),
});

const createInitiative = defineOperation({
  summary: "Begins an initiative, from findings or for a goal, and answers its id.",
  input: z.strictObject({
    title: words(300),
    summary: text.optional(),
    goal: idOf.optional(),
    findings: z.array(idOf).max(100).optional(),
    author: personSchema,
  }),
  output: idSchema,
  local: false,
  run: async (platform, { title, summary = null, goal = null, findings = [], author }) => {
    const { state, clock } = platform;
    await checkNamed(state, { goal, findings });
    const zone = await readZone(platform);
    const id = await state.initiatives.add((id) => {
      const context = { author, reason: null, ...readClock(clock(), zone) };
      const initiative = startInitiative({ id, title, summary, goal, findings: [...new Set(findings)] }, context);
      return { initiative, records: [writeRecord(null, initiative, "create-initiative", context)] };
    });
    return { id };
  },
});

const changeInitiative = defineOperation({
  summary: "Does one thing to an initiative, such as prioritising a requirement; who, when and why is recorded.",
  input: idSchema.extend({
    author: personSchema,
    /** Needed where priority, scope, date or gate change. */
    reason: words(2_000).optional(),
    action: deliveryActionSchema,
  }),
  output: initiativeReportSchema,
  local: false,
  run: async (platform, { id, author, reason = null, action }, call) => {
    if (action.type === "assess-benefits")
      throw new AppError(
        "invalid",
        "A benefits assessment is filled from what was measured: ask for assess-benefits instead.",
        { field: "action.type" },
      );
    await checkReferences(platform.state, action);
    return readReport(platform, await change(platform, { id, author, reason }, () => action), call);
  },
});

const assessBenefits = defineOperation({
  summary:
    "Writes the benefits assessment from the newest measurement of each registered effect; a finding whose effect is better turns verified.",
  input: idSchema.extend({
    author: personSchema,
    text,
    /** Asked for when no effect says better or worse. */
    decision: text.optional(),
  }),
  output: initiativeReportSchema,
  local: false,
  run: async (platform, { id, author, text, decision = null }, call) => {
    const plans = await platform.state.effects.list();
    const after = await change(platform, { id, author, reason: null }, (before) =>
      fillAssessment(before, { text, decision }, plans),
    );
    await verifyFindings(platform.state, findVerified(after, plans));
    return readReport(platform, after, call);
  },
});

const initiativeRecords = defineOperation({
  summary: "What was done to an initiative, by whom, when and why, the newest first; nobody can change it.",
  input: idSchema.extend({
    /** Only of one part, as "requirement 3" or "timebox 1". */
    subject: words(300).optional(),
    /** Only records before the one of this version: the next page. */
    before: idOf.optional(),
    limit: z.int().min(1).max(500).default(50),
  }),
  output: z.object({
    records: z.array(deliveryRecordSchema),
    /** Whether there are older ones. */
    more: z.boolean(),
  }),
  local: false,
  run: ({ state }, { id, subject, before, limit }) =>
    state.initiatives.records(id, {
      limit,
      ...(subject === undefined ? {} : { subject }),
      ...(before === undefined ? {} : { before }),
    }),
});

export const INITIATIVE_OPERATIONS = {
  initiatives,
  initiative,
  "create-initiative": createInitiative,
  "change-initiative": changeInitiative,
  "assess-benefits": assessBenefits,
  "initiative-records": initiativeRecords,
} as const;
