/**
 * Writes the demo shop's year as the raw export a company would have: one CSV, one line an event, customer by customer.
 * It knows nothing of how the file is imported; that is recipes/demo.yaml.
 */
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { TRAIT_NAMES, type Traits } from "./customer-state.ts";
import { type DemoEvent, MOST_PRODUCTS, PROPERTY_NAMES } from "./demo-event.ts";
import { DEMO_CURRENCY, DEMO_SHOP, type ShopOptions, simulateShop } from "./simulate-shop.ts";

export const DEMO_FILE = "demo-events.csv";

const PRODUCT_COLUMNS = Array.from({ length: MOST_PRODUCTS }, (_, at) => `item${at + 1}`);
const COLUMNS = [
  "customer",
  "anonymous",
  "event",
  "timestamp",
  "channel",
  "value",
  "currency",
  "score",
  "scale",
  "order",
  "session",
  "ticket",
  ...PRODUCT_COLUMNS,
  ...PROPERTY_NAMES,
  ...TRAIT_NAMES.map((name) => `trait:${name}`),
];
const CHUNK = 1 << 20;

export interface WrittenDemo {
  readonly file: string;
  readonly events: number;
  readonly customers: number;
}

/** Nothing the simulator writes holds a quote, comma or line break; a name that did would need quoting here. */
function formatCell(cell: string | number | boolean | undefined): string {
  if (cell === undefined) return "";
  const text = String(cell);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function formatLine(event: DemoEvent, traits: Traits): string {
  const { value } = event;
  const isKnown = event.customer !== "";
  const cells = [
    event.customer,
    event.anonymous,
    event.touchpoint,
    new Date(event.time).toISOString(),
    event.channel,
    value?.toFixed(2),
    value === undefined ? "" : DEMO_CURRENCY,
    event.score,
    event.scale,
    event.order,
    event.session,
    event.ticket,
    ...PRODUCT_COLUMNS.map((_, at) => event.products?.[at]),
    ...PROPERTY_NAMES.map((name) => event.properties?.[name]),
    ...TRAIT_NAMES.map((name) => (isKnown ? traits[name] : "")),
  ];
  return `${cells.map(formatCell).join(",")}\n`;
}

/** The file's text in pieces, header first. */
export function* formatDemoEvents(options: ShopOptions): Generator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for (const { events, traits } of simulateShop(options)) for (const event of events) yield formatLine(event, traits);
}

/**
 * Writes demo-events.csv into a folder, which is made when it is missing; a file already there is replaced.
 * Needs about a megabyte of memory whatever the number of customers.
 */
export async function writeDemoFiles(directory: string, options: ShopOptions = DEMO_SHOP): Promise<WrittenDemo> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, DEMO_FILE);
  const handle = await open(file, "w");
  let lines = 0;
  try {
    let pending = "";
    for (const line of formatDemoEvents(options)) {
      pending += line;
      lines += 1;
      if (pending.length < CHUNK) continue;
      await handle.write(pending);
      pending = "";
    }
    await handle.write(pending);
  } finally {
    await handle.close();
  }
  return { file, events: lines - 1, customers: options.customers };
}
