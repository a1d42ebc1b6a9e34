/**
 * Which touchpoints are a due moment and its delivery: of such a pair, the clock has to start at the first.
 * It goes by the role in the catalogue and by the word "due" in the name; what follows is said by time-zero.tsx.
 */

type Touchpoint = { readonly name: string; readonly role: string | null };

const isDue = (name: string) => /(?:^|[\s_-])due(?:$|[\s_-])/iu.test(name);

interface Pair {
  readonly due: string;
  readonly delivered: string | undefined;
  /** Which of both the page is about. */
  readonly at: "due" | "delivered";
}

/** The due moment and the delivery that belong together; undefined where the touchpoint is neither. */
export function findPair(touchpoint: string, all: readonly Touchpoint[]): Pair | undefined {
  const delivered = all.find(({ role }) => role === "delivery")?.name;
  if (isDue(touchpoint)) return { due: touchpoint, delivered, at: "due" };
  const due = all.find(({ name }) => isDue(name))?.name;
  return touchpoint === delivered && due !== undefined ? { due, delivered, at: "delivered" } : undefined;
}
