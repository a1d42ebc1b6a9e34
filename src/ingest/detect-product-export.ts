/**
 * Whether a file is the export of a product that a shipped recipe knows: Segment, PostHog, Mixpanel, Amplitude, GA4, WooCommerce, Stripe.
 * Exports are told by columns that nobody else has together and by how their values look; look-alikes are left to the guesses.
 */
import type { Sample, SourceFile } from "./source-file.ts";

interface Export {
  readonly recipe: string;
  readonly why: string;
  readonly fits: (columns: ReadonlySet<string>, values: (column: string) => readonly string[]) => boolean;
}

/** Whether values are there, and at least nine in ten look so: exports have stray ones. */
function nearlyAll(values: readonly string[], looks: RegExp): boolean {
  const filled = values.filter((value) => value !== "");
  return filled.length > 0 && filled.filter((value) => looks.test(value)).length >= 0.9 * filled.length;
}

function startsAny(columns: ReadonlySet<string>, ...starts: readonly string[]): boolean {
  return [...columns].some((column) => starts.some((start) => column.startsWith(start)));
}

const hasAll = (columns: ReadonlySet<string>, ...names: readonly string[]) => names.every((name) => columns.has(name));
const hasAny = (columns: ReadonlySet<string>, ...names: readonly string[]) => names.some((name) => columns.has(name));

const EXPORTS: readonly Export[] = [
  {
    recipe: "segment",
    why: "calls of Segment: a messageId, userId or anonymousId, and types such as track and identify",
    fits: (columns, values) =>
      hasAll(columns, "type", "messageId") &&
      hasAny(columns, "userId", "anonymousId") &&
      hasAny(columns, "timestamp", "originalTimestamp", "receivedAt") &&
      nearlyAll(values("type"), /^(?:track|page|screen|identify|group|alias)$/u),
  },
  {
    recipe: "posthog",
    why: "PostHog's columns event, distinct_id, timestamp and properties with $ names",
    fits: (columns, values) =>
      hasAll(columns, "event", "distinct_id", "timestamp") &&
      hasAny(columns, "uuid", "id") &&
      (startsAny(columns, "properties.$") || nearlyAll(values("properties"), /^\{(?:.*"\$\w|\s*\}$)/su)),
  },
  {
    recipe: "mixpanel",
    why: "Mixpanel's form: event beside properties with time, distinct_id and $insert_id",
    fits: (columns, values) =>
      hasAll(columns, "event", "properties.time", "properties.distinct_id") &&
      hasAny(columns, "properties.$insert_id", "properties.mp_processing_time_ms", "properties.mp_lib") &&
      nearlyAll(values("properties.time"), /^\d{9,13}$/u),
  },
  {
    recipe: "amplitude",
    why: "Amplitude's columns event_type, event_time and amplitude_id or $insert_id",
    fits: (columns) =>
      hasAll(columns, "event_type", "event_time") &&
      hasAny(columns, "user_id", "device_id") &&
      hasAny(columns, "amplitude_id", "$insert_id") &&
      (hasAny(columns, "event_properties", "session_id") || startsAny(columns, "event_properties.")),
  },
  {
    recipe: "ga4",
    why: "Google Analytics 4: event_params and times in microseconds",
    fits: (columns, values) =>
      hasAll(columns, "event_name", "event_timestamp", "event_params") &&
      hasAny(columns, "user_pseudo_id", "user_id") &&
      nearlyAll(values("event_timestamp"), /^\d{16}$/u),
  },
  {
    recipe: "woocommerce-orders",
    why: "WooCommerce orders: date_created_gmt, status, total and line_items",
    fits: (columns) => hasAll(columns, "id", "status", "total", "date_created_gmt", "line_items", "customer_id"),
  },
  {
    recipe: "stripe",
    why: "payments of Stripe: their ids begin with ch_, py_ or pi_",
    fits: (columns, values) => {
      const json = hasAll(columns, "object", "amount", "currency", "created", "status");
      const csv =
        hasAll(columns, "id", "Amount", "Currency", "Status") &&
        hasAny(columns, "Created date (UTC)", "Created (UTC)") &&
        hasAny(columns, "Customer ID", "Customer Email", "Amount Refunded");
      const object = !json || nearlyAll(values("object"), /^(?:charge|payment_intent)$/u);
      return (json || csv) && object && nearlyAll(values("id"), /^(?:ch|py|pi)_\w+$/u);
    },
  },
];

/** The export that all these files are; undefined when they are none, or not of one kind. */
export function detectProductExport(
  sources: readonly SourceFile[],
  samples: readonly Sample[],
): { readonly recipe: string; readonly why: string } | undefined {
  const fitting = (source: SourceFile, sample: Sample | undefined) => {
    const columns = new Set(source.columns);
    const values = (column: string) => {
      const at = sample?.columns.indexOf(column) ?? -1;
      return at < 0 ? [] : (sample?.rows ?? []).map((row) => row[at] ?? "");
    };
    return EXPORTS.find(({ fits }) => fits(columns, values));
  };
  const kinds = new Set(sources.map((source, at) => fitting(source, samples[at])));
  const [only] = kinds;
  return kinds.size === 1 && only ? { recipe: only.recipe, why: only.why } : undefined;
}
