/**
 * The trend on screen. Loaded when first seen: it brings ECharts along.
 */
import { useComputedColorScheme } from "@mantine/core";
import { useMemo } from "react";
import { EChart } from "../../charts/echart.tsx";
import { describeTrend, type Trend } from "../../charts/trend.ts";
import { trendOption } from "../../charts/trend-option.ts";

export function TrendFigure({ trend, height }: { readonly trend: Trend; readonly height: number }) {
  const dark = useComputedColorScheme("light") === "dark";
  const option = useMemo(() => trendOption(trend, dark), [trend, dark]);
  return <EChart label={`${trend.title}: ${describeTrend(trend)}`} option={option} height={height} />;
}
