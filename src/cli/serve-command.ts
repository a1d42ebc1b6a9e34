/**
 * The app in the browser: `serve`, and the hidden `keep` that it starts for each workspace.
 * What is served is in api/server; here are only words, the address and the end.
 */
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { write } from "./terminal.ts";

export interface ServeOptions {
  readonly workspace?: string | undefined;
  readonly demo?: string | undefined;
  readonly port?: number | undefined;
}

/** A keeper is this very build, whatever is built meanwhile. */
const keeperCommand = (folder: string) =>
  [process.execPath, fileURLToPath(new URL("./main.js", import.meta.url)), "keep", "--workspace", folder] as const;

/** Opens the app's server. It says nothing yet: what is to come before the address can still be printed. */
export async function openApp({ workspace, demo, port }: ServeOptions, first: "main" | "demo") {
  // Loaded here: no other command needs a web server.
  const { closeFrontOnSignals, openFront } = await import("../api/server/open-front.ts");
  const front = await openFront({ workspace, demoWorkspace: demo, port, first, keeperCommand });
  closeFrontOnSignals(front);
  return front;
}

/** Tells the address, the last line on stdout, and never ends by itself: a signal ends the process. */
export async function serveOn(url: string): Promise<never> {
  await write(process.stderr, "Waymark is running; Ctrl-C ends it. Open this address in a browser:\n");
  await write(process.stdout, `${url}\n`);
  return new Promise(() => undefined);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return port;
}

export function withPort(command: Command): Command {
  return command.option(
    "--port <number>",
    "port of the app; 0 = any free one (default: WAYMARK_PORT, else 4477 or the next that is free)",
    readPort,
  );
}

export function addServeCommand(program: Command): void {
  withPort(program.command("serve"))
    .description("opens the app for the browser, on this machine alone; its address is the last line")
    .option("--workspace <dir>", "folder of the workspace (default: WAYMARK_WORKSPACE or ./waymark-data/main)")
    .option("--demo <dir>", "folder of the demo (default: WAYMARK_DEMO_WORKSPACE or ./waymark-data/demo)")
    .addHelpText("after", "\nOther commands work while the app is open.\n\nExample:\n  $ waymark serve --port 8080")
    .action(async (options: ServeOptions) => {
      const front = await openApp(options, "main");
      await serveOn(front.url);
    });
  program
    .command("keep", { hidden: true })
    .description("holds a workspace for `serve`, until stdin ends")
    .requiredOption("--workspace <dir>", "folder of the workspace")
    .action(async ({ workspace }: { workspace: string }) => {
      const { keepUntilEnd } = await import("../api/server/keeper.ts");
      await keepUntilEnd(workspace, process.stdin, process.stdout);
    });
}
