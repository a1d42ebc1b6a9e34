/**
 * What of a timebox's page stands in the address: which timebox of which initiative, and what of it is shown.
 */
import { z } from "zod";

export const TIMEBOX_TABS = ["board", "progress", "stand-ups", "history"] as const;
export type TimeboxTab = (typeof TIMEBOX_TABS)[number];

export const TAB_NAMES: Readonly<Record<TimeboxTab, string>> = {
  board: "Board",
  progress: "Burn-down and forecast",
  "stand-ups": "Stand-ups and blockers",
  history: "Reviews and history",
};

const number = z.coerce.number().int().min(1).optional().catch(undefined);

export const timeboxSearchSchema = z.object({
  initiative: number,
  timebox: number,
  tab: z.enum(TIMEBOX_TABS).catch("board").default("board"),
});
export type TimeboxSearch = z.output<typeof timeboxSearchSchema>;
