/**
 * Where the blocks and ribbons of a Sankey diagram stand: every column holds all journeys, ended ones included.
 * The page and the exported drawing paint the same layout; colours and clicks are theirs.
 */
import { round } from "./svg-text.ts";

export interface SankeyData {
  readonly journeys: number;
  readonly levels: readonly {
    readonly level: number;
    readonly ended: number;
    readonly nodes: readonly { readonly touchpoint: string; readonly journeys: number; readonly rest: boolean }[];
  }[];
  readonly links: readonly {
    readonly level: number;
    readonly from: string;
    readonly to: string;
    readonly journeys: number;
  }[];
}

/** rest: all touchpoints of the step that are not named; ended: journeys that were over before the step. */
export type SankeyKind = "touchpoint" | "rest" | "ended";

export interface SankeyNode {
  readonly key: string;
  readonly level: number;
  readonly kind: SankeyKind;
  readonly touchpoint: string;
  readonly journeys: number;
  /** Of all journeys in scope. */
  readonly share: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SankeyLink {
  readonly key: string;
  /** Level of its left end. */
  readonly level: number;
  readonly from: SankeyNode;
  readonly to: SankeyNode;
  readonly journeys: number;
  /** A closed ribbon. */
  readonly path: string;
}

export interface SankeyLayout {
  readonly width: number;
  readonly height: number;
  /** Room for a label right of a node. */
  readonly labelWidth: number;
  readonly columns: readonly { readonly level: number; readonly x: number }[];
  /** Level by level, from top to bottom. */
  readonly nodes: readonly SankeyNode[];
  readonly links: readonly SankeyLink[];
}

const HEADER = 28;
const NODE_WIDTH = 14;
/** A label needs this much from one node's top to the next. */
const SLOT = 20;
const GAP = 8;
const LABEL_GAP = 6;

interface Block {
  readonly key: string;
  readonly kind: SankeyKind;
  readonly touchpoint: string;
  readonly journeys: number;
}
interface Flow {
  readonly level: number;
  readonly from: string;
  readonly to: string;
  readonly journeys: number;
}

const nodeKey = (level: number, kind: SankeyKind, touchpoint: string) => `${level}/${kind}/${touchpoint}`;

function readBlocks({ levels }: SankeyData): Block[][] {
  return levels.map(({ level, ended, nodes }) => {
    const blocks: Block[] = nodes.map(({ touchpoint, journeys, rest }) => {
      const kind = rest ? "rest" : "touchpoint";
      return { key: nodeKey(level, kind, touchpoint), kind, touchpoint, journeys };
    });
    if (ended > 0)
      blocks.push({ key: nodeKey(level, "ended", ""), kind: "ended", touchpoint: "Ended", journeys: ended });
    return blocks;
  });
}

/** Steps between touchpoints, what ends at each of them, and what had ended before. */
function readFlows(data: SankeyData, blocks: readonly (readonly Block[])[]): Flow[] {
  const keyOf = (level: number, touchpoint: string): string | undefined => {
    const named = blocks[level - 1]?.filter(({ kind, touchpoint: name }) => kind !== "ended" && name === touchpoint);
    return (named?.find(({ kind }) => kind === "rest") ?? named?.[0])?.key;
  };
  const flows: Flow[] = [];
  for (const { level, from, to, journeys } of data.links) {
    const [source, target] = [keyOf(level, from), keyOf(level + 1, to)];
    if (source && target) flows.push({ level, from: source, to: target, journeys });
  }
  for (const [index, column] of blocks.slice(0, -1).entries()) {
    const end = blocks[index + 1]?.find(({ kind }) => kind === "ended");
    if (!end) continue;
    for (const { key, kind, journeys } of column) {
      const onward = flows.reduce((sum, flow) => (flow.from === key ? sum + flow.journeys : sum), 0);
      const stopped = kind === "ended" ? journeys : journeys - onward;
      if (stopped > 0) flows.push({ level: index + 1, from: key, to: end.key, journeys: stopped });
    }
  }
  return flows;
}

const LAST: Readonly<Record<SankeyKind, number>> = { touchpoint: 0, rest: 1, ended: 2 };

/** Mean place of a block's neighbours in the column beside it, weighted by journeys. */
function barycentre(key: string, flows: readonly Flow[], places: ReadonlyMap<string, number>, side: "from" | "to") {
  const mine = side === "from" ? "to" : "from";
  let [sum, weight] = [0, 0];
  for (const flow of flows) {
    const place = flow[mine] === key ? places.get(flow[side]) : undefined;
    if (place === undefined) continue;
    sum += place * flow.journeys;
    weight += flow.journeys;
  }
  return weight === 0 ? Number.POSITIVE_INFINITY : sum / weight;
}

function placesOf(column: readonly Block[]): Map<string, number> {
  let sum = 0;
  return new Map(
    column.map(({ key, journeys }) => {
      sum += journeys;
      return [key, sum - journeys / 2] as const;
    }),
  );
}

/** Orders the columns so that few ribbons cross: sweeps to the right, back, and right again; "Ended" stays last. */
function orderColumns(blocks: readonly (readonly Block[])[], flows: readonly Flow[]): Block[][] {
  const columns = blocks.map((column) => [...column]);
  const sweep = (index: number, side: "from" | "to") => {
    const beside = columns[side === "from" ? index - 1 : index + 1];
    if (!beside) return;
    const places = placesOf(beside);
    const centre = new Map((columns[index] ?? []).map(({ key }) => [key, barycentre(key, flows, places, side)]));
    columns[index]?.sort(
      (a, b) =>
        LAST[a.kind] - LAST[b.kind] || (centre.get(a.key) ?? 0) - (centre.get(b.key) ?? 0) || b.journeys - a.journeys,
    );
  };
  const forth = columns.map((_, index) => index);
  for (const index of forth) sweep(index, "from");
  for (const index of [...forth].reverse()) sweep(index, "to");
  for (const index of forth) sweep(index, "from");
  return columns;
}

function ribbon(from: SankeyNode, to: SankeyNode, top: number, bottom: number, thickness: number): string {
  const [x0, x1] = [round(from.x + from.width), round(to.x)];
  const middle = round((x0 + x1) / 2);
  const [a, b, c, d] = [top, bottom, bottom + thickness, top + thickness].map(round);
  return `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${c}C${middle} ${c} ${middle} ${d} ${x0} ${d}Z`;
}

function layLinks(flows: readonly Flow[], nodes: ReadonlyMap<string, SankeyNode>, unit: number): SankeyLink[] {
  const used = new Map<string, number>();
  const take = (side: string, node: SankeyNode, thickness: number) => {
    const offset = used.get(side + node.key) ?? 0;
    used.set(side + node.key, offset + thickness);
    return node.y + offset;
  };
  const ends = flows.flatMap((flow) => {
    const [from, to] = [nodes.get(flow.from), nodes.get(flow.to)];
    return from && to ? [{ from, to, ...{ journeys: flow.journeys, level: flow.level } }] : [];
  });
  // Ribbons leave a node in the order of where they go, and arrive in the order of where they come from.
  const tops = new Map<object, number>();
  for (const end of [...ends].sort((a, b) => a.to.y - b.to.y)) tops.set(end, take(">", end.from, end.journeys * unit));
  const bottoms = new Map<object, number>();
  for (const end of [...ends].sort((a, b) => a.from.y - b.from.y))
    bottoms.set(end, take("<", end.to, end.journeys * unit));
  return ends.map((end) => ({
    key: `${end.from.key} > ${end.to.key}`,
    ...end,
    path: ribbon(end.from, end.to, tops.get(end) ?? 0, bottoms.get(end) ?? 0, end.journeys * unit),
  }));
}

/**
 * Lays a Sankey diagram out.
 * @param width px of the whole drawing
 * @param body px that stand for all journeys; gaps between nodes come on top
 */
export function layoutSankey(data: SankeyData, width: number, body = 440): SankeyLayout {
  const blocks = readBlocks(data);
  const flows = readFlows(data, blocks);
  const step = width / Math.max(1, blocks.length);
  const unit = data.journeys > 0 ? body / data.journeys : 0;
  const nodes: SankeyNode[] = [];
  let bottom = HEADER;
  for (const [index, column] of orderColumns(blocks, flows).entries()) {
    let y = HEADER;
    for (const { key, kind, touchpoint, journeys } of column) {
      const height = Math.max(1, journeys * unit);
      const share = data.journeys > 0 ? journeys / data.journeys : 0;
      nodes.push({
        key,
        level: index + 1,
        kind,
        touchpoint,
        journeys,
        share,
        x: index * step,
        y,
        width: NODE_WIDTH,
        height,
      });
      y += Math.max(height + GAP, SLOT);
    }
    bottom = Math.max(bottom, y);
  }
  return {
    width,
    height: bottom,
    labelWidth: step - NODE_WIDTH - 2 * LABEL_GAP,
    columns: blocks.map((_, index) => ({ level: index + 1, x: index * step })),
    nodes,
    links: layLinks(flows, new Map(nodes.map((node) => [node.key, node])), unit),
  };
}
