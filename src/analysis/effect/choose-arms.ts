/**
 * Which of the groups found are the control and the treatment: those named, or two whose names leave no doubt.
 * Nothing is measured here.
 */
import { AppError } from "../../domain/app-error.ts";

export interface NamedArms {
  readonly control?: string | undefined;
  readonly treatment?: string | undefined;
}

const CONTROL_WORDS = new Set(["0", "false", "no", "off", "control", "ctrl", "baseline", "a"]);
const TREATMENT_WORDS = new Set(["1", "true", "yes", "on", "treatment", "treated", "test", "variant", "b"]);
const MOST_NAMED = 12;

const isControl = (name: string) => CONTROL_WORDS.has(name.toLowerCase());
const isTreatment = (name: string) => TREATMENT_WORDS.has(name.toLowerCase());

function listNames(found: readonly string[]): string {
  const names = found.slice(0, MOST_NAMED).map((name) => `"${name}"`);
  return found.length > MOST_NAMED ? `${names.join(", ")} … (${found.length} in all)` : names.join(", ");
}

/**
 * @param found names of all groups in the data
 * @throws AppError invalid naming those found: a name that is not there, one group alone, or a choice that is not clear
 * @example chooseArms(["1", "0"], {}) // { control: "0", treatment: "1" }
 */
export function chooseArms(
  found: readonly string[],
  { control, treatment }: NamedArms,
): { control: string; treatment: string } {
  const refusal = (what: string) =>
    new AppError("invalid", `${what} The groups found are ${listNames(found)}.`, { found, field: "group" });
  for (const name of [control, treatment])
    if (name !== undefined && !found.includes(name)) throw refusal(`There is no group "${name}".`);
  if (control !== undefined && control === treatment) throw refusal("Control and treatment are the same group.");
  if (control !== undefined && treatment !== undefined) return { control, treatment };
  if (found.length < 2) throw refusal("An effect needs two groups.");
  const rest = found.filter((name) => name !== control && name !== treatment);
  const [first = "", second = ""] = rest;
  if (found.length === 2 && control !== undefined) return { control, treatment: first };
  if (found.length === 2 && treatment !== undefined) return { control: first, treatment };
  if (found.length === 2 && isControl(first) && isTreatment(second)) return { control: first, treatment: second };
  if (found.length === 2 && isControl(second) && isTreatment(first)) return { control: second, treatment: first };
  throw refusal("Name the control and the treatment (on the command line --control and --treatment).");
}
