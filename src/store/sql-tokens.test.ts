/**
 * Shows that strings, comments and quoted names hide what is inside them, and that no text is lost.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSqlTokens, significantTokens, splitStatements } from "./sql-tokens.ts";

describe("tokens", () => {
  it("joined are the text again", () => {
    const piece = fc.constantFrom(
      "'a;''b\\''",
      '"c\\""',
      "`d``e`",
      "-- f;\n",
      "/* ; */",
      "$x$ ; ' $x$",
      "g1",
      "2.5e3",
      ";",
      "{",
      "ü",
      "‘;’",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const sql = pieces.join(" ");
        expect(
          readSqlTokens(sql)
            .map((token) => token.text)
            .join(""),
        ).toBe(sql);
        expect(significantTokens(sql).length).toBe(pieces.filter((text) => !/^(?:--|\/\*)/u.test(text)).length);
      }),
      { seed: 1 },
    );
  });

  it.each(["SELECT 'a", "SELECT `a", "SELECT /* a", 'SELECT "a\\"'])("need their end: %s", (sql) => {
    expect(() => readSqlTokens(sql)).toThrow("unclosed");
  });
});

describe("a script", () => {
  it("is split at the semicolons that end statements", () => {
    const script = "-- first; really\nSELECT ';';;\n/* ; */ SELECT `a;b`; -- the end;\n";
    expect(splitStatements(script)).toEqual(["-- first; really\nSELECT ';'", "/* ; */ SELECT `a;b`"]);
  });
});
