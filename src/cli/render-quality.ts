/**
 * Data quality on a terminal: the findings, the worst first, each with what to do; then what was checked.
 */
import type { Answer } from "../api/operations.ts";
import { QUALITY_WORDS } from "../domain/quality-words.ts";
import { formatCount, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type QualityAnswer = Answer<"quality">;
type Finding = QualityAnswer["findings"][number];

function renderFinding({ kind, severity, seen, why, action, command }: Finding): string[] {
  return [
    "",
    `${severity.toUpperCase()}  ${QUALITY_WORDS[kind].title}`,
    `  ${seen}`,
    `  Why it matters: ${why}`,
    `  What to do: ${action}`,
    ...(command === null ? [] : [`    $ ${command}`]),
  ];
}

function renderChecks({ checked }: QualityAnswer): string[] {
  return [
    "",
    "Checked:",
    ...renderTable(
      [
        { title: "Check", value: ({ title }) => title },
        { title: "Of", align: "right", value: ({ n }) => formatNumber(n) },
        { title: "", value: ({ unit }) => unit },
        {
          title: "Found",
          align: "right",
          value: ({ n, findings }) => (findings > 0 ? String(findings) : n === 0 ? "–" : "nothing"),
        },
        { title: "", whole: true, value: ({ note }) => note ?? "" },
      ],
      checked,
    ),
  ];
}

export function renderQuality(answer: QualityAnswer): string[] {
  const { records, imports, touchpoints, findings, first, last, zone } = answer;
  const of = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  const parts = [`${of("serious")} serious`, formatCount(of("warning"), "warning"), formatCount(of("note"), "note")];
  return [
    `${formatCount(records, "event")} of ${formatCount(touchpoints, "touchpoint")} from ${formatCount(imports, "import")}`,
    ...(first && last ? [`  from ${first} to ${last}, time zone ${zone}`] : []),
    ...(imports === 0 ? [] : [findings.length === 0 ? "Nothing was found." : `Found: ${parts.join(", ")}.`]),
    ...findings.flatMap(renderFinding),
    ...(imports === 0 ? [] : renderChecks(answer)),
  ];
}
