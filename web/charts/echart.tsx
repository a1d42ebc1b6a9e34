/**
 * The only importer of ECharts: draws an option, resizes, follows light and dark and reduced motion, and writes SVG.
 * What is drawn is an option made by pure functions; its table twin is ChartFrame's.
 */
import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart } from "echarts/charts";
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

use([BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, CanvasRenderer, SVGRenderer]);
use([
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
]);

export type ChartOption = EChartsCoreOption;

export interface EChartProps {
  /** Names the picture for screen readers: what it shows in one sentence. */
  readonly label: string;
  readonly option: ChartOption;
  /** Pixels. */
  readonly height: number;
  /** What was clicked, as ECharts tells it. */
  readonly onSelect?: (event: {
    readonly name: string;
    readonly data: unknown;
    readonly dataType?: string;
    readonly seriesName?: string;
  }) => void;
}

/** Rich text instead of HTML: the page allows no styles from outside. */
const TOOLTIP = { renderMode: "richText", confine: true } as const;

export function EChart({ label, option, height, onSelect }: EChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const select = useRef(onSelect);
  select.current = onSelect;
  const dark = useComputedColorScheme("light") === "dark";
  const still = useReducedMotion();
  const { fontFamily } = useMantineTheme();
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current, dark ? "dark" : undefined, { renderer: "canvas" });
    made.on("click", (event) => select.current?.(event as never));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    chart.current = made;
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, [dark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart (dark) needs its option again
  useEffect(() => {
    const whole = { backgroundColor: "transparent", textStyle: { fontFamily }, animation: !still, ...option };
    chart.current?.setOption({ ...whole, tooltip: { ...TOOLTIP, ...(option.tooltip as object | undefined) } }, true);
  }, [option, still, fontFamily, dark]);
  return <div ref={place} role="img" aria-label={label} style={{ width: "100%", height }} />;
}

/** The same option as a self-contained SVG text. Width and height in pixels. */
export function optionToSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, undefined, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      backgroundColor: "#ffffff",
      textStyle: { fontFamily: "sans-serif" },
      ...option,
      animation: false,
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
