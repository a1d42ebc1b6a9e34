import { expect, test } from "vitest";
import { renderTable } from "./table.ts";

test("columns are aligned and long or broken words shortened", () => {
  const rows = [
    { name: "Resolve ticket", n: "4,558" },
    { name: `a\n${"x".repeat(80)}`, n: "7" },
  ];
  const lines = renderTable(
    [
      { title: "Touchpoint", value: (row) => row.name },
      { title: "Events", align: "right", value: (row) => row.n },
    ],
    rows,
  );
  expect(lines[0]).toMatch(/^ {2}Touchpoint +Events$/u);
  expect(lines[2]).toMatch(/^ {2}Resolve ticket {49}4,558$/u);
  expect(lines[3]).toMatch(/^ {2}a x{57}… {7}7$/u);
  expect(new Set(lines.map((line) => [...line].length))).toEqual(new Set([70]));
});

test("a table without rows is its header", () => {
  expect(renderTable([{ title: "A", value: () => "" }], [])).toEqual(["  A", "  ─"]);
});
