/**
 * The pictures of an effect, each in its frame: with its sentence, as a table, to take away.
 * What they show is picture-words.ts.
 */
import { type ArmRow, type Arms, layoutArms } from "../../../charts/arms.ts";
import type { Plot } from "../../../charts/plot.ts";
import { PlotFigure } from "../../../charts/plot-figure.tsx";
import { ShapesView } from "../../../charts/shapes-view.tsx";
import { drawArms } from "../../../charts/svg-arms.ts";
import { drawPlot } from "../../../charts/svg-plot.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, NONE } from "../../../ui/format.ts";
import type { Report } from "./effect-words.ts";
import { armsPicture, eventStudyPicture, groupsPicture, overTimePicture, seriesPicture } from "./picture-words.ts";
import type { ReportFacts } from "./report-facts.ts";

function numberColumn<Row>(
  key: string,
  title: string,
  value: (row: Row) => number | null,
  say: (value: number) => string,
): Column<Row> {
  const format = (row: Row) => {
    const found = value(row);
    return found === null ? NONE : say(found);
  };
  return { key, title, align: "right", value, format };
}

/** A row of the picture and how its numbers are said: levels plain, differences with their sign. */
interface ToldRow {
  readonly row: ArmRow;
  readonly format: (value: number) => string;
}

const ARM_COLUMNS: readonly Column<ToldRow>[] = [
  { key: "label", title: "Group", value: ({ row }) => row.label },
  { key: "detail", title: "Who", value: ({ row }) => row.detail },
  ...(["value", "low", "high"] as const).map((key): Column<ToldRow> => {
    const format = ({ row, format: say }: ToldRow) => (row[key] === null ? NONE : say(row[key]));
    const title = { value: "Value", low: "From", high: "To" }[key];
    return { key, title, align: "right", value: ({ row }) => row[key], format };
  }),
];

interface RowsFigureProps {
  readonly picture: Arms | undefined;
  readonly name: string;
  readonly spoken: ReportFacts["spoken"];
}

function RowsFigure({ picture, name, spoken }: RowsFigureProps) {
  if (!picture) return null;
  const rows = picture.panels.flatMap(({ rows: each, around }) =>
    each.map((row) => ({ row, format: around ? spoken.number : spoken.level })),
  );
  return (
    <ChartFrame
      title={picture.title}
      name={name}
      description={picture.sentence}
      table={{ columns: ARM_COLUMNS, rows }}
      svg={() => drawArms(picture)}
    >
      <ShapesView layout={(width) => layoutArms(picture, width)} label={`${picture.title}. ${picture.sentence}`} />
    </ChartFrame>
  );
}

interface PlotFrameProps<Row> {
  readonly plot: Plot | undefined;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
}

function PlotFrame<Row>({ plot, name, rows, columns }: PlotFrameProps<Row>) {
  if (!plot) return null;
  return (
    <ChartFrame
      title={plot.title}
      name={name}
      description={plot.sentence}
      table={{ columns, rows }}
      svg={() => drawPlot(plot)}
    >
      <PlotFigure plot={plot} />
    </ChartFrame>
  );
}

type Point = NonNullable<Report["eventStudy"]>[number];
type Period = NonNullable<Report["series"]>[number];
type Look = NonNullable<Report["overTime"]>[number];

function estimateColumns<Row extends Omit<Point, "at">>({ spoken }: ReportFacts): Column<Row>[] {
  return [
    numberColumn("estimate", "Effect", ({ estimate }) => estimate, spoken.number),
    numberColumn("low", "From", ({ low }) => low, spoken.number),
    numberColumn("high", "To", ({ high }) => high, spoken.number),
  ];
}

function EventStudy({ facts }: { readonly facts: ReportFacts }) {
  const at = numberColumn<Point>("at", "Periods since the switch-on", (point) => point.at, formatCount);
  return (
    <PlotFrame
      plot={eventStudyPicture(facts)}
      name="effect-event-study"
      rows={facts.report.eventStudy ?? []}
      columns={[at, ...estimateColumns<Point>(facts)]}
    />
  );
}

function Series({ facts }: { readonly facts: ReportFacts }) {
  const { spoken, day, report } = facts;
  const columns: Column<Period>[] = [
    { key: "at", title: "From", value: ({ at }) => at, format: ({ at }) => day(at) },
    numberColumn("actual", "What happened", ({ actual }) => actual, spoken.level),
    numberColumn("expected", "Expected", ({ expected }) => expected, spoken.level),
    numberColumn("low", "Expected from", ({ low }) => low, spoken.level),
    numberColumn("high", "Expected to", ({ high }) => high, spoken.level),
  ];
  return <PlotFrame plot={seriesPicture(facts)} name="effect-series" rows={report.series ?? []} columns={columns} />;
}

function OverTime({ facts }: { readonly facts: ReportFacts }) {
  const columns: Column<Look>[] = [
    { key: "at", title: "Look on", value: ({ at }) => at, format: ({ at }) => facts.day(at) },
    ...estimateColumns<Look>(facts),
    numberColumn("n", "n", ({ n }) => n, formatCount),
  ];
  return (
    <PlotFrame
      plot={overTimePicture(facts)}
      name="effect-over-time"
      rows={facts.report.overTime ?? []}
      columns={columns}
    />
  );
}

/** As many as the design has. */
export function Figures({ facts }: { readonly facts: ReportFacts }) {
  return (
    <>
      <RowsFigure picture={armsPicture(facts)} name="effect-groups" spoken={facts.spoken} />
      <EventStudy facts={facts} />
      <Series facts={facts} />
      <OverTime facts={facts} />
      <RowsFigure picture={groupsPicture(facts)} name="effect-by-group" spoken={facts.spoken} />
    </>
  );
}
