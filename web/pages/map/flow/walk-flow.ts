/**
 * Walking along a flow with the arrow keys: from block to ribbon to block, up and down a column.
 * It only says where a key leads; focus is the chart's.
 */
import type { SankeyLayout } from "../../../charts/sankey-layout.ts";

type Walkable = Pick<SankeyLayout, "nodes" | "links">;

function neighbour(keys: readonly string[], key: string, by: number): string | undefined {
  const index = keys.indexOf(key);
  return index < 0 ? undefined : keys[index + by];
}

function stepNode({ nodes, links }: Walkable, key: string, arrow: string): string | undefined {
  const node = nodes.find((one) => one.key === key);
  if (!node) return undefined;
  const largest = (side: "from" | "to") =>
    links.filter((link) => link[side].key === key).toSorted((a, b) => b.journeys - a.journeys)[0]?.key;
  if (arrow === "ArrowRight") return largest("from");
  if (arrow === "ArrowLeft") return largest("to");
  const column = nodes.filter(({ level }) => level === node.level).map((one) => one.key);
  return neighbour(column, key, arrow === "ArrowDown" ? 1 : -1);
}

/**
 * Where an arrow key leads from a block or ribbon; undefined: nowhere.
 * Left and right follow the flow, the thickest ribbon first; up and down stay in the column, or with ribbons of one block.
 */
export function walkFlow(layout: Walkable, key: string, arrow: string): string | undefined {
  const link = layout.links.find((one) => one.key === key);
  if (!link) return stepNode(layout, key, arrow);
  if (arrow === "ArrowRight") return link.to.key;
  if (arrow === "ArrowLeft") return link.from.key;
  const siblings = layout.links
    .filter(({ from }) => from.key === link.from.key)
    .toSorted((a, b) => a.to.y - b.to.y)
    .map((one) => one.key);
  return neighbour(siblings, key, arrow === "ArrowDown" ? 1 : -1);
}
