/**
 * The benefits assessment: filled from the newest measurement of each registered effect, and the only way in which a finding
 * turns verified. How an effect is estimated is in analysis/effect/; the document itself is changed by src/delivery/act.
 */
import { listFindings } from "../delivery/initiative-report.ts";
import type { ActionOf } from "../domain/dsdm/action.ts";
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { EffectPlan } from "../domain/effect-plan.ts";
import type { Platform } from "../platform.ts";

type Assessment = ActionOf<"assess-benefits">;
type Plans = readonly Pick<EffectPlan, "id" | "finding" | "measures">[];

/** The action with what was measured of the initiative's effects. One that was not measured yet is left out. */
export function fillAssessment(
  { effects }: Pick<Initiative, "effects">,
  said: Pick<Assessment, "text" | "decision">,
  plans: Plans,
): Assessment {
  const measured = effects.flatMap((effect) => {
    const newest = plans.find(({ id }) => id === effect)?.measures.at(-1);
    if (!newest) return [];
    const { verdict, n, estimate, low, high } = newest;
    return [{ effect, verdict, n, estimate, low, high }];
  });
  return { type: "assess-benefits", ...said, effects: measured };
}

/**
 * The findings of an initiative that its newest assessment verifies: an effect that is better names the finding, or names
 * none and the initiative has no other. "Indicative better", as a series says it, is not better.
 */
export function findVerified(initiative: Initiative, plans: Plans): number[] {
  const findings = listFindings(initiative);
  const newest = initiative.assessments.at(-1)?.effects ?? [];
  const better = new Set(newest.filter(({ verdict }) => verdict === "better").map(({ effect }) => effect));
  const mended = new Set(plans.flatMap(({ id, finding }) => (better.has(id) ? [finding] : [])));
  return findings.filter((finding) => mended.has(finding) || (mended.has(null) && findings.length === 1));
}

/** After the assessment is written. When this is cut short, the next assessment does what is left. */
export async function verifyFindings({ findings }: Platform["state"], verified: readonly number[]): Promise<void> {
  for (const id of verified)
    if ((await findings.get(id)).status !== "verified") await findings.update(id, { status: "verified" });
}
