/**
 * Every measurement of a plan, the newest last: how the numbers moved as data came in.
 */

import type { ArmRow, Arms } from "../../../charts/arms.ts";
import { layoutArms } from "../../../charts/arms.ts";
import { ShapesView } from "../../../charts/shapes-view.tsx";
import { drawArms } from "../../../charts/svg-arms.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatMoment } from "../../../ui/format.ts";
import { countUnits, describeEstimate, type Effect, toneOf, VERDICT_WORDS, type Verdict } from "./effect-words.ts";
import { type Spoken, speakOf } from "./metric-words.ts";
import { useTold } from "./report-facts.ts";

type Measure = Effect["measures"][number];

function historyPicture({ measures, question, zone }: Effect, spoken: Spoken): Arms {
  const rows = measures.map((measure): ArmRow => {
    const { measuredAt, estimate, low, high, verdict, n } = measure;
    return {
      label: formatMoment(measuredAt, zone),
      detail: `${VERDICT_WORDS[verdict as Verdict]}, n = ${countUnits(n, question)}`,
      ...{ value: estimate, low, high, tone: toneOf(verdict as Verdict) },
      words: describeEstimate(measure, spoken, question.confidence),
    };
  });
  return {
    title: "Each time it was measured",
    sentence: `${formatCount(rows.length)} measurements on growing data; the last one: ${rows.at(-1)?.words ?? ""}, ${rows.at(-1)?.detail ?? ""}.`,
    panels: [
      {
        heading: spoken.changeHeading,
        ...{ rows, format: spoken.changeTick, around: { minEffect: question.minEffect } },
      },
    ],
  };
}

function columnsFor(zone: string, spoken: Spoken): Column<Measure>[] {
  const cell = (key: "estimate" | "low" | "high", title: string): Column<Measure> => {
    return { key, title, align: "right", value: (measure) => measure[key], format: (row) => spoken.number(row[key]) };
  };
  return [
    {
      key: "at",
      title: "Measured",
      value: (row) => row.measuredAt,
      format: (row) => formatMoment(row.measuredAt, zone),
    },
    { key: "verdict", title: "Verdict", value: ({ verdict }) => VERDICT_WORDS[verdict as Verdict] },
    ...[cell("estimate", "Effect"), cell("low", "From"), cell("high", "To")],
    { key: "n", title: "n", align: "right", value: ({ n }) => n, format: ({ n }) => formatCount(n) },
  ];
}

export function EffectHistory({ effect }: { readonly effect: Effect }) {
  const { currency } = useTold();
  if (effect.measures.length < 2) return null;
  const spoken = speakOf(effect.question, currency);
  const picture = historyPicture(effect, spoken);
  return (
    <ChartFrame
      title={picture.title}
      name={`effect-${effect.id}-history`}
      description={picture.sentence}
      table={{ columns: columnsFor(effect.zone, spoken), rows: effect.measures }}
      svg={() => drawArms(picture)}
    >
      <ShapesView layout={(width) => layoutArms(picture, width)} label={`${picture.title}. ${picture.sentence}`} />
    </ChartFrame>
  );
}
