/**
 * Makes a clone ready to run: dependencies as package-lock.json says, and a build of src/ and web/ that is as new as they are.
 * It uses Node alone, writes to stderr alone, and never leaves a half-written build: `dist` is a link that is swapped.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, lstat, mkdir, readdir, readlink, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBuilderLock } from "./builder-lock.mjs";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, ".build", "builder.lock");
const WEB_LOCK = join(ROOT, ".build", "web.lock");
const WEB_FOLDER = /^web-[0-9a-f]{12}(?:\.tmp)?$/u;
const STATE_FOLDER = /^state-[0-9a-f]{12}(?:\.tmp)?$/u;
const BUILD_FOLDER = /^dist-[0-9a-f]{12}(?:\.tmp)?$/u;
const OLDEST_NODE = [20, 19];

/** A problem that has been told in full; the caller only sets the exit code. */
export class PrepareError extends Error {}

/** Runs a program with its output on stderr. @throws PrepareError when it fails */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2], ...options });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new PrepareError(`${[command, ...args].join(" ")} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor = 0, needMinor = 0] = OLDEST_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new PrepareError(`Waymark needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/** Whether node_modules holds every package of package-lock.json in its version; npm writes the inner file last. */
export function isInstalled() {
  const inner = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(inner)) return false;
  const installed = readPackages(inner);
  return Object.entries(readPackages(join(ROOT, "package-lock.json"))).every(
    ([path, wanted]) => path === "" || wanted.optional || installed[path]?.version === wanted.version,
  );
}

async function install() {
  process.stderr.write("waymark: installing dependencies (once; chDB alone is about 0.5 GB on disk) …\n");
  // NODE_ENV=production would leave the compiler out.
  await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
}

async function listSources(folder, pattern) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name) && !/\.(test|case)\.tsx?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function signFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const { mtimeMs, size } = await stat(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex");
}

const hasWeb = () => existsSync(join(ROOT, "web", "vite.config.ts"));

/** What the pages are made of: themselves, and the nouns and rules that they share with the server. */
async function listWebSources() {
  const own = await listSources(join(ROOT, "web"), /(?<!\.md)$/u);
  return [...own, ...(await listSources(join(ROOT, "src", "domain"), /\.ts$/u)), join(ROOT, "package-lock.json")];
}

/** Changes whenever a source is added, removed, or written; tests are no sources. */
async function signSources() {
  const files = [...(await listSources(join(ROOT, "src"), /\.ts$/u)), join(ROOT, "tsconfig.json")];
  files.push(join(ROOT, "tsconfig.build.json"), join(ROOT, "package-lock.json"));
  if (hasWeb()) files.push(...(await listWebSources()));
  return signFiles(files);
}

function isBuilt(signature) {
  try {
    return readFileSync(join(ROOT, "dist", ".signature"), "utf8") === signature;
  } catch {
    return false;
  }
}

/** Points `dist` at the new folder in one rename; keeps the folder before, which a running process may still read. */
async function publish(folder) {
  const dist = join(ROOT, "dist");
  const present = await lstat(dist).catch(() => undefined);
  const former = present?.isSymbolicLink() ? await readlink(dist) : undefined;
  if (present?.isDirectory()) await rm(dist, { recursive: true, force: true });
  const link = `${dist}.${process.pid}.tmp`;
  await symlink(folder, link);
  await rename(link, dist);
  for (const name of await readdir(ROOT)) {
    if (!BUILD_FOLDER.test(name) || name === folder || name === former) continue;
    await rm(join(ROOT, name), { recursive: true, force: true });
  }
}

