/**
 * The seam to registered measurements: plans of effects, frozen at their switch-on, with what was measured and said of them.
 * A part of the state store. No answer depends on any of it: the data version stays. What is measured is said by the operations.
 */
import type { EffectMeasure, EffectPlan } from "../domain/effect-plan.ts";

/** What is frozen from the switch-on on. */
export type EffectRegistration = Pick<
  EffectPlan,
  "question" | "zone" | "switchOn" | "until" | "baseline" | "foreseen"
> & {
  /** Equal for questions that are the same. */
  readonly questionHash: string;
};

export type NewEffect = Pick<EffectPlan, "name" | "why" | "finding"> & EffectRegistration;

/** What is left out stays. */
export type EffectChange = Partial<Pick<EffectPlan, "name" | "why" | "finding">> & {
  /** All of it at once: baseline and power belong to their question. Refused from the present switch-on on. */
  readonly registration?: EffectRegistration;
};

type EffectComment = EffectPlan["comments"][number];

export interface EffectStore {
  /** In the order they were planned, each with its measurements (by data version) and comments (as they were written). */
  list(): Promise<readonly EffectPlan[]>;
  /** @throws AppError not-found */
  get(id: number): Promise<EffectPlan>;
  /** The newest measurement whole; undefined before the first. @throws AppError not-found */
  newestReport(id: number): Promise<unknown>;
  /**
   * Registers a plan, also one whose switch-on is over, and returns its id, which is never used again.
   * @throws AppError conflict when the question is registered already, its details name that effect; not-found (the finding)
   */
  add(effect: NewEffect): Promise<number>;
  /**
   * A new registration counts from now. Two who come at once take turns, and each is judged by the clock of its turn.
   * @throws AppError not-found (also the finding); conflict when it is frozen, or another effect has the question
   */
  update(id: number, change: EffectChange): Promise<void>;
  /** With its comments. @throws AppError not-found; conflict when it is frozen */
  remove(id: number): Promise<void>;
  /** @returns the comment's id. @throws AppError not-found */
  comment(id: number, comment: Pick<EffectComment, "by" | "text">): Promise<number>;
  /**
   * Adds a measurement unless there is one on these or on newer data.
   * @param report the whole answer, JSON
   * @throws AppError not-found; conflict before the switch-on, when there is nothing to measure and the question may change
   */
  measure(id: number, measure: EffectMeasure, report: unknown): Promise<void>;
}
