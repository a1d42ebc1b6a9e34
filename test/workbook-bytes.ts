/**
 * An XLSX workbook's bytes with the parts that Excel writes (ECMA-376): for tests that need real cells, not a picture of them.
 * A sheet is given as the XML inside <sheetData>, so that every kind of cell can be said.
 */
import { type ZippedFile, zipBytes } from "./zip-bytes.ts";

export interface WorkbookParts {
  /** By name: the rows' XML, or all that stands in <worksheet> when it begins with <sheetData. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly hidden?: readonly string[];
  /** Each the inside of an <si>. */
  readonly strings?: readonly string[];
  /** Format codes of the styles 1, 2, …; a number is a built-in format. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';

export function workbookBytes(parts: WorkbookParts): Buffer {
  const { sheets, strings = [], formats = [], hidden = [], date1904 = false } = parts;
  const names = Object.keys(sheets);
  const xfs = formats.map((code, at) => `<xf numFmtId="${typeof code === "number" ? code : 170 + at}"/>`).join("");
  const custom = formats
    .map((code, at) => (typeof code === "number" ? "" : `<numFmt numFmtId="${170 + at}" formatCode="${code}"/>`))
    .join("");
  const files: ZippedFile[] = [
    { path: "[Content_Types].xml", content: `${XML}<Types/>` },
    {
      path: "xl/workbook.xml",
      content: `${XML}<workbook ${MAIN} xmlns:r="r"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${names
        .map(
          (name, at) =>
            `<sheet name="${name}" sheetId="${at + 7}"${hidden.includes(name) ? ' state="hidden"' : ""} r:id="rId${at + 1}"/>`,
        )
        .join("")}</sheets></workbook>`,
    },
    {
      path: "xl/_rels/workbook.xml.rels",
      content: `${XML}<Relationships>${names
        .map((_, at) => `<Relationship Id="rId${at + 1}" Target="${at % 2 ? "/xl/" : ""}worksheets/part${at}.xml"/>`)
        .join("")}</Relationships>`,
    },
    {
      path: "xl/styles.xml",
      content: `${XML}<styleSheet ${MAIN}><numFmts>${custom}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>`,
    },
    ...names.map((name, at) => {
      const rows = sheets[name] as string;
      const inside = rows.startsWith("<sheetData") ? rows : `<sheetData>${rows}</sheetData>`;
      return { path: `xl/worksheets/part${at}.xml`, content: `${XML}<worksheet ${MAIN}>${inside}</worksheet>` };
    }),
  ];
  if (strings.length > 0)
    files.push({
      path: "xl/sharedStrings.xml",
      content: `${XML}<sst ${MAIN}>${strings.map((string) => `<si>${string}</si>`).join("")}</sst>`,
    });
  return zipBytes(files);
}
