/**
 * The seam to Postgres: what the workspace knows besides events (imports, touchpoints, settings, stored results).
 * Two engines, PGlite on disk and a server by URL, behind one interface and one contract suite.
 */
import type { Role, Stage, Touchpoint } from "../domain/touchpoint.ts";
import type { EffectStore } from "./effect-store.ts";
import type { FindingStore } from "./finding-store.ts";
import type { InitiativeStore } from "./initiative-store.ts";

/** loading → live → removing → removed; a failed or interrupted load goes from loading to removed. */
export type ImportStatus = "loading" | "live" | "removing" | "removed";

export interface ImportCounts {
  readonly read: number;
  readonly added: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, number>>;
}

export interface ImportRecord {
  readonly id: number;
  readonly recipe: string;
  /** The mapping in force, whole, so that the import can be explained and repeated. */
  readonly mapping: unknown;
  readonly mappingHash: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** What people should know of it: whole sentences. */
  readonly notes: readonly string[];
  readonly status: ImportStatus;
  /** Whether `journey_rows` reflects the present status of this import. */
  readonly prepared: boolean;
  readonly events: ImportCounts | null;
  readonly customers: number | null;
  readonly seconds: number | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export type NewImport = Pick<ImportRecord, "recipe" | "mapping" | "mappingHash" | "files"> &
  Partial<Pick<ImportRecord, "notes">>;

export interface NewTouchpoint {
  readonly name: string;
  readonly stage: Stage | null;
  readonly channel: string | null;
  readonly role: Role | null;
}

/** `name`, `names` and `into` are present names, not raw ones. */
export type TouchpointEdit =
  | {
      readonly kind: "set";
      readonly name: string;
      readonly change: Partial<Pick<Touchpoint, "stage" | "channel" | "role" | "owner" | "hidden">>;
    }
  | { readonly kind: "rename"; readonly name: string; readonly to: string }
  /** The raw names of all these lead to `into` from now on. */
  | { readonly kind: "merge"; readonly names: readonly string[]; readonly into: string }
  /** Takes a merge back for one raw name: it leads to a touchpoint of its own again. */
  | { readonly kind: "split"; readonly name: string; readonly rawName: string };

/** Something people know about a day: a campaign, an outage, a release. */
export interface Annotation {
  readonly id: number;
  /** Calendar day of the workspace's zone, YYYY-MM-DD. */
  readonly date: string;
  readonly text: string;
  readonly createdAt: Date;
}

/** What a KPI shall reach, and where it stood when that was decided. In the KPI's unit. */
export interface KpiTarget {
  readonly kpi: string;
  readonly target: number | null;
  readonly baseline: number | null;
  readonly updatedAt: Date;
}

export interface SettingOptions {
  /** Whether answers depend on it, so that they are computed anew. Default true. */
  readonly changesAnswers?: boolean;
}

export interface StateStore {
  readonly kind: "pglite" | "postgres";

  /** Opens an import as `loading`, not prepared; its id is never used again. */
  beginImport(record: NewImport): Promise<number>;
  /** THE COMMIT POINT: one transaction makes the import live (not prepared) and raises the data version. */
  commitImport(id: number): Promise<void>;
  /** After preparation: stores what the import brought, marks it prepared, and raises the data version. */
  finishImport(
    id: number,
    result: { readonly events: ImportCounts; readonly customers: number; readonly seconds: number },
  ): Promise<void>;
  /** live → removing (not prepared), raises the data version. @throws AppError not-found, conflict */
  beginRemoval(id: number): Promise<void>;
  /** loading | removing → removed, prepared; raises the data version. */
  finishRemoval(id: number): Promise<void>;
  listImports(): Promise<readonly ImportRecord[]>;
  /** @throws AppError not-found */
  getImport(id: number): Promise<ImportRecord>;

  listTouchpoints(): Promise<readonly Touchpoint[]>;
  /**
   * Sees to it that every raw name leads to a touchpoint, and returns the whole catalogue. New names get the next ids in
   * the order given, unless a touchpoint is called so by now. @throws AppError invalid past 65,535
   */
  ensureTouchpoints(touchpoints: readonly NewTouchpoint[]): Promise<readonly Touchpoint[]>;
  /**
   * THE COMMIT POINT of an edit: one transaction changes the catalogue and raises the data version; names whose journeys
   * must be prepared anew are unprepared from then on. Changes nothing when everything is as asked.
   * @returns the touchpoint set, renamed, merged into or split off
   * @throws AppError not-found, conflict, invalid
   */
  editTouchpoint(edit: TouchpointEdit): Promise<Touchpoint>;
  /** Raw names whose journeys do not show their present touchpoint yet. */
  listUnprepared(): Promise<readonly string[]>;
  /** After preparation: these names are prepared, and touchpoints that no name leads to are gone. Raises the data version. */
  finishTouchpoints(rawNames: readonly string[]): Promise<void>;

  /** Undefined when never set. Values are JSON. */
  getSetting<Value>(key: string): Promise<Value | undefined>;
  /** @param options what no answer of an analysis depends on leaves the data version as it is */
  setSetting(key: string, value: unknown, options?: SettingOptions): Promise<void>;

  /** By date, then in the order they were written. */
  listAnnotations(): Promise<readonly Annotation[]>;
  /** Its id is never used again. Answers do not depend on it: the data version stays. */
  addAnnotation(annotation: Pick<Annotation, "date" | "text">): Promise<Annotation>;
  /** @throws AppError not-found */
  removeAnnotation(id: number): Promise<void>;

  /** By KPI. */
  listTargets(): Promise<readonly KpiTarget[]>;
  /** Replaces what was set before; two nulls take it away. The data version stays. */
  setTarget(target: Pick<KpiTarget, "kpi" | "target" | "baseline">): Promise<void>;

  /** This store by another clock: for what is brought in with a past of its own, such as the demo's plans. Not to be closed. */
  at(clock: () => Date): StateStore;

  readonly findings: FindingStore;
  readonly effects: EffectStore;
  readonly initiatives: InitiativeStore;

  /** Rises with every commit that can change an answer. Starts at 0. */
  dataVersion(): Promise<number>;
  getResult(key: string, dataVersion: number): Promise<unknown | undefined>;
  /** Keeps the answer and drops answers of older data versions; one that is itself older is not kept. */
  putResult(key: string, dataVersion: number, report: unknown): Promise<void>;

  close(): Promise<void>;
}
