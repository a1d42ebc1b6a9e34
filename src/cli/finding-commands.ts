/**
 * The commands about findings: list, show, keep, set, comment, measure.
 * Each turns its words into one operation's input and names its renderer.
 */
import { type Command, Option } from "commander";
import type { Answer } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { measureEach, tellFailures } from "./measure-each.ts";
import { type KeepOptions, readKept, readWeeks } from "./read-kept.ts";
import { readKind } from "./read-kind.ts";
import { readAmount, readDuration, readWhole } from "./read-option.ts";
import { renderFinding, renderFindings } from "./render-findings.ts";
import { type CommonOptions, printAnswer, runQuestion, withCommonOptions, withSession } from "./run-command.ts";
import { said, withScope } from "./scope-options.ts";

type Status = Answer<"finding">["status"];
type SetOptions = CommonOptions & {
  readonly status?: Exclude<Status, "verified">;
  readonly reason?: string;
  readonly owner?: string;
};

/** What takes a value away. */
const NONE = "none";
const STATUSES = "open, accepted, dismissed, being-fixed, fixed or verified";
const SAID_STATUSES = "open, accepted, dismissed, being-fixed or fixed; verified is said by a benefits assessment";

function addList(program: Command): Command {
  return withCommonOptions(program.command("findings"))
    .description("what was kept because it matters, those that wait for somebody first; subcommands keep and change it")
    .option("--status <status>", `only those that are ${STATUSES}`)
    .addHelpText(
      "after",
      `
Example:
  $ waymark findings --status open
  $ waymark findings keep "Delivery Due" --outcome 'touchpoint = "Review Answered"' --of score --within 30d --property overdue
  $ waymark findings set 1 --status being-fixed --owner Ada
  $ waymark findings measure --all`,
    )
    .action((options: CommonOptions & { status?: Status }) =>
      runQuestion(options, {
        operation: "findings",
        input: said({ status: options.status }),
        render: renderFindings,
        hint: ({ findings }) =>
          findings.length === 0 && options.status === undefined
            ? "Keep one with: waymark findings keep TOUCHPOINT --outcome EXPR --within 30d"
            : undefined,
      }),
    );
}

function addShow(findings: Command): void {
  withCommonOptions(findings.command("show"))
    .description("one finding with the history of its numbers and its comments")
    .argument("<id>", "its number, as `waymark findings` lists it", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark findings show 1")
    .action((id: number, _: unknown, command: Command) =>
      runQuestion(command.optsWithGlobals<CommonOptions>(), {
        operation: "finding",
        input: { id },
        render: renderFinding,
      }),
    );
}

function addKeep(findings: Command): void {
  withScope(findings.command("keep"))
    .description("keeps what is found about one touchpoint, with the numbers as they are now")
    .argument("<touchpoint>")
    .requiredOption("--outcome <expression>", "what is decided: an expression, repurchase, or silence")
    .option("--within <time>", "how long after the touch the outcome may come, such as 30d", readDuration)
    .addOption(new Option("--of <what>", "the outcome's score instead of whether it came").choices(["score", "nps"]))
    .addOption(
      new Option("--contrast <contrast>", "did it happen, or (as with --property) did it go well").choices([
        "presence",
        "experience",
      ]),
    )
    .option("--property <name>", "tells where it went badly")
    .option("--bad <condition>", "what of the property is bad, such as '= \"true\"' or '> 48'")
    .option("--friction <kind>", "a pain point: wait, rework, drop-off …, as `waymark pain-points` names it", readKind)
    .option("--weeks <days>", "of a --friction, its incident of these days, such as 2024-05-20..2024-06-10", readWeeks)
    .option("--part <expression>", "whom the incident hit, such as 'customer.platform = \"mobile\"' (everybody)")
    .option("--worth <amount>", "what one outcome is worth (the mean order, when it is an order)", readAmount)
    .option("--title <text>", "the sentence to keep it with (default: what the numbers say)")
    .addHelpText(
      "after",
      `
Example:
  $ waymark findings keep "Live Chat Started" --outcome 'touchpoint = "Order Completed"' --within 30d
  $ waymark findings keep "Delivery Due" --outcome 'touchpoint = "Review Answered"' --of score --within 30d --property overdue
  $ waymark findings keep "Checkout Started" --friction rework --outcome 'touchpoint = "Order Completed"'`,
    )
    .action((touchpoint: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<KeepOptions>();
      return runQuestion(options, {
        operation: "keep-finding",
        input: readKept(touchpoint, options),
        render: ({ id }) => [`Finding ${id} is kept: waymark findings show ${id}`],
      });
    });
}

function addSet(findings: Command): void {
  withCommonOptions(findings.command("set"))
    .description("says how far it is, and who looks after it; dismissing takes a reason")
    .argument("<id>", "its number, as `waymark findings` lists it", readWhole)
    .option("--status <status>", SAID_STATUSES)
    .option("--reason <text>", "why it is dismissed")
    .option("--owner <name>", "who looks after it, or none")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark findings set 1 --status being-fixed --owner Ada\n  $ waymark findings set 2 --status dismissed --reason "test orders"',
    )
    .action((id: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SetOptions>();
      const { status, reason, owner } = options;
      if ((status ?? reason ?? owner) === undefined) throw wrongUse("Say what to set: --status, --reason or --owner.");
      return runQuestion(options, {
        operation: "update-finding",
        input: {
          ...{ id, ...said({ status, reason }) },
          ...(owner === undefined ? {} : { owner: owner === NONE ? null : owner }),
        },
        render: renderFinding,
      });
    });
}

function addComment(findings: Command): void {
  withCommonOptions(findings.command("comment"))
    .description("writes something beside a finding")
    .argument("<id>", "its number, as `waymark findings` lists it", readWhole)
    .argument("<text>", "quote it")
    .option("--by <name>", "who says so")
    .addHelpText("after", '\nExample:\n  $ waymark findings comment 1 "the carrier changed in May" --by Ada')
    .action((id: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { by?: string }>();
      return runQuestion(options, {
        operation: "comment-finding",
        input: { id, text, ...said({ by: options.by }) },
        render: () => [`The comment stands at finding ${id}.`],
      });
    });
}

async function runMeasureAll(options: CommonOptions): Promise<void> {
  const { measured, failed } = await withSession(options, async (session, call) => {
    const { findings } = await session.run("findings", {}, call);
    const ids = findings.map(({ id }) => id);
    return measureEach(ids, (id) => session.run("measure-finding", { id }, call), call);
  });
  await printAnswer(options, { findings: measured, failed }, renderFindings);
  await tellFailures("finding", failed, options);
}

function addMeasure(findings: Command): void {
  withCommonOptions(findings.command("measure"))
    .description("asks again where the data have changed, and keeps the numbers beside the earlier ones")
    .argument("[id]", "its number, as `waymark findings` lists it", readWhole)
    .option("--all", "every finding")
    .addHelpText("after", "\nExample:\n  $ waymark findings measure 1\n  $ waymark findings measure --all")
    .action((id: number | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { all?: boolean }>();
      if ((id === undefined) === !options.all) throw wrongUse("Say which to measure: an id, or --all.");
      if (id === undefined) return runMeasureAll(options);
      return runQuestion(options, { operation: "measure-finding", input: { id }, render: renderFinding });
    });
}

export function addFindingCommands(program: Command): void {
  const findings = addList(program);
  addShow(findings);
  addKeep(findings);
  addSet(findings);
  addComment(findings);
  addMeasure(findings);
}
