/**
 * The commands about registered measurements: list, show, foresee, plan, set, comment, measure, remove.
 * Each turns its words into one operation's input and names its renderer; a question at once is effect-command.ts.
 */
import { type Command, Option } from "commander";
import type { Answer } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { addQuestionOptions, type QuestionOptions, readQuestion, readWholeQuestion } from "./effect-options.ts";
import { measureEach, tellFailures } from "./measure-each.ts";
import { readWhole } from "./read-option.ts";
import { renderEffectPlan, renderEffects, renderForesight } from "./render-effect-plan.ts";
import { type CommonOptions, printAnswer, runQuestion, withCommonOptions, withSession } from "./run-command.ts";
import { said } from "./scope-options.ts";

type Status = Answer<"effect">["status"];

/** What takes a value away. */
const NONE = "none";
const ID = "its number, as `waymark effects` lists it";

const QUESTION = `--design staged --metric ratio --event 'touchpoint = "Order Completed"' \\
      --per 'touchpoint = "Checkout Started"' --by customer.group --switch-on B=2026-08-01`;

function addList(program: Command): Command {
  return withCommonOptions(program.command("effects"))
    .description(
      "registered measurements: planned, running, ended, with what was measured; subcommands plan and measure",
    )
    .addOption(new Option("--status <status>", "only these").choices(["planned", "running", "ended"]))
    .addHelpText(
      "after",
      `
Example:
  $ waymark effects foresee ${QUESTION} --min-effect 0.05
  $ waymark effects plan "One-page checkout" ${QUESTION} \\
      --until 2026-12-01 --min-effect 0.05
  $ waymark effects measure --all`,
    )
    .action((options: CommonOptions & { status?: Status }) =>
      runQuestion(options, {
        operation: "effects",
        input: said({ status: options.status }),
        render: renderEffects,
        hint: ({ effects }) =>
          effects.length === 0 && options.status === undefined
            ? "Plan one before its switch-on: waymark effects plan --help"
            : undefined,
      }),
    );
}

function addShow(effects: Command): void {
  withCommonOptions(effects.command("show"))
    .description("one registered measurement: newest report, plan, baseline, power, history, comments")
    .argument("<id>", ID, readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark effects show 1")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "effect",
        input: { id },
        render: renderEffectPlan,
      }),
    );
}

function addForesee(effects: Command): void {
  addQuestionOptions(withCommonOptions(effects.command("foresee")))
    .description("before a measurement: the metric as it is, how many units and days it takes, what can be seen")
    .addHelpText("after", `\nExample:\n  $ waymark effects foresee ${QUESTION} --until 2026-12-01 --min-effect 0.05`)
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & QuestionOptions>();
      return runQuestion(options, {
        operation: "foresee-effect",
        input: readWholeQuestion(options),
        render: (foresight) => renderForesight(foresight, options.minEffect ?? 0),
      });
    });
}

interface PlanOptions extends CommonOptions, QuestionOptions {
  readonly why?: string;
  readonly finding?: number;
}

function addPlan(effects: Command): void {
  addQuestionOptions(withCommonOptions(effects.command("plan")))
    .description("registers a measurement: frozen from its switch-on on, measured with the same question ever after")
    .argument("<name>", "what the change is")
    .option("--why <text>", "notes: why it is done, what is expected")
    .option("--finding <id>", "the finding that it shall mend", readWhole)
    .addHelpText(
      "after",
      `
It takes a switch-on (--since or --switch-on), a stop date (--until) and --min-effect. After the switch-on a plan says so forever.

Example:
  $ waymark effects plan "One-page checkout" ${QUESTION} \\
      --until 2026-12-01 --min-effect 0.05 --why "four pages lose a third" --finding 2`,
    )
    .action((name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<PlanOptions>();
      const { why, finding } = options;
      return runQuestion(options, {
        operation: "plan-effect",
        input: { name, question: readWholeQuestion(options), ...said({ why, finding }) },
        render: renderEffectPlan,
      });
    });
}

interface SetOptions extends CommonOptions, QuestionOptions {
  readonly name?: string;
  readonly why?: string;
  readonly finding?: string;
}

