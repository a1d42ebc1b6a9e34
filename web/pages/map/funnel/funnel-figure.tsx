/**
 * The funnel's figure: bars, total, the table twin with exits, the exported picture.
 */
import type { Answer } from "../../../api/types.ts";
import { funnelSvg } from "../../../charts/svg-funnel.ts";
import { Behind } from "../../../ui/behind.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { JourneyTotal } from "../../../ui/journey-total.tsx";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import { FunnelBars } from "./funnel-bars.tsx";
import { type FunnelAnswerStep, type FunnelQuestion, type FunnelSide, selectFunnel } from "./funnel-sides.ts";

const TITLE = "How far they get";

interface FunnelFigureProps {
  readonly sides: readonly FunnelSide[];
  readonly question: FunnelQuestion;
  readonly exits: Answer<"funnel-exits"> | undefined;
}

interface TableRow {
  readonly side: FunnelSide;
  readonly index: number;
  readonly step: FunnelAnswerStep;
  readonly exits: Answer<"funnel-exits">["steps"][number] | undefined;
}

function tableRows({ sides, exits }: FunnelFigureProps): TableRow[] {
  return sides.flatMap((side, at) =>
    side.answer.steps.map((step, index) => {
      const own = at === 0 ? exits?.steps.find((exit) => exit.step === index) : undefined;
      return { side, index, step, exits: own };
    }),
  );
}

function sayExits({ exits }: TableRow): string {
  if (!exits || exits.stopped === 0) return "";
  const next = exits.next.map(({ touchpoint, journeys }) => `${touchpoint} ${formatCount(journeys)}`);
  return [`journey ends ${formatCount(exits.ended)}`, ...next].join("; ");
}

function columns(question: FunnelQuestion, several: boolean): readonly Column<TableRow>[] {
  const side: Column<TableRow> = { key: "side", title: "Side", value: (row) => row.side.label };
  return [
    ...(several ? [side] : []),
    { key: "nth", title: "Step", align: "right", value: ({ index }) => index + 1 },
    {
      key: "touchpoint",
      title: "Touchpoint",
      value: ({ step }) => step.touchpoint + (step.optional ? " (optional)" : ""),
    },
    {
      key: "count",
      title: question.per === "customer" ? "Customers" : "Journeys",
      align: "right",
      value: ({ step }) => step.count,
      format: (row) => (
        <Behind {...selectFunnel(question, { reached: row.index }, row.step.touchpoint, row.side.scope)}>
          {formatCount(row.step.count)}
        </Behind>
      ),
    },
    {
      key: "share",
      title: "Of those who enter",
      align: "right",
      value: ({ step }) => step.share,
      format: ({ step }) => formatShare(step.share),
    },
    {
      key: "interval",
      title: "Interval",
      value: ({ step, side: { answer } }) =>
        describeInterval({ low: step.low, high: step.high, unit: "share", n: answer.entrants }),
    },
    {
      key: "onward",
      title: "Of the step before",
      align: "right",
      value: ({ step }) => step.onward?.share ?? null,
      format: ({ step }) => (step.onward ? formatShare(step.onward.share) : "–"),
    },
    {
      key: "onwardInterval",
      title: "Interval of it",
      value: ({ step }) => (step.onward ? describeInterval({ ...step.onward, unit: "share" }) : ""),
    },
    { key: "exits", title: "Instead of going on", value: sayExits },
  ];
}

function drawFunnel(sides: readonly FunnelSide[]): string {
  const steps = sides[0]?.answer.steps ?? [];
  const [first] = sides;
  const entering = ({ entrants, per }: FunnelSide["answer"]) => formatCountOf(entrants, per);
  return funnelSvg({
    title: first && sides.length === 1 ? `${TITLE}: ${entering(first.answer)} that enter` : TITLE,
    sides: sides.map(({ label, answer }) => `${label}: ${entering(answer)}`),
    steps: steps.map(({ touchpoint, optional, onward }, index) => ({
      label: optional ? `${touchpoint} (optional)` : touchpoint,
      note: onward && sides.length === 1 ? `${formatShare(onward.share)} of ${formatCount(onward.n)} go on` : "",
      bars: sides.map(({ answer }) => {
        const { share = null, low = null, high = null, count = 0 } = answer.steps[index] ?? {};
        return { share, low, high, numbers: `${formatCount(count)} · ${formatShare(share)}` };
      }),
    })),
  });
}

function Total({ answer }: { readonly answer: FunnelSide["answer"] }) {
  const { per, journey, total, customers, entrants, other } = answer;
  const entering = `${formatCount(entrants)} enter the funnel, ${formatCount(other.notEntered)} do not.`;
  if (per === "journey") {
    return (
      <>
        <JourneyTotal answer={{ journey, journeys: total, customers, other }} /> · {entering}
      </>
    );
  }
  return (
    <span data-testid="customer-total" data-customers={total}>
      <strong>{formatCountOf(total, "customer")}</strong> · {entering}
    </span>
  );
}

export function FunnelFigure(props: FunnelFigureProps) {
  const { sides, question, exits } = props;
  const { stageOf } = useTouchpoints();
  const [first] = sides;
  if (!first) return null;
  const several = sides.length > 1;
  return (
    <ChartFrame
      title={TITLE}
      name="funnel"
      description={
        several
          ? "Bars are shares of those who enter on each side; the thin mark is the 95 % interval. Where the marks do not overlap, the sides differ."
          : "Bars are shares of those who enter; the thin mark is the 95 % interval."
      }
      total={sides.map((side) => (
        <div key={side.label}>
          {several && `${side.label}: `}
          <Total answer={side.answer} />
        </div>
      ))}
      table={{ columns: columns(question, several), rows: tableRows(props) }}
      svg={() => drawFunnel(sides)}
    >
      <FunnelBars sides={sides} question={question} exits={exits} stageOf={stageOf} />
    </ChartFrame>
  );
}
