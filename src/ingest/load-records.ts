/**
 * Runs an import's plan: files into the event store, their events into the import's own partition of `raw`.
 * It publishes nothing; whether the import counts is decided by its caller.
 */
import type { EventStore, QuerySettings } from "../store/event-store.ts";
import type { BasePlan, ImportPlan } from "./compile-mapping.ts";
import { explainReadError } from "./explain-read-error.ts";
import { createImportTables, createStage, type ImportTables } from "./import-tables.ts";
import { leaveOutDone, type Mending } from "./mend-records.ts";
import { columnId, type PlannedFile, type PlannedTable } from "./plan-tables.ts";
import { readSource } from "./read-source.ts";
import { type LoadedSoFar, watchLoad } from "./watch-load.ts";

export interface LoadProgress {
  readonly phase: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
}

/** Which records, counted over the whole import, stand in which file. */
export interface LoadedFile {
  readonly file: PlannedFile;
  /** Records before this file; its own are offset + 1 … offset + records. */
  readonly offset: number;
  readonly records: number;
}

export interface LoadOptions {
  readonly importId: number;
  /** What it mends of another import. */
  readonly mends?: Mending | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** Joins and groups of many millions of records go to disk instead of failing. */
const BOUNDED: QuerySettings = {
  max_bytes_before_external_group_by: 500_000_000,
  max_bytes_before_external_sort: 500_000_000,
  join_algorithm: "grace_hash",
};

/** Stands for the file in a statement until the store says how it is read. */
const SOURCE_MARK = "source_file_mark";

class Loader {
  readonly #store: EventStore;
  readonly #plan: ImportPlan;
  readonly #options: LoadOptions;
  readonly #tables: ImportTables;
  readonly #loaded: LoadedFile[] = [];
  #records = 0;
  #bytes = 0;

  constructor(store: EventStore, plan: ImportPlan, options: LoadOptions, tables: ImportTables) {
    this.#store = store;
    this.#plan = plan;
    this.#options = options;
    this.#tables = tables;
  }

  async run(): Promise<readonly LoadedFile[]> {
    const { direct, bases } = this.#plan;
    const [only] = bases;
    if (direct && only) {
      for (const file of only.table.files) await this.#loadFile(only.table, file, only);
    } else {
      await this.#stageTables();
      for (const base of bases) await this.#makeEvents(base);
    }
    this.#progress("done");
    return this.#loaded;
  }

  async #stageTables(): Promise<void> {
    for (const table of this.#plan.tables) {
      if (table.files.length === 0) continue;
      const columns = table.columns.map((column) => columnId(table, column));
      await createStage(this.#store, this.#tables.stage(table.number), columns);
      for (const file of table.files) await this.#loadFile(table, file, undefined);
    }
  }

  /** One file, into its stage or (with `direct`) straight through the landing table. */
  async #loadFile(table: PlannedTable, file: PlannedFile, direct: BasePlan | undefined): Promise<void> {
    this.#progress(`reading ${file.source.name}`);
    const reading = readSource(table, file);
    const params = this.#plan.params;
    const stage = this.#tables.stage(table.number);
    const names = ["ord", "h", "bad", ...table.columns.map((column) => columnId(table, column))];
    const rule = direct?.rules[0];
    const into = rule ? `${this.#tables.land} (${rule.columns.join(", ")})` : `${stage} (${names.join(", ")})`;
    // Written before the statement is sent, because writing it adds parameters.
    const records = reading.select(SOURCE_MARK, this.#records, params);
    const text = rule && direct ? rule.select(direct.judged(records), this.#options.importId, true) : records;
    const stopWatching = watchLoad(this.#store, into, (sofar) => this.#tellPart(file, sofar));
    try {
      await this.#store.loadFile({
        into,
        select: (source) => text.replace(SOURCE_MARK, () => source),
        path: file.source.path,
        format: reading.format,
        structure: reading.structure,
        params: params.values,
        settings: reading.settings,
        ...(this.#options.signal && { signal: this.#options.signal }),
      });
    } catch (error) {
      throw await explainReadError(error, file.source);
    } finally {
      stopWatching();
    }
    const last = await this.#lastOrdinal(rule ? undefined : stage);
    this.#loaded.push({ file, offset: this.#records, records: last - this.#records });
    this.#records = last;
    this.#bytes += file.source.bytes;
  }

  /** The number of the last record read so far. Records are numbered without gaps, so this counts them. */
  async #lastOrdinal(stage: string | undefined): Promise<number> {
    const sql = stage
      ? `SELECT toString(max(ord)) AS last FROM ${stage}`
      : `SELECT toString(greatest((SELECT max(ordinal) FROM raw WHERE import = {id:UInt32}),
          (SELECT max(ordinal) FROM ${this.#tables.refused}))) AS last`;
    const [row] = await this.#store.query<{ last: string }>(sql, { params: { id: this.#options.importId } });
    return Math.max(this.#records, Number(row?.last ?? 0));
  }

  async #makeEvents(base: BasePlan): Promise<void> {
    this.#progress(`making events of ${base.table.name}`);
    const judged = base.judged(base.relation((table) => this.#tables.stage(table.number)));
    await this.#insert(`${this.#tables.refused} (ordinal, code)`, `SELECT ord, base FROM (${judged}) WHERE base != 0`);
    for (const rule of base.rules) {
      if (rule.misfits) await this.#insert(`${this.#tables.refused} (ordinal, code)`, rule.misfits(judged));
      await this.#insert(
        `${this.#tables.land} (${rule.columns.join(", ")})`,
        rule.select(judged, this.#options.importId, false),
      );
    }
  }

  async #insert(into: string, select: string): Promise<void> {
    const { signal } = this.#options;
    await this.#store.command(`INSERT INTO ${into} ${select}`, {
      params: this.#plan.params.values,
      settings: BOUNDED,
      ...(signal && { signal }),
    });
  }

  #progress(phase: string): void {
    this.#options.signal?.throwIfAborted();
    this.#tell(phase, this.#bytes, this.#records);
  }

  /** In the middle of a file: what the engine has read of it, packed if it is packed. */
  #tellPart({ source }: PlannedFile, sofar: LoadedSoFar): void {
    const size = source.path === source.originalPath ? source.bytes : source.unpackedBytes;
    // At the end the engine also counts what its views read again.
    if (sofar.bytes > size) return;
    const share = sofar.bytes / Math.max(1, size);
    this.#tell(`reading ${source.name}`, this.#bytes + share * source.bytes, this.#records + sofar.records);
  }

  #tell(phase: string, bytes: number, records: number): void {
    const totalBytes = this.#plan.tables
      .flatMap((table) => table.files)
      .reduce((sum, file) => sum + file.source.bytes, 0);
    this.#options.onProgress?.({ phase, bytes, totalBytes, records });
  }
}

/**
 * Loads all files of a plan under an import's number.
 * @throws AppError invalid (a file that cannot be taken apart), unavailable; the signal's reason
 */
export async function loadRecords(
  store: EventStore,
  plan: ImportPlan,
  options: LoadOptions,
): Promise<readonly LoadedFile[]> {
  const tables = await createImportTables(store, options.importId);
  if (options.mends) await leaveOutDone(store, options.importId, options.mends, plan);
  return new Loader(store, plan, options, tables).run();
}
