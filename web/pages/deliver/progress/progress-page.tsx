/**
 * How one initiative stands, for people outside it: to read, with nothing to change.
 * Whoever works on it uses deliver/initiative.
 */
import { PageFrame } from "../../../ui/page-frame.tsx";

export function ProgressPage() {
  return <PageFrame title="Progress">{null}</PageFrame>;
}
