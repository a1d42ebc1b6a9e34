/**
 * Regular expressions that find a theme in a plain text (plain-text.ts), in the part of RE2's syntax that JavaScript (`u`) reads alike.
 * A word must not stand behind a negation: RE2 cannot look back, so the three words before it are spelled out as "none of these".
 */

/** Words in any order; what is not a letter or digit is escaped. */
function spell(words: Iterable<string>): string {
  const escaped = [...new Set(words)].sort().map((word) => word.replace(/[^\p{L}\p{N}\p{M}' ]/gu, "\\$&"));
  return escaped.length === 1 ? (escaped[0] ?? "") : `(?:${escaped.join("|")})`;
}

interface Branch {
  ends: boolean;
  readonly next: Map<string, Branch>;
}

function growTree(words: readonly string[]): Branch {
  const root: Branch = { ends: false, next: new Map() };
  for (const word of words) {
    let branch = root;
    for (const letter of word) {
      const next = branch.next.get(letter) ?? { ends: false, next: new Map() };
      branch.next.set(letter, next);
      branch = next;
    }
    branch.ends = true;
  }
  return root;
}

function spellOthers({ ends, next }: Branch, isRoot: boolean): string {
  const letters = [...next.keys()].sort();
  // Any other letter, and then whatever.
  const away = letters.length === 0 ? "[^ .]+" : `[^ .${letters.join("")}][^ .]*`;
  const on = letters.flatMap((letter) => {
    const branch = next.get(letter);
    return branch ? [`${letter}${spellOthers(branch, false)}`] : [];
  });
  return `(?:${[away, ...on].join("|")})${ends || isRoot ? "" : "?"}`;
}

/** A word that is none of these. @example noneOf(["no"]) // matches "n", "not" and "so", never "no" */
export function noneOf(words: readonly string[]): string {
  return spellOthers(growTree(words.filter((word) => /^[\p{L}\p{N}']+$/u.test(word)).sort()), true);
}

/** Up to and with the blank before a word: it begins its clause, or the words before it in the clause, up to three, are none of these. */
export function behindNone(words: readonly string[]): string {
  if (words.length === 0) return " ";
  const fine = noneOf(words);
  return ` (?:(?:(?:\\.|${fine}) ${fine}|\\.) ${fine}|\\.) `;
}

/** From the blank behind a word on: the next word is none of these. */
export function beforeNone(words: readonly string[]): string {
  return words.length === 0 ? " " : ` (?:\\.|${noneOf(words)} )`;
}

/** Up to so many of these words, each with the blank behind it. */
export function upTo(most: number, words: Iterable<string>): string {
  const all = [...words];
  return all.length === 0 || most < 1 ? "" : `(?:${spell(all)} ){0,${most}}`;
}

export function anyOf(words: Iterable<string>): string {
  return spell(words);
}
