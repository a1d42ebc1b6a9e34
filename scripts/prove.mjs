/**
 * `npm run prove`: the long proofs. `npm run prove -- bench` runs one of them, further arguments go to it;
 * without a name it runs each of them, with `--sample` in a short form. A proof is a file NAME.proof.ts of prove/ or
 * bench/: a program of its own that takes `--sample` and ends with an exit code.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
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

/** @returns the exit code; what it prints is passed on at once, or collected for its end */
async function runProof(path, args, collected) {
  const child = spawn(process.execPath, ["--enable-source-maps", join(OUT, `${path}.js`), ...args], {
    cwd: ROOT,
    stdio: collected ? ["ignore", "pipe", "pipe"] : "inherit",
    env: { ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "16" },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => collected?.push(chunk));
  const [code] = await once(child, "close");
  return code ?? 1;
}

/** Runs the proofs one after the other, each telling how long it took. @returns how many failed */
async function runInTurn(proofs, args, together) {
  let failed = 0;
  for (let next = proofs.shift(); next !== undefined; next = proofs.shift()) {
    const [name, path] = next;
    const started = performance.now();
    const collected = together ? [] : undefined;
    if (!together) process.stderr.write(`\n== ${name}\n`);
    const code = await runProof(path, args, collected);
    if (code !== 0) failed++;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (together) process.stderr.write(`\n== ${name}\n${Buffer.concat(collected)}`);
    process.stderr.write(`== ${name}: ${code === 0 ? "passed" : "FAILED"} in ${seconds} s\n`);
  }
  return failed;
}

/**
 * A sample's proofs run two at a time, for each waits much and measures nothing by the clock; the benchmarks, and
 * whole proofs, have the machine for themselves.
 */
async function runAll(proofs, args) {
  process.stderr.write(`Running every proof: ${[...proofs.keys()].join(", ")}.\n`);
  const started = [...proofs];
  const isBench = ([, path]) => path.startsWith("bench");
  const sample = args.includes("--sample");
  const shared = sample ? started.filter((one) => !isBench(one)) : [];
  const alone = sample ? started.filter(isBench) : started;
  const counts = await Promise.all([runInTurn(shared, args, true), runInTurn(shared, args, true)]);
  const failed = counts.reduce((sum, count) => sum + count, await runInTurn(alone, args, false));
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
