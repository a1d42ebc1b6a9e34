/** Themes of small samples: negation, forms that mean two things, pairs, languages, and the same themes in any order. */
import { describe, expect, it } from "vitest";
import { findThemes, type SourcedText } from "./find-themes.ts";
import { plainText } from "./plain-text.ts";

/** Each text so many times, with a score from 0 to 1. */
function repeat(count: number, score: number | null, texts: readonly string[], source = "comment"): SourcedText[] {
  return Array.from({ length: count }, (_, at) => ({ text: texts[at % texts.length] ?? "", score, source }));
}

const PORTUGUESE: readonly SourcedText[] = [
  ...repeat(60, 0, ["Ainda não recebi o produto", "nao recebi meu produto", "NÃO RECEBI NADA", "Comprei e não recebi"]),
  ...repeat(40, 0, [
    "o produto não chegou",
    "até agora não chegou o pedido",
    "Ainda nao chegou",
    "meu produto não chegou",
  ]),
  ...repeat(40, 1, ["Recebi antes do prazo", "chegou antes do prazo, amei", "Entregue bem antes do prazo previsto"]),
  ...repeat(30, 1, ["gostei muito do produto", "Gostei!", "gostei da loja"]),
  ...repeat(30, 0.25, ["gostaria de saber do meu pedido", "Gostaria de uma resposta da loja"]),
  ...repeat(30, 1, ["Recomendo a loja", "recomendo", "eu recomendo o vendedor"]),
  ...repeat(20, 0, ["não recomendo a loja", "Nao recomendo esse vendedor"]),
];

const ENGLISH: readonly SourcedText[] = [
  ...repeat(40, 1, ["Fast delivery and a great shop", "very fast delivery", "The delivery was really fast"]),
  ...repeat(40, 0, ["The delivery was late", "late delivery again", "It came very late this time"]),
  ...repeat(30, 0, ["it doesn't fit me", "The dress does not fit", "these do not fit at all"]),
  ...repeat(30, 1, ["they fit perfectly", "it fits me very well"]),
];

const shuffle = (texts: readonly SourcedText[]) => texts.toSorted((a, b) => (a.text.length % 7) - (b.text.length % 7));
const labels = (texts: readonly SourcedText[]) => findThemes(texts, 20).themes.map(({ label }) => label);
const hear = (texts: readonly SourcedText[], word: string) => {
  const found = findThemes(texts, 20).themes.find(({ words }) => words.includes(word));
  const expression = new RegExp(found?.pattern ?? "$^", "u");
  return (text: string) => expression.test(plainText(text));
};

describe("findThemes", () => {
  it("is the same for the same texts in another order", () => {
    expect(findThemes(shuffle(PORTUGUESE), 20)).toEqual(findThemes(PORTUGUESE, 20));
    expect(findThemes(PORTUGUESE.toReversed(), 20)).toEqual(findThemes(PORTUGUESE, 20));
  });

  it("keeps negation: what was not received is another theme than what was", () => {
    const missing = hear(PORTUGUESE, "não recebi");
    expect(missing("ainda NAO RECEBI")).toBe(true);
    expect(missing("recebi antes do prazo")).toBe(false);
    const praise = hear(PORTUGUESE, "recomendo");
    expect(praise("Super recomendo")).toBe(true);
    expect(praise("Não recomendo")).toBe(false);
  });

  it("parts forms of one stem that are scored apart", () => {
    const liked = hear(PORTUGUESE, "gostei");
    expect(liked("Gostei muito")).toBe(true);
    expect(liked("gostaria de saber")).toBe(false);
  });

  it("names themes as customers write them, in their language", () => {
    expect(labels(PORTUGUESE).slice(0, 3)).toMatchInlineSnapshot(`
      [
        "não recebi meu produto",
        "até agora não chegou o pedido",
        "entregue bem antes do prazo previsto",
      ]
    `);
    expect(findThemes(PORTUGUESE, 20).languages).toEqual([{ language: "pt", texts: PORTUGUESE.length }]);
    expect(findThemes(ENGLISH, 20).languages).toEqual([{ language: "en", texts: ENGLISH.length }]);
  });

  it("says in English what does not fit, and that fast and late deliveries are two things", () => {
    const unfit = hear(ENGLISH, "not fit");
    expect(["It does not fit", "they didn't arrive, do not fit"].map(unfit)).toEqual([true, true]);
    expect(["it fits", "It does not arrive. Fits well"].map(unfit)).toEqual([false, false]);
    const late = hear(ENGLISH, "late");
    expect(["Late again", "fast delivery"].map(late)).toEqual([true, false]);
  });

  it("finds themes of texts without scores, and none in a handful", () => {
    const subjects = repeat(60, null, ["Where is my order?", "Parcel has not arrived", "Wrong size"], "subject");
    expect(labels(subjects).toSorted()).toMatchInlineSnapshot(`
      [
        "parcel has not arrived",
        "where is my order",
        "wrong size",
      ]
    `);
    expect(findThemes(subjects.slice(0, 20), 20).themes).toEqual([]);
    expect(findThemes([], 20)).toEqual({ themes: [], languages: [] });
  });
});
