/**
 * Findings that nobody has acted on for two weeks: raised here too, because a page that nobody opens raises nothing.
 */
import { useAnswer } from "../../api/use-answer.ts";
import { Waiting } from "../diagnose/findings/finding-list.tsx";

/** Nothing while none waits. */
export function WaitingFindings() {
  const { data } = useAnswer("findings", {});
  return data ? <Waiting findings={data.findings} /> : null;
}
