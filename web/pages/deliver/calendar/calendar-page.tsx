/**
 * When timeboxes run and when something is reviewed, deployed or measured, a lane an initiative.
 * What is in a timebox is deliver/timebox.
 */
import { PageFrame } from "../../../ui/page-frame.tsx";

export function CalendarPage() {
  return <PageFrame title="Calendar">{null}</PageFrame>;
}