/** An id, or none. */
function readFinding(text: string): number | null {
  return text === NONE ? null : readWhole(text);
}

/** What is said of the question replaces that part of it; the rest stays. */
async function runSet(id: number, options: SetOptions): Promise<void> {
  const { name, why, finding } = options;
  const asked = readQuestion(options);
  const asks = Object.keys(asked).length > 0;
  if (!asks && (name ?? why ?? finding) === undefined)
    throw wrongUse("Say what to set: --name, --why, --finding, or an option of the question such as --until.");
  const effect = await withSession(options, async (session, call) => {
    const { question } = asks ? await session.run("effect", { id }, call) : { question: undefined };
    const change = {
      ...{ id, ...said({ name }) },
      ...(why === undefined ? {} : { why: why === NONE ? null : why }),
      ...(finding === undefined ? {} : { finding: readFinding(finding) }),
    };
    const changed = question && { ...question, ...asked, metric: { ...question.metric, ...asked.metric } };
    return session.run("update-effect", changed ? { ...change, question: changed } : change, call);
  });
  await printAnswer(options, effect, renderEffectPlan);
}

function addSet(effects: Command): void {
  addQuestionOptions(withCommonOptions(effects.command("set")))
    .description("changes a registered measurement: before its switch-on anything, later its name, notes and finding")
    .argument("<id>", ID, readWhole)
    .option("--name <text>", "what the change is")
    .option("--why <text>", "notes, or none")
    .option("--finding <id>", "the finding that it shall mend, or none")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark effects set 1 --until 2027-01-01 --min-effect 0.03\n  $ waymark effects set 1 --name "Checkout on one page"',
    )
    .action((id: number, _: unknown, command: Command) => runSet(id, command.optsWithGlobals<SetOptions>()));
}

function addComment(effects: Command): void {
  withCommonOptions(effects.command("comment"))
    .description("writes something beside a registered measurement, at any time")
    .argument("<id>", ID, readWhole)
    .argument("<text>", "quote it")
    .option("--by <name>", "who says so")
    .addHelpText("after", '\nExample:\n  $ waymark effects comment 1 "the shop was down on 3 May" --by Ada')
    .action((id: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { by?: string }>();
      return runQuestion(options, {
        operation: "comment-effect",
        input: { id, text, ...said({ by: options.by }) },
        render: () => [`The comment stands at effect ${id}.`],
      });
    });
}

/** Those whose switch-on is still to come have nothing to measure. */
async function runMeasureAll(options: CommonOptions): Promise<void> {
  const { measured, failed } = await withSession(options, async (session, call) => {
    const { effects } = await session.run("effects", {}, call);
    const ids = effects.filter(({ status }) => status !== "planned").map(({ id }) => id);
    return measureEach(ids, (id) => session.run("measure-effect", { id }, call), call);
  });
  await printAnswer(options, { effects: measured, failed }, renderEffects);
  await tellFailures("effect", failed, options);
}

function addMeasure(effects: Command): void {
  withCommonOptions(effects.command("measure"))
    .description(
      "measures on the present data, by the registered question, and keeps the numbers beside the earlier ones",
    )
    .argument("[id]", ID, readWhole)
    .option("--all", "every one whose switch-on is over")
    .addHelpText("after", "\nExample:\n  $ waymark effects measure 1\n  $ waymark effects measure --all")
    .action((id: number | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { all?: boolean }>();
      if ((id === undefined) === !options.all) throw wrongUse("Say which to measure: an id, or --all.");
      if (id === undefined) return runMeasureAll(options);
      return runQuestion(options, { operation: "measure-effect", input: { id }, render: renderEffectPlan });
    });
}

function addRemove(effects: Command): void {
  withCommonOptions(effects.command("remove"))
    .description("takes a registered measurement away, before its switch-on only")
    .argument("<id>", ID, readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark effects remove 1")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "remove-effect",
        input: { id },
        render: () => [`Effect ${id} is gone.`],
      }),
    );
}

export function addEffectPlanCommands(program: Command): void {
  const effects = addList(program);
  addShow(effects);
  addForesee(effects);
  addPlan(effects);
  addSet(effects);
  addComment(effects);
  addMeasure(effects);
  addRemove(effects);
}
