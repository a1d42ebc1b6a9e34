/**
 * The defined numbers: all of them with n, interval and target; and one of them with its definition, trend and breakdown.
 * What a KPI counts is decided by the API; docs/kpis.md says it in full.
 */
import type { GuideContent } from "../../ui/guide.tsx";
import { PageFrame } from "../../ui/page-frame.tsx";
import { KpiDetail } from "./kpi-detail.tsx";
import { KpiList } from "./kpi-list.tsx";
import { useKpisSearch } from "./kpis-search.ts";

const GUIDE: GuideContent = {
  sentences: [
    "A KPI is a number with a fixed definition, so that two people who say “conversion” mean the same.",
    "The interval beside it is where the true value lies in 95 of 100 cases; with few customers it is wide, and a difference inside it may be chance.",
    "Open a KPI to see how it is counted, how it moved, where it differs, and to set what it shall reach.",
  ],
  example: {
    text: "In the demo: how the share of late deliveries moved week by week.",
    to: "measure/kpis",
    search: { kpi: "late-delivery-share", every: "week" },
  },
};

export function KpisPage() {
  const { kpi } = useKpisSearch();
  return (
    <PageFrame title="KPIs" guide={GUIDE} scope={{ comparable: true }}>
      {kpi === undefined ? <KpiList /> : <KpiDetail id={kpi} />}
    </PageFrame>
  );
}
