/**
 * What to do about a group of rejected records: one sentence, and a mend that can be applied as it is where one of the
 * known forms reads nine in ten of the values at fault.
 */
import { detectNumbers, plainNumber } from "./detect-number.ts";
import { detectTime } from "./detect-time.ts";

/** A change of the texts in one column, in all records of a group. */
export interface TextChange {
  readonly column: string;
  /** "" stands for the whole value. */
  readonly find: string;
  readonly replace: string;
}

type Suggestion =
  | { readonly kind: "time-format"; readonly timeFormat: string; readonly share: number }
  | { readonly kind: "replace"; readonly changes: readonly TextChange[]; readonly share: number };

export interface Advice {
  /** A whole sentence or two. */
  readonly advice: string;
  readonly suggestion: Suggestion | null;
}

const MIN_SHARE = 0.9;
const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** Forms that share the values among them, most frequent first: what one does not read is left to the next. */
function listTimeForms(
  values: readonly string[],
  tried: readonly string[],
): readonly { readonly format: string; readonly share: number }[] {
  const forms: { format: string; share: number }[] = [];
  let rest = values;
  while (rest.length > 0 && forms.length < 4) {
    // One form at a time by the shape of the values: digits and letters alike.
    const shape = (value: string) => value.replace(/\d+/gu, "0").replace(/\p{L}+/gu, "a");
    const counts = new Map<string, number>();
    for (const value of rest) counts.set(shape(value), (counts.get(shape(value)) ?? 0) + 1);
    const [best] = [...counts].sort((a, b) => b[1] - a[1]);
    const alike = rest.filter((value) => shape(value) === best?.[0]);
    const form = detectTime(alike);
    if (form && !tried.includes(form.format)) {
      const share = (form.share * alike.length) / values.length;
      const known = forms.find(({ format }) => format === form.format);
      if (known) known.share += share;
      else forms.push({ format: form.format, share });
    }
    rest = rest.filter((value) => shape(value) !== best?.[0]);
  }
  return forms.sort((a, b) => b.share - a.share);
}

function adviseTime(values: readonly string[], tried: readonly string[]): Advice {
  const [best, ...others] = listTimeForms(values, tried);
  if (!best)
    return {
      advice: "No known form of time reads these values: correct them, for example as 2024-01-31 10:05.",
      suggestion: null,
    };
  if (best.share >= MIN_SHARE) {
    const { note } = detectTime(values) ?? {};
    const says = `The time format ${best.format} reads ${percent(best.share)} of these values.`;
    return {
      advice: note === undefined ? says : `${says} ${note}`,
      suggestion: { kind: "time-format", timeFormat: best.format, share: best.share },
    };
  }
  if (others.length === 0)
    return {
      advice: `The time format ${best.format} reads ${percent(best.share)} of these values. Read them again so: what it cannot read stays rejected, and can be corrected.`,
      suggestion: null,
    };
  const list = [best, ...others].map(({ format, share }) => `${format} (${percent(share)})`).join(", ");
  return {
    advice: `These values have several forms: ${list}. Read them again with one format after the other: what one cannot read stays rejected, and waits for the next.`,
    suggestion: null,
  };
}

/** The steps of plainNumber's expression: what is taken out of the text, and what takes its place. */
function numberChanges(column: string, values: readonly string[]): { changes: TextChange[]; share: number } {
  const form = detectNumbers(values);
  const steps = [...plainNumber("", form).matchAll(/, ("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\)/gu)];
  const changes = steps.map(([, find = '""', replace = '""']) => ({
    column,
    find: JSON.parse(find) as string,
    replace: JSON.parse(replace) as string,
  }));
  return { changes, share: form.share };
}

function adviseNumber(columns: readonly string[], values: readonly string[]): Advice {
  const [column] = columns;
  if (column !== undefined && columns.length === 1) {
    const { changes, share } = numberChanges(column, values);
    if (share >= MIN_SHARE && changes.length > 0) {
      const words = changes.map(({ find, replace }) =>
        replace === "" ? `without «${find}»` : `with «${replace}» for «${find}»`,
      );
      return {
        advice: `${percent(share)} of these values are numbers ${words.join(" and ")}.`,
        suggestion: { kind: "replace", changes, share },
      };
    }
  }
  return {
    advice: "Write these values as plain numbers, such as 1234.5, or leave them empty where there is none.",
    suggestion: null,
  };
}

const SENTENCES: Readonly<Record<string, string>> = {
  "the record has more fields than the header":
    "Most likely a value holds the delimiter and has no quotes around it: put the values back into their columns, and empty the column rest.",
  "the record has fewer fields than the header":
    "Most likely a line is broken in two, or was cut off: put the values into their columns.",
  "a field holds more than 1 MB": "Most likely a quote is never closed: correct it in the file, and import that again.",
  "the line is no JSON object": "Correct the line, which stands in the column rest, or fill in the columns.",
  "the time is empty": "Fill in when it happened; a record without a time cannot become an event.",
  "the touchpoint is empty": "Fill in what happened.",
};

/**
 * @param values at fault, trimmed, without empty ones; a sample will do
 * @param tried time formats that could not read them
 */
export function adviseOn(
  problem: { readonly field: string; readonly reason: string },
  columns: readonly string[],
  values: readonly string[],
  tried: readonly string[],
): Advice {
  if (problem.reason === "the time cannot be read") return adviseTime(values, tried);
  if (problem.field === "value" || problem.field === "score") return adviseNumber(columns, values);
  if (problem.reason === "neither a customer nor an object is named") {
    const where =
      columns.length > 0 ? `Fill in ${columns.join(" or ")}` : "Let the mapping name a customer or an object";
    return {
      advice: `${where}: an event must belong to somebody. Ids such as 0, null or guest count as nobody.`,
      suggestion: null,
    };
  }
  const advice = SENTENCES[problem.reason] ?? "Correct these values, or change how the mapping reads them.";
  return { advice, suggestion: null };
}
