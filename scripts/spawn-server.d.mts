/**
 * What tests and proofs use of spawn-server.mjs, for the type check.
 * The functions themselves are in plain JavaScript: scripts use them too, and run before anything is compiled.
 */
export interface SpawnOptions {
  /** The compiled command line. */
  readonly main: string;
  /** Holds the workspaces `main` and `demo`. */
  readonly folder: string;
  /** What is run; default: serve. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface SpawnedServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly pid: number;
  /** All of stdout and stderr so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Asks the API of the workspace; throws with the problem's sentence when the answer is one. */
  ask<Answer = unknown>(operation: string, input?: unknown, workspace?: "main" | "demo"): Promise<Answer>;
  /** Ends the server by SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
}

export declare function workspacesIn(folder: string): NodeJS.ProcessEnv;
export declare function spawnServer(options: SpawnOptions): Promise<SpawnedServer>;
