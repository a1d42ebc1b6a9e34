/**
 * One caller's way into a workspace: the same calls whether this process opens it or another one holds it.
 * What can be called is the table of operations; who may enter is decided at the door.
 */
import { readConfig } from "../config.ts";
import { openPlatform } from "../platform.ts";
import type { Call } from "./operation.ts";
import { type Answer, type Input, type OperationName, runOperation } from "./operations.ts";

export interface Session {
  run<Name extends OperationName>(name: Name, input: Input<Name>, call: Call): Promise<Answer<Name>>;
  close(): Promise<void>;
}

/**
 * Opens the workspace named by `workspace`, else by the environment.
 * @throws AppError as openPlatform does
 */
export async function openSession(options: { readonly workspace?: string | undefined }): Promise<Session> {
  const config = readConfig();
  const workspace = options.workspace ?? config.workspace;
  const platform = await openPlatform({ workspace, config, clock: () => new Date() });
  return {
    run: async (name, input, call) => (await runOperation(platform, name, input, call)) as Answer<typeof name>,
    close: () => platform.close(),
  };
}
