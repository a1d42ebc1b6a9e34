/**
 * The command line's entry: parses the arguments, runs one command, sets the exit code.
 * What the commands do is in commands.ts and in src/api/.
 */
import { Command } from "commander";

const program = new Command("waymark").version("0.1.0");
await program.parseAsync();
