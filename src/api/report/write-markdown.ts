/**
 * A report as Markdown: what people wrote stays text, whatever signs are in it.
 * Pictures are left out; the tables beside them say the same.
 */
import { write, writeSection, writeTable } from "../../delivery/documents/markdown.ts";
import type { Block, Cell, ReportDocument } from "./report-document.ts";

/** Inside of a line no list or heading begins, so a number keeps its point: the mark before it is taken off again. */
const inside = (words: string) => write(`.${words.trim()}`).slice(1);

function writeCell({ text, notes = [] }: Cell): string {
  const small = notes.map(inside).join("; ");
  if (text === "") return small;
  return small === "" ? inside(text) : `${inside(text)} (${small})`;
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return write(block.text);
    case "gap":
      return `*${write(block.text)}*`;
    case "heading":
      return `### ${write(block.text)}`;
    case "list":
      return block.items.map((item) => `- ${write(item)}`).join("\n");
    case "facts":
      return writeTable(
        ["", ""],
        block.rows.map(([name, value]) => [inside(name), inside(value)]),
      );
    case "table":
      return [
        `${write(block.caption)}:`,
        writeTable(
          block.columns.map(({ title, number }) => `${inside(title)}${number ? ":" : ""}`),
          block.rows.map((row) => row.map(writeCell)),
        ),
      ].join("\n\n");
    case "intervals":
      return "";
    case "quotes":
      return block.items.map(({ text, source }) => `> ${write(text)}\n>\n> ${write(source)}`).join("\n\n");
  }
}

export function writeMarkdown({ title, subtitle, sections, footer }: ReportDocument): string {
  const parts = sections.map((section) =>
    writeSection(write(section.title), ...section.blocks.map(writeBlock).filter((words) => words !== "")),
  );
  return `${[`# ${write(title)}`, write(subtitle), ...parts, "---", write(footer)].join("\n\n")}\n`;
}
