/**
 * Imports and the catalogue on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

/** "12 no customer, 3 cancelled" – why records were left out on purpose. */
export function describeSkipped(skipped: Readonly<Record<string, number>>): string {
  return Object.entries(skipped)
    .map(([reason, count]) => `${formatNumber(count)} ${reason}`)
    .join(", ");
}

export function renderImports({ imports }: Answer<"imports">): string[] {
  return [
    formatCount(imports.length, "import"),
    ...renderTable(
      [
        { title: "Id", align: "right", value: (row) => String(row.id) },
        { title: "Recipe", value: (row) => row.recipe },
        { title: "Status", value: (row) => row.status },
        { title: "Files", value: (row) => row.files.map(({ name }) => name).join(", ") },
        { title: "Read", align: "right", value: (row) => formatNumber(row.events?.read) },
        { title: "Added", align: "right", value: (row) => formatNumber(row.events?.added) },
        { title: "Duplicate", align: "right", value: (row) => formatNumber(row.events?.duplicate) },
        { title: "Rejected", align: "right", value: (row) => formatNumber(row.events?.rejected) },
        { title: "Customers", align: "right", value: (row) => formatNumber(row.customers) },
        { title: "Skipped", value: (row) => describeSkipped(row.events?.skipped ?? {}) },
      ],
      imports,
    ),
  ];
}

export function renderTouchpoints({ touchpoints, unmapped }: Answer<"touchpoints">): string[] {
  return [
    formatCount(touchpoints.length, "touchpoint"),
    ...renderTable(
      [
        { title: "Touchpoint", value: (row) => row.name },
        { title: "Stage", value: (row) => row.stage ?? "–" },
        { title: "Channel", value: (row) => row.channel ?? "–" },
        { title: "Role", value: (row) => row.role ?? "–" },
      ],
      touchpoints,
    ),
    "",
    unmapped.length === 0 ? "Every touchpoint has a stage." : `Without a stage: ${unmapped.join(", ")}`,
  ];
}
