/**
 * How a column writes its numbers: plain, with decimal commas, thousands separators or currency signs.
 * The engine reads plain numbers only; for the others this gives the mapping expression that makes them plain.
 */

export interface NumberForm {
  /** Share of the filled values that are numbers in this form, 0…1. */
  readonly share: number;
  readonly numbers: readonly number[];
  /** Signs and codes around the numbers, as they are written. */
  readonly signs: readonly string[];
  readonly style: "plain" | "decimal-comma" | "thousands-comma";
}

const SIGN = /^([^\d+\-.,]{1,4}?)?\s*([+-]?[\d.,]+(?:e[+-]?\d+)?)\s*([^\d+\-.,]{1,4})?$/iu;
/** A sign stands for a currency or a share; other text around digits makes an id. */
const KNOWN_SIGN = /^(?:[$€£¥₹%]|USD|EUR|GBP|JPY|CHF|BRL|R\$|kr\.?|zł|US\$)$/iu;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const DECIMAL_COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/u;
const THOUSANDS_COMMA = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u;

interface Cell {
  readonly digits: string;
  readonly signs: readonly string[];
}

function splitSigns(value: string): Cell | undefined {
  const match = SIGN.exec(value);
  if (!match) return undefined;
  const signs = [match[1], match[3]].flatMap((sign) => (sign?.trim() ? [sign.trim()] : []));
  return signs.every((sign) => KNOWN_SIGN.test(sign)) ? { digits: match[2] as string, signs } : undefined;
}

function readNumber(digits: string, style: NumberForm["style"]): number | undefined {
  if (PLAIN.test(digits) && !(style === "decimal-comma" && /^\d{1,3}\.\d{3}$/u.test(digits))) return Number(digits);
  if (style === "decimal-comma" && (DECIMAL_COMMA.test(digits) || /^\d{1,3}(?:\.\d{3})+$/u.test(digits)))
    return Number(digits.replaceAll(".", "").replace(",", "."));
  if (style === "thousands-comma" && THOUSANDS_COMMA.test(digits)) return Number(digits.replaceAll(",", ""));
  return undefined;
}

const CURRENCIES: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  R$: "BRL",
  zł: "PLN",
};

/** The currency that all signs of a column agree on; undefined without a sign, or when it is shared by several. */
export function currencyOf(form: NumberForm): string | undefined {
  const [sign, other] = form.signs;
  if (sign === undefined || other !== undefined) return undefined;
  return CURRENCIES[sign] ?? (/^[A-Z]{3}$/u.test(sign) ? sign : undefined);
}

/** @param values filled ones, trimmed */
export function detectNumbers(values: readonly string[]): NumberForm {
  const cells = values.flatMap((value) => splitSigns(value) ?? []);
  const commas = cells.filter(({ digits }) => digits.includes(","));
  const thousands = commas.every(({ digits }) => THOUSANDS_COMMA.test(digits));
  const style = commas.length === 0 ? "plain" : thousands ? "thousands-comma" : "decimal-comma";
  const numbers = cells.flatMap(({ digits }) => readNumber(digits, style) ?? []);
  return {
    share: values.length === 0 ? 0 : numbers.length / values.length,
    numbers,
    signs: [...new Set(cells.flatMap(({ signs }) => signs))],
    style,
  };
}

/** The mapping expression that gives the number; the column's own expression when it is plain already. */
export function plainNumber(expression: string, form: NumberForm): string {
  const quote = (text: string) => JSON.stringify(text);
  const bare = form.signs.reduce((inner, sign) => `replace(${inner}, ${quote(sign)}, "")`, expression);
  if (form.style === "thousands-comma") return `replace(${bare}, ",", "")`;
  if (form.style === "decimal-comma") return `replace(replace(${bare}, ".", ""), ",", ".")`;
  return bare;
}
