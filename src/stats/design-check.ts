/**
 * The shape of a check that a design makes of its own conditions: passed or not, and why, in a sentence for people.
 * What a failed check does to the verdict is decided in analysis/.
 */

export interface DesignCheck {
  readonly id: string;
  readonly passed: boolean;
  readonly detail: string;
}
