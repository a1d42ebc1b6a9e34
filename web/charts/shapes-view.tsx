/**
 * Shapes on a page: in its colours, light or dark, as wide as there is room. The words beside them say what they show.
 */
import { useElementSize } from "@mantine/hooks";
import { AREA_OPACITY, type Shape } from "./shapes.ts";
import classes from "./shapes-view.module.css";

function Mark({ shape }: { readonly shape: Extract<Shape, { readonly r: number }> }) {
  const { kind, x, y, r, tone, hollow = false, tip } = shape;
  const looks = { className: classes.mark, "data-tone": tone, "data-hollow": hollow };
  const title = tip === undefined ? null : <title>{tip}</title>;
  return kind === "dot" ? (
    <circle cx={x} cy={y} r={r} {...looks}>
      {title}
    </circle>
  ) : (
    <rect x={x - r} y={y - r} width={2 * r} height={2 * r} {...looks}>
      {title}
    </rect>
  );
}

function One({ shape }: { readonly shape: Shape }) {
  if (shape.kind === "text") {
    const { x, y, text, tone, size, weight, anchor } = shape;
    return (
      <text x={x} y={y} fontSize={size} fontWeight={weight} textAnchor={anchor} data-tone={tone}>
        {text}
      </text>
    );
  }
  if (shape.kind === "area")
    return <path d={shape.d} className={classes.area} data-tone={shape.tone} fillOpacity={AREA_OPACITY} />;
  if (shape.kind !== "path") return <Mark shape={shape} />;
  const { d, tone, width = 1, dash } = shape;
  return <path d={d} className={classes.path} data-tone={tone} strokeWidth={width} strokeDasharray={dash} />;
}

function All({ shapes }: { readonly shapes: readonly Shape[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no name and keep their order
  return shapes.map((shape, index) => <One key={index} shape={shape} />);
}

interface StillShapesProps {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
}

/** Shapes of a fixed size beside words that say the same. */
export function StillShapes({ shapes, width, height }: StillShapesProps) {
  return (
    <svg width={width} height={height} className={classes.picture} aria-hidden>
      <All shapes={shapes} />
    </svg>
  );
}

interface ShapesViewProps {
  /** Lays the picture out for so many px. */
  readonly layout: (width: number) => { readonly height: number; readonly shapes: readonly Shape[] };
  /** What it shows in a sentence, for those who do not see it. */
  readonly label: string;
}

export function ShapesView({ layout, label }: ShapesViewProps) {
  const { ref, width } = useElementSize();
  const drawn = width > 0 ? layout(width) : undefined;
  return (
    <div ref={ref}>
      {drawn && (
        <svg width={width} height={drawn.height} className={classes.picture} role="img" aria-label={label}>
          <All shapes={drawn.shapes} />
        </svg>
      )}
    </div>
  );
}
