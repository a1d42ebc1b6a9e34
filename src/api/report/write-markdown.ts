/**
 * A report as Markdown: what people wrote stays text, whatever signs are in it.
 * Pictures are left out; the tables beside them say the same.
 */
import { write, writeSection, writeTable } from "../../delivery/documents/markdown.ts";
import type { Block, Cell, ReportDocument } from "./report-document.ts";

function writeCell({ text, note }: Cell): string {
  return note ? `${write(text)} (${write(note)})` : write(text);
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
        block.rows.map(([name, value]) => [write(name), write(value)]),
      );
    case "table":
      return [
        `${write(block.caption)}:`,
        writeTable(
          block.columns.map(({ title, number }) => `${write(title)}${number ? ":" : ""}`),
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
