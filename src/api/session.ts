/**
 * One caller's way into a workspace: typed calls of the operations, whether this process opens it or another holds it.
 * What can be called is the table of operations; who may enter is decided in workspace.ts.
 */
import { readConfig } from "../config.ts";
import { enterWorkspace } from "../workspace.ts";
import type { Call, Progress } from "./operation.ts";
import type { Answer, Input, OperationName } from "./operations.ts";

export interface Session {
  /** Whether this process holds the workspace at the moment. */
  readonly held: boolean;
  /** Paths in the input must be absolute: a holder may stand in another folder. */
  run<Name extends OperationName>(name: Name, input: Input<Name>, call: Call): Promise<Answer<Name>>;
  /** Finishes what others asked for (with `abort`: stops it), then closes the workspace. */
  close(options?: { readonly abort?: boolean }): Promise<void>;
}

/** Where the demo lives when nobody names another folder; it never mixes with anybody's own data. */
export const findDemoWorkspace = (): string => readConfig().demoWorkspace;

/** Who makes a change when nobody is named; undefined when the environment names nobody either. */
export const findAuthor = (): string | undefined => readConfig().author;

/**
 * Opens the workspace named by `workspace`, else by the environment.
 * @throws AppError as enterWorkspace does
 */
export async function openSession(options: { readonly workspace?: string | undefined }): Promise<Session> {
  const config = readConfig();
  const workspace = await enterWorkspace(
    { workspace: options.workspace ?? config.workspace, config, clock: () => new Date() },
    async (platform, operation, input, { signal, progress }) => {
      // Loaded here: who only asks the holder does without importers and analyses.
      const { runOperation } = await import("./operations.ts");
      return runOperation(platform, operation, input, { signal, onProgress: progress });
    },
  );
  return {
    get held() {
      return workspace.held;
    },
    run: async (name, input, { signal, onProgress }) => {
      const heard = (value: unknown) => onProgress(value as Progress);
      return (await workspace.run(name, input, { signal, onProgress: heard })) as Answer<typeof name>;
    },
    close: (closing) => workspace.close(closing),
  };
}
