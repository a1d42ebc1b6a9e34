/**
 * Text as patterns read it: small letters without accents, single blanks between words, " . " between clauses and at both ends.
 * The same in JavaScript and in SQL, from one table and the same expressions; a test compares them.
 */

/** Latin letters with marks, and what they are without: precomposed ones only, the marks themselves are taken out. */
const ACCENTED = Array.from({ length: 0x250 - 0xc0 }, (_, at) => String.fromCodePoint(0xc0 + at)).filter(
  (letter) => letter.toLowerCase() === letter && /^[a-z]\p{M}+$/u.test(letter.normalize("NFD")),
);
const FROM = `${ACCENTED.join("")}’`;
const TO = `${ACCENTED.map((letter) => letter.normalize("NFD").charAt(0)).join("")}'`;
const PLAIN = new Map([...FROM].map((letter, at) => [letter, TO.charAt(at)]));

const MARKS = "[\\x{300}-\\x{36f}]+";
const CLAUSE_END = ".,!?;:()。，！？；：、…\\n";
/** Everything else is part of a word, the apostrophe too. As ranges, for they cost RE2 far less than \p{…}. */
const SEPARATORS = ` \\t\\r\\x{a0}"#$%&*+/<=>@\\[\\\\\\]^_\`{|}~\\-«»“”„¿¡•–—\\x{200b}-\\x{200f}\\x{2600}-\\x{27bf}\\x{fe0f}\\x{1f000}-\\x{1faff}`;
const CLAUSES = `[${SEPARATORS}]*[${CLAUSE_END}][${SEPARATORS}${CLAUSE_END}]*`;
const BLANKS = `[${SEPARATORS}]+`;

/** RE2 writes code points as \x{…}, JavaScript as \u{…}. */
function readExpression(expression: string): RegExp {
  return new RegExp(expression.replaceAll("\\x{", "\\u{"), "gu");
}
const EACH = { marks: readExpression(MARKS), clauses: readExpression(CLAUSES), blanks: readExpression(BLANKS) };

/** @example plainText("Não recebi!!") // " . nao recebi . " */
export function plainText(text: string): string {
  const letters = Array.from(text.toLowerCase(), (letter) => PLAIN.get(letter) ?? letter).join("");
  const clauses = ` . ${letters.replace(EACH.marks, "")} . `.replace(EACH.clauses, " . ");
  return clauses.replace(EACH.blanks, " ");
}

/** The words of each clause as they are written, in small letters, cut where the plain text is. */
export function splitClauses(text: string): string[][] {
  const clauses = ` . ${text.toLowerCase()} . `.replace(EACH.clauses, " . ").replace(EACH.blanks, " ").split(" . ");
  return clauses.map((clause) => clause.split(" ").filter((word) => word !== "")).filter((words) => words.length > 0);
}

/** A word as patterns read it: "Não" → "nao". */
export function plainWord(word: string): string {
  return Array.from(word.toLowerCase(), (letter) => PLAIN.get(letter) ?? letter)
    .join("")
    .replace(EACH.marks, "");
}

/** The same in SQL, of an expression that gives a text. Constants of our own, so they are written out. */
export function plainTextSql(text: string): string {
  const quote = (value: string) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const letters = `translateUTF8(lowerUTF8(${text}), ${quote(FROM)}, ${quote(TO)})`;
  const clauses = `replaceRegexpAll(concat(' . ', replaceRegexpAll(${letters}, ${quote(MARKS)}, ''), ' . '), ${quote(CLAUSES)}, ' . ')`;
  return `replaceRegexpAll(${clauses}, ${quote(BLANKS)}, ' ')`;
}
