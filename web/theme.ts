/**
 * The looks: colours of stages and series, type, radii. Components take them from here or from Mantine's variables.
 */
import { Alert, Anchor, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import type { Stage } from "../src/domain/touchpoint.ts";

const waymark: MantineColorsTuple = [
  "#e6f6f9",
  "#d3ebf0",
  "#a8d6e0",
  "#7ac0d0",
  "#54aec3",
  "#3ca2bb",
  "#2c97b1",
  "#12798f",
  "#0b6678",
  "#065566",
];

export const theme = createTheme({
  primaryColor: "waymark",
  primaryShade: { light: 8, dark: 7 },
  colors: { waymark },
  autoContrast: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "1.6rem" }, h2: { fontSize: "1.15rem" }, h3: { fontSize: "1rem" } },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Colour alone does not tell a link from the text around it.
    Anchor: Anchor.extend({ defaultProps: { underline: "always" } }),
    // A coloured title on its own tint is too pale to read.
    // Most say something lasting; what went wrong just now asks for role="alert" itself.
    Alert: Alert.extend({ defaultProps: { role: "note" }, styles: { title: { color: "var(--mantine-color-text)" } } }),
  },
});

/** White on Mantine's red is too pale. */
const RED = { "--mantine-color-red-filled": "#c92a2a", "--mantine-color-red-filled-hover": "#a61e1e" };

/** Text on a tint of its own colour, in light: Mantine's is too pale. */
const LIGHT_TEXT = [
  ["teal", "#05513b"],
  ["green", "#1d662c"],
  ["orange", "#93300a"],
  ["yellow", "#7a4300"],
  ["red", "#9d1f1f"],
] as const;

/** Mantine's dimmed text is too pale for small print: these keep 4.5 to 1 on every surface. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...RED,
    "--mantine-color-error": "#b32121",
    "--mantine-color-dimmed": "#5a636b",
    "--waymark-surface": "#f6f8f9",
    ...Object.fromEntries(LIGHT_TEXT.map(([color, text]) => [`--mantine-color-${color}-light-color`, text])),
  },
  dark: {
    ...RED,
    "--mantine-color-error": "#ff8f8f",
    "--mantine-color-dimmed": "#a9b1b8",
    "--waymark-surface": "#1b1e21",
  },
});

/** Tol's muted scheme, distinguishable with the common colour blindnesses. */
const STAGE_COLORS: Readonly<Record<Stage | "unmapped", string>> = {
  awareness: "#6699cc",
  consideration: "#44aa99",
  evaluation: "#ddaa33",
  purchase: "#228833",
  setup: "#aa7755",
  support: "#cc6677",
  loyalty: "#aa4499",
  unmapped: "#8a9299",
};

/** The mark of a stage; the same in light and dark, so that pictures and pages agree. Never text colour. */
export function stageColor(stage: string | null): string {
  return STAGE_COLORS[(stage ?? "unmapped") as Stage] ?? STAGE_COLORS.unmapped;
}

const SERIES = ["#0b7285", "#ee7733", "#aa4499", "#228833", "#ddaa33", "#6699cc", "#cc3311", "#555555"] as const;

export function seriesColor(index: number): string {
  return SERIES[index % SERIES.length] ?? SERIES[0];
}
