/**
 * The demo: fills its own workspace, prints what Waymark finds there first, then opens the app with it.
 * The shop and its planted truths are described in docs/demo.md.
 */
import type { Command } from "commander";
import type { Call } from "../api/operation.ts";
import type { Answer } from "../api/operations.ts";
import { findDemoWorkspace, type Session } from "../api/session.ts";
import { countJourneys } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { openProgressLine } from "./progress.ts";
import { renderKpis } from "./render-kpis.ts";
import { renderFunnel, renderVariants } from "./render-variants.ts";
import { type CommonOptions, printAnswer, withCommonOptions, withSession } from "./run-command.ts";
import { openApp, serveOn, withPort } from "./serve-command.ts";
import { renderTable } from "./table.ts";

/** A visit of the shop, as its own session ids say. */
const HEADLINE_JOURNEY = "session";
const HEADLINE_FUNNEL = ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"];
const SHOWN_VARIANTS = 6;
const SHOWN_TOUCHPOINTS = 12;

interface Headline {
  readonly demo: Answer<"demo">;
  readonly kpis: Answer<"kpis">;
  readonly variants: Answer<"variants">;
  readonly funnel: Answer<"funnel">;
  readonly map: Answer<"map">;
}

function renderPlaces(map: Answer<"map">): string[] {
  const shown = map.nodes.slice(0, SHOWN_TOUCHPOINTS);
  const rest = map.nodes.slice(SHOWN_TOUCHPOINTS);
  const restEvents = rest.reduce((sum, node) => sum + node.events, 0);
  return [
    `What is where: ${countJourneys(map.journey, map.journeys, map.customers)}`,
    ...renderTable(
      [
        { title: "Touchpoint", value: (node) => node.touchpoint },
        { title: "Stage", value: (node) => node.stage ?? "–" },
        { title: "Events", align: "right", value: (node) => formatNumber(node.events) },
        { title: "In journeys", align: "right", value: (node) => formatShare(node.journeys / map.journeys) },
        { title: "Starts", align: "right", value: (node) => formatNumber(node.starts) },
        { title: "Ends", align: "right", value: (node) => formatNumber(node.ends) },
      ],
      shown,
    ),
    `  Other: ${formatCount(rest.length, "touchpoint")} with ${formatCount(restEvents, "event")}.`,
  ];
}

function renderHeadline(workspace: string, { demo, kpis, variants, funnel, map }: Headline): string[] {
  const state = demo.added ? "filled just now" : "filled before, left as it is";
  return [
    `The demo shop, a simulated year (${state}): ${workspace}`,
    "",
    ...renderKpis(kpis),
    "",
    ...renderVariants(variants),
    "",
    ...renderFunnel(funnel),
    "",
    ...renderPlaces(map),
    "",
    "Look further:",
    `  ./waymark map --journey session --min-share 0.01 --workspace ${workspace}`,
    `  ./waymark funnel "Checkout Started" "Order Completed" --where 'customer.region = "east"' --journey session --workspace ${workspace}`,
    `  ./waymark retention --event order --workspace ${workspace}`,
    "  ./waymark import YOUR-EXPORT.csv        your own data, in its own workspace",
    "What is planted in this shop, to be found: docs/demo.md",
  ];
}

async function fillAndLook(session: Session, call: Call): Promise<Headline> {
  const demo = await session.run("demo", {}, call);
  return {
    demo,
    kpis: await session.run("kpis", {}, call),
    variants: await session.run("variants", { journey: HEADLINE_JOURNEY, top: SHOWN_VARIANTS }, call),
    funnel: await session.run("funnel", { journey: HEADLINE_JOURNEY, steps: HEADLINE_FUNNEL }, call),
    map: await session.run("map", { journey: HEADLINE_JOURNEY }, call),
  };
}

interface DemoOptions extends CommonOptions {
  readonly serve: boolean;
  readonly port?: number;
}

/** The port comes first: one that is taken is told before a minute of work. */
async function serveDemo(options: DemoOptions, workspace: string): Promise<never> {
  const app = await openApp({ demo: workspace, port: options.port }, "demo");
  const progress = openProgressLine(process.stderr, () => performance.now());
  try {
    const { signal } = new AbortController();
    const headline = await fillAndLook(app.session("demo"), { signal, onProgress: progress.show });
    progress.stop();
    await printAnswer(options, headline, (answer) => renderHeadline(workspace, answer));
  } catch (error) {
    progress.stop();
    await app.close();
    throw error;
  }
  return serveOn(app.url);
}

export function addDemoCommand(program: Command): void {
  withPort(withCommonOptions(program.command("demo")))
    .description("fills a workspace of its own with a simulated shop, prints its headline report, and opens the app")
    .option("--no-serve", "only fill and report; --json implies it")
    .addHelpText("after", "\nExample:\n  $ waymark demo\n  $ waymark demo --no-serve")
    .action(async (options: DemoOptions) => {
      const workspace = options.workspace ?? findDemoWorkspace();
      if (options.serve && !options.json) return serveDemo(options, workspace);
      const headline = await withSession({ ...options, workspace }, fillAndLook);
      return printAnswer(options, headline, (answer) => renderHeadline(workspace, answer));
    });
}
