/**
 * Text in drawings without a browser: how wide it is, how it is cut short, how it is written into SVG.
 * Widths are estimates for a sans-serif face, a little generous, so that a label never runs into its neighbour.
 */

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Whether XML 1.0 can hold a character: no control characters but tab and line ends. */
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : code === 9 || code === 10 || code === 13;
}

/** Text for SVG content and attributes. Characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  const held = [...text].filter(isXmlCharacter).join("");
  return held.replace(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);
}

/** Widths in hundredths of the font size, measured on Inter; anything else counts as a wide letter. */
function hundredths(character: string): number {
  if ("iljI.,:;'|!".includes(character)) return 29;
  if (" frt()[]-–·".includes(character)) return 38;
  if ("mwMW%→—".includes(character)) return 90;
  if (/[A-Z]/u.test(character)) return 68;
  if (/[a-z0-9_−]/u.test(character)) return 58;
  return character > "\u2E80" ? 100 : 64;
}

/** Estimated width in px of text at a font size in px. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) sum += hundredths(character);
  return (sum * size) / 100;
}

/** The text, or as much of it as fits into `width` px with an ellipsis; "" when not even a letter does. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  const cut = characters.join("").trimEnd();
  return cut === "" ? "" : `${cut}…`;
}

/** The text in lines that fit into `width` px; a word that is longer stands alone. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Colours and type of every exported drawing: light, self-contained, the same on every machine. */
export const INK = {
  text: "#1f2933",
  quiet: "#5c6773",
  line: "#d5dae0",
  ended: "#aab4be",
  /** Bars and lines of a single series. */
  series: "#0b7285",
  background: "#ffffff",
  font: "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif",
} as const;

interface Words {
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
}

/** One line of text with its baseline at y. */
export function svgText(x: number, y: number, text: string, words: Words = {}): string {
  const { size = 12, fill = INK.text, weight, anchor } = words;
  const extra = `${weight ? ` font-weight="${weight}"` : ""}${anchor ? ` text-anchor="${anchor}"` : ""}`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${extra}>${escapeXml(text)}</text>`;
}

/** A whole drawing with a title, on a plain background. */
export function svgDocument(width: number, height: number, title: string, body: readonly string[]): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${INK.font}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${w}" height="${h}" fill="${INK.background}"/>`,
    ...body,
    "</svg>",
  ].join("\n");
}

/** Two decimals at the most: more would only make files longer and differ between machines. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
