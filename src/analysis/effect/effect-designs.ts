/**
 * Which columns each design needs, and which options mean something to it.
 * A wrong combination is told before any row is read.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EFFECT_DESIGNS } from "./effect-report.ts";

export type EffectDesign = (typeof EFFECT_DESIGNS)[number];

/** Options by their names on the command line. */
export type EffectOption =
  | "unit"
  | "time"
  | "group"
  | "control"
  | "treatment"
  | "treated"
  | "treated-from"
  | "controls"
  | "denominator"
  | "before"
  | "offset"
  | "season"
  | "peeking"
  | "split"
  | "drop-incomplete";

interface DesignOptions {
  readonly needs: readonly EffectOption[];
  readonly takes: readonly EffectOption[];
}

const OVER_TIME = ["treated", "treated-from"] as const;

const OPTIONS: Readonly<Record<EffectDesign, DesignOptions>> = {
  randomised: {
    needs: ["group"],
    takes: ["unit", "control", "treatment", "denominator", "before", "peeking", "split"],
  },
  staged: { needs: ["unit", "time"], takes: [...OVER_TIME, "controls", "drop-incomplete"] },
  synthetic: { needs: ["unit", "time"], takes: [...OVER_TIME, "drop-incomplete"] },
  series: { needs: ["time"], takes: [...OVER_TIME, "offset", "season"] },
};

/**
 * @param given names of the options that were given
 * @throws AppError invalid naming what is missing, what is too much, and what the design takes
 */
export function checkDesignOptions(design: EffectDesign, given: ReadonlySet<EffectOption>): void {
  const { needs, takes } = OPTIONS[design];
  const refusal = (what: string) => new AppError("invalid", what, { design });
  const missing = needs.filter((option) => !given.has(option));
  if (missing.length > 0)
    throw refusal(`The ${design} design needs ${missing.map((one) => `--${one}`).join(" and ")}: name the column.`);
  const known = new Set<EffectOption>([...needs, ...takes]);
  const strange = [...given].find((option) => !known.has(option));
  if (strange !== undefined)
    throw refusal(
      `--${strange} means nothing to the ${design} design; it takes ${[...known].map((one) => `--${one}`).join(", ")}.`,
    );
  if (design === "randomised") return;
  const starts = OVER_TIME.filter((option) => given.has(option));
  if (starts.length !== 1)
    throw refusal(
      `The ${design} design needs either --treated (a column of 0 and 1) or --treated-from (the first treated period).`,
    );
}
