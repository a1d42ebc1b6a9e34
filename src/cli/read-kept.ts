/**
 * What `findings keep` keeps: the words of the command as the question of a moment of truth or of a pain point.
 * Whether the question has an answer is for the operation.
 */
import { InvalidArgumentError } from "commander";
import type { Input } from "../api/operations.ts";
import { wrongUse } from "../api/problem.ts";
import { readScope, type ScopeOptions, said } from "./scope-options.ts";

type Kept = Input<"keep-finding">;

export interface KeepOptions extends ScopeOptions {
  readonly outcome: string;
  readonly within?: number;
  readonly of?: "score" | "nps";
  readonly contrast?: "presence" | "experience";
  readonly property?: string;
  readonly bad?: string;
  readonly title?: string;
  readonly friction?: Input<"pain-point">["kind"];
  readonly weeks?: Weeks;
  readonly part?: string;
  readonly worth?: number;
}

interface Weeks {
  readonly from: string;
  readonly to: string;
}

/** "2024-05-20..2024-06-10" → the days between which an incident was. */
export function readWeeks(text: string): Weeks {
  const [, from, to] = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/u.exec(text.trim()) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError("It must be two days such as 2024-05-20..2024-06-10.");
  return { from, to };
}

function readMoment(touchpoint: string, options: KeepOptions): Kept {
  const { outcome, within, of, property, bad, title, weeks, part, worth } = options;
  const contrast = options.contrast ?? (property === undefined && bad === undefined ? "presence" : "experience");
  if (contrast === "presence" && (property ?? bad) !== undefined)
    throw wrongUse("--property and --bad tell how it went: leave them out, or --contrast presence.");
  if (weeks !== undefined || part !== undefined) throw wrongUse("--weeks and --part name an incident of a --friction.");
  return {
    question: {
      ...readScope(options),
      ...said({ withinMs: within, of, property, bad, worth }),
      outcome,
      touchpoint,
      contrast,
    },
    ...said({ title }),
  };
}

function readPainPoint(touchpoint: string, kind: Input<"pain-point">["kind"], options: KeepOptions): Kept {
  const { outcome, within, of, contrast, property, bad, title, weeks, part, worth } = options;
  if ((of ?? contrast) !== undefined)
    throw wrongUse("--of and --contrast ask of a moment: leave them or --friction out.");
  if (part !== undefined && weeks === undefined) throw wrongUse("--part needs the weeks of its incident: --weeks.");
  return {
    kind: "pain-point",
    question: {
      ...readScope(options),
      ...said({ withinMs: within, property, bad, worth }),
      ...{ outcome, kind, touchpoint },
      ...(weeks === undefined ? {} : { incident: { ...weeks, segment: part ?? null } }),
    },
    ...said({ title }),
  };
}

/** What is to be kept, from the words; a property asks how it went, a friction what it costs. */
export function readKept(touchpoint: string, options: KeepOptions): Kept {
  if (options.bad !== undefined && options.property === undefined)
    throw wrongUse("--bad needs the property it speaks of: --property.");
  return options.friction === undefined
    ? readMoment(touchpoint, options)
    : readPainPoint(touchpoint, options.friction, options);
}
