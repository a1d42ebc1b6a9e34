/**
 * Checks the parts of a plain difference against plain loops over touches that a test knows.
 * It makes no touches; those, and their levels, come from moment-tallies.test.ts.
 */
import { expect } from "vitest";
import { experienceOf, type MomentCandidate, presenceOf } from "./moment-candidates.ts";
import { explainDifference } from "./moment-reasons.ts";
import type { SampleTouch } from "./moment-sample.ts";
import { UNIT } from "./moment-score.ts";
import { type MomentStudy, measureEffects, scoreFor } from "./moment-study.ts";

export interface KnownTouch {
  readonly id: number;
  readonly shown: boolean;
  readonly step: number;
  /** Its own score. */
  readonly score: number | null;
  readonly history: SampleTouch;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** 1: exposed, 2: others, 0: neither. */
function sideOf({ id, shown, score, history }: KnownTouch, own: MomentCandidate, deciding: readonly number[]): number {
  if (history.result === null) return 0;
  if (own.contrast === "presence") return !shown || deciding.includes(id) ? 0 : id === own.touch ? 1 : 2;
  return id !== own.touch || score === null ? 0 : score <= 1 ? 1 : 2;
}

async function checkCandidate(study: MomentStudy, own: MomentCandidate, touches: readonly KnownTouch[]) {
  const effect = (await measureEffects(study, [own], "outcome")).get("")?.get(`${own.family}/${own.arm}`);
  const found = await explainDifference(study, own, effect);
  const [exposed = [], others = []] = [1, 2].map((side) =>
    touches.filter((touch) => sideOf(touch, own, study.survey.deciding) === side),
  );
  if (!effect || effect.effect === null || effect.crude === null) return expect(found).toEqual([]);
  const results = (side: readonly KnownTouch[]) => mean(side.map(({ history }) => history.result ?? 0));
  const crude = results(exposed) - results(others);
  expect(found.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(crude - effect.effect, 6);

  const score = scoreFor(study, "outcome", own);
  const part = (read: (touch: KnownTouch) => number) => (mean(exposed.map(read)) - mean(others.map(read))) / UNIT;
  const features = ["kind of attempt", "steps so far", "pace", "time since the last event", "what came right before"];
  features.push("funnel stage", "earlier outcomes", "earlier events", "first channel");
  for (const [index, kind] of features.entries()) {
    const expected = part(({ history }) => score.levels[index]?.[history.levels[index] ?? 0] ?? 0);
    expect(found.find((reason) => reason.kind === kind)?.difference ?? 0, kind).toBeCloseTo(expected, 8);
  }
  const seen = found.filter(({ kind }) => kind.endsWith("seen"));
  const flags = part(({ history }) => history.seen.reduce((sum, flag) => sum + (score.flags[flag] ?? 0), 0));
  expect(seen.reduce((sum, { difference }) => sum + difference, 0)).toBeCloseTo(flags, 8);
  for (const { name, exposed: share } of seen) {
    const flag = study.history.flags.findIndex(
      (id) => study.context.touchpoints.find((one) => one.name === name)?.id === id,
    );
    if (name !== null)
      expect(share).toBeCloseTo(mean(exposed.map(({ history }) => Number(history.seen.includes(flag)))), 9);
  }
  const steps = found.find(({ kind }) => kind === "steps so far");
  if (steps) expect(steps.others).toBeCloseTo(mean(others.map(({ step }) => Math.min(step, 15))), 9);
}

/** One touchpoint that happened, and one that was scored badly. */
export async function checkReasons(study: MomentStudy, touches: readonly KnownTouch[]): Promise<void> {
  const [happened, scored] = study.context.touchpoints;
  if (!happened || !scored) throw new Error("two touchpoints are needed");
  await checkCandidate(study, presenceOf(happened), touches);
  await checkCandidate(study, experienceOf(scored, { kind: "score", scale: "1-5", atMost: 1 }, 1), touches);
}
