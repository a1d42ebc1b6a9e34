/** Patterns on plain texts: what stands before and behind a word, against lists of words. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyOf, beforeNone, behindNone, noneOf, upTo } from "./patterns.ts";
import { plainText } from "./plain-text.ts";

const wordArbitrary = fc.string({ unit: fc.constantFrom("n", "a", "o", "e"), minLength: 1, maxLength: 4 });

const says = (pattern: string, text: string) => new RegExp(pattern, "u").test(plainText(text));

describe("patterns", () => {
  it("noneOf matches every word but those named", () => {
    fc.assert(
      fc.property(fc.array(wordArbitrary, { maxLength: 5 }), wordArbitrary, (named, word) => {
        expect(new RegExp(`^${noneOf(named)}$`, "u").test(word)).toBe(!named.includes(word));
      }),
    );
  });

  it("a word behind a negation, up to three words away, is not said; one in the next clause is", () => {
    const pattern = `${behindNone(["nao", "nem"])}${anyOf(["recomendo", "bom"])} `;
    for (const text of ["Recomendo!", "produto muito bom", "Não chegou. Recomendo", "nao sei, mas o produto é bom"])
      expect(says(pattern, text), text).toBe(true);
    for (const text of ["Não recomendo", "NAO é bom", "não é muito bom", "recomendoo", "nem bom"])
      expect(says(pattern, text), text).toBe(false);
  });

  it("a word before another that turns it round is not said", () => {
    const pattern = `${behindNone([])}bom${beforeNone(["dia"])}`;
    expect(says(pattern, "Bom dia, não recebi")).toBe(false);
    expect(says(pattern, "Bom! Dia e noite")).toBe(true);
    expect(says(pattern, "bom produto")).toBe(true);
  });

  it("words may stand between, not more than so many, and only these", () => {
    const pattern = ` nao ${upTo(2, ["foi", "me"])}entregue `;
    expect(says(pattern, "não me foi entregue")).toBe(true);
    expect(says(pattern, "não me foi me entregue")).toBe(false);
    expect(says(pattern, "não será entregue")).toBe(false);
    expect(upTo(0, ["foi"])).toBe("");
  });
});
