/**
 * The health of initiatives: which rules they break, and from where on the rules with a threshold fire.
 * The rules themselves, with their numbers, are in src/delivery/rules.
 */
import { z } from "zod";
import { checkHealth } from "../delivery/rules/check-health.ts";
import { AppError } from "../domain/app-error.ts";
import { brokenRuleSchema, type HealthThresholds, healthThresholdsSchema } from "../domain/dsdm/health.ts";
import { readSurroundings, readThresholds, writeThresholds } from "./delivery-context.ts";
import { defineOperation } from "./operation.ts";

const health = defineOperation({
  summary: "The rules of DSDM that initiatives break: where, which principle that hurts, and what to do.",
  input: z.strictObject({
    /** Of this one only. */
    initiative: z.int().min(1).optional(),
  }),
  output: z.object({ rules: z.array(brokenRuleSchema) }),
  local: false,
  run: async (platform, { initiative }, call) => {
    const { initiatives } = platform.state;
    const asked = initiative === undefined ? await initiatives.list() : [await initiatives.get(initiative)];
    return { rules: checkHealth(asked, await readSurroundings(platform, call)) };
  },
});

const healthThresholds = defineOperation({
  summary: "From where on the health rules with a threshold fire.",
  input: z.strictObject({}),
  output: healthThresholdsSchema,
  local: false,
  run: (platform) => readThresholds(platform),
});

type Shape = typeof healthThresholdsSchema.shape;

/** What is left out stays: in a change nothing falls back to its default. */
const changeSchema = z
  .strictObject(
    Object.fromEntries(
      Object.entries(healthThresholdsSchema.shape).map(([name, schema]) => [name, schema.unwrap().optional()]),
    ) as { readonly [Name in keyof Shape]: z.ZodOptional<ReturnType<Shape[Name]["unwrap"]>> },
  )
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: `give a threshold: ${Object.keys(healthThresholdsSchema.shape).join(", ")}`,
  });

function checkTeam({ leastTeam, mostTeam }: HealthThresholds): void {
  if (leastTeam <= mostTeam) return;
  throw new AppError("invalid", `A team of at least ${leastTeam} cannot have at most ${mostTeam} people.`, {
    fields: [{ field: "leastTeam", message: "is above mostTeam" }],
  });
}

const setHealthThresholds = defineOperation({
  summary: "Changes thresholds of the health rules; what is left out stays.",
  input: changeSchema,
  output: healthThresholdsSchema,
  local: false,
  run: async (platform, change) => {
    const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next: HealthThresholds = { ...(await readThresholds(platform)), ...said };
    checkTeam(next);
    await writeThresholds(platform, next);
    return next;
  },
});

export const DELIVERY_HEALTH_OPERATIONS = {
  health,
  "health-thresholds": healthThresholds,
  "set-health-thresholds": setHealthThresholds,
} as const;
