/**
 * Which requests are let in before anything is read: to this machine's own name, from our own pages or from no page.
 * Until there is a sign-in, this and the loopback address are what stands between a foreign web page and the data.
 */
import type { MiddlewareHandler } from "hono";
import { HttpError } from "./http-error.ts";

const NAMES = ["127.0.0.1", "localhost", "[::1]"] as const;
const HARMLESS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Refuses other hosts (a foreign name that was made to resolve to this machine), and other origins: anything that
 * changes something, and every fetch of the API.
 * @param port asked for each request: it is known only when the server listens
 * @throws HttpError 403
 */
export function guardRequest(port: () => number): MiddlewareHandler {
  return async ({ req }, next) => {
    const hosts = NAMES.flatMap((name) => (port() === 80 ? [name, `${name}:80`] : [`${name}:${port()}`]));
    const host = req.header("host")?.toLowerCase();
    if (host === undefined || !hosts.includes(host))
      throw new HttpError(403, "Waymark answers only to this machine's own name, such as 127.0.0.1.", {
        header: "Host",
      });
    const changes = !HARMLESS.has(req.method);
    const origin = req.header("origin")?.toLowerCase();
    if (changes && origin !== undefined && !hosts.some((name) => origin === `http://${name}`))
      throw new HttpError(403, "Only Waymark's own pages may ask for this.", { header: "Origin" });
    const site = req.header("sec-fetch-site");
    const foreign = site !== undefined && site !== "same-origin" && site !== "none";
    // A link on another page may open one of ours; it cannot read what opens.
    const opens = req.header("sec-fetch-mode") === "navigate" && req.header("sec-fetch-dest") === "document";
    if (foreign && (changes || (req.path.startsWith("/api/") && !opens)))
      throw new HttpError(403, "Only Waymark's own pages may ask for this.", { header: "Sec-Fetch-Site" });
    await next();
  };
}
