/**
 * The state store over Drizzle: one implementation for PGlite and for a Postgres server.
 * How an engine is opened, migrated and closed is in open-state-store.ts; what went wrong is told by its `explain`.
 */
import { and, asc, eq, max, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../domain/app-error.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { EffectStore } from "./effect-store.ts";
import { openEffectTables } from "./effect-tables.ts";
import type { FindingStore } from "./finding-store.ts";
import { openFindingTables } from "./finding-tables.ts";
import type { InitiativeStore } from "./initiative-store.ts";
import { openInitiativeTables } from "./initiative-tables.ts";
import { annotations, imports, kpiTargets, results, settings, workspace } from "./state-schema.ts";
import type {
  Annotation,
  ImportCounts,
  ImportRecord,
  ImportStatus,
  KpiTarget,
  NewImport,
  NewTouchpoint,
  SettingOptions,
  StateStore,
  TouchpointEdit,
} from "./state-store.ts";
import { applyChange, type Catalogue, listEntries, planEdit, planTouchpoints } from "./touchpoint-catalogue.ts";
import { lockCatalogue, readCatalogue, settleCatalogue, writeCatalogue } from "./touchpoint-tables.ts";

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface StateEngine {
  readonly kind: StateStore["kind"];
  readonly db: Database;
  readonly clock: () => Date;
  /** Turns what the driver threw into what a person can act on, without secrets and without the values sent. */
  readonly explain: (error: unknown) => unknown;
  /** Before each use: the engine may have been lost to another process. */
  readonly ensureOpen: () => Promise<void>;
  /** After much was thrown away: gives the disk back what the write-ahead log keeps of it. */
  readonly reclaim: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type ImportChange = Partial<typeof imports.$inferInsert>;

export class DrizzleStateStore implements StateStore {
  readonly kind: StateStore["kind"];
  readonly findings: FindingStore;
  readonly effects: EffectStore;
  readonly initiatives: InitiativeStore;
  readonly #engine: StateEngine;
  #closing: Promise<void> | undefined;

  constructor(engine: StateEngine) {
    this.kind = engine.kind;
    this.#engine = engine;
    const tables = {
      transaction: <Result>(work: (db: Database) => Promise<Result>) => this.#transaction(work),
      clock: engine.clock,
    };
    this.findings = openFindingTables(tables);
    this.effects = openEffectTables(tables);
    this.initiatives = openInitiativeTables(tables);
  }

  at(clock: () => Date): StateStore {
    return new DrizzleStateStore({ ...this.#engine, clock });
  }

  async beginImport(record: NewImport): Promise<number> {
    const { recipe, mappingHash } = record;
    const mapping = toJson(record.mapping, "mapping");
    const files = toJson(record.files, "files");
    const notes = toJson(record.notes ?? [], "notes");
    const startedAt = this.#engine.clock();
    return this.#transaction(async (db) => {
      await db.select().from(workspace).for("update");
      const [row] = await db
        .insert(imports)
        .values({
          // Rows are never deleted: the next number is free, and stays free when this transaction fails.
          id: sql`(SELECT coalesce(max(id), 0) + 1 FROM import)`,
          recipe,
          mapping,
          mappingHash,
          files,
          notes,
          status: "loading",
          prepared: false,
          startedAt,
        })
        .returning({ id: imports.id });
      return (row as { id: number }).id;
    });
  }

  commitImport(id: number): Promise<void> {
    return this.#move(id, "commit", ["loading"], () => ({ status: "live", prepared: false }));
  }

  finishImport(
    id: number,
    result: { readonly events: ImportCounts; readonly customers: number; readonly seconds: number },
  ): Promise<void> {
    const { customers, seconds } = result;
    const events = toJson(result.events, "events");
    const finishedAt = this.#engine.clock();
    return this.#move(id, "finish", ["live"], ({ prepared, startedAt }) => {
      if (prepared) throw new AppError("conflict", `Import ${id} is finished already.`, { import: id });
      return { events, customers, seconds, finishedAt: notBefore(startedAt, finishedAt), prepared: true };
    });
  }

  beginRemoval(id: number): Promise<void> {
    return this.#move(id, "remove", ["live"], () => ({ status: "removing", prepared: false }));
  }

  finishRemoval(id: number): Promise<void> {
    const now = this.#engine.clock();
    return this.#move(id, "finish the removal of", ["loading", "removing"], ({ startedAt, finishedAt }) => ({
      status: "removed",
      prepared: true,
      finishedAt: finishedAt ?? notBefore(startedAt, now),
    }));
  }

  async listImports(): Promise<readonly ImportRecord[]> {
    const rows = await this.#run((db) => db.select().from(imports).orderBy(asc(imports.id)));
    return rows.map(toImportRecord);
  }

  async getImport(id: number): Promise<ImportRecord> {
    return toImportRecord(await this.#run((db) => findImport(db, id)));
  }

  async listTouchpoints(): Promise<readonly Touchpoint[]> {
    return listEntries(await this.#run(readCatalogue));
  }

  async ensureTouchpoints(wanted: readonly NewTouchpoint[]): Promise<readonly Touchpoint[]> {
    const before = await this.#run(readCatalogue);
    if (planTouchpoints(before, wanted).aliases.length === 0) return listEntries(before);
    return this.#changeCatalogue(async (db, catalogue) => {
      const added = planTouchpoints(catalogue, wanted);
      await writeCatalogue(db, added);
      return listEntries(applyChange(catalogue, added));
    });
  }

  editTouchpoint(edit: TouchpointEdit): Promise<Touchpoint> {
    return this.#changeCatalogue(async (db, catalogue) => {
      const { id, ...change } = planEdit(catalogue, edit);
      if (change.entries.length + change.aliases.length > 0) {
        await writeCatalogue(db, change);
        await raiseDataVersion(db);
      }
      return listEntries(applyChange(catalogue, change)).find((touchpoint) => touchpoint.id === id) as Touchpoint;
    });
  }

  async listUnprepared(): Promise<readonly string[]> {
    const { aliases } = await this.#run(readCatalogue);
    return aliases.filter(({ prepared }) => !prepared).map(({ rawName }) => rawName);
  }

  finishTouchpoints(rawNames: readonly string[]): Promise<void> {
    return this.#transaction(async (db) => {
      await lockCatalogue(db);
      await settleCatalogue(db, rawNames);
      await raiseDataVersion(db);
    });
  }

  async getSetting<Value>(key: string): Promise<Value | undefined> {
    const [row] = await this.#run((db) => db.select().from(settings).where(eq(settings.key, key)));
    return row && (JSON.parse(row.value) as Value);
  }

  async setSetting(key: string, value: unknown, { changesAnswers = true }: SettingOptions = {}): Promise<void> {
    const text = toJson(value, key);
    await this.#transaction(async (db) => {
      await db.select().from(workspace).for("update");
      const [row] = await db.select().from(settings).where(eq(settings.key, key));
      if (row?.value === text) return;
      await db
        .insert(settings)
        .values({ key, value: text })
        .onConflictDoUpdate({ target: settings.key, set: { value: text } });
      // Most answers depend on settings: days are counted in the zone, money in the main currency.
      if (changesAnswers) await raiseDataVersion(db);
    });
  }

  listAnnotations(): Promise<readonly Annotation[]> {
    return this.#run((db) => db.select().from(annotations).orderBy(asc(annotations.date), asc(annotations.id)));
  }

  async addAnnotation({ date, text }: Pick<Annotation, "date" | "text">): Promise<Annotation> {
    const createdAt = this.#engine.clock();
    const [row] = await this.#run((db) => db.insert(annotations).values({ date, text, createdAt }).returning());
    return row as Annotation;
  }

  async removeAnnotation(id: number): Promise<void> {
    const removed = fitsInteger(id)
      ? await this.#run((db) => db.delete(annotations).where(eq(annotations.id, id)).returning({ id: annotations.id }))
      : [];
    if (removed.length === 0) throw new AppError("not-found", `There is no annotation ${id}.`, { annotation: id });
  }

  listTargets(): Promise<readonly KpiTarget[]> {
    return this.#run((db) => db.select().from(kpiTargets).orderBy(asc(kpiTargets.kpi)));
  }

  async setTarget({ kpi, target, baseline }: Pick<KpiTarget, "kpi" | "target" | "baseline">): Promise<void> {
    const values = { target, baseline, updatedAt: this.#engine.clock() };
    await this.#run((db) =>
      target === null && baseline === null
        ? db.delete(kpiTargets).where(eq(kpiTargets.kpi, kpi))
        : db
            .insert(kpiTargets)
            .values({ kpi, ...values })
            .onConflictDoUpdate({ target: kpiTargets.kpi, set: values }),
    );
  }

  async dataVersion(): Promise<number> {
    const [row] = await this.#run((db) => db.select().from(workspace));
    return (row as { dataVersion: number }).dataVersion;
  }

  async getResult(key: string, dataVersion: number): Promise<unknown | undefined> {
    const [row] = await this.#run((db) =>
      db
        .select()
        .from(results)
        .where(and(eq(results.key, key), eq(results.dataVersion, dataVersion))),
    );
    return row && JSON.parse(row.report);
  }

  async putResult(key: string, dataVersion: number, report: unknown): Promise<void> {
    const text = toJson(report, key);
    const replaced = await this.#transaction(async (db) => {
      // First the lock: a reader of this table that then wants it alone would meet another one that does.
      await db.execute(sql`LOCK TABLE ${results} IN SHARE ROW EXCLUSIVE MODE`);
      const [row] = await db.select({ newest: max(results.dataVersion) }).from(results);
      const newest = row?.newest ?? dataVersion;
      if (newest > dataVersion) return false;
      // Frees the space at once: nothing vacuums an embedded engine, and reports are large.
      if (newest < dataVersion) await db.execute(sql`TRUNCATE ${results}`);
      await db
        .insert(results)
        .values({ key, dataVersion, report: text })
        .onConflictDoUpdate({ target: [results.key, results.dataVersion], set: { report: text } });
      return newest < dataVersion;
    });
    if (replaced) await this.#run(() => this.#engine.reclaim());
  }

  close(): Promise<void> {
    this.#closing ??= this.#engine.close();
    return this.#closing;
  }

  /** One step of an import's life: only from the states that allow it, together with the data version. */
  #move(
    id: number,
    verb: string,
    from: readonly ImportStatus[],
    change: (row: typeof imports.$inferSelect) => ImportChange,
  ): Promise<void> {
    return this.#transaction(async (db) => {
      // First, so that of two writers the second one reads what the first one wrote.
      await raiseDataVersion(db);
      const row = await findImport(db, id);
      if (!from.includes(row.status))
        throw new AppError(
          "conflict",
          `Import ${id} is ${row.status}; only one that is ${from.join(" or ")} allows to ${verb} it.`,
          {
            import: id,
            status: row.status,
          },
        );
      await db.update(imports).set(change(row)).where(eq(imports.id, id));
    });
  }

  async #run<Result>(work: (db: Database) => PromiseLike<Result>): Promise<Result> {
    if (this.#closing) throw new AppError("unavailable", "The state store is closed.");
    try {
      await this.#engine.ensureOpen();
      return await work(this.#engine.db);
    } catch (error) {
      throw error instanceof AppError ? error : this.#engine.explain(error);
    }
  }

  /** Two who meet the same new name must not both number it. */
  #changeCatalogue<Result>(work: (db: Database, catalogue: Catalogue) => Promise<Result>): Promise<Result> {
    return this.#transaction(async (db) => {
      await lockCatalogue(db);
      return work(db, await readCatalogue(db));
    });
  }

  #transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    return this.#run((db) => db.transaction(work));
  }
}

/** The clock may have been set back meanwhile. */
function notBefore(start: Date, end: Date): Date {
  return end < start ? start : end;
}

async function raiseDataVersion(db: Database): Promise<void> {
  await db.update(workspace).set({ dataVersion: sql`${workspace.dataVersion} + 1` });
}

/** A number the column cannot hold is a number no row has, not a fault of the engine. */
function fitsInteger(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647;
}

async function findImport(db: Database, id: number): Promise<typeof imports.$inferSelect> {
  const [row] = fitsInteger(id) ? await db.select().from(imports).where(eq(imports.id, id)) : [];
  if (!row) throw new AppError("not-found", `There is no import ${id}.`, { import: id });
  return row;
}

function toImportRecord(row: typeof imports.$inferSelect): ImportRecord {
  return {
    ...row,
    mapping: JSON.parse(row.mapping) as unknown,
    files: JSON.parse(row.files) as ImportRecord["files"],
    notes: JSON.parse(row.notes) as ImportRecord["notes"],
    events: row.events === null ? null : (JSON.parse(row.events) as ImportCounts),
  };
}

function toJson(value: unknown, name: string): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new AppError("invalid", `The value of «${name}» cannot be kept: it is not JSON.`);
  return text;
}
