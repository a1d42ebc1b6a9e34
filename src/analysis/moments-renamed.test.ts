/** Names and ids do not steer the method: the same question about renamed touchpoints and customers. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { readContext } from "../api/answer.ts";
import { writeDemoFiles } from "../ingest/demo/write-demo-files.ts";
import { importPaths } from "../ingest/import-paths.ts";
import { loadPlanted } from "../ingest/planted/load-planted.ts";
import { OUTCOME } from "../ingest/planted/planted-world.ts";
import { type PlantedCustomer, simulatePlanted, WINDOW_MS } from "../ingest/planted/simulate-planted.ts";
import { openScratchEvents } from "../platform.ts";
import { analyzeMoments } from "./moments.ts";
import type { MomentsReport } from "./moments-schema.ts";

/** In `prove -- demo`: other customers' ids as well, and the demo shop. */
const long = process.env.WAYMARK_DEMO_ROUNDS !== undefined;

type Rename = (name: string) => string;

const keep: Rename = (name) => name;
const hash: Rename = (name) => createHash("sha256").update(name).digest("hex").slice(0, 12);

function* rename(customers: Iterable<PlantedCustomer>, touchpoints: Rename, ids: Rename): Generator<PlantedCustomer> {
  for (const { id, segment, events } of customers) {
    const renamed = events.map((event) => ({ ...event, touchpoint: touchpoints(event.touchpoint) }));
    yield { id: ids(id), segment, events: renamed };
  }
}

type Numbers = Readonly<Record<string, unknown>>;

/** Claims, rejections and steps that everyone passes by hashed name: their numbers, without the texts that name them. */
function readAnswers({ claims, rejected, structural }: MomentsReport, touchpoints: Rename): Map<string, Numbers> {
  const answers = [
    ...claims.map(({ placebo, where: _, ...own }) => ({
      ...own,
      placeboEffect: placebo?.effect,
      placeboP: placebo?.p,
    })),
    ...rejected.map(({ where: _, placebo: __, ...own }) => own),
    ...structural,
  ];
  const ways = (one: object) => `${"property" in one ? one.property : ""} ${"bad" in one ? one.bad : ""}`;
  return new Map(answers.map(({ touchpoint, ...own }) => [`${touchpoints(touchpoint)} ${ways(own)}`, own]));
}

function expectSame(found: ReadonlyMap<string, Numbers>, expected: ReadonlyMap<string, Numbers>): void {
  expect([...found.keys()]).toEqual([...expected.keys()]);
  for (const [touchpoint, numbers] of expected) {
    for (const [name, value] of Object.entries(numbers)) {
      const same = found.get(touchpoint)?.[name];
      if (typeof value === "number") expect(same, `${name} of ${touchpoint}`).toBeCloseTo(value, 9);
      else expect(same, `${name} of ${touchpoint}`).toEqual(value);
    }
  }
}

/**
 * Ids of customers decide only who stands in which bucket: how sure an effect is, not how large. They also decide in
 * which order sums are added up, and so where a fit stops: the ninth digit is not theirs to keep.
 */
function expectSameEffects(found: MomentsReport, expected: MomentsReport): void {
  const effects = ({ claims, rejected }: MomentsReport) =>
    new Map([...claims, ...rejected].map(({ touchpoint, effect }) => [touchpoint, effect ?? Number.NaN]));
  const others = effects(found);
  for (const [touchpoint, effect] of effects(expected)) {
    expect(others.get(touchpoint), touchpoint).toBeCloseTo(effect, 8);
  }
}

/** Borderline: a q from .01 on (claims end at .05), or a placebo that comes near to speaking against it (p up to .2). */
function isBorderline({ q, placebo }: MomentsReport["claims"][number]): boolean {
  return q >= 0.01 || (placebo !== null && placebo.p <= 0.2);
}

/** What only one of the two claims. */
function listDisputed(one: MomentsReport, other: MomentsReport) {
  const names = (report: MomentsReport) => new Set(report.claims.map(({ touchpoint }) => touchpoint));
  const [left, right] = [names(one), names(other)];
  return [...one.claims, ...other.claims].filter(({ touchpoint }) => left.has(touchpoint) !== right.has(touchpoint));
}

