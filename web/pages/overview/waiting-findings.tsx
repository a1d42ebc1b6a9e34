/**
 * Findings that nobody has acted on for two weeks: raised here too, because a page that nobody opens raises nothing.
 */
import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/use-answer.ts";

// Loaded only where something waits: the first page stays small.
const Waiting = lazy(async () => ({ default: (await import("../diagnose/findings/finding-list.tsx")).Waiting }));

/** Nothing while none waits. */
export function WaitingFindings() {
  const { data } = useAnswer("findings", {});
  if (!data?.findings.some(({ waiting }) => waiting)) return null;
  return (
    <Suspense>
      <Waiting findings={data.findings} />
    </Suspense>
  );
}
