/**
 * The commands about initiatives: list, show, create, set, document, records, do; and those of the files it adds.
 * Each turns its words into one operation's input and names its renderer.
 */
import { type Command, Option } from "commander";
import type { Answer, Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { addInitiativeEffectCommands } from "./initiative-effect-commands.ts";
import {
  type Action,
  type ChangeOptions,
  collectWhole,
  INITIATIVE,
  NONE,
  orNone,
  type RunChange,
  readAuthor,
  readIdOrNone,
  runChange,
  withAuthor,
  withChange,
} from "./initiative-options.ts";
import { addInitiativePhaseCommands } from "./initiative-phase-commands.ts";
import { addInitiativeRequirementCommands } from "./initiative-requirement-commands.ts";
import { readAmount, readWhole } from "./read-option.ts";
import { renderInitiative, renderInitiatives } from "./render-initiatives.ts";
import { renderRecords } from "./render-records.ts";
import { type CommonOptions, printAnswer, runQuestion, withCommonOptions, withSession } from "./run-command.ts";
import { said } from "./scope-options.ts";
import { writeWhole } from "./write-whole.ts";

type State = Answer<"initiatives">["initiatives"][number]["state"];
type DocumentKind = Input<"initiative-document">["document"];

const DOCUMENTS = ["feasibility", "foundations", "timebox-review", "benefits"];

function addList(program: Command): Command {
  return withCommonOptions(program.command("initiatives"))
    .description("projects by DSDM: phase, effort, Must share, health, verdict; subcommands work on them")
    .addOption(new Option("--state <state>", "only these").choices(["active", "closed", "stopped"]))
    .addHelpText(
      "after",
      `
Every change takes --author (or WAYMARK_AUTHOR) and, where it is of priority, scope, date or gate, --reason.
How DSDM is followed, from the first phase to the measured benefit: docs/delivery.md. Its rules: docs/health-rules.md.

Example:
  $ waymark initiatives create "Parcels on time" --finding 1 --author Ada
  $ waymark initiatives require 1 "Warn before a late delivery" --effort 5 --need-finding 1 --accept "mail within 1 h" --author Ada
  $ waymark initiatives prioritise 1 1 must --level project --reason "half of the cost" --author Ada
  $ waymark initiatives show 1`,
    )
    .action((options: CommonOptions & { state?: State }) =>
      runQuestion(options, {
        operation: "initiatives",
        input: said({ state: options.state }),
        render: renderInitiatives,
        hint: ({ initiatives }) =>
          initiatives.length === 0 && options.state === undefined
            ? 'Begin one with: waymark initiatives create "TITLE" --finding ID --author NAME'
            : undefined,
      }),
    );
}

function addShow(initiatives: Command): void {
  withCommonOptions(initiatives.command("show"))
    .description("one in full: phases, people, requirements, timeboxes, health, effects")
    .argument("<id>", INITIATIVE, readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark initiatives show 1")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "initiative",
        input: { id },
        render: renderInitiative,
      }),
    );
}

interface CreateOptions extends ChangeOptions {
  readonly summary?: string;
  readonly goal?: number;
  readonly finding?: readonly number[];
}

function addCreate(initiatives: Command): void {
  withAuthor(initiatives.command("create"))
    .description("begins an initiative; `initiatives enter` says in which phase")
    .argument("<title>", "what it shall bring about")
    .option("--summary <text>", "in a few sentences")
    .option("--goal <id>", "the goal it serves, as `waymark portfolio` lists it", readWhole)
    .option("--finding <id>", "a finding it acts on; may be given several times", collectWhole)
    .addHelpText("after", '\nExample:\n  $ waymark initiatives create "Parcels on time" --finding 1 --author Ada')
    .action((title: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CreateOptions>();
      const { summary, goal, finding } = options;
      return runQuestion(options, {
        operation: "create-initiative",
        input: { title, author: readAuthor(options), ...said({ summary, goal, findings: finding && [...finding] }) },
        render: ({ id }) => [`Initiative ${id} has begun: waymark initiatives enter ${id} feasibility`],
      });
    });
}

interface SetOptions extends ChangeOptions {
  readonly title?: string;
  readonly summary?: string;
  readonly goal?: number | typeof NONE;
  readonly benefit?: string;
  readonly monthly?: number;
  readonly gone?: true;
  readonly unit?: "days" | "points";
}

/** What is said replaces what stood there. */
function readEdit({ title, summary, goal, benefit, monthly, gone, unit }: SetOptions): Action {
  if (benefit === undefined && (monthly !== undefined || gone))
    throw wrongUse("--monthly and --gone are about the benefit: say it with --benefit.");
  const edit = {
    ...said({ title, effortUnit: unit }),
    ...(summary === undefined ? {} : { summary: orNone(summary) }),
    ...(goal === undefined ? {} : { goal: orNone(goal) }),
    ...(benefit === undefined
      ? {}
      : { benefit: benefit === NONE ? null : { text: benefit, monthly: monthly ?? null, expected: !gone } }),
  };
  if (Object.keys(edit).length === 0)
    throw wrongUse("Say what to set: --title, --summary, --goal, --benefit or --unit.");
  return { type: "edit-initiative", ...edit };
}

