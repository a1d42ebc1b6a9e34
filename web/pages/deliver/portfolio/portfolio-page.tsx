/**
 * What the company wants, which initiatives work on it, and what would be worth starting next.
 * One initiative alone is deliver/initiative.
 */
import { PageFrame } from "../../../ui/page-frame.tsx";

export function PortfolioPage() {
  return <PageFrame title="Portfolio">{null}</PageFrame>;
}
