/**
 * The flow on screen: blocks and ribbons that light up and open the customers behind them.
 * It draws a finished layout; what stands where is sankey-layout.ts.
 */
import { type KeyboardEvent, useRef, useState } from "react";
import type { SankeyLayout, SankeyLink, SankeyNode } from "../../../charts/sankey-layout.ts";
import { ribbonOpacity, sankeyLabel } from "../../../charts/svg-sankey.ts";
import { fitText, textWidth } from "../../../charts/svg-text.ts";
import { formatCount, formatCountOf, formatShare } from "../../../ui/format.ts";
import classes from "./sankey-chart.module.css";
import { walkFlow } from "./walk-flow.ts";

export interface SankeyChartProps {
  readonly layout: SankeyLayout;
  readonly colorOf: (touchpoint: string) => string;
  readonly onNode: (node: SankeyNode) => void;
  readonly onLink: (link: SankeyLink) => void;
}

interface Marks {
  /** The one part that Tab reaches. */
  readonly stop: string | undefined;
  /** What the pointer or the focus is on. */
  readonly active: string | undefined;
  readonly enter: (key: string | undefined) => void;
  readonly open: (key: string) => void;
}

function describeNode(node: SankeyNode): string {
  return `Step ${node.level}, ${sankeyLabel(node)}: ${formatCountOf(node.journeys, "journey")}, ${formatShare(node.share)}`;
}

function describeLink({ from, to, level, journeys }: SankeyLink): string {
  const goal = to.kind === "ended" ? "the end" : sankeyLabel(to);
  const share = from.journeys > 0 ? `, ${formatShare(journeys / from.journeys)} of them` : "";
  return `From ${sankeyLabel(from)} at step ${level} to ${goal}: ${formatCountOf(journeys, "journey")}${share}`;
}

/** Its name is its title. */
function partProps(key: string, { stop, enter, open }: Marks) {
  return {
    role: "button",
    tabIndex: stop === key ? 0 : -1,
    "data-key": key,
    onClick: () => open(key),
    onMouseEnter: () => enter(key),
    onMouseLeave: () => enter(undefined),
    onFocus: () => enter(key),
  };
}

function Ribbon({
  link,
  color,
  marks,
}: {
  readonly link: SankeyLink;
  readonly color: string | undefined;
  readonly marks: Marks;
}) {
  const { active } = marks;
  const lit = active === link.key || active === link.from.key || active === link.to.key;
  const opacity = active === undefined ? ribbonOpacity(link) : lit ? 0.6 : 0.08;
  const label = describeLink(link);
  return (
    <path
      {...partProps(link.key, marks)}
      d={link.path}
      className={color ? classes.ribbon : classes.endedRibbon}
      {...(color ? { fill: color } : {})}
      fillOpacity={opacity}
    >
      <title>{label}</title>
    </path>
  );
}

function Block({
  node,
  labelWidth,
  color,
  marks,
}: {
  readonly node: SankeyNode;
  readonly labelWidth: number;
  readonly color: string | undefined;
  readonly marks: Marks;
}) {
  const label = describeNode(node);
  const x = node.x + node.width + 6;
  const name = fitText(sankeyLabel(node), labelWidth, 12);
  const tall = node.height >= 30;
  return (
    <g {...partProps(node.key, marks)} className={classes.block}>
      <title>{label}</title>
      <rect
        x={node.x}
        y={node.y}
        width={node.width}
        height={node.height}
        rx={2}
        className={color ? undefined : classes.endedBlock}
        {...(color ? { fill: color } : {})}
      />
      <text x={x} y={node.y + 12} className={classes.name}>
        {name}
        {!tall && textWidth(name, 12) + 44 <= labelWidth && (
          <tspan dx={6} className={classes.numbers}>
            {formatShare(node.share)}
          </tspan>
        )}
      </text>
      {tall && (
        <text x={x} y={node.y + 28} className={classes.numbers}>
          {formatCount(node.journeys)} · {formatShare(node.share)}
        </text>
      )}
    </g>
  );
}

export function SankeyChart({ layout, colorOf, onNode, onLink }: SankeyChartProps) {
  const picture = useRef<SVGSVGElement>(null);
  const [active, setActive] = useState<string>();
  const [walked, setWalked] = useState<string>();
  const { nodes, links, width, height } = layout;
  const known = nodes.some(({ key }) => key === walked) || links.some(({ key }) => key === walked);
  const open = (key: string) => {
    setWalked(key);
    const node = nodes.find((one) => one.key === key);
    const link = links.find((one) => one.key === key);
    if (node) onNode(node);
    else if (link) onLink(link);
  };
  const press = (event: KeyboardEvent<SVGSVGElement>) => {
    const key = (event.target as Element).closest("[data-key]")?.getAttribute("data-key");
    if (!key) return;
    const next = event.key.startsWith("Arrow") ? walkFlow(layout, key, event.key) : undefined;
    if (event.key === "Enter" || event.key === " " || event.key.startsWith("Arrow")) event.preventDefault();
    if (event.key === "Enter" || event.key === " ") open(key);
    if (next === undefined) return;
    setWalked(next);
    picture.current?.querySelector<SVGElement>(`[data-key="${CSS.escape(next)}"]`)?.focus();
  };
  const marks: Marks = { stop: known ? walked : nodes[0]?.key, active, enter: setActive, open };
  const paint = (node: SankeyNode) => (node.kind === "touchpoint" ? colorOf(node.touchpoint) : undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a drawing.
    <svg
      ref={picture}
      role="group"
      aria-label="Flow diagram. Arrow keys walk along the flow, Enter shows who is there."
      width={width}
      height={height}
      onKeyDown={press}
      onBlur={() => setActive(undefined)}
      className={classes.picture}
    >
      {layout.columns.map(({ level, x }) => (
        <text key={level} x={x} y={12} className={classes.step}>
          Step {level}
        </text>
      ))}
      {links.map((link) => (
        <Ribbon
          key={link.key}
          link={link}
          color={link.to.kind === "ended" ? undefined : paint(link.from)}
          marks={marks}
        />
      ))}
      {nodes.map((node) => (
        <Block key={node.key} node={node} labelWidth={layout.labelWidth} color={paint(node)} marks={marks} />
      ))}
    </svg>
  );
}
