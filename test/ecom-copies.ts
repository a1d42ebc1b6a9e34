/**
 * The clicks of ecom as other systems would export them, and all that the map of an import shows.
 * What the copies must give is said by test/ecom-copies-real-data.test.ts and prove/copies.proof.ts.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { analyzeFunnel } from "../src/analysis/funnel.ts";
import { analyzeMeasuredJourney } from "../src/analysis/measured-journey.ts";
import { readContext } from "../src/api/answer.ts";
import { importPaths } from "../src/ingest/import-paths.ts";
import { REAL_DATA } from "./real-data.ts";
import { type ExportForm, rewriteTable } from "./rewrite-table.ts";
import { openTemporaryWorkspace } from "./temporary-workspace.ts";

interface Copy extends ExportForm {
  readonly file: string;
  /** What the user says of the zone; nothing where the times carry an offset. */
  readonly zone?: string;
}

const MIXED = { shuffle: { owner: "user_id" } };

export const ECOM_COPIES: readonly Copy[] = [
  {
    file: "Klickprotokoll Export.csv",
    names: {
      user_lifecycle: "Lebenszyklus",
      timestamp: "Zeitpunkt",
      platform: "Gerät",
      session_id: "Sitzungsnummer",
      acquisition_channel: "Akquisekanal",
      user_id: "Kundennummer",
      event: "Ereignis",
      user_cohort: "Kohorte",
    },
    time: { column: "timestamp", zone: "America/New_York", form: "day-first" },
    zone: "America/New_York",
    ...MIXED,
  },
  {
    file: "trackingDump.txt",
    names: {
      platform: "deviceClass",
      event: "actionLabel",
      user_cohort: "signupMonth",
      timestamp: "occurredOn",
      acquisition_channel: "trafficSource",
      session_id: "visitRef",
      user_lifecycle: "lifecycleStage",
      user_id: "actorRef",
    },
    time: { column: "timestamp", zone: "Asia/Tokyo", form: "offset" },
    ...MIXED,
  },
  {
    file: "ZBW_EVT_20240701.csv",
    names: {
      acquisition_channel: "AKQ_KZ",
      user_id: "KUNNR",
      user_cohort: "KOH_MON",
      event: "VORG_BEZ",
      session_id: "SITZ_NR",
      user_lifecycle: "LZ_STAT",
      timestamp: "ERF_ZST",
      platform: "PLATTF",
    },
    time: { column: "timestamp", zone: "Asia/Tokyo", form: "local" },
    zone: "Asia/Tokyo",
  },
  {
    file: "webshop klikken.csv",
    names: {
      session_id: "bezoek_id",
      event: "gebeurtenis",
      platform: "apparaat",
      timestamp: "tijdstip",
      user_lifecycle: "levensfase",
      user_id: "klantnr",
      acquisition_channel: "herkomst",
      user_cohort: "cohort",
    },
    time: { column: "timestamp", zone: "Europe/Amsterdam", form: "day-first" },
    zone: "Europe/Amsterdam",
    ...MIXED,
  },
  {
    // Names that say nothing: only the values can tell.
    file: "f7.csv",
    names: {
      event: "c",
      platform: "e",
      session_id: "b",
      timestamp: "d",
      user_lifecycle: "h",
      user_id: "a",
      acquisition_channel: "f",
      user_cohort: "g",
    },
    time: { column: "timestamp", zone: "Asia/Tokyo", form: "local" },
    zone: "Asia/Tokyo",
    ...MIXED,
  },
];

/** What the map shows of sessions and of people, by touchpoint and by stage, and how many of them buy. */
async function readMap(context: AnalysisContext) {
  const read = (journey: string, by: "touchpoint" | "stage") => analyzeMeasuredJourney(context, { journey, by });
  const steps = ["cart", "payment_details", "purchase"];
  return {
    sessions: await read("session", "touchpoint"),
    people: await read("life", "touchpoint"),
    visits: await read("visit", "touchpoint"),
    stages: await read("session", "stage"),
    funnel: (await analyzeFunnel(context, { journey: "session", steps })).steps,
  };
}

const ORIGINAL = join(REAL_DATA, "ecom/ecom.csv.gz");

/** Imports a file as somebody would who says nothing of it but, where its times carry no offset, the zone. */
async function importAndRead(path: string, zone?: string) {
  const workspace = await openTemporaryWorkspace();
  try {
    const report = await importPaths(
      { ...workspace.platform, workspaceDir: workspace.folder },
      { paths: [path], zone },
    );
    return { report, map: await readMap(await readContext(workspace.platform)) };
  } finally {
    await workspace.close();
  }
}

export const readOriginal = () => importAndRead(ORIGINAL);

export async function readCopy({ file, zone, ...form }: Copy) {
  const folder = await mkdtemp(join(tmpdir(), "waymark-copy-"));
  try {
    const text = gunzipSync(readFileSync(ORIGINAL)).toString("utf8");
    await writeFile(join(folder, file), rewriteTable(text, form));
    return await importAndRead(join(folder, file), zone);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
