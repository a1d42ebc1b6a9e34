/**
 * The themes of real comments in Portuguese, with typos, capitals and missing accents, from file to answer.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); what each theme catches was read by people, see docs/themes.md.
 */
import { describe, expect, it } from "vitest";
import { plainText } from "../src/analysis/themes/plain-text.ts";
import { analyzeThemes } from "../src/analysis/themes.ts";
import { hasRealData, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

describe.skipIf(!hasRealData)(`themes of olist${whySkipped}`, () => {
  const { context } = importRealData("olist", { recipe: "olist" });

  it("finds ten largest that are each one thing, missing deliveries first", async () => {
    const report = await analyzeThemes(context(), { limit: 10 });
    expect(report).toMatchObject({ texts: 4_250, languages: [{ language: "pt", texts: 4_250 }] });
    expect(report.themes.map(({ label, texts }) => `${texts} ${label}`)).toMatchInlineSnapshot(`
      [
        "652 não recebi o produto",
        "352 chegou antes do prazo",
        "318 muito bom",
        "309 recomendo",
        "290 aguardando / esperando",
        "280 o produto não foi entregue",
        "270 ótimo produto",
        "194 cancelamento da compra",
        "174 paguei / pago / cobrado",
        "160 entrega rápida",
      ]
    `);
    const [missing] = report.themes;
    const says = new RegExp(missing?.pattern ?? "$^", "u");
    for (const text of ["nao recebi", "Ainda NÃO RECEBI o produto!!", "não chegou nada"])
      expect(says.test(plainText(text)), text).toBe(true);
    for (const text of ["Recebi antes do prazo", "não recomendo", "chegou, não demorou"])
      expect(says.test(plainText(text)), text).toBe(false);
    expect(missing?.score?.mean).toBeLessThan(1.6);
  });
});
