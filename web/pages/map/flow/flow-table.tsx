/**
 * The flow as a table: every ribbon a row, drop-outs among them, each number leading to who is behind it.
 */
import type { SankeyLayout, SankeyLink } from "../../../charts/sankey-layout.ts";
import { sankeyLabel } from "../../../charts/svg-sankey.ts";
import { Behind } from "../../../ui/behind.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { selectLink } from "./select-flow.ts";

function goalOf({ from, to }: SankeyLink): string {
  if (from.kind === "ended") return "still ended";
  return to.kind === "ended" ? "End of the journey" : sankeyLabel(to);
}

/** Ribbons step by step, the thickest first. */
export function flowRows({ links }: SankeyLayout): readonly SankeyLink[] {
  return links.toSorted((a, b) => a.level - b.level || b.journeys - a.journeys);
}

export function flowColumns(layout: SankeyLayout, journeys: number): readonly Column<SankeyLink>[] {
  return [
    { key: "step", title: "Step", align: "right", value: ({ level }) => level },
    { key: "from", title: "From", value: ({ from }) => sankeyLabel(from) },
    { key: "to", title: "To", value: goalOf },
    {
      key: "journeys",
      title: "Journeys",
      align: "right",
      value: (link) => link.journeys,
      format: (link) => <Behind {...selectLink(link, layout)}>{formatCount(link.journeys)}</Behind>,
    },
    {
      key: "share",
      title: "Of all journeys",
      align: "right",
      value: (link) => link.journeys / journeys,
      format: (link) => formatShare(link.journeys / journeys),
    },
  ];
}
