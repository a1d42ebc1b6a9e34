/**
 * The program: its commands, its help, its version.
 * Each group of commands is in a file of its own.
 */
import { Command } from "commander";
import { VERSION } from "../api/version.ts";
import { addAnalysisCommands } from "./analysis-commands.ts";
import { addCompareCommands } from "./compare-commands.ts";
import { addCustomerCommands } from "./customer-commands.ts";
import { addDemoCommand } from "./demo-command.ts";
import { addEffectCommand } from "./effect-command.ts";
import { addEffectPlanCommands } from "./effect-plan-commands.ts";
import { addFindingCommands } from "./finding-commands.ts";
import { addHealthCommand } from "./health-command.ts";
import { addIdentityCommands } from "./identity-commands.ts";
import { addImportCommands } from "./import-commands.ts";
import { addInitiativeCommands } from "./initiative-commands.ts";
import { addKpiCommands } from "./kpi-commands.ts";
import { addMappingCommands } from "./mapping-commands.ts";
import { addMomentCommands } from "./moment-commands.ts";
import { addPainCommands } from "./pain-commands.ts";
import { addPortfolioCommand } from "./portfolio-command.ts";
import { addQualityCommand } from "./quality-commands.ts";
import { addReportCommand } from "./report-command.ts";
import { addRepurchaseCommands } from "./repurchase-commands.ts";
import { addServeCommand } from "./serve-command.ts";
import { addSettingsCommands } from "./settings-commands.ts";
import { addThemeCommands } from "./theme-commands.ts";
import { addTimeboxCommands } from "./timebox-commands.ts";
import { addTouchpointCommands } from "./touchpoint-commands.ts";
import { addVerifyCommand } from "./verify-command.ts";

const EPILOGUE = `
First steps:
  $ waymark demo                      fill a demo workspace and look at it in the browser
  $ waymark import events.csv         look at your own export; Waymark proposes how to read it
  $ waymark map                       the journey that really happens
  $ waymark serve                     the same in the browser

Exit codes: 0 done, 1 a fault of Waymark, 2 wrong use or bad input, 3 not enough data for an answer.`;

export function buildProgram(): Command {
  const program = new Command("waymark")
    .description("From raw customer events to the journey that really happens.")
    .version(VERSION, "-V, --version", "print the version")
    .helpCommand("help [command]", "explain a command")
    .showHelpAfterError("(add --help for an explanation and an example)")
    .addHelpText("after", EPILOGUE)
    .exitOverride();
  addImportCommands(program);
  addMappingCommands(program);
  addIdentityCommands(program);
  addTouchpointCommands(program);
  addQualityCommand(program);
  addAnalysisCommands(program);
  addCompareCommands(program);
  addCustomerCommands(program);
  addKpiCommands(program);
  addFindingCommands(program);
  addMomentCommands(program);
  addPainCommands(program);
  addRepurchaseCommands(program);
  addThemeCommands(program);
  addEffectCommand(program);
  addEffectPlanCommands(program);
  addInitiativeCommands(program);
  addTimeboxCommands(program);
  addHealthCommand(program);
  addPortfolioCommand(program);
  addReportCommand(program);
  addSettingsCommands(program);
  addVerifyCommand(program);
  addDemoCommand(program);
  addServeCommand(program);
  // Last, so that no command inherits it: `--version` behind a command is that command's own.
  return program.enablePositionalOptions();
}