async function buildWeb(folder) {
  const unfinished = `${folder}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const options = ["--config", join(ROOT, "web", "vite.config.ts"), "--outDir", unfinished, "--emptyOutDir"];
  const env = { ...process.env, NODE_ENV: "production" };
  await run(process.execPath, [vite, "build", join(ROOT, "web"), ...options, "--logLevel", "warn"], { env });
  await rename(unfinished, folder);
}

/**
 * The pages, built when their sources changed; a build is used for as long as they have not.
 * @returns the folder with index.html; undefined when this clone has no pages
 */
export async function ensureWeb() {
  if (!hasWeb()) return undefined;
  const name = `web-${(await signFiles(await listWebSources())).slice(0, 12)}`;
  const folder = join(ROOT, ".build", name);
  if (existsSync(folder)) return folder;
  await mkdir(join(ROOT, ".build"), { recursive: true });
  await withBuilderLock(WEB_LOCK, async () => {
    if (existsSync(folder)) return;
    await buildWeb(folder);
    const others = (await readdir(join(ROOT, ".build"))).filter((other) => WEB_FOLDER.test(other) && other !== name);
    // The newest of them may be in use by a test that runs at the moment.
    for (const other of await listOutdated(others))
      await rm(join(ROOT, ".build", other), { recursive: true, force: true });
  });
  return folder;
}

/** The state store that a new workspace starts from, made anew when its engine, its tables or their opening change. */
async function ensureStateTemplate(compiled) {
  const opening = join(ROOT, "src", "store", "open-state-store.ts");
  if (!existsSync(opening)) return undefined;
  const made = [
    opening,
    join(ROOT, "node_modules", "@electric-sql", "pglite", "package.json"),
    join(ROOT, "scripts", "make-state-template.mjs"),
    ...(await listSources(join(ROOT, "migrations", "postgres"), /\.sql$/u)),
  ];
  const name = `state-${(await signFiles(made)).slice(0, 12)}`;
  const folder = join(ROOT, ".build", name);
  if (existsSync(folder)) return folder;
  await mkdir(join(ROOT, ".build"), { recursive: true });
  await run(process.execPath, [join(ROOT, "scripts", "make-state-template.mjs"), compiled, folder]);
  for (const other of await readdir(join(ROOT, ".build")))
    if (STATE_FOLDER.test(other) && other !== name) await rm(join(ROOT, ".build", other), { recursive: true });
  return folder;
}

/** All but the newest three. */
async function listOutdated(names) {
  const dated = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(ROOT, ".build", name))).mtimeMs })),
  );
  return dated
    .sort((a, b) => b.time - a.time)
    .slice(3)
    .map(({ name }) => name);
}

async function build(signature) {
  process.stderr.write("waymark: building …\n");
  const folder = `dist-${signature.slice(0, 12)}`;
  const unfinished = `${folder}.tmp`;
  await rm(join(ROOT, unfinished), { recursive: true, force: true });
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  try {
    await run(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", unfinished]);
    const web = await ensureWeb();
    if (web) await cp(web, join(ROOT, unfinished, "web"), { recursive: true });
    const state = await ensureStateTemplate(join(ROOT, unfinished));
    if (state) await cp(state, join(ROOT, unfinished, "state-template"), { recursive: true });
  } catch (error) {
    await rm(join(ROOT, unfinished), { recursive: true, force: true });
    throw error instanceof PrepareError ? new PrepareError("The build failed; the errors are above.") : error;
  }
  await writeFile(join(ROOT, unfinished, ".signature"), signature);
  await rm(join(ROOT, folder), { recursive: true, force: true });
  await rename(join(ROOT, unfinished), join(ROOT, folder));
  await publish(folder);
}

/** Installs when node_modules is missing or differs from package-lock.json. */
export async function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  await withBuilderLock(LOCK, async () => {
    if (!isInstalled()) await install();
  });
}

/** Installs and builds what is missing or stale; returns at once when nothing is. */
export async function ensureBuilt() {
  checkNode();
  if (isInstalled() && isBuilt(await signSources())) return;
  await withBuilderLock(LOCK, async () => {
    if (!isInstalled()) await install();
    const signature = await signSources();
    if (!isBuilt(signature)) await build(signature);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await ensureBuilt();
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    process.stderr.write(`waymark: ${error.message}\n`);
    process.exitCode = 1;
  }
}