describe("a planted world", () => {
  let scratch: Awaited<ReturnType<typeof openScratchEvents>>;
  beforeAll(async () => {
    scratch = await openScratchEvents(() => new Date());
  });
  afterAll(() => scratch?.close());

  async function ask(touchpoints: Rename, ids: Rename): Promise<MomentsReport & { readonly catalogue: string[] }> {
    const { customers } = simulatePlanted({ scenario: "mixed", seed: 1, customers: 1_200 });
    const catalogue = await loadPlanted(scratch.events, rename(customers, touchpoints, ids));
    const context = {
      ...{ store: scratch.events, touchpoints: catalogue, objectTypes: ["order"], defaultJourney: "life" },
      ...{ zone: "UTC", currency: "", source: "journeys" as const },
    };
    const outcome = `touchpoint = "${touchpoints(OUTCOME)}"`;
    const report = await analyzeMoments(context, {
      journey: "life",
      outcome,
      withinMs: WINDOW_MS,
      contrast: "presence",
    });
    return { ...report, catalogue: catalogue.map(({ name }) => name) };
  }

  it("is answered alike whatever touchpoints and customers are called", async () => {
    const plain = await ask(keep, keep);
    const renamed = await ask(hash, keep);
    expect(plain.claims.length).toBeGreaterThanOrEqual(5);
    expect(renamed.catalogue).not.toEqual(plain.catalogue.map(hash));
    expectSame(readAnswers(renamed, keep), readAnswers(plain, hash));
    if (!long) return;
    const others = await ask(hash, hash);
    expectSameEffects(others, renamed);
    expect(others.claims.filter((claim) => !isBorderline(claim)).length).toBeGreaterThanOrEqual(4);
    expect(listDisputed(others, renamed).filter((claim) => !isBorderline(claim))).toEqual([]);
  });
}, 120_000);

const DAY = 86_400_000;

describe.runIf(long)(
  `the demo shop${long ? "" : " (skipped: takes minutes; npm run prove -- demo)"}`,
  () => {
    let files: string;
    beforeAll(async () => {
      files = await mkdtemp(join(tmpdir(), "waymark-demo-"));
    });
    afterAll(() => rm(files, { recursive: true, force: true }));

    /** The export again, its touchpoints renamed, the last customer first: every touchpoint gets another id as well. */
    async function renameFile(file: string, folder: string): Promise<void> {
      const [head = "", ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n");
      const owners = new Map<string, string[]>();
      for (const line of lines) {
        const [customer = "", anonymous = "", name = "", ...rest] = line.split(",");
        const owner = customer || anonymous;
        owners.set(owner, [...(owners.get(owner) ?? []), [customer, anonymous, hash(name), ...rest].join(",")]);
      }
      await mkdir(folder);
      await writeFile(join(folder, "demo-events.csv"), [head, ...[...owners.values()].reverse().flat(), ""].join("\n"));
    }

    /** With a worth of its own: without one, that it is an order, and so what it is worth, is known by its name. */
    async function ask(folder: string, touchpoints: Rename): Promise<MomentsReport> {
      const workspace = await openTemporaryWorkspace();
      const stores = { ...workspace.platform, workspaceDir: workspace.folder };
      await importPaths(stores, { paths: [folder], recipe: "demo" });
      const asked = { journey: "visit", outcome: `touchpoint = "${touchpoints(OUTCOME)}"`, withinMs: DAY, worth: 1 };
      const report = await analyzeMoments(await readContext(workspace.platform), asked);
      await workspace.close();
      return report;
    }

    it("is answered alike, what happened and how it went, whatever its touchpoints are called", async () => {
      const written = join(files, "plain");
      await mkdir(written);
      const { file } = await writeDemoFiles(written);
      await renameFile(file, join(files, "renamed"));
      const plain = await ask(written, keep);
      const renamed = await ask(join(files, "renamed"), hash);
      expect(new Set(plain.claims.map(({ contrast }) => contrast)).size).toBe(2);
      expectSame(readAnswers(renamed, keep), readAnswers(plain, hash));
    });
  },
  600_000,
);
