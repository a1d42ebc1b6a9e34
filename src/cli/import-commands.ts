/**
 * The commands about what came in: import, imports, imports rollback, recipes.
 * Each turns its words into one operation's input and names its renderer.
 */
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Answer } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readWhole } from "./read-option.ts";
import { addRejectCommands } from "./reject-commands.ts";
import { renderImport, renderImports, renderProposal } from "./render-imports.ts";
import {
  type CommonOptions,
  printAnswer,
  runQuestion,
  type TerminalCall,
  withCommonOptions,
  withSession,
} from "./run-command.ts";
import { STANDARD_INPUT, withStandardInput } from "./standard-input.ts";
import { renderTable } from "./table.ts";
import { forTerminal, write } from "./terminal.ts";

export const BRING_EVENTS =
  "This workspace is empty. Bring events in with: waymark import PATH … (or try: waymark demo --no-serve)";

interface ImportOptions extends CommonOptions {
  readonly recipe?: string;
  readonly mapping?: string;
  readonly zone?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
}

function addImport(program: Command): void {
  withCommonOptions(program.command("import"))
    .description(
      "brings events in from CSV, TSV, XLSX, fixed width, JSON lines, Parquet, XES or OCEL, also gzipped; a folder or ZIP of them; or «-»",
    )
    .argument("<paths...>", "files, folders, or - for standard input; those given together become one import")
    .option("--recipe <name>", "how to read them: one that ships with Waymark (waymark recipes)")
    .option("--mapping <file>", "how to read them: your own mapping, a YAML file")
    .option(
      "--zone <zone>",
      "where times without an offset were written, such as Europe/Berlin; UTC where nothing says it",
    )
    .option("--yes", "accept the proposed mapping without asking")
    .option("--dry-run", "show what would come in, and keep nothing")
    .option("--replace", "take back older imports of the same rows under another mapping")
    .addHelpText(
      "after",
      `
Without --recipe or --mapping Waymark proposes a mapping from header and sample and shows what would come in.

Example:
  $ waymark import events.csv --dry-run
  $ waymark import helpdesk.csv.gz --yes
  $ cat helpdesk.csv.gz | waymark import - --yes
  $ waymark import ./olist --recipe olist --json`,
    )
    .action(importFiles);
}

async function importFiles(paths: readonly string[], options: ImportOptions): Promise<void> {
  const { recipe, mapping, zone, dryRun = false, replace = false, json = false, yes = false } = options;
  if (recipe !== undefined && mapping !== undefined) throw wrongUse("Give --recipe or --mapping, not both.");
  const common = {
    ...(recipe === undefined ? {} : { recipe }),
    ...(mapping === undefined ? {} : { mappingFile: resolve(mapping) }),
    ...(zone === undefined ? {} : { zone }),
    replace,
  };
  const decided = recipe !== undefined || mapping !== undefined || yes || json || dryRun;
  const answer = await withSession(options, (session, call) =>
    withPaths(paths, call, async (absolute) => {
      const input = { ...common, paths: absolute };
      if (!decided) {
        const proposed = await session.run("import", { ...input, dryRun: true }, call);
        call.onRest();
        await confirm(proposed);
      }
      return session.run("import", { ...input, dryRun }, call);
    }),
  );
  await printAnswer(options, answer, (done) =>
    done.imports.flatMap((one) => (dryRun ? renderProposal(one) : renderImport(one))),
  );
}

/** The paths as the importer takes them: absolute, standard input as a file that lasts as long as `work`. */
async function withPaths<Result>(
  paths: readonly string[],
  { signal, onProgress }: TerminalCall,
  work: (absolute: string[]) => Promise<Result>,
): Promise<Result> {
  const piped = paths.filter((path) => path === STANDARD_INPUT).length;
  if (piped === 0) return work(paths.map((path) => resolve(path)));
  if (piped > 1) throw wrongUse("Standard input can be read once: give - once.");
  const onBytes = (done: number) => onProgress({ phase: "reading standard input", done, total: 0, unit: "bytes" });
  return withStandardInput(process.stdin, { signal, onBytes }, (kept) =>
    work(paths.map((path) => (path === STANDARD_INPUT ? kept : resolve(path)))),
  );
}

/** Shows the proposal and asks; only a person at a terminal can answer. */
async function confirm(proposed: Answer<"import">): Promise<void> {
  await write(process.stderr, `${forTerminal(proposed.imports.flatMap(renderProposal).join("\n"))}\n`);
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw wrongUse("Nothing was imported: add --yes to accept this proposal, or --mapping FILE for one of your own.");
  const dialog = createInterface({ input: process.stdin, output: process.stderr });
  const reply = await dialog.question("Import these events? [Y/n] ").finally(() => dialog.close());
  if (!/^(?:|y|yes)$/iu.test(reply.trim())) throw wrongUse("Nothing was imported.");
}

function addImports(program: Command): void {
  const imports = withCommonOptions(program.command("imports"))
    .description("what was imported, with its counts; below it: rollback, rejects, retry")
    .addHelpText("after", "\nExample:\n  $ waymark imports --json\n  $ waymark imports rollback 3");
  imports.option("--all", "also those that were rolled back or interrupted");
  imports.action((options: CommonOptions & { all?: boolean }) =>
    runQuestion(options, {
      operation: "imports",
      input: { all: options.all ?? false },
      render: renderImports,
      hint: ({ imports: list }) => (list.length === 0 ? BRING_EVENTS : undefined),
    }),
  );
  withCommonOptions(imports.command("rollback"))
    .description("takes one import out again; what another import brought too stays")
    .argument("<id>", "its number, as `waymark imports` lists it", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark imports rollback 3")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "rollback",
        input: { id },
        render: () => [`Import ${id} is out again.`],
      }),
    );
  addRejectCommands(imports);
}

/** Loaded when asked for: no other command needs the importer itself. */
async function readRecipes() {
  const { describeRecipes } = await import("../api/import-operations.ts");
  return describeRecipes();
}

function addRecipes(program: Command): void {
  const recipes = withCommonOptions(program.command("recipes"))
    .description("the mappings that ship with Waymark; `recipes show NAME` prints one")
    .addHelpText("after", "\nExample:\n  $ waymark recipes\n  $ waymark recipes show generic > my-mapping.yaml");
  recipes.action(async (options: CommonOptions) =>
    printAnswer(options, await readRecipes(), ({ recipes: list }) =>
      renderTable(
        [
          { title: "Recipe", value: (row) => row.name },
          { title: "For", whole: true, value: (row) => row.description },
        ],
        list,
      ),
    ),
  );
  withCommonOptions(recipes.command("show"))
    .description("prints one recipe as a mapping file")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  $ waymark recipes show online-retail")
    .action(async (name: string, _: unknown, command: Command) => {
      const { recipes: list } = await readRecipes();
      const recipe = list.find((one) => one.name === name);
      if (!recipe) throw wrongUse(`There is no recipe «${name}». Recipes: ${list.map((one) => one.name).join(", ")}.`);
      await printAnswer(command.optsWithGlobals<CommonOptions>(), recipe, ({ yaml }) => [yaml.trimEnd()]);
    });
}

export function addImportCommands(program: Command): void {
  addImport(program);
  addImports(program);
  addRecipes(program);
}
