/**
 * A report as one HTML file: no script, nothing loaded, its own style; it reads on a screen, light or dark, and on paper.
 * A policy in its head forbids what it does not need, so that nothing anybody wrote could run or call home.
 */
import { createHash } from "node:crypto";
import { drawIntervals, drawSparkline } from "./draw-pictures.ts";
import { escapeHtml } from "./escape-html.ts";
import { REPORT_STYLE } from "./html-style.ts";
import type { Block, Cell, Column, ReportDocument, Section } from "./report-document.ts";

/** The style by its digest: no other is taken, neither in an element nor in an attribute. */
const STYLE_DIGEST = createHash("sha256").update(REPORT_STYLE).digest("base64");
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'`;

function classOf({ number, short }: Column): string {
  if (number) return ' class="number"';
  return short ? ' class="short"' : "";
}

function writeCell(cell: Cell, column: Column, index: number): string {
  const { text, notes = [], picture, tone } = cell;
  const drawn = picture === undefined ? "" : drawSparkline(picture, text);
  const value = drawn === "" ? escapeHtml(text) : drawn;
  const said = tone === undefined ? value : `<span class="${tone}">${value}</span>`;
  const inside = `${said}${notes.map((note) => `<small>${escapeHtml(note)}</small>`).join("")}`;
  const kind = classOf(column);
  return index === 0 ? `<th scope="row" dir="auto"${kind}>${inside}</th>` : `<td dir="auto"${kind}>${inside}</td>`;
}

/** What may be wider than a screen scrolls sideways, so the keyboard must reach it. */
function drawScrolling(label: string, inside: string): string {
  return `<div class="wide" role="region" tabindex="0" aria-label="${escapeHtml(label)}">${inside}</div>`;
}

function writeTable({ caption, columns, rows }: Extract<Block, { readonly kind: "table" }>): string {
  const head = columns.map((column) => `<th scope="col"${classOf(column)}>${escapeHtml(column.title)}</th>`);
  const body = rows.map(
    (row) =>
      `<tr>${columns.map((column, index) => writeCell(row[index] ?? { text: "" }, column, index)).join("")}</tr>`,
  );
  const table = `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return drawScrolling(caption, table);
}

function writeFacts(rows: Extract<Block, { readonly kind: "facts" }>["rows"]): string {
  return `<dl>${rows.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd dir="auto">${escapeHtml(value)}</dd></div>`).join("")}</dl>`;
}

/** @example "pt" → ' lang="pt"'; what is no language is left out */
function languageOf(language: string): string {
  return /^[a-z]{2,3}$/u.test(language) && language !== "und" ? ` lang="${language}"` : "";
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "gap":
      return `<p class="gap">${escapeHtml(block.text)}</p>`;
    case "heading":
      return `<h3>${escapeHtml(block.text)}</h3>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li dir="auto">${escapeHtml(item)}</li>`).join("")}</ul>`;
    case "facts":
      return writeFacts(block.rows);
    case "table":
      return writeTable(block);
    case "intervals":
      return `<figure><figcaption>${escapeHtml(block.caption)}</figcaption>${drawScrolling(`${block.caption}, drawn`, drawIntervals(block.caption, block.bars))}</figure>`;
    case "quotes":
      return block.items
        .map(
          ({ text, language, source }) =>
            `<blockquote><p dir="auto"${languageOf(language)}>${escapeHtml(text)}</p><footer>${escapeHtml(source)}</footer></blockquote>`,
        )
        .join("");
  }
}

function writeSection({ id, title, blocks }: Section): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2>${blocks.map(writeBlock).join("\n")}</section>`;
}

export function writeHtml({ title, subtitle, sections, footer }: ReportDocument): string {
  const contents = sections.map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Waymark">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(subtitle)}</p></header>
<nav aria-label="Contents"><ul>${contents.join("")}</ul></nav>
<main>
${sections.map(writeSection).join("\n")}
</main>
<footer><p>${escapeHtml(footer)}</p></footer>
</body>
</html>
`;
}
