/** Plain text in JavaScript and in ClickHouse: the same of any text, so that counts of a pattern are the same. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JourneyFixture } from "../../../test/journey-fixture.ts";
import { anyOf, beforeNone, behindNone } from "./patterns.ts";
import { plainText, plainTextSql, plainWord, splitClauses } from "./plain-text.ts";

let fixture: JourneyFixture;
beforeAll(async () => {
  fixture = await JourneyFixture.open();
});
afterAll(() => fixture.close());

const letters = [..."NnãÃaoOóÓ́ç çÉü’'.,!?;:()…-–_#\n\t 1é日。本🙂️️ÀŽž“”"];
const textArbitrary = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
// What lower-cases to two letters, or by its place in the word, is of no language here.
const isUsual = (text: string) => !/[İΣ]/u.test(text) && text === text.normalize("NFC");

describe("plain text", () => {
  it("has small letters without accents, and clauses apart", () => {
    expect(plainText("Não RECEBI!!")).toBe(" . nao recebi . ");
    expect(plainText("ótimo, chegou\nno prazo 🙂")).toBe(" . otimo . chegou . no prazo . ");
    expect(plainText("Didn’t  arrive - e-mail")).toBe(" . didn't arrive e mail . ");
    expect(plainText("")).toBe(" . ");
    expect(plainWord("Não")).toBe("nao");
    expect(splitClauses("Ótimo! Não recebi")).toEqual([["ótimo"], ["não", "recebi"]]);
  });

  it("is the same in ClickHouse, and so is what a pattern finds in it", async () => {
    const texts = fc.sample(textArbitrary, { numRuns: 2_000, seed: 7 }).filter(isUsual);
    const pattern = `${behindNone(["n", "nao"])}${anyOf(["a", "o", "no"])}${beforeNone(["a"])}`;
    const rows = await fixture.store.query<{ plain: string; said: number }>(
      `SELECT ${plainTextSql("text")} AS plain, match(plain, {pattern:String}) AS said
FROM (SELECT arrayJoin(arrayEnumerate({texts:Array(String)})) AS nth, {texts:Array(String)}[nth] AS text) ORDER BY nth`,
      { params: { texts, pattern } },
    );
    const expression = new RegExp(pattern, "u");
    expect(rows.map(({ plain }) => plain)).toEqual(texts.map(plainText));
    expect(rows.map(({ said }) => Boolean(Number(said)))).toEqual(
      texts.map((text) => expression.test(plainText(text))),
    );
    expect(rows.filter(({ said }) => Number(said) === 1).length).toBeGreaterThan(50);
  });
});
