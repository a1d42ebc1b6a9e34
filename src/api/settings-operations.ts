/**
 * The workspace's conventions: the zone in which days are counted, and the journey that is meant when none is named.
 * Currency and object types come from the data and are shown, not set.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findJourneyDefinition, journeyNameSchema } from "../domain/journey-definition.ts";
import type { Platform } from "../platform.ts";
import { readContext } from "./answer.ts";
import { defineOperation } from "./operation.ts";

const settingsSchema = z.object({
  /** IANA name. */
  zone: z.string(),
  defaultJourney: z.string(),
  /** What `defaultJourney` may be here. */
  journeys: z.array(z.string()),
  /** The main one; "" when no event names one. */
  currency: z.string(),
  objectTypes: z.array(z.string()),
});

async function readSettings(platform: Platform): Promise<z.infer<typeof settingsSchema>> {
  const { zone, defaultJourney, currency, objectTypes } = await readContext(platform);
  const journeys = ["life", "visit", "order-cycle", ...objectTypes];
  return { zone, defaultJourney, journeys, currency, objectTypes: [...objectTypes] };
}

/**
 * Both sides count days: the engine in SQL, JavaScript when it shows them. A zone must be known to both.
 * @throws AppError invalid
 */
async function checkZone({ events }: Platform, zone: string): Promise<void> {
  const refused = new AppError(
    "invalid",
    `«${zone}» is no time zone; write an IANA name such as Europe/Berlin or UTC.`,
    {
      zone,
    },
  );
  // Node also takes offsets such as +01:00, which know no summer time.
  if (!/^[A-Za-z]/u.test(zone)) throw refused;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch (cause) {
    if (cause instanceof RangeError) throw refused;
    throw cause;
  }
  const [row] = await events.query<{ known: number }>(
    "SELECT count() AS known FROM system.time_zones WHERE time_zone = {zone:String}",
    { params: { zone } },
  );
  if (!row?.known) throw refused;
}

const settings = defineOperation({
  summary: "The workspace's conventions: time zone, default journey, currency, object types.",
  input: z.strictObject({}),
  output: settingsSchema,
  local: false,
  run: (platform) => readSettings(platform),
});

const setSettings = defineOperation({
  summary: "Changes the time zone or the default journey; answers are then computed anew.",
  input: z
    .strictObject({ zone: z.string().optional(), defaultJourney: journeyNameSchema.optional() })
    .refine(({ zone, defaultJourney }) => zone !== undefined || defaultJourney !== undefined, {
      error: "give a zone, a defaultJourney, or both",
    }),
  output: settingsSchema,
  local: false,
  run: async (platform, { zone, defaultJourney }) => {
    if (zone !== undefined) await checkZone(platform, zone);
    if (defaultJourney !== undefined) findJourneyDefinition(defaultJourney, (await readContext(platform)).objectTypes);
    if (zone !== undefined) await platform.state.setSetting("zone", zone);
    if (defaultJourney !== undefined) await platform.state.setSetting("defaultJourney", defaultJourney);
    return readSettings(platform);
  },
});

export const SETTINGS_OPERATIONS = { settings, "set-settings": setSettings } as const;
