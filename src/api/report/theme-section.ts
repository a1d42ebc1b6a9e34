/**
 * What customers write, in a report: themes with share, score and trend, an example of each; and feedback that nobody answered.
 */
import { type GatheredReport, isInsufficient } from "./gather-report.ts";
import { NONE, writeCount, writeCountOf, writeDay, writeDecimal, writeEnds, writeShare } from "./number-words.ts";
import { type Block, type Cell, cell, gap, heading, type Section, text } from "./report-document.ts";

type Themes = NonNullable<GatheredReport["diagnosis"]>["themes"];
type Unanswered = NonNullable<GatheredReport["diagnosis"]>["unanswered"];

const MOST = 10;
const MOST_EXAMPLES = 5;

const COLUMNS = [
  { title: "Theme" },
  { title: "Texts", number: true },
  { title: "Mean score", number: true },
  { title: "Trend" },
  { title: "Share by month" },
] as const;

function writeMonths({ overTime }: Themes["themes"][number]): Cell {
  const values = overTime.map(({ texts, of }) => (of > 0 ? texts / of : null));
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < 2) return { text: NONE };
  return { text: `${writeShare(first)} to ${writeShare(last)}`, picture: { values, target: null } };
}

function toRow(theme: Themes["themes"][number]): Cell[] {
  const { label, words, texts, share, score, trend } = theme;
  return [
    cell(label, words.join(", ")),
    cell(writeCount(texts), writeShare(share.value), writeEnds(share, writeShare)),
    score === null
      ? cell(NONE)
      : cell(
          writeDecimal(score.mean),
          `scale ${score.scale}`,
          writeEnds(score, writeDecimal),
          `n = ${writeCount(score.n)}`,
        ),
    cell(trend ?? NONE),
    writeMonths(theme),
  ];
}

function listExamples({ themes }: Themes, zone: string): Block[] {
  const items = themes.slice(0, MOST_EXAMPLES).flatMap(({ label, language, examples: [example] }) =>
    example === undefined
      ? []
      : [
          {
            text: example.text,
            language,
            source: `${label}; ${example.touchpoint}, ${writeDay(example.time, zone)}`,
          },
        ],
  );
  return items.length === 0 ? [] : [heading("In customers’ words"), { kind: "quotes", items }];
}

function describeThemes(themes: Themes, zone: string): Block[] {
  if (isInsufficient(themes)) return [gap(`No themes: ${themes.reason}`)];
  if (themes.themes.length === 0)
    return [gap(`In ${writeCountOf(themes.texts, "text")} no theme stands out: no words come together often enough.`)];
  return [
    text(
      `${writeCountOf(themes.texts, "text")} of ${writeCountOf(themes.customers, "customer")}; ${writeShare(themes.covered / themes.texts)} of the texts speak of a theme. A text may speak of several.`,
    ),
    {
      kind: "table",
      caption: "Themes, the commonest first",
      columns: COLUMNS,
      rows: themes.themes.slice(0, MOST).map(toRow),
    },
    ...listExamples(themes, zone),
  ];
}

function describeUnanswered(report: Unanswered): Block[] {
  const { negative, unanswered, share, waiting, answers } = report;
  if (isInsufficient(report)) return [gap(report.reason)];
  if (negative + waiting === 0) return [text("No negative feedback was given in the last days of the data.")];
  const ends = share === null ? "" : ` (${writeShare(share.value)}, ${writeEnds(share, writeShare)})`;
  const how = answers.length === 0 ? " No touchpoint of the stage support answers anybody." : "";
  return [
    text(
      `Of ${writeCountOf(negative, "piece", "pieces")} of negative feedback ${writeCount(unanswered)} had no answer in time${ends}; ${writeCount(waiting)} may still have one.${how}`,
    ),
  ];
}

export function composeThemes({ diagnosis, zone }: GatheredReport): Section {
  const blocks =
    diagnosis === null
      ? [gap("There are no texts, because there are no events.")]
      : [
          ...describeThemes(diagnosis.themes, zone),
          heading("Negative feedback without an answer"),
          ...describeUnanswered(diagnosis.unanswered),
        ];
  return { id: "themes", title: "What customers write", blocks };
}

export function glanceAtThemes({ diagnosis }: GatheredReport): string[] {
  if (diagnosis === null) return [];
  const { unanswered, negative } = diagnosis.unanswered;
  return unanswered > 0
    ? [
        `${writeCountOf(unanswered, "piece", "pieces")} of negative feedback without an answer, of ${writeCount(negative)}.`,
      ]
    : [];
}
