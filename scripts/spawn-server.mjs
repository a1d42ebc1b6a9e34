/**
 * Runs `waymark serve` as a process of its own on a free port, for whatever looks at the app: tests, proofs, pictures.
 * Which workspaces it opens, and what is asked of it, is the caller's matter.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const START_MS = 120_000;

function waitForAddress(child, text) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The server ${why}.\n${text.out}\n${text.err}`));
    const timer = setTimeout(() => fail("told no address"), START_MS);
    child.once("exit", (code, signal) => fail(`ended with ${signal ?? code}`));
    child.stdout.on("data", () => {
      const last = text.out.endsWith("\n") ? text.out.trimEnd().split("\n").at(-1) : undefined;
      if (!last?.startsWith("http://")) return;
      clearTimeout(timer);
      resolve(last);
    });
  });
}

async function askServer(address, input) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(input) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.detail}`);
  return answer;
}

/** What the command line reads of its surroundings when its workspaces are those in `folder`. */
export function workspacesIn(folder) {
  return {
    ...process.env,
    WAYMARK_WORKSPACE: join(folder, "main"),
    WAYMARK_DEMO_WORKSPACE: join(folder, "demo"),
    UV_THREADPOOL_SIZE: "16",
  };
}

/** Starts the compiled command line `main` on the workspaces in `folder`; resolves when it has told its address. */
export async function spawnServer({ main, folder, args = ["serve"], env = {} }) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...workspacesIn(folder), WAYMARK_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { out: "", err: "" };
  for (const [name, stream] of [
    ["out", child.stdout],
    ["err", child.stderr],
  ])
    stream.setEncoding("utf8").on("data", (chunk) => {
      text[name] += chunk;
    });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    return child.exitCode;
  };
  try {
    const url = await waitForAddress(child, text);
    const ask = (operation, input = {}, workspace = "main") =>
      askServer(`${url}api/v1/${workspace}/${operation}`, input);
    return { url, pid: child.pid ?? 0, out: () => text.out, err: () => text.err, ask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
