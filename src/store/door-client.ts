/**
 * The asker's side of the door: knocks, and sends requests to the process that holds the workspace.
 * It never decides that a workspace is free; that is the business of workspace-door.ts.
 */
import { createConnection, type Socket } from "node:net";
import { AppError } from "../domain/app-error.ts";
import {
  answerSchema,
  type DoorAnswer,
  fromWireError,
  MAX_REQUEST_LENGTH,
  readLines,
  writeLine,
} from "./door-message.ts";

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: unknown) => void;
}

export interface DoorClient {
  /** Process id of the holder. */
  readonly holder: number;
  /**
   * Waits for the answer without a time limit.
   * @throws AppError as the holder threw it; unavailable when the holder ended, with details.retry = true when
   * it surely did not begin the work
   */
  request(operation: string, input: unknown, options?: RequestOptions): Promise<unknown>;
  close(): void;
}

export type Knock =
  | { readonly kind: "answered"; readonly client: DoorClient }
  /** Nobody listens there, nor ever will again. */
  | { readonly kind: "dead" }
  /** The name has gone, the holder is ending, or it went while we knocked: look again. */
  | { readonly kind: "again"; readonly reason: string };

const GREETING_TIMEOUT_MS = 30_000;

/**
 * Knocks at one socket.
 * @throws AppError forbidden when it is another user's, unavailable when somebody holds it and does not greet
 */
export function knock(path: string): Promise<Knock> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ path });
    const timer = setTimeout(() => {
      reject(
        new AppError("unavailable", "The process that holds the workspace does not answer; end it, then try again."),
      );
      socket.destroy();
    }, GREETING_TIMEOUT_MS);
    const settle = (knocked: Knock) => {
      clearTimeout(timer);
      if (knocked.kind !== "answered") socket.destroy();
      resolve(knocked);
    };
    let client: SocketClient | undefined;
    socket.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (client) return;
      if (code === "EACCES" || code === "EPERM")
        reject(new AppError("forbidden", `The workspace is held by another user: ${message}`));
      settle(code === "ECONNREFUSED" ? { kind: "dead" } : { kind: "again", reason: message });
    });
    socket.on("close", () => (client ? client.lose() : settle({ kind: "again", reason: "it closed the connection" })));
    readLines(socket, (line) => {
      const answer = parseAnswer(line);
      if (client) client.hear(answer);
      else if (!("holder" in answer) || answer.ending) settle({ kind: "again", reason: "it is ending" });
      else {
        client = new SocketClient(socket, answer.holder);
        settle({ kind: "answered", client });
      }
    });
  });
}

/** What is not understood counts as a refusal of everything: the holder is of another version. */
function parseAnswer(line: string): DoorAnswer {
  const parsed = answerSchema.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  const message = "The workspace is held by another version of Waymark; end that process, then try again.";
  return { id: null, error: { code: "unavailable", message, details: {} } };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((value: unknown) => void) | undefined;
}

class SocketClient implements DoorClient {
  readonly holder: number;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #lost = false;

  constructor(socket: Socket, holder: number) {
    this.#socket = socket;
    this.holder = holder;
  }

  request(operation: string, input: unknown, { signal, onProgress }: RequestOptions = {}): Promise<unknown> {
    const id = ++this.#lastId;
    const text = JSON.stringify({ id, operation, input });
    if (text.length > MAX_REQUEST_LENGTH)
      throw new AppError(
        "invalid",
        `A request may have at most ${MAX_REQUEST_LENGTH} characters; this has ${text.length}.`,
      );
    if (this.#lost) return Promise.reject(holderEnding());
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
      // What could not be written whole was not read whole, and so not begun.
      this.#socket.write(`${text}\n`, (error) => error && this.#take(id)?.reject(holderEnding()));
    });
    const onAbort = () => {
      writeLine(this.#socket, { id, cancel: true });
      this.#take(id)?.reject(signal?.reason instanceof Error ? signal.reason : new Error("The request was cancelled."));
    };
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort);
    return answer.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  close(): void {
    this.#socket.destroy();
  }

  hear(answer: DoorAnswer): void {
    // A second greeting is the farewell: all that was begun has been answered.
    if ("holder" in answer) this.failAll(holderEnding());
    else if ("progress" in answer) this.#waiting.get(answer.id)?.onProgress?.(answer.progress);
    else if ("ending" in answer) this.#take(answer.id)?.reject(holderEnding());
    else if ("result" in answer) this.#take(answer.id)?.resolve(answer.result);
    // Without a number the whole connection is refused.
    else if (answer.id === null) this.failAll(fromWireError(answer.error));
    else this.#take(answer.id)?.reject(fromWireError(answer.error));
  }

  lose(): void {
    this.#lost = true;
    const message = "The process that held the workspace ended before it answered; run the command again.";
    this.failAll(new AppError("unavailable", message, { holder: this.holder, retry: false }));
  }

  /** The one who waits for this answer; nobody when it was cancelled. */
  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  failAll(error: Error): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }
}

function holderEnding(): AppError {
  return new AppError("unavailable", "The process that held the workspace is ending; run the command again.", {
    retry: true,
  });
}
