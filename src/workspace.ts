/**
 * The way into a workspace: this process opens it when nobody holds it, else it asks the holder; callers see no difference.
 * What can be asked is the caller's `serve`; how the door is fought for is in store/workspace-door.ts.
 */
import { resolve } from "node:path";
import { AppError } from "./domain/app-error.ts";
import type { Platform, PlatformOptions } from "./platform.ts";
import type { DoorClient, RequestOptions } from "./store/door-client.ts";
import type { ServeContext } from "./store/door-server.ts";
import { type HeldDoor, openDoor } from "./store/workspace-door.ts";

/** Does one operation on the open workspace. Its answer must be plain JSON: it may travel to another process. */
export type ServeWorkspace = (
  platform: Platform,
  operation: string,
  input: unknown,
  context: ServeContext,
) => Promise<unknown>;

export interface Workspace {
  /** Whether this process holds the workspace at the moment. */
  readonly held: boolean;
  /**
   * Runs one operation here or in the holder. When the holder ends before it began the work, this process takes over.
   * Paths in the input must be absolute: the holder stands in another folder.
   * @throws AppError unavailable when the holder died at work, and what the operation throws
   */
  run(operation: string, input: unknown, options?: RequestOptions): Promise<unknown>;
  /**
   * Finishes what other processes asked for (with `abort`: stops it), closes the stores, then gives up the door.
   * To be awaited before the process exits.
   */
  close(options?: { readonly abort?: boolean }): Promise<void>;
}

type Place =
  | { readonly held: true; readonly door: HeldDoor; readonly platform: Platform }
  | { readonly held: false; readonly client: DoorClient };

/** @throws AppError as openPlatform and openDoor do */
export async function enterWorkspace(options: PlatformOptions, serve: ServeWorkspace): Promise<Workspace> {
  let place = await findPlace(options, serve);
  let entering: Promise<Place> | undefined;
  /** Several runs that meet the same ending holder enter anew once. */
  const enterAgain = async () => {
    entering ??= findPlace(options, serve);
    place = await entering;
    entering = undefined;
  };
  return {
    get held() {
      return place.held;
    },
    async run(operation, input, request = {}) {
      for (;;) {
        if (place.held) return runHere(place.platform, serve, operation, input, request);
        try {
          return await place.client.request(operation, input, request);
        } catch (error) {
          const untouched = error instanceof AppError && error.details.retry === true;
          if (!untouched) throw error;
          await enterAgain();
        }
      }
    },
    async close({ abort = false } = {}) {
      if (!place.held) return place.client.close();
      await place.door.drain({ abort });
      await place.platform.close();
      await place.door.close();
    },
  };
}

async function findPlace(options: PlatformOptions, serve: ServeWorkspace): Promise<Place> {
  let settle: { resolve: (platform: Platform) => void; reject: (error: unknown) => void } | undefined;
  const opened = new Promise<Platform>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever waits for it is told; when nobody does, the one who opens is told anyway.
  opened.catch(() => undefined);
  const door = await openDoor(
    resolve(options.workspace),
    async (operation, input, context) => serve(await opened, operation, input, context),
    { onFault: (error) => void opened.then(({ log }) => log.error({ err: error }, "a request at the door failed")) },
  );
  if (!door.held) return door;
  try {
    // Loaded here: who only asks the holder does without the engines.
    const { openPlatform } = await import("./platform.ts");
    const platform = await openPlatform(options);
    settle?.resolve(platform);
    return { held: true, door, platform };
  } catch (error) {
    settle?.reject(error);
    await door.close();
    throw error;
  }
}

function runHere(
  platform: Platform,
  serve: ServeWorkspace,
  operation: string,
  input: unknown,
  { signal, onProgress = () => undefined }: RequestOptions,
): Promise<unknown> {
  const signals = signal ? [signal, platform.ending] : [platform.ending];
  return serve(platform, operation, input, { signal: AbortSignal.any(signals), progress: onProgress });
}
