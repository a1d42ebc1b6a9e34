/**
 * Finds the port: the one that was asked for, or the usual one, or the next that is free. Always this machine alone.
 * What is answered there is not known here.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import { AppError } from "../../domain/app-error.ts";

const HOST = "127.0.0.1";
const USUAL_PORT = 4477;
const TRIES = 20;

/**
 * @param wanted 0 = any free one; undefined = 4477, or the next that is free
 * @throws AppError invalid when the wanted port is taken or not allowed
 */
export async function listenSomewhere(server: Server, wanted: number | undefined): Promise<void> {
  if (wanted !== undefined) {
    const failure = await tryPort(server, wanted);
    if (failure) throw explain(wanted, failure);
    return;
  }
  for (let port = USUAL_PORT; port < USUAL_PORT + TRIES; port++) {
    const failure = await tryPort(server, port);
    if (!failure) return;
    if (failure.code !== "EADDRINUSE" && failure.code !== "EACCES") throw explain(port, failure);
  }
  const failure = await tryPort(server, 0);
  if (failure) throw explain(0, failure);
}

async function tryPort(server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  try {
    server.listen({ port, host: HOST, exclusive: true });
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function explain(port: number, cause: NodeJS.ErrnoException): AppError {
  const why =
    cause.code === "EADDRINUSE"
      ? "is taken by another program; choose another one with --port or WAYMARK_PORT (0 takes any that is free)"
      : `cannot be used (${cause.code ?? cause.message}); choose another one with --port or WAYMARK_PORT`;
  return new AppError("invalid", `Port ${port} ${why}.`, { port }, { cause });
}
