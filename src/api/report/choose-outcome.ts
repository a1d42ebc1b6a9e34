/**
 * The outcome a report diagnoses when nobody names one: the order that most journeys have, as on the pages.
 * Without orders there is none to guess: the report says how to ask.
 */
import { isHidden } from "../../domain/touchpoint.ts";
import type { Platform } from "../../platform.ts";
import { ANALYSIS_OPERATIONS } from "../analysis-operations.ts";
import type { Scope } from "../answer.ts";
import type { Call } from "../operation.ts";
import { parseInput } from "../problem.ts";

export async function chooseOutcome(platform: Platform, scope: Scope, call: Call): Promise<string | null> {
  const orders = (await platform.state.listTouchpoints()).filter((one) => one.role === "order" && !isHidden(one));
  const [only] = orders;
  if (only === undefined) return null;
  if (orders.length === 1) return expressionOf(only.name);
  const { map } = ANALYSIS_OPERATIONS;
  const { nodes } = await map.run(platform, parseInput(map.input, scope), call);
  const names = new Set(orders.map(({ name }) => name));
  const [commonest] = nodes
    .filter(({ touchpoint }) => names.has(touchpoint))
    .toSorted((a, b) => b.journeys - a.journeys);
  return commonest ? expressionOf(commonest.touchpoint) : null;
}

function expressionOf(name: string): string {
  return `touchpoint = "${name.replace(/["\\]/gu, "\\$&")}"`;
}
