/**
 * The commands of delivery that docs and help print: each exists, with its options and as many words, so that a reader may copy it.
 * What a command answers is tested beside it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "./program.ts";

const DOCS = ["delivery.md", "demo.md", "cli.md", "effects.md"];
const GROUPS = ["initiatives", "timebox", "health", "portfolio"];

/** As a shell would cut it, as far as the docs need that. */
function cut(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? [];
  return words.map((word) => word.replace(/["']/gu, ""));
}

/** Lines of code that begin with the command, and what follows it. */
function listCommands(file: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "../../docs", file), "utf8");
  const lines = [...text.matchAll(/^(?:\$ |\.\/)waymark (.+)$/gmu)].map(([, rest]) => rest ?? "");
  return lines.filter((line) => GROUPS.includes(line.split(" ")[0] ?? ""));
}

/** Examples in the help of a command and of those below it; a line that ends with \\ goes on. */
function listExamples(command: Command): string[] {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  const lines = [...text.replace(/\\\n\s*/gu, "").matchAll(/^ {2}\$ waymark (.+)$/gmu)].map(([, rest]) => rest ?? "");
  return [...lines, ...command.commands.flatMap(listExamples)];
}

/** The command that the first words name, and the words behind it. */
function findCommand(program: Command, words: readonly string[]): { command: Command; rest: string[] } {
  const [first, ...others] = words;
  const next = program.commands.find((one) => one.name() === first);
  return next === undefined ? { command: program, rest: [...words] } : findCommand(next, others);
}

const documented = [
  ...DOCS.flatMap((file) => listCommands(file).map((line) => [file, line] as const)),
  ...buildProgram()
    .commands.filter((one) => GROUPS.includes(one.name()))
    .flatMap((one) => [...new Set(listExamples(one))].map((line) => ["--help", line] as const)),
];

test("the docs print commands of each group", () => {
  for (const group of GROUPS) expect(documented.some(([, line]) => line.startsWith(group))).toBe(true);
});

describe("a documented command", () => {
  test.each(documented)("%s: waymark %s", (_, line) => {
    const { command, rest } = findCommand(buildProgram(), cut(line));
    command.exitOverride();
    const { operands, unknown } = command.parseOptions(rest);
    expect(unknown).toEqual([]);
    const { registeredArguments: known } = command;
    const needed = known.filter(({ required }) => required).length;
    const most = known.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : known.length;
    expect(operands.length).toBeGreaterThanOrEqual(needed);
    expect(operands.length).toBeLessThanOrEqual(most);
    const lacking = command.options.filter(
      (one) => one.mandatory && command.getOptionValue(one.attributeName()) == null,
    );
    expect(lacking.map(({ long }) => long)).toEqual([]);
  });
});
