/**
 * The parameters of the graph's address: what is shown, how it is labelled and coloured, what is selected.
 */
import { z } from "zod";
import { EDGE_LABELS } from "./graph-words.ts";
import { HEATS } from "./heat.ts";

export const graphSearchSchema = z.object({
  by: z.enum(["touchpoint", "stage"]).catch("touchpoint"),
  /** 0 … 100; not said: a readable first look. */
  detail: z.coerce.number().min(0).max(100).optional().catch(undefined),
  /** Stages folded into one node each; "unmapped" for touchpoints without one. */
  folded: z.array(z.string()).catch([]),
  labels: z.enum(EDGE_LABELS).catch("count"),
  heat: z.enum(HEATS).catch("drop-off"),
  arrange: z.enum(["stages", "flow"]).optional().catch(undefined),
  /** Id of the selected node: its name. */
  node: z.coerce.string().optional().catch(undefined),
  /** Ids of both ends of the selected edge. */
  edge: z.tuple([z.coerce.string(), z.coerce.string()]).optional().catch(undefined),
  /** The field by which a selected step is broken down. */
  split: z.string().optional().catch(undefined),
});
export type GraphView = z.output<typeof graphSearchSchema>;
export type SetGraphView = (change: { readonly [Key in keyof GraphView]?: GraphView[Key] | undefined }) => void;
