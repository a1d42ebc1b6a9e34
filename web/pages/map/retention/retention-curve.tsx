/**
 * All cohorts as one curve with its 95 % band.
 * A column that nobody has reached is not drawn.
 */
import { useElementSize } from "@mantine/hooks";
import type { Answer } from "../../../api/types.ts";
import { type CurvePoint, curveSvg, layoutCurve } from "../../../charts/svg-curve.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { nameColumn } from "./describe-retention.ts";
import classes from "./retention-curve.module.css";
import { daysOf, type RetentionView } from "./retention-search.ts";

const TITLE = "All customers together";
const HEIGHT = 220;

interface KnownCell extends CurvePoint {
  readonly n: number;
  readonly returned: number;
}

/** The cells up to the first that cannot be known. */
function knownCells({ all }: Answer<"retention">): readonly KnownCell[] {
  return all.cells.flatMap((cell) => (cell.value === null ? [] : [cell]));
}

function Curve({
  points,
  names,
  width,
}: {
  readonly points: readonly CurvePoint[];
  readonly names: readonly string[];
  readonly width: number;
}) {
  const { line, band, dots, rules, height } = layoutCurve(points, width, HEIGHT);
  return (
    <svg width={width} height={height} className={classes.curve} aria-hidden>
      {rules.map(({ share, y }) => (
        <g key={share}>
          <path d={`M44 ${y}H${width - 20}`} className={classes.rule} />
          <text x={38} y={y + 4} textAnchor="end">
            {formatShare(share, 0)}
          </text>
        </g>
      ))}
      <path d={band} className={classes.band} />
      <path d={line} className={classes.line} />
      {dots.map(({ day, x, y, value }, index) => (
        <g key={day}>
          <circle cx={x} cy={y} r={3.5} className={classes.dot} />
          <text x={x} y={y - 9} textAnchor="middle" className={classes.value}>
            {formatShare(value)}
          </text>
          <text x={x} y={height - 6} textAnchor="middle">
            {names[index]}
          </text>
        </g>
      ))}
    </svg>
  );
}

export function RetentionCurve({
  answer,
  view,
}: {
  readonly answer: Answer<"retention">;
  readonly view: RetentionView;
}) {
  const { ref, width } = useElementSize();
  const points = knownCells(answer);
  const days = daysOf(view);
  const nameOf = (day: number) => nameColumn(days, days.indexOf(day), view.kind);
  const columns = [
    { key: "day", title: "Came back", value: ({ day }: KnownCell) => nameOf(day) },
    {
      key: "share",
      title: "Share",
      align: "right" as const,
      value: ({ value }: KnownCell) => value,
      format: ({ value }: KnownCell) => formatShare(value),
    },
    {
      key: "interval",
      title: "Interval",
      value: ({ low, high }: KnownCell) => describeInterval({ low, high, unit: "share" }),
    },
    {
      key: "n",
      title: "Of customers",
      align: "right" as const,
      value: ({ n }: KnownCell) => n,
      format: ({ n }: KnownCell) => formatCount(n),
    },
  ];
  if (points.length === 0) return null;
  return (
    <ChartFrame
      title={TITLE}
      name="retention-all"
      description="The share that came back, with its 95 % interval as a band."
      table={{ columns, rows: points }}
      svg={() => curveSvg(points, { title: TITLE, formatShare: (share) => formatShare(share, 0), formatDay: nameOf })}
    >
      <div ref={ref}>
        {width > 0 && <Curve points={points} names={points.map(({ day }) => nameOf(day))} width={width} />}
      </div>
    </ChartFrame>
  );
}
