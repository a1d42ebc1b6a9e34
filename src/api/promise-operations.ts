/**
 * Targets for the properties of touchpoints, and for the wait after them, where the events do not say what to expect.
 * How often they are kept is answered by `expectations`.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { WAIT_PROPERTY } from "../domain/friction.ts";
import { PROMISES_SETTING, type PromiseTarget, promiseTargetSchema } from "../domain/promise.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import { defineOperation } from "./operation.ts";

const limit = z.number().nullable().default(null);

const setPromise = defineOperation({
  summary:
    "Sets what customers may expect of a property of a touchpoint: at most, or at least; without both it has no target.",
  input: z.strictObject({
    touchpoint: z.string().min(1).max(1_000),
    property: z.string().min(1).max(1_000),
    atMost: limit,
    atLeast: limit,
  }),
  output: z.object({ promises: z.array(promiseTargetSchema) }),
  local: false,
  run: async ({ state }, { touchpoint, property, atMost, atLeast }) => {
    if (atMost !== null && atLeast !== null)
      throw new AppError("invalid", "A promise has one limit: give «atMost» or «atLeast», not both.", {
        field: "atMost",
      });
    if (property === WAIT_PROPERTY && (atLeast !== null || (atMost !== null && atMost <= 0)))
      throw new AppError("invalid", "«wait» is the hours until the next event: give «atMost», more than 0.", {
        field: atLeast === null ? "atMost" : "atLeast",
      });
    const touchpoints = await state.listTouchpoints();
    const { id, name } = findTouchpoint(touchpoint, touchpoints, "«touchpoint»");
    const stored = (await state.getSetting<readonly PromiseTarget[]>(PROMISES_SETTING)) ?? [];
    // Kept under the name of its day: a renamed touchpoint is still the same one.
    const isSame = (other: PromiseTarget) =>
      other.property === property &&
      touchpoints.some(
        (one) => one.id === id && (one.name === other.touchpoint || one.rawNames.includes(other.touchpoint)),
      );
    const kept = stored.filter((other) => !isSame(other));
    const promises =
      atMost === null && atLeast === null ? kept : [...kept, { touchpoint: name, property, atMost, atLeast }];
    await state.setSetting(PROMISES_SETTING, promises);
    return { promises };
  },
});

export const PROMISE_OPERATIONS = { "set-promise": setPromise } as const;
