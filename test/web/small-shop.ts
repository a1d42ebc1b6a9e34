/**
 * A shop of 48 customers, made up by rule so that every page can be read number by number; and ways to bring files in.
 * Real exports are read by the stories.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { WebServer } from "../web-server.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
const FIRST = Date.UTC(2024, 0, 1, 9);

const PATHS = [
  ["Ad Clicked", "Product Viewed", "Product Added", "Checkout Started", "Order Completed", "Survey Answered"],
  ["Ad Clicked", "Product Viewed", "Product Added", "Checkout Started", "Order Completed"],
  ["Product Viewed", "Product Added", "Checkout Started", "Order Completed", "Order Delivered"],
  ["Ad Clicked", "Product Viewed", "Product Viewed"],
  ["Product Viewed", "Chat Started", "Product Added", "Checkout Started", "Order Completed"],
  ["Email Opened", "Product Viewed", "Product Added", "Checkout Started"],
] as const;
const RETURN = ["Product Viewed", "Order Completed"] as const;

const HEAD = "customer,event,timestamp,channel,value,currency,order,session,score,plan,device";

function line(customer: number, visit: number, event: string, time: number): string {
  const who = `c${String(customer).padStart(2, "0")}`;
  const device = customer % 3 === 0 ? "phone" : "desktop";
  const channel =
    event === "Email Opened" ? "email" : event === "Chat Started" ? "chat" : device === "phone" ? "app" : "web";
  const ordered = event === "Order Completed";
  const value = ordered ? `${20 + customer},EUR,o${customer}-${visit}` : ",,";
  const score = event === "Survey Answered" ? 1 + ((customer / 6) % 5) : "";
  const plan = customer % 4 === 0 ? "gold" : "basic";
  return [who, event, new Date(time).toISOString(), channel, value, `s${customer}-${visit}`, score, plan, device].join(
    ",",
  );
}

/** 48 customers, one every 36 hours from 1 January 2024; every fourth comes back after 20 days. */
export function smallShop(): string {
  const lines: string[] = [];
  for (let customer = 0; customer < 48; customer++) {
    const start = FIRST + customer * 1.5 * DAY;
    const visits = [PATHS[customer % PATHS.length] ?? [], ...(customer % 4 === 0 ? [RETURN] : [])];
    for (const [visit, path] of visits.entries()) {
      for (const [step, event] of path.entries())
        lines.push(line(customer, visit, event, start + visit * 20 * DAY + step * (3 + (customer % 5)) * MINUTE));
    }
  }
  return `${[HEAD, ...lines].join("\n")}\n`;
}

/** Ten visits to a store, of customers of their own. */
export function storeVisits(): string {
  const lines = Array.from({ length: 10 }, (_, index) =>
    ["Store Entered", "Store Left"].map(
      (event, step) => `k${index},${event},${new Date(FIRST + (30 + index) * DAY + step * 20 * MINUTE).toISOString()}`,
    ),
  );
  return `${["customer,event,timestamp", ...lines.flat()].join("\n")}\n`;
}

/** Three good records and two whose time cannot be read. */
export const BROKEN = `customer,event,timestamp
b1,Page Opened,2024-02-01T10:00:00Z
b1,Page Closed,2024-02-01T10:05:00Z
b2,Page Opened,yesterday
b2,Page Closed,2024-02-30T25:00:00Z
b3,Page Opened,2024-02-02T10:00:00Z
`;

/** A tablet in a store: looked at before anybody signs in, then used by two customers in turn; and a phone of nobody. */
export const SHARED_TABLET = `customer,anonymous_id,event,timestamp
,tablet-1,Page Opened,2024-02-01T09:00:00Z
b1,tablet-1,Signed In,2024-02-01T09:05:00Z
,tablet-1,Page Opened,2024-02-01T09:10:00Z
b2,tablet-1,Signed In,2024-02-01T11:00:00Z
,tablet-1,Page Opened,2024-02-01T11:05:00Z
,phone-1,Page Opened,2024-02-02T10:00:00Z
`;

const MAPPING = {
  recipe: "small-shop",
  currency: "EUR",
  files: { events: { match: "*.csv", format: "csv" } },
  events: [
    {
      touchpoint: { column: "event" },
      time: { column: "timestamp" },
      customer: { column: "customer" },
      channel: { column: "channel" },
      value: { column: "value" },
      currency: { column: "currency" },
      score: { column: "score" },
      objects: { order: { column: "order" }, session: { column: "session" } },
      traits: { plan: { column: "plan" } },
      properties: ["device"],
    },
  ],
};

interface Job {
  readonly status: "running" | "done" | "failed" | "cancelled";
  readonly problem?: { readonly detail: string };
}

async function fetchJson<Value>(address: string, options: RequestInit = {}): Promise<Value> {
  const response = await fetch(address, options);
  const body = (await response.json()) as Value & { readonly detail?: string };
  if (!response.ok) throw new Error(`${address}: ${response.status} ${body.detail}`);
  return body;
}

/** Imports files over the network as the app does, under the mapping or recipe, or as proposed; resolves when they are in. */
export async function bringIn(
  { url }: WebServer,
  workspace: "main" | "demo",
  files: Readonly<Record<string, string | Buffer>>,
  how?: object | string,
): Promise<void> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files))
    form.append("files", new Blob([typeof content === "string" ? content : new Uint8Array(content)]), name);
  const api = `${url}api/v1/`;
  const { upload } = await fetchJson<{ upload: string }>(`${api}${workspace}/uploads`, { method: "POST", body: form });
  const headers = { "content-type": "application/json" };
  const chosen = typeof how === "string" ? { recipe: how } : how ? { mapping: how } : {};
  const body = JSON.stringify({ upload, ...chosen });
  const { job } = await fetchJson<{ job: string }>(`${api}${workspace}/imports`, { method: "POST", headers, body });
  for (;;) {
    const { status, problem } = await fetchJson<Job>(`${api}jobs/${job}`);
    if (status === "done") return;
    if (status !== "running") throw new Error(`The import ${status}: ${problem?.detail}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function bringInShop(server: WebServer, workspace: "main" | "demo" = "main"): Promise<void> {
  return bringIn(server, workspace, { "shop.csv": smallShop() }, MAPPING);
}

export async function bringInFile(server: WebServer, workspace: "main" | "demo", path: string): Promise<void> {
  await bringIn(server, workspace, { [basename(path)]: await readFile(path) });
}
