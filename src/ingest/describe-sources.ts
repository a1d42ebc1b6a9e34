/**
 * What files hold, for people who write or correct a mapping: by file table, its columns with samples of their values.
 * It says nothing of what the columns mean; that is the proposal's part.
 */
import type { PlannedTable } from "./plan-tables.ts";
import type { Sample, SourceFile } from "./source-file.ts";

export interface DescribedTable {
  /** As in the mapping; the file's name where no mapping gives another. */
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly columns: readonly {
    readonly name: string;
    /** At most five different values that are not empty, long ones cut. */
    readonly samples: readonly string[];
  }[];
  /** Null while nobody has read the files to their end. */
  readonly records: number | null;
}

const SAMPLES = 5;
const LONGEST = 60;

function clip(value: string): string {
  const text = value.trim();
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
}

/** Values of a column, over the samples of all files that have it. */
function sampleColumn(columns: readonly (readonly [sample: Sample, at: number])[]): string[] {
  const seen = new Set<string>();
  for (const [sample, at] of columns)
    for (const row of [...sample.rows, ...sample.spread]) {
      const value = clip(row[at] ?? "");
      if (value !== "") seen.add(value);
      if (seen.size === SAMPLES) return [...seen];
    }
  return [...seen];
}

/**
 * The tables of a mapping.
 * @param samples of all sources; found by their path
 * @param records by file name, when the files have been read
 */
export function describeTables(
  tables: readonly PlannedTable[],
  samples: readonly Sample[],
  records?: ReadonlyMap<string, number>,
): DescribedTable[] {
  const byPath = new Map(samples.map((sample) => [sample.path, sample]));
  return tables.map((table) => {
    const read = table.files.map(({ source }) => records?.get(source.name));
    return {
      name: table.name,
      files: table.files.map(({ source: { name, bytes } }) => ({ name, bytes })),
      columns: table.columns.map((name) => ({
        name,
        samples: sampleColumn(
          table.files.flatMap(({ source, names }) => {
            const sample = byPath.get(source.path);
            const at = names.indexOf(name);
            return sample && at >= 0 ? [[sample, at] as const] : [];
          }),
        ),
      })),
      records: read.some((count) => count === undefined) ? null : read.reduce<number>((sum, n) => sum + (n ?? 0), 0),
    };
  });
}

/** Files without a mapping: each is a table of its own. */
export function describeFiles(sources: readonly SourceFile[], samples: readonly Sample[]): DescribedTable[] {
  return describeTables(
    sources.map((source, at) => ({
      name: source.name,
      number: at + 1,
      files: [{ source, names: source.columns }],
      columns: source.columns,
    })),
    samples,
  );
}
