/**
 * The command about the health of initiatives: which rules are broken, and the thresholds of those that have one.
 * The rules are in src/delivery/rules; their page is docs/health-rules.md.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Answer, Input } from "../api/operations.ts";
import { EXIT } from "./exit-code.ts";
import { INITIATIVE } from "./initiative-options.ts";
import { readWhole } from "./read-option.ts";
import { renderHealth, renderThresholds } from "./render-health.ts";
import { type CommonOptions, printAnswer, runQuestion, withCommonOptions, withSession } from "./run-command.ts";
import { said } from "./scope-options.ts";

type Severity = Answer<"health">["rules"][number]["severity"];

interface HealthOptions extends CommonOptions {
  readonly initiative?: number;
  readonly failOn?: Severity;
}

/** What a script ends with: a warning is asked for together with the errors above it. */
export function findExitCode(rules: readonly { readonly severity: Severity }[], failOn: Severity | undefined): number {
  const counts = rules.some(({ severity }) => severity === "error" || failOn === "warning");
  return failOn !== undefined && counts ? EXIT.fault : EXIT.done;
}

async function runHealth(options: HealthOptions): Promise<void> {
  const { answer, titles } = await withSession(options, async (session, call) => {
    const health = await session.run("health", said({ initiative: options.initiative }), call);
    // Titles are for people.
    const listed =
      options.json || health.rules.length === 0 ? [] : (await session.run("initiatives", {}, call)).initiatives;
    return { answer: health, titles: new Map(listed.map(({ id, title }) => [id, title])) };
  });
  await printAnswer(options, answer, (health) => renderHealth(health, titles));
  const code = findExitCode(answer.rules, options.failOn);
  if (code !== EXIT.done) process.exitCode = code;
}

/** "mostMust=0.65"; which there are is told by the operation. */
export function readThreshold(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [name = "", value = "", ...rest] = text.split("=");
  if (name === "" || value.trim() === "" || !Number.isFinite(Number(value)) || rest.length > 0)
    throw new InvalidArgumentError("It must be a threshold and its value, such as mostMust=0.65.");
  return { ...before, [name]: Number(value) };
}

function addThresholds(health: Command): void {
  withCommonOptions(health.command("thresholds"))
    .description("from where on the rules with a threshold fire; --set changes one")
    .option("--set <name=value>", "such as mostMust=0.65 or standUpDays=3; may be given several times", readThreshold)
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark health thresholds\n  $ waymark health thresholds --set standUpDays=3",
    )
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { set?: Record<string, number> }>();
      if (options.set === undefined)
        return runQuestion(options, { operation: "health-thresholds", input: {}, render: renderThresholds });
      // The operation's schema says which there are.
      const input = options.set as Input<"set-health-thresholds">;
      return runQuestion(options, { operation: "set-health-thresholds", input, render: renderThresholds });
    });
}

export function addHealthCommand(program: Command): void {
  const health = withCommonOptions(program.command("health"))
    .description("rules of DSDM that initiatives break: where, which principle that hurts, what to do")
    .option("--initiative <id>", INITIATIVE, readWhole)
    .addOption(
      new Option("--fail-on <severity>", "end with 1 when such a rule is broken, for scripts").choices([
        "error",
        "warning",
      ]),
    )
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark health\n  $ waymark health --initiative 1 --fail-on error\n  $ waymark health thresholds --set mostMust=0.65\n\nAll rules, what each asks and why: docs/health-rules.md.",
    )
    .action(runHealth);
  addThresholds(health);
}
