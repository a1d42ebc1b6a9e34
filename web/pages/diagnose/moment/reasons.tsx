/**
 * Why the plain difference is not the effect: what was there before the touch, as a sentence and as bars.
 * How much of it each thing makes is answered with the moment; nothing is computed here.
 */
import { Box, Paper, Text, Title } from "@mantine/core";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import { explainReasons, listReasons, type ReasonLine } from "../../../../src/domain/reason-words.ts";
import { drawForest } from "../../../charts/svg-forest.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatDecimal, formatShare, NONE } from "../../../ui/format.ts";
import { effectUnit, formatEffect, formatEffectNumber, type Of } from "../views/effect-words.ts";
import { candidateOf, isEstimated, type MomentReport } from "./moment-report.ts";
import classes from "./reasons.module.css";

const TITLE = "Why crude and adjusted differ";

function formatSide(value: number | null, { share }: ReasonLine): string {
  return value === null ? NONE : share ? formatShare(value) : formatDecimal(value, 1);
}

function reasonColumns(of: Of): Column<ReasonLine>[] {
  const side = (key: "exposed" | "others", title: string): Column<ReasonLine> => ({
    key,
    title,
    align: "right",
    value: (line) => line[key],
    format: (line) => formatSide(line[key], line),
  });
  return [
    { key: "label", title: "What was there before", value: ({ label }) => label },
    side("exposed", "With it"),
    side("others", "Others"),
    {
      key: "difference",
      title: `Part, ${effectUnit(of)}`,
      align: "right",
      value: ({ difference }) => difference,
      format: ({ difference }) => formatEffectNumber(difference, of),
    },
  ];
}

/** "−2.2 points; 79.8 % against 69.5 %". */
function sayPart(line: ReasonLine, of: Of): string {
  const { difference, exposed, others } = line;
  const sides =
    exposed === null || others === null ? "" : `; ${formatSide(exposed, line)} against ${formatSide(others, line)}`;
  return `${formatEffect(difference, of)}${sides}`;
}

/** A bar from the upright line, to the left for less, to the right for more; the words beside it say the same. */
function Parts({ lines, of }: { readonly lines: readonly ReasonLine[]; readonly of: Of }) {
  const most = Math.max(...lines.map(({ difference }) => Math.abs(difference)));
  return (
    <Box component="ul" className={classes.list} data-testid="reasons">
      {lines.map((line) => {
        const width = most === 0 ? 0 : (Math.abs(line.difference) / most) * 50;
        const left = line.difference < 0 ? 50 - width : 50;
        return (
          <li key={line.label} className={classes.row}>
            <Text span size="sm" className={classes.name}>
              {line.label}
            </Text>
            <span className={classes.track} aria-hidden>
              <span className={classes.bar} style={{ left: `${left.toFixed(1)}%`, width: `${width.toFixed(1)}%` }} />
            </span>
            <Text span size="sm">
              {sayPart(line, of)}
            </Text>
          </li>
        );
      })}
    </Box>
  );
}

function Picture({ report, sentence }: { readonly report: MomentReport; readonly sentence: string }) {
  const { of, reasons } = report;
  const candidate = candidateOf(report);
  const lines = listReasons(reasons);
  const rows = lines.map((line) => ({
    ...{ key: line.label, label: line.label, value: line.difference, low: null, high: null, crude: null },
    ...{ tone: "plain" as const, words: sayPart(line, of) },
  }));
  const format = (value: number) => formatEffectNumber(value, of);
  const under = `Parts of the plain difference that were there before, in ${effectUnit(of)}.`;
  return (
    <ChartFrame
      title={TITLE}
      name="why-they-differ"
      table={{ columns: reasonColumns(of), rows: lines }}
      svg={() => drawForest({ title: candidate ? nameMoment(candidate) : TITLE, under, rows, format })}
      total={
        <Text span size="sm" c="dimmed">
          Together {formatEffect((candidate?.crude ?? 0) - (candidate?.effect ?? 0), of)}: crude less adjusted. Each
          part is what this alone would lead one to expect between those with it and the others.
        </Text>
      }
    >
      <Text size="sm" mb="xs" maw={860} data-testid="why-sentence">
        {sentence}
      </Text>
      <Parts lines={lines} of={of} />
    </ChartFrame>
  );
}

export function Reasons({ report }: { readonly report: MomentReport }) {
  const { reasons, of, minimumEffect } = report;
  const candidate = candidateOf(report);
  const explained = candidate ? explainReasons(candidate, reasons, { of, minimumEffect }) : undefined;
  if (!explained || !isEstimated(report)) return null;
  if (explained.differs) return <Picture report={report} sentence={explained.sentence} />;
  return (
    <Paper component="section" withBorder p="md" aria-label={TITLE}>
      <Title order={2}>{TITLE}</Title>
      <Text size="sm" data-testid="why-sentence">
        {explained.sentence}
      </Text>
    </Paper>
  );
}
