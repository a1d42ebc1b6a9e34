/**
 * What of the findings page stands in the address: which finding is open, and which status is listed.
 * And the way back: the question a finding was kept with, as the parameters of the page of its moment or pain point.
 */
import { z } from "zod";
import { FINDING_STATUSES, type FindingStatus } from "../../../../src/domain/finding.ts";
import { momentSearchSchema } from "../views/moments-search.ts";
import { painPointSearchSchema } from "../views/pain-search.ts";

export const findingsSearchSchema = z.object({
  /** The finding that is open; without it, all are listed. */
  finding: z.coerce.number().int().min(1).optional().catch(undefined),
  status: z.enum(FINDING_STATUSES).optional().catch(undefined),
});

export const STATUS_WORDS: Readonly<Record<FindingStatus, string>> = {
  open: "open",
  accepted: "accepted",
  dismissed: "dismissed",
  "being-fixed": "being fixed",
  fixed: "fixed",
  verified: "verified",
};

const UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
] as const;

/** 2,592,000,000 → "30d"; undefined: the window of an address that says none. */
export function writeWithin(milliseconds: unknown): string | undefined {
  if (typeof milliseconds !== "number") return undefined;
  const unit = UNITS.find(([size]) => milliseconds % size === 0) ?? UNITS[3];
  return `${milliseconds / unit[0]}${unit[1]}`;
}

const incidentSchema = z
  .object({ segment: z.string().nullable(), from: z.string(), to: z.string() })
  .optional()
  .catch(undefined);

/** The question of a pain point, as far as pages need it: its friction, and which incident of it. */
export function readPain(question: Readonly<Record<string, unknown>>) {
  const incident = incidentSchema.parse(question.incident);
  return { pain: painPointSearchSchema.parse({ ...question, within: writeWithin(question.withinMs) }), incident };
}

/** What a kept question says, as far as pages need it; a field that is not as expected counts as not said. */
export function readQuestion(question: Readonly<Record<string, unknown>>) {
  const { withinMs, journey, from, to, where, outside } = question;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  const moment = momentSearchSchema.parse({ ...question, within: writeWithin(withinMs) });
  return {
    moment,
    scope: {
      journey: text(journey),
      from: text(from),
      to: text(to),
      where: text(where),
      outside: outside === true ? true : undefined,
    },
  };
}
