/**
 * The seam to initiatives: one document each, with a record of every change that nobody edits; and the goals above them.
 * A part of the state store. No answer of an analysis depends on any of it. What may be done is said by src/delivery.
 */
import type { DeliveryRecord, Goal, Initiative } from "../domain/dsdm/initiative.ts";

/** One that begins has one record; one that comes with a past has one for each version, the oldest first. */
export interface NewInitiative {
  readonly initiative: Initiative;
  readonly records: readonly DeliveryRecord[];
}

/** A document as it became, and what is written down of it. Its version is the one after that of the document it came from. */
export interface InitiativeChange {
  readonly after: Initiative;
  readonly record: DeliveryRecord;
}

export interface RecordQuery {
  /** Only those of one subject, as "requirement 3", and those whose changes touch it. */
  readonly subject?: string;
  /** Only older ones than the one that made this version. */
  readonly before?: number;
  readonly limit: number;
}

export interface RecordPage {
  /** The newest first. */
  readonly records: readonly DeliveryRecord[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** What is left out stays. */
export type GoalChange = Partial<Omit<Goal, "id">>;

export interface InitiativeStore {
  /** In the order they were begun. One read, however many. */
  list(): Promise<readonly Initiative[]>;
  /** @throws AppError not-found */
  get(id: number): Promise<Initiative>;
  /**
   * Begins an initiative and returns its id, which is never used again.
   * @param make what it is, given its id, with a record of each version; what it throws is thrown, and nothing stays
   */
  add(make: (id: number) => NewInitiative): Promise<number>;
  /**
   * Document and record change together, or neither does. Two changes of one initiative take turns: the second one is given
   * what the first one made.
   * @param work run when it is this change's turn; what it throws is thrown, and nothing stays
   * @returns the document as it became
   * @throws AppError not-found
   */
  change(id: number, work: (before: Initiative) => InitiativeChange): Promise<Initiative>;
  /** @throws AppError not-found */
  records(id: number, query: RecordQuery): Promise<RecordPage>;

  /** In the order they were written down. */
  goals(): Promise<readonly Goal[]>;
  /** @returns the goal's id, which is never used again */
  addGoal(goal: Omit<Goal, "id">): Promise<number>;
  /** @throws AppError not-found */
  updateGoal(id: number, change: GoalChange): Promise<void>;
}
