/**
 * The options that ask the events what a change did: the design, the metric, who got it and when, what would be worth having.
 * The commands on effects share them; those of a CSV file are in effect-command.ts.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readAmount, readDuration, readWhole } from "./read-option.ts";
import { said } from "./scope-options.ts";

export type EffectQuestion = Input<"estimate-effect">;
type Design = EffectQuestion["design"];
type MetricKind = EffectQuestion["metric"]["kind"];

/** What says how sure an answer must be, for events and files alike. */
export interface CertaintyOptions {
  readonly design?: Design;
  readonly controls?: "never" | "not-yet";
  readonly season?: number;
  readonly split?: [number, number];
  readonly peeking?: true;
  readonly lowerIsBetter?: true;
  readonly minEffect?: number;
  readonly confidence?: number;
}

export interface EventOptions {
  readonly metric?: MetricKind;
  readonly event?: string;
  readonly per?: string;
  readonly of?: string;
  readonly by?: string;
  readonly audience?: string;
  readonly at?: string;
  readonly since?: string;
  readonly switchOn?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly until?: string;
  readonly within?: number;
  readonly period?: "day" | "week" | "month";
  readonly where?: string;
  readonly adjust?: boolean;
}

/** Options that mean something else in a file: a column, one name. */
export interface GroupOptions {
  readonly unit?: string;
  readonly control?: readonly string[];
  readonly treatment?: readonly string[];
}

export type QuestionOptions = CertaintyOptions & EventOptions & GroupOptions;

/** 0.95 or 95% */
function readConfidence(text: string): number {
  const share = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (!(share >= 0.5 && share < 1))
    throw new InvalidArgumentError("It must be a share from 0.5 to 0.999, such as 0.95.");
  return share;
}

/** "90:10" → [90, 10], control first. */
function readSplit(text: string): [number, number] {
  const [control = 0, treatment = 0, ...rest] = text.split(":").map(Number);
  if (!(control > 0 && treatment > 0) || rest.length > 0)
    throw new InvalidArgumentError("It must be two numbers above 0, control first, such as 90:10.");
  return [control, treatment];
}

/** "B=2025-08-01", once for each group; a group may have = in its name, a time has none. */
export function readSwitchOn(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError("It must be a group and its day, such as B=2025-08-01.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Each time it is said adds one. */
function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function addDesignOption(command: Command): Command {
  const design = new Option("--design <design>", "how the change came to be");
  return command.addOption(design.choices(["randomised", "staged", "synthetic", "series"]));
}

export function addGroupOptions(command: Command, unit: string, group: string): Command {
  return command
    .option("--unit <name>", unit)
    .option("--control <name>", `without the change: ${group}`, collect)
    .option("--treatment <name>", `with it: ${group}`, collect);
}

export function addCertaintyOptions(command: Command): Command {
  return command
    .option("--min-effect <x>", "the least effect worth having, in the unit of what is measured", readAmount)
    .option("--lower-is-better", "a fall is an improvement")
    .option("--confidence <share>", "of the interval (default: 0.95)", readConfidence)
    .option("--peeking", "randomised: an interval that holds however often you look")
    .option("--split <a:b>", "randomised: how units were to be split, control first (default: 50:50)", readSplit)
    .addOption(new Option("--controls <who>", "staged: compare with").choices(["never", "not-yet"]))
    .option("--season <n>", "series: periods of one season, 1 for none (default: by the dates)", readWhole);
}

export function addEventOptions(command: Command): Command {
  const kinds = ["share", "count", "sum", "mean", "ratio"];
  return command
    .addOption(new Option("--metric <kind>", "what is measured of the events, a unit").choices(kinds))
    .option("--event <expression>", "which events, such as 'touchpoint = \"Order Completed\"'")
    .option("--per <expression>", "ratio: what they are divided by, such as 'touchpoint = \"Checkout Started\"'")
    .option("--of <what>", "sum, mean: value, score, nps, or a property that holds numbers")
    .option("--by <field>", "tells groups apart: customer.TRAIT, prop.NAME, channel")
    .option("--audience <expression>", "instead: who gets the change, such as 'customer.country = \"BR\"'")
    .option("--at <expression>", "randomised: the events that put a unit into its arm")
    .option("--since <time>", "the switch-on, such as 2025-08-01")
    .option("--switch-on <group=time>", "staged: the switch-on of each group, once for each", readSwitchOn)
    .option("--from <time>", "where what is known from before begins")
    .option("--until <time>", "the stop date: nothing from then on counts")
    .option("--within <time>", "randomised: how long each unit is watched, such as 30d", readDuration)
    .addOption(new Option("--period <period>", "of the designs over time").choices(["day", "week", "month"]))
    .option("--where <expression>", "which events and customers take part")
    .option("--adjust", "randomised: allow for what is known from before (CUPED); the default")
    .option("--no-adjust", "randomised: do not");
}

/** All options of a question to the events, of commands that ask nothing else. */
export function addQuestionOptions(command: Command): Command {
  addEventOptions(addDesignOption(command));
  addGroupOptions(command, "who is measured: customer (default), an object such as order, or day", "a value of --by");
  return addCertaintyOptions(command);
}

/** The fields that were said, by their names in the question. */
export function readQuestion({ metric, event, per, of, within, ...rest }: QuestionOptions): Partial<EffectQuestion> {
  const { design, unit, by, audience, at, control, treatment, since, switchOn, from, until, period, where } = rest;
  const { adjust, peeking, split, controls, season, minEffect, lowerIsBetter, confidence } = rest;
  const measured = said({ kind: metric, event, per, of });
  return {
    ...said({ design, unit, by, audience, at, since, switchOn, from, until, withinMs: within, period, where, adjust }),
    ...said({ peeking, split, controls, season, minEffect, lowerIsBetter, confidence }),
    ...(control ? { control: [...control] } : {}),
    ...(treatment ? { treatment: [...treatment] } : {}),
    ...(Object.keys(measured).length > 0 ? { metric: measured as EffectQuestion["metric"] } : {}),
  };
}

/** @throws AppError invalid when the design, or what is measured, was not said */
export function readWholeQuestion(options: QuestionOptions): EffectQuestion {
  const { design, metric, ...rest } = readQuestion(options);
  if (design === undefined) throw wrongUse("Say how the change came to be: --design.");
  if (metric?.kind === undefined || metric.event === undefined)
    throw wrongUse(
      `Say what is measured of the events: --metric and --event, such as --metric share --event 'touchpoint = "Order Completed"'.`,
    );
  return { design, metric, ...rest };
}
