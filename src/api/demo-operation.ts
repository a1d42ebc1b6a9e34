/**
 * Fills a workspace with the demo shop: simulated, written as a raw export, imported like any other file; then its initiatives.
 * What the shop is and what is planted in it: docs/demo.md.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeDemoFiles } from "../ingest/demo/write-demo-files.ts";
import type { Platform } from "../platform.ts";
import { awaitDelivery, plantDelivery } from "./demo-delivery.ts";
import { runImport } from "./import-operations.ts";
import { type Call, defineOperation } from "./operation.ts";
import { takeTurn } from "./take-turn.ts";

const DEMO_RECIPE = "demo";

async function findDemo({ state }: Platform): Promise<number | undefined> {
  const imports = await state.listImports();
  return imports.find(({ recipe, status }) => recipe === DEMO_RECIPE && status === "live")?.id;
}

async function importDemo(platform: Platform, call: Call): Promise<number> {
  const temporary = join(platform.workspace, "temp");
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(temporary, "demo-"));
  try {
    call.onProgress({ phase: "simulating a year of the demo shop", done: 0, total: 0, unit: "events" });
    const { file } = await writeDemoFiles(folder);
    call.signal.throwIfAborted();
    return (await runImport(platform, { paths: [file], recipe: DEMO_RECIPE }, call)).id;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Once is enough: a workspace that holds the demo stays as it is. */
const demo = defineOperation({
  summary: "Fills the workspace with the demo shop, once.",
  output: z.object({ import: z.int(), added: z.boolean(), workspace: z.string() }),
  input: z.strictObject({}),
  local: true,
  run: (platform, _, call) =>
    takeTurn(platform, call, async () => {
      const present = await findDemo(platform);
      if (present === undefined) await awaitDelivery(platform);
      const id = present ?? (await importDemo(platform, call));
      await plantDelivery(platform, call);
      return { import: id, added: present === undefined, workspace: platform.workspace };
    }),
});

export const DEMO_OPERATIONS = { demo } as const;
