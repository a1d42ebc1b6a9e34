/**
 * Mapping files: the recipes that ship with Waymark, by name, and a user's own, by path.
 * It reads and checks their form; whether a mapping fits the files is for the compiler.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { parseDocument } from "yaml";
import { AppError } from "../domain/app-error.ts";
import { type Mapping, parseMapping } from "../domain/mapping.ts";

/** Beside `src` and `dist` alike. */
const RECIPES = new URL("../../recipes/", import.meta.url);
const MAX_BYTES = 1_000_000;

/** Names of the shipped recipes, in alphabetical order. */
export async function listRecipes(): Promise<readonly string[]> {
  const names = (await readdir(RECIPES)).filter((name) => name.endsWith(".yaml"));
  return names.map((name) => name.slice(0, -".yaml".length)).sort();
}

/** @throws AppError not-found, naming the recipes there are */
export async function loadRecipe(name: string): Promise<Mapping> {
  const known = await listRecipes();
  if (!known.includes(name))
    throw new AppError("not-found", `There is no recipe «${name}». Recipes: ${known.join(", ")}.`, { recipe: name });
  return parseMappingText(await readFile(new URL(`${name}.yaml`, RECIPES), "utf8"), `recipes/${name}.yaml`);
}

/** @throws AppError not-found, or invalid where the file is too large */
export async function readMappingText(path: string): Promise<string> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) throw new AppError("not-found", `There is no mapping file ${path}.`, { file: path });
  if (info.size > MAX_BYTES)
    throw new AppError("invalid", `The mapping file ${path} has ${info.size} bytes; at most ${MAX_BYTES} are read.`, {
      file: path,
    });
  return readFile(path, "utf8");
}

/** @throws AppError not-found, or invalid naming file, rule and field */
export async function readMappingFile(path: string): Promise<Mapping> {
  return parseMappingText(await readMappingText(path), path);
}

function parseMappingText(text: string, origin: string): Mapping {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line;
    throw new AppError("invalid", `The mapping ${origin} is not right YAML: ${problem.message}`, {
      mapping: origin,
      ...(line && { line }),
    });
  }
  // maxAliasCount: a few lines of YAML must not unfold into gigabytes.
  return parseMapping(document.toJS({ maxAliasCount: 100 }), origin);
}

/** The same for two mappings that say the same, whatever the order of their fields. */
export function hashMapping(mapping: Mapping): string {
  return createHash("sha256").update(canonicalJson(mapping)).digest("hex");
}

/** Order of keys is no matter in a mapping, except for events and skips, which are arrays. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}
