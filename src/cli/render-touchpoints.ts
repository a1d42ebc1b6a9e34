/**
 * The catalogue of touchpoints on a terminal, and what an edit made of one.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type Edited = Answer<"set-touchpoint">["touchpoint"];

/** The names that events came in with, where they are not simply the touchpoint's own. */
function otherNames({ name, rawNames }: Edited): string {
  return rawNames.length === 1 && rawNames[0] === name ? "" : rawNames.join(", ");
}

export function renderTouchpoints({ touchpoints, unmapped }: Answer<"touchpoints">): string[] {
  const renamed = touchpoints.some((row) => otherNames(row) !== "");
  const hidden = touchpoints.filter((row) => row.hidden).length;
  return [
    formatCount(touchpoints.length, "touchpoint") + (hidden > 0 ? `, ${formatNumber(hidden)} hidden` : ""),
    ...renderTable(
      [
        { title: "Touchpoint", value: (row) => row.name },
        { title: "Events", align: "right", value: (row) => formatNumber(row.events) },
        { title: "Stage", value: (row) => row.stage ?? "–" },
        { title: "Channel", value: (row) => row.channel ?? "–" },
        { title: "Role", value: (row) => row.role ?? "–" },
        { title: "Owner", value: (row) => row.owner ?? "–" },
        ...(hidden > 0 ? [{ title: "Hidden", value: (row: Edited) => (row.hidden ? "hidden" : "") }] : []),
        ...(renamed ? [{ title: "Came in as", value: otherNames }] : []),
      ],
      touchpoints,
    ),
    "",
    unmapped.length === 0 ? "Every touchpoint has a stage." : `Without a stage: ${unmapped.join(", ")}`,
  ];
}

/** One line: what the touchpoint is now. */
export function renderEdited({ touchpoint }: { readonly touchpoint: Edited }): string[] {
  const { name, stage, channel, role, owner, hidden } = touchpoint;
  const parts = [
    `stage ${stage ?? "–"}`,
    `channel ${channel ?? "–"}`,
    `role ${role ?? "–"}`,
    `owner ${owner ?? "–"}`,
    ...(hidden ? ["hidden"] : []),
  ];
  const names = otherNames(touchpoint);
  return [`${name}: ${parts.join(", ")}${names === "" ? "" : `; events came in as ${names}`}`];
}
