/**
 * Text that people wrote, as text of HTML and of its attributes: no tag, reference or end of an attribute comes of it.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters are left out: HTML cannot hold them. */
export function escapeHtml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones meant
  const held = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, "");
  return held.replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);
}
