/**
 * The pain points in the order in which mending them pays: the money a month, what and where, how sure.
 */
import { Group, Text } from "@mantine/core";
import { isHandled } from "../../../../src/domain/friction.ts";
import { describeWindow, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { drawCosts } from "../../../charts/svg-costs.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../ui/format.ts";
import { CostBars } from "../views/cost-bars.tsx";
import { KindBadge, LabelBadge, PainLink, TrendBadge } from "../views/pain-link.tsx";
import { frictionKey, type PainPoint, type PainReport } from "../views/pain-report.ts";
import { painColumns, toCostRow } from "../views/pain-rows.ts";
import type { PainPointsSearch } from "../views/pain-search.ts";
import { describeCost, describeFacts, describeHarm, formatAmount, formatSum } from "../views/pain-words.ts";

interface PartProps {
  readonly point: PainPoint;
  readonly report: PainReport;
}

export function CostCell({ point, report }: PartProps) {
  const { whole, fact, estimate } = describeCost(point, report);
  return (
    <>
      <Text fw={650}>{whole}</Text>
      {fact !== undefined && <Text size="xs">{fact}</Text>}
      <Text size="xs" c="dimmed">
        {estimate}
      </Text>
      {point.directCost === null && isHandled(point.kind) && (
        <Text size="xs" c="dimmed">
          handling not counted: no price is set
        </Text>
      )}
    </>
  );
}

function WhatCell({ point, report, search }: PartProps & { readonly search: PainPointsSearch }) {
  return (
    <>
      <PainLink friction={point} asked={{ ...search, outcome: report.outcome }} />
      <Text size="xs">{describeFacts(point)}</Text>
      <Text size="xs" c="dimmed">
        {formatAmount(point.perMonth)} a month while the outcome could still follow
      </Text>
      <Group gap={6} mt={4}>
        <KindBadge kind={point.kind} />
      </Group>
    </>
  );
}

function SureCell({ point, report }: PartProps) {
  const harm = describeHarm(point, report);
  return (
    <>
      <Group gap={6}>
        <LabelBadge label={point.label} />
        <TrendBadge trend={point.trend} />
      </Group>
      {harm !== undefined && (
        <Text size="xs" mt={4}>
          {harm}
        </Text>
      )}
    </>
  );
}

/** What the costs rest on. */
export function describeBase(report: PainReport): string {
  const { n, customers, base, tested, months, worth, worthError, currency } = report;
  const error = worthError === null ? "" : ` ± ${formatSum(worthError, "")}`;
  const price =
    worth === null
      ? "what an outcome is worth is not known"
      : `an outcome counts ${formatSum(worth, currency)}${error}`;
  return `${formatCount(n)} touches of ${formatCountOf(customers, "customer")} over ${formatAmount(months)} months, of which ${formatShare(base)} lead to it · ${formatCountOf(tested, "friction")} tested · ${price}`;
}

interface RankedFigureProps {
  readonly report: PainReport;
  /** Claimed frictions without incidents. */
  readonly points: readonly PainPoint[];
  readonly search: PainPointsSearch;
}

export function RankedFigure({ report, points, search }: RankedFigureProps) {
  const { currency, worth } = report;
  const byKey = new Map(points.map((point) => [frictionKey(point), point]));
  const rows = points.flatMap((point) => toCostRow(point, report));
  const ofMoney = worth !== null;
  const title = ofMoney ? "What costs most a month" : "Where most is lost a month";
  const estimateName = ofMoney ? "value at risk" : "outcomes lost";
  const under = `By what is surely lost: the low end of the interval. ${nameOutcome(report)} within ${describeWindow(report.withinMs)}${ofMoney && currency !== "" ? `, in ${currency} a month` : ""}.`;
  const format = (value: number) => (ofMoney ? formatSum(value, "") : formatAmount(value));
  const cell = (key: string, draw: (point: PainPoint) => React.ReactNode) => {
    const point = byKey.get(key);
    return point && draw(point);
  };
  return (
    <ChartFrame
      title={title}
      name="pain-points"
      description={under}
      table={{ columns: painColumns(report), rows: points }}
      svg={() => drawCosts({ title, under, rows, format, factName: "handling, a fact", estimateName })}
      total={
        <Text span size="sm" c="dimmed">
          {describeBase(report)}. Where two frictions meet on one touch its cost is shared between them.
        </Text>
      }
    >
      <CostBars
        rows={rows}
        estimateName={estimateName}
        cost={({ key }) => cell(key, (point) => <CostCell point={point} report={report} />)}
        what={({ key }) => cell(key, (point) => <WhatCell point={point} report={report} search={search} />)}
        sure={({ key }) => cell(key, (point) => <SureCell point={point} report={report} />)}
      />
    </ChartFrame>
  );
}
