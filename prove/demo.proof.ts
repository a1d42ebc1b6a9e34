/**
 * Proves that the demo's planted moments of truth are found and its decoys rejected: by the analysis on the whole demo,
 * whatever its touchpoints are called, and in the browser on a small one, kept there as a finding; that its change is planned,
 * registered and measured there; that the thread from a finding to its verified effect holds; and that every side of
 * Model · Re-purchase can be read, heard and followed. `--sample` is the browser alone, with fewer sides.
 */
import { runLonger } from "./run-longer.ts";

const BROWSER = [
  "test/web/diagnose.test.ts",
  "test/web/effects.test.ts",
  "test/web/deliver.test.ts",
  "test/web/repurchase.test.ts",
];
const WHOLE = ["src/analysis/moments-demo.test.ts", "src/analysis/moments-renamed.test.ts"];
const sample = process.argv.includes("--sample");
runLonger(sample ? BROWSER : [...WHOLE, ...BROWSER], "WAYMARK_DEMO_ROUNDS", sample ? "sample" : 1);
