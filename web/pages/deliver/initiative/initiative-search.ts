/**
 * What of the initiative's page stands in the address: which one, which tab, and what of the tab is open.
 * What a tab shows is the tab's matter.
 */
import { z } from "zod";

export const TABS = [
  "overview",
  "people",
  "requirements",
  "timeboxes",
  "control",
  "effect",
  "health",
  "documents",
  "records",
] as const;
export type Tab = (typeof TABS)[number];

export const TAB_NAMES: Readonly<Record<Tab, string>> = {
  overview: "Overview",
  people: "People",
  requirements: "Requirements",
  timeboxes: "Timeboxes",
  control: "Control",
  effect: "Effect",
  health: "Health",
  documents: "Documents",
  records: "Records",
};

const id = z.coerce.number().int().min(1).optional().catch(undefined);
const text = z.string().min(1).optional().catch(undefined);

export const DOCUMENTS = ["feasibility", "foundations", "timebox-review", "benefits"] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

export const initiativeSearchSchema = z.object({
  id,
  tab: z.enum(TABS).catch("overview"),
  /** The requirement that is open in the drawer. */
  requirement: id,
  /** new: the drawer with an empty requirement. */
  add: z.literal("requirement").optional().catch(undefined),
  /** Health: only the rules of this principle. */
  principle: z.coerce.number().int().min(1).max(8).optional().catch(undefined),
  document: z.enum(DOCUMENTS).optional().catch(undefined),
  /** Documents: whose review. */
  timebox: id,
  /** Records: only what touched this, such as "requirement 3". */
  subject: text,
  /** Requirements: words in the title, a priority of the project, a state. */
  find: text,
  priority: z.enum(["must", "should", "could", "wont", "undecided"]).optional().catch(undefined),
  state: z.enum(["to-do", "doing", "done"]).optional().catch(undefined),
  /** Requirements: only those with a broken rule, or not in any timebox. */
  only: z.enum(["broken", "unplanned", "breadth"]).optional().catch(undefined),
});
export type InitiativeSearch = z.output<typeof initiativeSearchSchema>;

/** Parameters that belong to one tab: going to another drops them. */
export const FORGOTTEN: Readonly<Record<string, undefined>> = {
  requirement: undefined,
  add: undefined,
  principle: undefined,
  document: undefined,
  timebox: undefined,
  subject: undefined,
  find: undefined,
  priority: undefined,
  state: undefined,
  only: undefined,
};
