/**
 * A report as plain data: headings, sentences, tables, pictures' numbers. All text is as people wrote it, and escaped by the writers.
 * What stands in a report is composed in the *-section.ts files; how it looks is in write-markdown.ts and write-html.ts.
 */

/** Values in the order of time; null where the data are too few or not complete yet. */
export interface Sparkline {
  readonly values: readonly (number | null)[];
  /** What it shall reach. */
  readonly target: number | null;
}

export interface Cell {
  readonly text: string;
  /** In small print under it, a line each: the interval, n, who owns it. */
  readonly notes?: readonly string[];
  /** Drawn instead of the text where pictures can be; the text says the same. */
  readonly picture?: Sparkline;
  readonly tone?: "good" | "bad";
}

export interface Column {
  readonly title: string;
  readonly number?: true;
  /** Days and other short words stay on one line. */
  readonly short?: true;
}

/** An estimate with its ends, beside others of the same unit. */
export interface IntervalBar {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The numbers in words, beside the bar. */
  readonly words: string;
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  /** What is not there, and how to get it. */
  | { readonly kind: "gap"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** The first column names the row. */
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
    }
  /** A picture of what a table says too. */
  | { readonly kind: "intervals"; readonly caption: string; readonly bars: readonly IntervalBar[] }
  | {
      readonly kind: "quotes";
      readonly items: readonly { readonly text: string; readonly language: string; readonly source: string }[];
    };

export interface Section {
  /** Letters and hyphens: the place a link inside the document leads to. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface ReportDocument {
  readonly title: string;
  /** Under the title: of what, from when to when, printed when. */
  readonly subtitle: string;
  readonly sections: readonly Section[];
  /** Where it comes from. */
  readonly footer: string;
}

type Note = string | false | null | undefined;

/** A cell with what there is of the notes. */
export function cell(words: string, ...notes: readonly Note[]): Cell {
  const said = notes.filter((note): note is string => typeof note === "string" && note !== "");
  return said.length === 0 ? { text: words } : { text: words, notes: said };
}

export const text = (words: string): Block => ({ kind: "text", text: words });
export const gap = (words: string): Block => ({ kind: "gap", text: words });
export const heading = (words: string): Block => ({ kind: "heading", text: words });

/** Nothing where there is nothing to list. */
export function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}
