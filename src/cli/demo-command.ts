/**
 * The demo: fills its own workspace and prints what Waymark finds there first.
 * The shop and its planted truths are described in docs/demo.md.
 */
import type { Command } from "commander";
import type { Answer } from "../api/operations.ts";
import { countJourneys } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { renderKpis } from "./render-kpis.ts";
import { renderFunnel, renderVariants } from "./render-variants.ts";
import { type CommonOptions, printAnswer, withCommonOptions, withSession } from "./run-command.ts";
import { renderTable } from "./table.ts";

/** The demo never mixes with anybody's own data. */
const DEMO_WORKSPACE = "./waymark-data/demo";
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

export function addDemoCommand(program: Command): void {
  withCommonOptions(program.command("demo"))
    .description(`fills ${DEMO_WORKSPACE} with a simulated shop and prints its headline report`)
    .option("--no-serve", "only fill and report; the pages come with a later version")
    .addHelpText("after", "\nExample:\n  $ waymark demo --no-serve")
    .action(async (options: CommonOptions) => {
      const workspace = options.workspace ?? DEMO_WORKSPACE;
      const headline = await withSession({ ...options, workspace }, async (session, call): Promise<Headline> => {
        const demo = await session.run("demo", {}, call);
        return {
          demo,
          kpis: await session.run("kpis", {}, call),
          variants: await session.run("variants", { journey: HEADLINE_JOURNEY, top: SHOWN_VARIANTS }, call),
          funnel: await session.run("funnel", { journey: HEADLINE_JOURNEY, steps: HEADLINE_FUNNEL }, call),
          map: await session.run("map", { journey: HEADLINE_JOURNEY }, call),
        };
      });
      await printAnswer(options, headline, (answer) => renderHeadline(workspace, answer));
    });
}
