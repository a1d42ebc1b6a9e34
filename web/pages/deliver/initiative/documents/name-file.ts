/**
 * The file name of a document, from its title. Pure.
 */

/** "Foundations summary: Checkout" → "foundations-summary-checkout.md". */
export function nameFile(title: string): string {
  const plain = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${plain.replace(/^-+|-+$/gu, "").slice(0, 80) || "document"}.md`;
}
