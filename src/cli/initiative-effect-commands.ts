/**
 * The commands about what an initiative moves: its KPIs, findings and registered measurements, its increments and their
 * deployment, and the assessment of its benefits. What was measured is shown by `waymark effects`.
 */
import type { Command } from "commander";
import { wrongUse } from "../api/problem.ts";
import { formatNumber } from "./format.ts";
import {
  type Action,
  type Ask,
  type ChangeOptions,
  INITIATIVE,
  type NONE,
  orNone,
  type Report,
  type RunChange,
  readAmountOrNone,
  readAuthor,
  withAuthor,
  withChange,
} from "./initiative-options.ts";
import { readWhole } from "./read-option.ts";
import { renderInitiative } from "./render-initiatives.ts";
import { runQuestion } from "./run-command.ts";
import { said } from "./scope-options.ts";

type Baseline = Report["initiative"]["kpis"][number]["baseline"];

/** Measure it on the present data. */
const NOW = "now";

interface KpiOptions extends ChangeOptions {
  readonly target?: number | typeof NONE;
  readonly baseline?: number | typeof NONE | typeof NOW;
  readonly remove?: true;
}

/** A number somebody knows, none, or "now". */
export function readBaseline(text: string): number | typeof NONE | typeof NOW {
  return text === NOW ? NOW : readAmountOrNone(text);
}

/** The KPI as the data have it. @throws AppError invalid when they are too few */
async function measureBaseline(ask: Ask, id: string, at: string): Promise<Baseline> {
  const { kpis } = await ask("kpis", { kpis: [id] });
  const found = kpis.find((kpi) => kpi.id === id);
  if (!found) throw wrongUse(`There is no KPI «${id}» in the data: waymark kpis lists them.`, { kpi: id });
  if (found.value === null) throw wrongUse(`«${id}» cannot be measured: ${found.message}`, { kpi: id });
  const { value, n, low, high } = found;
  return { value, n, low, high, at };
}

/** What is not said stays as it is. */
export async function makeKpi(
  ask: Ask,
  initiative: number,
  kpi: string,
  { target, baseline, remove }: KpiOptions,
  at = new Date().toISOString(),
): Promise<Action> {
  if (remove) return { type: "remove-kpi", kpi };
  const present = (await ask("initiative", { id: initiative })).initiative.kpis.find((one) => one.kpi === kpi);
  const measured = baseline === NOW ? await measureBaseline(ask, kpi, at) : undefined;
  const written = typeof baseline === "number" ? { value: baseline, n: null, low: null, high: null, at } : undefined;
  return {
    type: "set-kpi",
    kpi,
    target: target === undefined ? (present?.target ?? null) : orNone(target),
    baseline: baseline === undefined ? (present?.baseline ?? null) : (measured ?? written ?? null),
  };
}

function addKpi(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("kpi"))
    .description("a KPI that it moves: where it stood, and what it shall reach")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<kpi>", "its id, as `waymark kpis` lists it")
    .option("--target <amount>", "in the KPI's unit, or none", readAmountOrNone)
    .option("--baseline <amount>", "`now` measures it; or in the KPI's unit; or none", readBaseline)
    .option("--remove", "it is not judged by it")
    .addHelpText(
      "after",
      "\nExample:\n  $ waymark initiatives kpi 1 repeat-purchase-rate --target 35% --baseline now --author Ada",
    )
    .action((initiative: number, kpi: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<KpiOptions>();
      return change(options, {
        initiative,
        makeAction: (ask) => makeKpi(ask, initiative, kpi, options),
        tell: (report) => describeKpi(report, kpi),
        subject: () => `kpi ${kpi}`,
      });
    });
}

function describeKpi({ initiative: { id, kpis } }: Report, kpi: string): string {
  const found = kpis.find((one) => one.kpi === kpi);
  if (!found) return `Initiative ${id} is not judged by ${kpi}.`;
  const { baseline, target } = found;
  return `Initiative ${id}, ${kpi}: baseline ${baseline ? formatNumber(baseline.value) : "none"}, target ${target === null ? "none" : formatNumber(target)}.`;
}

