/**
 * The holder's side of the door: takes requests over a Unix socket, several at once, and answers each.
 * Where the socket stands and who may hold it is decided in workspace-door.ts.
 */
import { createServer, type Server, type Socket } from "node:net";
import { AppError } from "../domain/app-error.ts";
import {
  type DoorRequest,
  MAX_REQUEST_LENGTH,
  readLines,
  requestSchema,
  toWireError,
  writeLine,
} from "./door-message.ts";

export interface ServeContext {
  /** Aborted when the asker has gone, has cancelled, or the holder must end. */
  readonly signal: AbortSignal;
  /** Tells the asker how far the work is; any JSON. */
  readonly progress: (value: unknown) => void;
}

/** Does what a request asks; what it gives or throws goes back. */
export type Serve = (operation: string, input: unknown, context: ServeContext) => Promise<unknown>;

/** An asker that does not read gets no more progress until it has caught up; answers are never dropped. */
const MAX_UNREAD_BYTES = 2 ** 20;

/** After this an asker that reads nothing loses what it has not read. */
const FAREWELL_MS = 5_000;

type Work = Extract<DoorRequest, { operation: string }>;
type Running = Map<number, AbortController>;

export class DoorServer {
  readonly #serve: Serve;
  readonly #onFault: (error: unknown) => void;
  readonly #server: Server;
  readonly #connections = new Map<Socket, Running>();
  readonly #work = new Set<Promise<void>>();
  /** Whoever knocks before it is settled who holds the door waits for the greeting. */
  #state: "undecided" | "open" | "ending" = "undecided";

  constructor(serve: Serve, onFault: (error: unknown) => void) {
    this.#serve = serve;
    this.#onFault = onFault;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(path, () => {
        this.#server.off("error", reject);
        this.#server.on("error", this.#onFault);
        resolve();
      });
    });
  }

  /** From now on this process holds the door. */
  open(): void {
    this.#state = "open";
    for (const socket of this.#connections.keys()) this.#greet(socket);
  }

  /** Refuses new requests, and waits for the running ones; with `abort` it tells them to stop. */
  async drain(abort: boolean): Promise<void> {
    this.#state = "ending";
    if (abort) for (const running of this.#connections.values()) abortAll(running);
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Leaves the door, after draining. What was answered still goes out. */
  async close(): Promise<void> {
    this.#state = "ending";
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#connections.keys()) {
      // All that was begun is answered; who still waits after this line knows that nobody read the request.
      this.#greet(socket);
      socket.end(() => socket.destroy());
      socket.setTimeout(FAREWELL_MS, () => socket.destroy());
    }
    await closed;
  }

  #accept(socket: Socket): void {
    const running: Running = new Map();
    this.#connections.set(socket, running);
    // A broken connection shows as "close"; unheard, the error would end the process.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#connections.delete(socket);
      abortAll(running);
    });
    const refuse = (message: string) => {
      writeLine(socket, { id: null, error: toWireError(new AppError("invalid", message)) });
      socket.end(() => socket.destroy());
    };
    readLines(
      socket,
      (line) => this.#take(socket, running, line, refuse),
      MAX_REQUEST_LENGTH,
      () => refuse(`A request may have at most ${MAX_REQUEST_LENGTH} characters.`),
    );
    if (this.#state !== "undecided") this.#greet(socket);
  }

  #greet(socket: Socket): void {
    writeLine(socket, { holder: process.pid, ending: this.#state === "ending" });
  }

  #take(socket: Socket, running: Running, line: string, refuse: (message: string) => void): void {
    const parsed = requestSchema.safeParse(parseJson(line));
    const request = parsed.data;
    if (!request) refuse("This is not a request that the workspace's door understands.");
    else if ("cancel" in request) running.get(request.id)?.abort();
    else if (running.has(request.id)) refuse(`The request number ${request.id} is used twice.`);
    else if (this.#state !== "open") writeLine(socket, { id: request.id, ending: true });
    else this.#begin(socket, running, request);
  }

  #begin(socket: Socket, running: Running, { id, operation, input }: Work): void {
    const abort = new AbortController();
    running.set(id, abort);
    const work = this.#answer(socket, id, operation, input, abort.signal).finally(() => {
      running.delete(id);
      this.#work.delete(work);
    });
    this.#work.add(work);
  }

  async #answer(socket: Socket, id: number, operation: string, input: unknown, signal: AbortSignal): Promise<void> {
    const progress = (value: unknown) => {
      if (socket.writable && socket.writableLength < MAX_UNREAD_BYTES) writeLine(socket, { id, progress: value });
    };
    try {
      const result = await this.#serve(operation, input, { signal, progress });
      if (socket.writable) writeLine(socket, { id, result: result ?? null });
    } catch (error) {
      if (!(error instanceof AppError) && !signal.aborted) this.#onFault(error);
      if (socket.writable) writeLine(socket, { id, error: toWireError(error) });
    }
  }
}

function abortAll(running: Running): void {
  for (const abort of running.values()) abort.abort();
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
