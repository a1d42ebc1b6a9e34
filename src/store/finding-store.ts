/**
 * The seam to what people keep of the answers: findings, their measurements and comments. A part of the state store.
 * No answer depends on any of it: the data version stays. What a finding may become is said by the operations.
 */
import type { Finding, FindingComment, FindingMeasure } from "../domain/finding.ts";

export type NewFinding = Pick<Finding, "kind" | "title" | "question"> & {
  /** Equal for questions that are the same. */
  readonly questionHash: string;
  /** The numbers it is kept with. */
  readonly measure: FindingMeasure;
};

/** What is left out stays. */
export type FindingChange = Partial<Pick<Finding, "status" | "owner" | "reason">>;

export interface FindingStore {
  /** In the order they were kept, each with its measurements (by data version) and comments (as they were written). */
  list(): Promise<readonly Finding[]>;
  /** @throws AppError not-found */
  get(id: number): Promise<Finding>;
  /**
   * Keeps a finding as open and returns its id, which is never used again.
   * @throws AppError conflict when the question is kept already; its details name that finding
   */
  add(finding: NewFinding): Promise<number>;
  /**
   * Somebody acted on it. A reason is kept while it is dismissed, and goes with any other status.
   * @throws AppError not-found; invalid (dismissed without a reason, or a reason without being dismissed)
   */
  update(id: number, change: FindingChange): Promise<void>;
  /** Somebody acted on it. @returns the comment's id. @throws AppError not-found */
  comment(id: number, comment: Pick<FindingComment, "by" | "text">): Promise<number>;
  /** Adds a measurement unless there is one on these or on newer data; nobody acted. @throws AppError not-found */
  measure(id: number, measure: FindingMeasure): Promise<void>;
}