function addLinks(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("finding"))
    .description("says that it acts on a finding, or with --remove that it does not")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<finding>", "its number, as `waymark findings` lists it", readWhole)
    .option("--remove", "it does not act on it")
    .addHelpText("after", "\nExample:\n  $ waymark initiatives finding 1 3 --author Ada")
    .action((initiative: number, finding: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { remove?: true }>();
      return change(options, {
        initiative,
        makeAction: () => ({ type: "link-finding", finding, linked: !options.remove }),
        tell: () => `Initiative ${initiative} ${options.remove ? "does not act" : "acts"} on finding ${finding}.`,
      });
    });
  withChange(initiatives.command("effect"))
    .description(
      "the registered measurement by which it is judged: plan it with `waymark effects plan` before work starts",
    )
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<effect>", "its number, as `waymark effects` lists it", readWhole)
    .addHelpText("after", "\nExample:\n  $ waymark initiatives effect 1 2 --author Ada")
    .action((initiative: number, effect: number, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "register-effect", effect }),
        tell: () => `Initiative ${initiative} is judged by effect ${effect}.`,
      }),
    );
}

function addIncrements(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("increment"))
    .description("adds an increment: what goes live together, made in one or more timeboxes")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<title>")
    .addHelpText("after", '\nExample:\n  $ waymark initiatives increment 1 "Warnings by mail" --author Ada')
    .action((initiative: number, title: string, _: unknown, command: Command) =>
      change(command.optsWithGlobals<ChangeOptions>(), {
        initiative,
        makeAction: () => ({ type: "add-increment", title }),
        tell: ({ initiative: { increments } }) => `Increment ${increments.at(-1)?.id}: ${title}.`,
        subject: ({ initiative: { increments } }) => `increment ${increments.at(-1)?.id}`,
      }),
    );
  withChange(initiatives.command("deploy"))
    .description("says that an increment is live, and for whom first")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<increment>", "its number", readWhole)
    .requiredOption("--day <day>", "such as 2026-06-01")
    .option("--group <name>", "a part of the customers, as the measurement tells them apart")
    .addHelpText("after", "\nExample:\n  $ waymark initiatives deploy 1 1 --day 2026-06-01 --group B --author Ada")
    .action((initiative: number, increment: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { day: string; group?: string }>();
      const { day, group = null } = options;
      return change(options, {
        initiative,
        makeAction: () => ({ type: "deploy-increment", increment, day, group }),
        tell: () => `Increment ${increment} is live since ${day}${group === null ? "" : ` for ${group}`}.`,
        subject: () => `increment ${increment}`,
      });
    });
}

function addCase(initiatives: Command, change: RunChange): void {
  withChange(initiatives.command("review-case"))
    .description("looks at the business case again at the end of an increment")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<increment>", "its number", readWhole)
    .argument("<text>", "quote it")
    .option("--gone", "the benefit is not expected any more")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark initiatives review-case 1 1 "half of it is there already" --author Ada',
    )
    .action((initiative: number, increment: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { gone?: true }>();
      return change(options, {
        initiative,
        makeAction: () => ({ type: "review-case", increment, text, stillExpected: !options.gone }),
        tell: () => `The business case is reviewed at the end of increment ${increment}.`,
        subject: () => `increment ${increment}`,
      });
    });
}

/** An operation of its own: it copies what was measured, and settles the findings by it. */
function addAssess(initiatives: Command): void {
  withAuthor(initiatives.command("assess"))
    .description("the benefits assessment, filled from its measurements; a finding is verified by nothing else")
    .argument("<id>", INITIATIVE, readWhole)
    .argument("<text>", "what came of it; quote it")
    .option("--decision <text>", "what is done next: asked for when nothing got better or worse")
    .addHelpText(
      "after",
      '\nExample:\n  $ waymark effects measure --all\n  $ waymark initiatives assess 1 "late parcels cost half as many repeats" --author Ada',
    )
    .action((id: number, text: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions & { decision?: string }>();
      return runQuestion(options, {
        operation: "assess-benefits",
        input: { id, text, author: readAuthor(options), ...said({ decision: options.decision }) },
        render: renderInitiative,
      });
    });
}

export function addInitiativeEffectCommands(initiatives: Command, change: RunChange): void {
  addKpi(initiatives, change);
  addLinks(initiatives, change);
  addIncrements(initiatives, change);
  addCase(initiatives, change);
  addAssess(initiatives);
}
