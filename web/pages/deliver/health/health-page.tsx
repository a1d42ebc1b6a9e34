/**
 * Which rules of DSDM are broken, where, and what to do about it.
 * The rules themselves are in src/delivery/rules.
 */
import { PageFrame } from "../../../ui/page-frame.tsx";

export function HealthPage() {
  return <PageFrame title="Health">{null}</PageFrame>;
}
