/**
 * `npm run prove`: the long proofs. `npm run prove -- bench` runs one of them, further arguments go to it;
 * without a name it runs each of them, with `--sample` in a short form. A proof is a file NAME.proof.ts of prove/ or
 * bench/: a program of its own that takes `--sample` and ends with an exit code.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureInstalled, PrepareError, ROOT, run } from "./prepare.mjs";

const OUT = join(ROOT, ".build", "prove");

/** Name → path below the root, without extension: prove/kills.proof.ts is «kills». */
function findProofs() {
  const proofs = new Map();
  for (const folder of ["prove", "bench"]) {
    const path = join(ROOT, folder);
    if (!existsSync(path)) continue;
    for (const name of readdirSync(path).sort()) {
      if (name.endsWith(".proof.ts")) proofs.set(basename(name, ".proof.ts"), join(folder, basename(name, ".ts")));
    }
  }
  return proofs;
}

/** Compiles src/, bench/ and prove/ together; what sources read beside themselves is linked in. */
async function compile() {
  mkdirSync(OUT, { recursive: true });
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [compiler, "-p", "tsconfig.prove.json", "--outDir", OUT]);
  for (const name of ["migrations", "recipes", "package.json", "scripts", "dist"]) {
    rmSync(join(OUT, name), { recursive: true, force: true });
    if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(OUT, name));
  }
}

function runProof(path, args) {
  const result = spawnSync(process.execPath, ["--enable-source-maps", join(OUT, `${path}.js`), ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "16" },
  });
  return result.status ?? 1;
}

function runAll(proofs, args) {
  process.stderr.write(`Running every proof: ${[...proofs.keys()].join(", ")}.\n`);
  let failed = 0;
  for (const [name, path] of proofs) {
    process.stderr.write(`\n== ${name}\n`);
    if (runProof(path, args) !== 0) failed++;
  }
  process.stderr.write(`\n${proofs.size - failed} proofs passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function main(args) {
  const proofs = findProofs();
  const wanted = args[0]?.startsWith("-") ? undefined : args[0];
  if (wanted !== undefined && !proofs.has(wanted)) {
    process.stderr.write(`There is no proof «${wanted}». Known: ${[...proofs.keys()].join(", ")}.\n`);
    return 2;
  }
  await ensureInstalled();
  await compile();
  return wanted === undefined ? runAll(proofs, args) : runProof(proofs.get(wanted), args.slice(1));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PrepareError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
