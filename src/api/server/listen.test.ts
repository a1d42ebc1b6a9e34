/**
 * Whether a server gets the port it wants, or the next free one, on this machine alone.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listenSomewhere } from "./listen.ts";

const servers: Server[] = [];
const open = async (port: number | undefined) => {
  const server = createServer();
  servers.push(server);
  await listenSomewhere(server, port);
  return server.address() as AddressInfo;
};
afterEach(async () => {
  for (const server of servers.splice(0).filter(({ listening }) => listening)) await once(server.close(), "close");
});

test("any free one, on the loopback address", async () => {
  const { address, port } = await open(0);
  expect(address).toBe("127.0.0.1");
  expect(port).toBeGreaterThan(1023);
});

test("one that is taken is refused, naming what to do", async () => {
  const { port } = await open(0);
  await expect(open(port)).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("WAYMARK_PORT") });
});

test("with none named, two servers live side by side", async () => {
  const [first, second] = [await open(undefined), await open(undefined)];
  expect(second.port).not.toBe(first.port);
  for (const { port } of [first, second]) expect(port).toBeGreaterThanOrEqual(4477);
});
