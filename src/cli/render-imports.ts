/**
 * Imports on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatDuration, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

/** "12 no customer, 3 cancelled" – why records were left out on purpose. */
export function describeSkipped(skipped: Readonly<Record<string, number>>): string {
  return Object.entries(skipped)
    .map(([reason, count]) => `${formatNumber(count)} ${reason}`)
    .join(", ");
}

type Imported = Answer<"import">["imports"][number];

const LISTED = 12;

function listSome(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return names.slice(0, LISTED).join(", ") + (rest > 0 ? ` and ${formatNumber(rest)} more` : "");
}

/** What happened to the records, and what people should look at. */
function renderOutcome(done: Imported): string[] {
  const { events, customers, rejects, rejectsFile, warnings, unmapped, mapping } = done;
  const counts = [
    `${formatCount(events.read, "record")} read`,
    `${formatCount(events.added, "event")} added`,
    `${formatNumber(events.duplicate)} there already`,
    `${formatCount(events.rejected, "record")} rejected`,
  ];
  const skipped = describeSkipped(events.skipped);
  return [
    `  ${counts.join(", ")}; ${formatCount(customers, "customer")}`,
    ...(skipped === "" ? [] : [`  skipped: ${skipped}`]),
    ...rejects.map(
      ({ records, field, reason }) => `  rejected: ${formatCount(records, "record")}, ${field}: ${reason}`,
    ),
    ...(rejectsFile === null
      ? []
      : [`  rejected records are in ${rejectsFile}; waymark imports rejects ${done.id} says what to do`]),
    ...[...mapping.notes, ...warnings].map((note) => `  note: ${note}`),
    ...(unmapped.length === 0 ? [] : [`  touchpoints without a stage: ${listSome(unmapped)}`]),
  ];
}

export function renderImport(done: Imported): string[] {
  const how = done.mapping.by === "mapping" ? "by the mapping that was proposed" : `by the recipe ${done.recipe}`;
  return [
    `Import ${done.id} ${how}, in ${formatDuration(done.seconds)}:`,
    ...renderOutcome(done),
    "Next: waymark map, waymark variants, waymark kpis",
  ];
}

/** What would come in: the mapping with its reasons, the outcome, the first events. */
export function renderProposal(proposed: Imported): string[] {
  const { mapping, preview } = proposed;
  const how = { said: "The mapping", recipe: "The recipe that fits", mapping: "The mapping that is proposed" }[
    mapping.by
  ];
  return [
    `${how}: ${mapping.recipe}`,
    "",
    ...mapping.yaml
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
    "",
    "What would come in:",
    ...renderOutcome(proposed),
    "",
    "The first events:",
    ...renderTable(
      [
        { title: "Record", align: "right", value: (event) => formatNumber(event.record) },
        { title: "Time (UTC)", value: (event) => event.time.replace("T", " ").replace("Z", "") },
        { title: "Customer", value: (event) => event.customer },
        { title: "Touchpoint", value: (event) => event.touchpoint },
        { title: "Channel", value: (event) => event.channel },
        { title: "Value", align: "right", value: (event) => (event.value === null ? "" : formatNumber(event.value)) },
        { title: "Objects", value: (event) => event.objects.map(({ type, id }) => `${type} ${id}`).join(", ") },
      ],
      preview,
    ),
  ];
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
        { title: "Mended", align: "right", value: (row) => (row.mended > 0 ? formatNumber(row.mended) : "") },
        { title: "Customers", align: "right", value: (row) => formatNumber(row.customers) },
        { title: "Skipped", value: (row) => describeSkipped(row.events?.skipped ?? {}) },
      ],
      imports,
    ),
  ];
}
