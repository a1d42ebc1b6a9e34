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

export interface ShapesViewProps {
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
          {drawn.shapes.map((shape, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no name and keep their order
            <One key={index} shape={shape} />
          ))}
        </svg>
      )}
    </div>
  );
}
