/**
 * Files as other programs export them, and what Waymark makes of them through its own proposal.
 * A row names only what it says; the header is the exporter's, whole and in its order.
 */
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { importPaths, type PathsReport } from "../src/ingest/import-paths.ts";
import type { ImportWorkspace } from "./import-workspace.ts";

function cell(value: string | number): string {
  const text = String(value);
  return /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A CSV file with this header. @throws Error for a row that names a column the header has not */
export function csv(header: string, rows: readonly Readonly<Record<string, string | number>>[]): string {
  const columns = header.split(",");
  const lines = rows.map((row) => {
    const unknown = Object.keys(row).find((name) => !columns.includes(name));
    if (unknown !== undefined) throw new Error(`the header has no column ${unknown}`);
    return columns.map((column) => cell(row[column] ?? "")).join(",");
  });
  return `${[header, ...lines].join("\n")}\n`;
}

/** Imports a folder of these files as somebody would who says nothing about them. */
export async function importProposed(
  workspace: ImportWorkspace,
  files: Readonly<Record<string, string>>,
): Promise<PathsReport> {
  const folder = await mkdtemp(join(workspace.dir, "export-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return importPaths(workspace.deps, { paths: [folder] });
}

/** Events and known customers by touchpoint, with the sum of values (null where none has one); in alphabetical order. */
export function countTouchpoints(
  workspace: ImportWorkspace,
  importId: number,
): Promise<
  readonly {
    readonly name: string;
    readonly events: number;
    readonly customers: number;
    readonly value: number | null;
  }[]
> {
  return workspace.events.query(
    `SELECT touchpoint AS name, toInt32(count()) AS events, toInt32(uniqExactIf(customer, customer != 0)) AS customers,
       round(toFloat64(sum(value)), 2) AS value FROM raw WHERE import = {id:UInt32} GROUP BY name ORDER BY name`,
    { params: { id: importId } },
  );
}
