/**
 * What every answer tells a browser: to guess no types, to load nothing from elsewhere, to be framed by nobody.
 * Pages get a policy of their own, with a nonce for their styles.
 */
import { randomBytes } from "node:crypto";
import type { MiddlewareHandler } from "hono";

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** For what is no page: it loads nothing and runs nothing, also when it is opened as one. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  if (!context.res.headers.has("Content-Security-Policy")) context.header("Content-Security-Policy", NO_PAGE);
};

export const makeNonce = (): string => randomBytes(16).toString("base64");

/**
 * The policy of a page: scripts from us alone, style sheets from us or with the nonce. Attributes may set styles: the
 * charts and the graph place their parts so.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
