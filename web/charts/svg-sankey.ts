/**
 * The Sankey diagram as a self-contained SVG text for export and print.
 * What stands where is sankey-layout.ts; the page paints the same layout with buttons.
 */
import { layoutSankey, type SankeyData, type SankeyLink, type SankeyNode } from "./sankey-layout.ts";
import { escapeXml, fitText, INK, round, svgDocument, svgText } from "./svg-text.ts";

export interface SankeyPaint {
  readonly title: string;
  /** Colour of a touchpoint, as SVG understands it. */
  readonly color: (touchpoint: string) => string;
  readonly formatCount: (count: number) => string;
  readonly formatShare: (share: number) => string;
}

/** What a node is called: by its touchpoint, or by what it stands for. */
export function sankeyLabel({ kind, touchpoint }: Pick<SankeyNode, "kind" | "touchpoint">): string {
  if (kind === "ended") return "Ended before";
  return kind === "rest" ? "Other touchpoints" : touchpoint;
}

/** Opacity of a ribbon: ended journeys stay in the background. */
export function ribbonOpacity({ from, to }: Pick<SankeyLink, "from" | "to">): number {
  if (from.kind === "ended") return 0.12;
  return to.kind === "ended" ? 0.25 : 0.32;
}

function nodeColor(node: SankeyNode, paint: SankeyPaint): string {
  return node.kind === "touchpoint" ? paint.color(node.touchpoint) : INK.ended;
}

function drawLink(link: SankeyLink, paint: SankeyPaint): string {
  const fill = link.to.kind === "ended" ? INK.ended : nodeColor(link.from, paint);
  const title = `${sankeyLabel(link.from)} → ${sankeyLabel(link.to)}: ${paint.formatCount(link.journeys)}`;
  return `<path d="${link.path}" fill="${fill}" fill-opacity="${ribbonOpacity(link)}"><title>${escapeXml(title)}</title></path>`;
}

function drawNode(node: SankeyNode, labelWidth: number, paint: SankeyPaint): string {
  const x = round(node.x + node.width + 6);
  const numbers = `${paint.formatCount(node.journeys)} · ${paint.formatShare(node.share)}`;
  const halo = `paint-order="stroke" stroke="${INK.background}" stroke-width="3" stroke-linejoin="round"`;
  const rect = `<rect x="${round(node.x)}" y="${round(node.y)}" width="${node.width}" height="${round(node.height)}" fill="${nodeColor(node, paint)}"/>`;
  const tall = node.height >= 30;
  const name = svgText(x, node.y + 12, fitText(sankeyLabel(node), labelWidth, 12), { weight: 600 });
  const second = tall ? svgText(x, node.y + 27, numbers, { size: 11, fill: INK.quiet }) : "";
  return `${rect}<g ${halo}>${name}${second}</g>`;
}

/** The drawing, light colours, `width` px wide. */
export function sankeySvg(data: SankeyData, paint: SankeyPaint, width = 1200): string {
  const layout = layoutSankey(data, width - 32);
  const body = [
    `<g transform="translate(16 48)">`,
    ...layout.columns.map(({ level, x }) => svgText(x, 12, `Step ${level}`, { fill: INK.quiet, weight: 600 })),
    ...layout.links.map((link) => drawLink(link, paint)),
    ...layout.nodes.map((node) => drawNode(node, layout.labelWidth, paint)),
    "</g>",
  ];
  const heading = svgText(16, 28, paint.title, { size: 16, weight: 600 });
  return svgDocument(width, layout.height + 64, paint.title, [heading, ...body]);
}
