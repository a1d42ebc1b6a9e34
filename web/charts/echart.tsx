/**
 * The only importer of ECharts: draws an option, resizes, follows light and dark and reduced motion.
 * What is drawn is an option made by pure functions; its table twin is ChartFrame's, and its SVG is drawn by svg-*.ts.
 */
import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

// Only what is drawn: every kind of chart adds its weight to the page.
use([LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = EChartsCoreOption;

export interface EChartProps {
  /** Names the picture for screen readers: what it shows in one sentence. */
  readonly label: string;
  readonly option: ChartOption;
  /** Pixels. */
  readonly height: number;
}

/** Rich text instead of HTML: the page allows no styles from outside. */
const TOOLTIP = { renderMode: "richText", confine: true } as const;

export function EChart({ label, option, height }: EChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const dark = useComputedColorScheme("light") === "dark";
  const still = useReducedMotion();
  const { fontFamily } = useMantineTheme();
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current, dark ? "dark" : undefined, { renderer: "canvas" });
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
