/**
 * Editing the steps of a funnel: each is a name, with a trailing "?" when it may be missed. Pure; the address holds them.
 */

export interface FunnelStep {
  readonly touchpoint: string;
  readonly optional: boolean;
}

/** @param names the catalogue: a touchpoint may itself end with "?" */
export function readStep(text: string, names: readonly string[]): FunnelStep {
  if (names.includes(text) || !text.endsWith("?")) return { touchpoint: text, optional: false };
  return { touchpoint: text.slice(0, -1), optional: true };
}

export function writeStep({ touchpoint, optional }: FunnelStep): string {
  return optional ? `${touchpoint}?` : touchpoint;
}

/** The first step is never optional: nobody could enter by it. */
function firstRequired(steps: readonly FunnelStep[]): FunnelStep[] {
  return steps.map((step, index) => (index === 0 ? { ...step, optional: false } : step));
}

/** Moves a step up (−1) or down (1); at the end it stays. */
export function moveStep(steps: readonly FunnelStep[], index: number, by: -1 | 1): FunnelStep[] {
  const [here, there] = [steps[index], steps[index + by]];
  if (!here || !there) return [...steps];
  return firstRequired(steps.with(index, there).with(index + by, here));
}

export function removeStep(steps: readonly FunnelStep[], index: number): FunnelStep[] {
  return firstRequired(steps.toSpliced(index, 1));
}

export function replaceStep(steps: readonly FunnelStep[], index: number, step: FunnelStep): FunnelStep[] {
  return firstRequired(steps.with(index, step));
}

export function addStep(steps: readonly FunnelStep[], touchpoint: string): FunnelStep[] {
  return [...steps, { touchpoint, optional: false }];
}
