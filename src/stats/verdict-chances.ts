/**
 * Asked before the start: how likely each verdict will be if the effect is truly so large and its error so small.
 * The verdict on data is in effect-verdict.ts, the error to expect in power.ts.
 */
import type { Verdict } from "./effect-verdict.ts";
import { CONFIDENCE } from "./estimate.ts";
import { normalTail } from "./incomplete-gamma.ts";
import { normalQuantile } from "./quantile.ts";

/**
 * The chance of each of `judgeEffect`'s verdicts for a normal estimate. An effect of exactly the minimum is called better in
 * half of the cases at most, however many units there are, since the estimate must reach it too: plan for a larger one.
 * @param effect the true one; error: of its estimate; minimum: the least effect worth having, 0 or more
 * @example effect 1, error .2, minimum 1 // better .5, inconclusive .5
 */
export function chancesOfVerdicts(
  { effect, error, minimum = 0 }: { readonly effect: number; readonly error: number; readonly minimum?: number },
  higherIsBetter = true,
  confidence = CONFIDENCE,
): Readonly<Record<Verdict, number>> {
  const half = normalQuantile((1 + confidence) / 2) * error;
  const above = (bound: number) => {
    if (error > 0) return normalTail((bound - effect) / error);
    return effect >= bound ? 1 : 0;
  };
  const bound = Math.max(half, Math.abs(minimum));
  const [rise, fall] = [above(bound), error > 0 ? 1 - above(-bound) : Number(effect <= -bound)];
  const room = Math.abs(minimum) - half;
  const same = room > 0 ? Math.max(0, above(-room) - above(room)) : 0;
  const [better, worse] = higherIsBetter ? [rise, fall] : [fall, rise];
  return { better, worse, "no meaningful change": same, inconclusive: Math.max(0, 1 - better - worse - same) };
}
