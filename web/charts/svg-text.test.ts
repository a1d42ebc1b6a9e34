/**
 * Labels that fit, and text that cannot break a drawing.
 * Drawings themselves are tested beside their functions.
 */
import { describe, expect, it } from "vitest";
import { escapeXml, fitText, round, svgDocument, svgText, textWidth } from "./svg-text.ts";

describe("escapeXml", () => {
  it("keeps names that look like markup as text", () => {
    expect(escapeXml(`<a & "b">`)).toBe("&lt;a &amp; &quot;b&quot;&gt;");
  });

  it("leaves out what XML cannot hold", () => {
    expect(escapeXml("a\u0000b\u001Fc\n")).toBe("abc\n");
  });
});

describe("fitText", () => {
  it("leaves what fits", () => {
    expect(fitText("Checkout", 100, 12)).toBe("Checkout");
  });

  it("cuts with an ellipsis inside the width", () => {
    const cut = fitText("Live Chat Conversation Started", 90, 12);
    expect(cut).toBe("Live Chat Co…");
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(90);
  });

  it("is empty when nothing fits, and never splits a character", () => {
    expect(fitText("Checkout", 3, 12)).toBe("");
    expect(fitText("😀😀😀😀", 40, 12)).toBe("😀😀…");
  });
});

describe("svgText and svgDocument", () => {
  it("write whole pixels and escaped words", () => {
    expect(svgText(1.23456, 2, "a<b", { weight: 600, anchor: "end" })).toBe(
      `<text x="1.23" y="2" font-size="12" fill="#1f2933" font-weight="600" text-anchor="end">a&lt;b</text>`,
    );
    expect(svgDocument(10.2, 5, "A & B", [])).toContain(`width="11" height="5"`);
    expect(svgDocument(10.2, 5, "A & B", [])).toContain("<title>A &amp; B</title>");
  });

  it("has no minus zero", () => {
    expect(Object.is(round(-0.001), 0)).toBe(true);
  });
});
