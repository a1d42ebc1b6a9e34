/**
 * From paths on this machine to an import: which mapping, which sources, then the import itself.
 * It puts the steps of this folder in order; each of them is explained in its own file.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import { type DescribedTable, describeFiles, describeTables } from "./describe-sources.ts";
import { type ImportDeps, type ImportReport, importEvents } from "./import-events.ts";
import type { LoadProgress } from "./load-records.ts";
import { planTables, readingHints } from "./plan-tables.ts";
import { prepareSources } from "./prepare-sources.ts";
import { type Proposal, proposeMapping } from "./propose-mapping.ts";
import { loadRecipe, readMappingFile } from "./recipes.ts";
import type { Sample, SourceFile } from "./source-file.ts";
import { mappingToYaml } from "./write-mapping.ts";

export interface PathsRequest {
  /** Absolute paths of files and folders. */
  readonly paths: readonly string[];
  /** Name of a shipped recipe, or … */
  readonly recipe?: string | undefined;
  /** … absolute path of a mapping file. Neither: the proposal is used. */
  readonly mappingFile?: string | undefined;
  /** Zone of times that carry no offset, an IANA name; instead of the one that the mapping says. */
  readonly zone?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly replace?: boolean | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface ChosenMapping {
  /** said: by the user; recipe and mapping: proposed by what the files look like. */
  readonly by: "said" | Proposal["kind"];
  readonly recipe: string;
  /** The mapping itself; with corrections it is taken back as a mapping file. */
  readonly value: Mapping;
  /** As a mapping file, with the reasons as comments. */
  readonly yaml: string;
  readonly reasons: Proposal["reasons"];
  /** What people should know, of the files and of the proposal. */
  readonly notes: readonly string[];
}

export interface PathsReport extends ImportReport {
  readonly mapping: ChosenMapping;
  /** Dry run only: what the files hold, by file table. */
  readonly sources: readonly DescribedTable[];
}

interface Prepared {
  readonly sources: readonly SourceFile[];
  readonly samples: readonly Sample[];
}

interface Chosen extends Prepared {
  readonly chosen: ChosenMapping;
}

/**
 * Imports files, or with `dryRun` shows what would come in.
 * @throws AppError invalid, not-found, forbidden (paths, mapping, files), unavailable; the signal's reason
 */
export async function importPaths(deps: ImportDeps, request: PathsRequest): Promise<PathsReport> {
  const temporary = join(deps.workspaceDir, "temp");
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(temporary, "import-"));
  try {
    const { chosen, sources, samples } = await chooseMapping(deps, request, folder);
    const mapping = chosen.value;
    const { dryRun = false, replace = false, paths, signal, onProgress } = request;
    const report = await importEvents(deps, {
      paths,
      mapping,
      sources,
      notes: chosen.notes,
      dryRun,
      replace,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    const records = new Map(report.files.map((file) => [file.name, file.records]));
    const described = dryRun ? describeTables(planTables(mapping, sources).tables, samples, records) : [];
    return { ...report, mapping: chosen, sources: described };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function chooseMapping(deps: ImportDeps, request: PathsRequest, folder: string): Promise<Chosen> {
  const zoned = (mapping: Mapping): Mapping =>
    request.zone === undefined ? mapping : { ...mapping, zone: request.zone };
  const known = await readSaid(request);
  if (known) {
    const said = zoned(known);
    const prepared = await prepare(deps, request, join(folder, "said"), said);
    const { recipe } = said;
    const notes = notesOf(prepared.sources);
    return { ...prepared, chosen: { by: "said", recipe, value: said, yaml: mappingToYaml(said), reasons: [], notes } };
  }
  const looked = await prepare(deps, request, join(folder, "looked"));
  const proposal = propose(looked, request.zone);
  const { reasons, notes } = proposal;
  const mapping = zoned(proposal.kind === "recipe" ? await loadRecipe(proposal.recipe) : proposal.mapping);
  // A recipe may know better than the sniffer how its files are written.
  const prepared = proposal.kind === "recipe" ? await prepare(deps, request, join(folder, "known"), mapping) : looked;
  const chosen: ChosenMapping = {
    by: proposal.kind,
    recipe: mapping.recipe,
    value: mapping,
    yaml: mappingToYaml(mapping, { reasons, notes }),
    reasons,
    notes: [...notesOf(prepared.sources), ...notes],
  };
  return { ...prepared, chosen };
}

/** Where nothing can be proposed people write the mapping themselves: they are shown what the files hold. */
function propose({ sources, samples }: Prepared, zone: string | undefined): Proposal {
  try {
    return proposeMapping(sources, samples, zone);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const details = { ...error.details, sources: describeFiles(sources, samples) };
    throw new AppError(error.code, error.message, details, { cause: error });
  }
}

async function readSaid({ recipe, mappingFile }: PathsRequest): Promise<Mapping | undefined> {
  if (mappingFile !== undefined) return readMappingFile(mappingFile);
  return recipe === undefined ? undefined : loadRecipe(recipe);
}

function prepare(deps: ImportDeps, request: PathsRequest, folder: string, mapping?: Mapping): Promise<Prepared> {
  const { signal, onProgress } = request;
  return prepareSources(request.paths, folder, {
    events: deps.events,
    ...(signal ? { signal } : {}),
    ...(mapping ? readingHints(mapping) : {}),
    onProgress: (name, records) => onProgress?.({ phase: `reading ${name}`, bytes: 0, totalBytes: 0, records }),
  });
}

function notesOf(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ notes }) => notes);
}