function addSet(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("set"))
    .description("changes what an initiative is called, for, and expected to bring; `none` takes a text away")
    .argument("<id>", INITIATIVE, readWhole)
    .option("--title <text>")
    .option("--summary <text>", "in a few sentences, or none")
    .option("--goal <id>", "the goal it serves, or none", readIdOrNone)
    .option("--benefit <text>", "what it should bring, or none")
    .option("--monthly <amount>", "the benefit in money a month", readAmount)
    .option("--gone", "the benefit is not expected any more")
    .addOption(new Option("--unit <unit>", "in which effort is estimated").choices(["days", "points"]))
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives set 1 --benefit "fewer refunds" --monthly 12000 --author Ada',
    )
    .action((initiative: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SetOptions>();
      return change(options, {
        initiative,
        makeAction: () => readEdit(options),
        tell: () => `Initiative ${initiative} is changed.`,
      });
    });
}

interface DocumentOptions extends CommonOptions {
  readonly timebox?: number;
  readonly out?: string;
}

async function runDocument(id: number, document: DocumentKind, options: DocumentOptions): Promise<void> {
  const { out, timebox } = options;
  const input = { id, document, ...said({ timebox }) };
  const answer = await withSession(options, (session, call) => session.run("initiative-document", input, call));
  if (out !== undefined) await writeWhole(out, `${answer.markdown.trimEnd()}\n`);
  await printAnswer(options, answer, ({ title, markdown }) =>
    out === undefined ? [markdown.trimEnd()] : [`${title}: ${out}`],
  );
}

function addDocument(initiatives: Command): void {
  withCommonOptions(initiatives.command("document"))
    .description("prints a product of the method from the data, in Markdown")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<document>", DOCUMENTS.join(", "))
    .option("--timebox <number>", "of a timebox-review: which timebox", readWhole)
    .option("--out <file>", "write it there instead")
    .addHelpText("after", "\nExample:\n  $ waymark initiatives document 1 foundations --out foundations.md")
    .action((id: number, document: DocumentKind, _: unknown, command: Command) =>
      runDocument(id, document, command.optsWithGlobals<DocumentOptions>()),
    );
}

interface RecordOptions extends CommonOptions {
  readonly subject?: string;
  readonly before?: number;
  readonly limit?: number;
}

function addRecords(initiatives: Command): void {
  withCommonOptions(initiatives.command("records"))
    .description("who changed what, when and why; nobody can edit it")
    .argument("<id>", INITIATIVE, readWhole)
    .option("--subject <what>", 'only what touched it, such as "requirement 3" or "timebox 1"')
    .option("--before <version>", "only what came before this version", readWhole)
    .option("--limit <n>", "how many at most", readWhole)
    .addHelpText("after", '\nExample:\n  $ waymark initiatives records 1 --subject "requirement 3"')
    .action((id: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<RecordOptions>();
      const { subject, before, limit } = options;
      return runQuestion(options, {
        operation: "initiative-records",
        input: { id, ...said({ subject, before, limit }) },
        render: renderRecords,
      });
    });
}

/** An action as JSON; what it may hold is told by the operation. */
export function readAction(text: string): Action {
  try {
    return JSON.parse(text) as Action;
  } catch {
    throw wrongUse(
      `That is no JSON: ${text.slice(0, 60)}. Quote it, such as '{"type":"enter-phase","phase":"feasibility"}'.`,
    );
  }
}

function addDo(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("do"))
    .description("any action on an initiative, as JSON: what has no command of its own, such as a workshop")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<action>", "a JSON object with its type and fields")
    .addHelpText(
      "after",
      `
Example:
  $ waymark initiatives do 1 '{"type":"answer-questionnaire","stage":"feasibility","statement":1,"score":4,"action":null}' --author Ada
  $ waymark initiatives do 1 '{"type":"hold-workshop","title":"Scope","day":"2026-03-02","objective":"agree on the Musts","facilitator":"Olga","participants":["Ada","Ben"],"outcome":null}' --author Ada
  $ waymark initiatives do 1 '{"type":"add-constraint","kind":"budget","text":"40,000 at most","phase":"business-study"}' --author Ada

All actions and their fields are in the reference of the API (docs/api.md).`,
    )
    .action((initiative: number, action: string, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => readAction(action),
        tell: ({ initiative: { id, version } }) => `Initiative ${id} is changed; its records have ${version} entries.`,
      }),
    );
}

/** @param change tests look at the change instead of making it */
export function addInitiativeCommands(program: Command, change: RunChange = runChange): void {
  const initiatives = addList(program);
  addShow(initiatives);
  addCreate(initiatives);
  addSet(initiatives, change);
  addInitiativePhaseCommands(initiatives, change);
  addInitiativeRequirementCommands(initiatives, change);
  addInitiativeEffectCommands(initiatives, change);
  addDocument(initiatives);
  addRecords(initiatives);
  addDo(initiatives, change);
}
