/**
 * Negative feedback that nobody answered, raised on the first page. What it looks like is unanswered-alert.tsx, loaded only where there is some.
 */
import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/use-answer.ts";

const UnansweredAlert = lazy(async () => ({ default: (await import("./unanswered-alert.tsx")).UnansweredAlert }));

/** Nothing while everybody is answered, or nobody complains; a first page does not fail over it. */
export function UnansweredFeedback() {
  const { data } = useAnswer("unanswered", { limit: 5 });
  if (!data || data.unanswered === 0) return null;
  return (
    <Suspense>
      <UnansweredAlert report={data} />
    </Suspense>
  );
}
