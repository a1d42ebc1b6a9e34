/**
 * Findings: answers that people keep because they matter, with status, owner and comments, measured again on new data.
 * How they are estimated is in analysis/moment-detail.ts and analysis/pain-point.ts; no answer depends on a finding.
 */
import { z } from "zod";
import type { MomentQuery } from "../analysis/moments-schema.ts";
import { AppError } from "../domain/app-error.ts";
import {
  type Finding,
  type FindingMeasure,
  findingSchema,
  findingStatusSchema,
  isWaiting,
  saidStatusSchema,
} from "../domain/finding.ts";
import { words } from "../domain/free-text.ts";
import type { Platform } from "../platform.ts";
import { measureMoment, pinQuestion, titleMoment } from "./finding-from-moment.ts";
import { measurePainPoint, pinPainQuestion, titlePainPoint } from "./finding-from-pain-point.ts";
import {
  hashQuestion,
  keptMomentSchema,
  keptPainSchema,
  momentQuestionSchema,
  type PainQuestion,
  painQuestionSchema,
} from "./finding-question.ts";
import { MOMENT_OPERATIONS } from "./moment-operations.ts";
import { type Call, defineOperation } from "./operation.ts";
import { PAIN_OPERATIONS } from "./pain-operations.ts";
import { parseInput } from "./problem.ts";

const LONGEST_TITLE = 500;

const shownSchema = findingSchema.extend({
  /** Nobody has acted on it for two weeks although it is not settled. */
  waiting: z.boolean(),
  /** Its newest numbers are from older data. */
  outdated: z.boolean(),
});
type ShownFinding = z.infer<typeof shownSchema>;

const idSchema = z.strictObject({ id: z.int().min(1) });
const keptSchema = z.object({ id: z.int() });

function show(finding: Finding, dataVersion: number, now: Date): ShownFinding {
  const newest = finding.measures.at(-1)?.dataVersion ?? -1;
  return { ...finding, waiting: isWaiting(finding, now), outdated: newest < dataVersion };
}

async function readFinding({ state, clock }: Platform, id: number): Promise<ShownFinding> {
  const [finding, dataVersion] = await Promise.all([state.findings.get(id), state.dataVersion()]);
  return show(finding, dataVersion, clock());
}

const findings = defineOperation({
  summary: "What was kept because it matters: those that wait for somebody first, then the newest.",
  input: z.strictObject({ status: findingStatusSchema.optional() }),
  output: z.object({ findings: z.array(shownSchema) }),
  local: false,
  run: async ({ state, clock }, { status }) => {
    const [kept, dataVersion] = await Promise.all([state.findings.list(), state.dataVersion()]);
    const shown = kept
      .filter((finding) => status === undefined || finding.status === status)
      .map((finding) => show(finding, dataVersion, clock()));
    return { findings: shown.toSorted((a, b) => Number(b.waiting) - Number(a.waiting) || b.id - a.id) };
  },
});

const finding = defineOperation({
  summary: "One finding with the history of its numbers and its comments.",
  input: idSchema,
  output: shownSchema,
  local: false,
  run: (platform, { id }) => readFinding(platform, id),
});

/** A question with its answer: what a finding keeps of it. `title` is undefined where there is nothing to keep. */
interface Asked<Question> {
  readonly title: string | undefined;
  readonly reason: string | undefined;
  readonly pinned: Question;
  readonly measure: FindingMeasure;
}

async function askMoment(platform: Platform, question: unknown, call: Call): Promise<Asked<MomentQuery>> {
  const asked = parseInput(momentQuestionSchema, question);
  const answer = await MOMENT_OPERATIONS.moment.run(platform, asked, call);
  return {
    title: titleMoment(answer) || undefined,
    reason: answer.reason,
    pinned: pinQuestion(asked, answer),
    measure: measureMoment(answer, platform.clock()),
  };
}

async function askPainPoint(platform: Platform, question: unknown, call: Call): Promise<Asked<PainQuestion>> {
  const asked = parseInput(painQuestionSchema, question);
  const { incident: _, ...query } = asked;
  const answer = await PAIN_OPERATIONS["pain-point"].run(platform, query, call);
  return {
    title: titlePainPoint(answer, asked),
    reason: answer.reason,
    pinned: pinPainQuestion(asked, answer),
    measure: measurePainPoint(answer, asked, platform.clock()),
  };
}

const ASK = { moment: askMoment, "pain-point": askPainPoint } as const;

/** Left out: the sentence that says the numbers. */
const title = words(LONGEST_TITLE).optional();

const keepFinding = defineOperation({
  summary: "Keeps the answer about one moment of truth or pain point as a finding, with its first numbers.",
  input: z.discriminatedUnion("kind", [
    /** The question is the input of `moment`. */
    z.strictObject({ kind: z.literal("moment").optional(), title, question: keptMomentSchema }),
    /** The question is the input of `pain-point`. */
    z.strictObject({ kind: z.literal("pain-point"), title, question: keptPainSchema }),
  ]),
  output: keptSchema,
  local: false,
  run: async (platform, { kind = "moment", title: said, question }, call) => {
    const asked = await ASK[kind](platform, question, call);
    if (asked.title === undefined)
      throw new AppError("invalid", `There is nothing to keep: ${asked.reason ?? "the question has no answer."}`);
    const id = await platform.state.findings.add({
      ...{ kind, title: said ?? asked.title.slice(0, LONGEST_TITLE), measure: asked.measure },
      ...{ question: { ...asked.pinned }, questionHash: hashQuestion(kind, asked.pinned) },
    });
    return { id };
  },
});

const updateFinding = defineOperation({
  summary:
    "Changes a finding's status or owner; dismissing it takes a reason, and verified is said by a measured effect.",
  input: idSchema
    .extend({
      status: saidStatusSchema.optional(),
      reason: words(1_000).optional(),
      /** null takes it away. */
      owner: words(200).nullable().optional(),
    })
    .refine(({ id: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
      error: "give a status, a reason or an owner",
    }),
  output: shownSchema,
  local: false,
  run: async (platform, { id, status, reason, owner }) => {
    await platform.state.findings.update(id, {
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason }),
      ...(owner === undefined ? {} : { owner }),
    });
    return readFinding(platform, id);
  },
});

const commentFinding = defineOperation({
  summary: "Adds a comment to a finding and answers the comment's id.",
  input: idSchema.extend({ text: words(5_000), by: words(200).optional() }),
  output: keptSchema,
  local: false,
  run: async ({ state }, { id, text, by }) => ({ id: await state.findings.comment(id, { text, by: by ?? null }) }),
});

const measureFinding = defineOperation({
  summary: "Asks a finding's question again when the data have changed, and keeps the numbers beside the earlier ones.",
  input: idSchema,
  output: shownSchema,
  local: false,
  run: async (platform, { id }, call) => {
    const { kind, question, outdated } = await readFinding(platform, id);
    if (outdated) await platform.state.findings.measure(id, (await ASK[kind](platform, question, call)).measure);
    return readFinding(platform, id);
  },
});

export const FINDING_OPERATIONS = {
  findings,
  finding,
  "keep-finding": keepFinding,
  "update-finding": updateFinding,
  "comment-finding": commentFinding,
  "measure-finding": measureFinding,
} as const;
