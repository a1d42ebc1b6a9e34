/**
 * The funnel's bars: how many reach each step, how many of the step before go on, and where the others went.
 */
import { Group, Text, Title, VisuallyHidden } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { Behind } from "../../../ui/behind.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { describeInterval, Interval } from "../../../ui/interval.tsx";
import { TouchpointChip } from "../views/touchpoint-chip.tsx";
import classes from "./funnel-bars.module.css";
import { ExitsLine } from "./funnel-exits.tsx";
import { type FunnelAnswerStep, type FunnelQuestion, type FunnelSide, selectFunnel } from "./funnel-sides.ts";

export interface FunnelBarsProps {
  readonly sides: readonly FunnelSide[];
  readonly question: FunnelQuestion;
  readonly exits: Answer<"funnel-exits"> | undefined;
  readonly stageOf: (touchpoint: string) => string | null;
}

function Bar({
  step,
  side,
  index,
  question,
}: {
  readonly step: FunnelAnswerStep;
  readonly side: FunnelSide;
  readonly index: number;
  readonly question: FunnelQuestion;
}) {
  const { count, share, low, high } = step;
  const interval = describeInterval({ low, high, unit: "share", n: side.answer.entrants });
  const sizes = {
    "--share": `${(share ?? 0) * 100}%`,
    "--low": `${(low ?? 0) * 100}%`,
    "--high": `${(high ?? 0) * 100}%`,
  } as React.CSSProperties;
  return (
    <div className={classes.bar}>
      <div className={classes.track} style={sizes} title={interval} aria-hidden>
        <div className={classes.fill} />
        {low !== null && high !== null && <div className={classes.whisker} />}
      </div>
      <Text size="sm" className={classes.numbers}>
        <Behind {...selectFunnel(question, { reached: index }, step.touchpoint, side.scope)}>
          {formatCount(count)}
        </Behind>{" "}
        {formatShare(share)} <Interval low={low} high={high} unit="share" />
      </Text>
    </div>
  );
}

interface OnwardProps {
  readonly step: FunnelAnswerStep;
  /** Which side it is, when there are several. */
  readonly side: { readonly label: string; readonly index: number } | undefined;
}

function Onward({ step, side }: OnwardProps) {
  if (!step.onward) return null;
  const { share, n, low, high } = step.onward;
  return (
    <Text size="xs" c="dimmed" data-side={side?.index}>
      {side && (
        <>
          <span className={classes.mark} aria-hidden /> <VisuallyHidden>{side.label}: </VisuallyHidden>
        </>
      )}
      <strong>{formatShare(share)}</strong> of {formatCount(n)} {step.optional ? "pass it" : "go on"} (
      {describeInterval({ low, high, unit: "share" })})
    </Text>
  );
}

export function FunnelBars({ sides, question, exits, stageOf }: FunnelBarsProps) {
  const [first] = sides;
  if (!first) return null;
  const several = sides.length > 1;
  return (
    <>
      {several && (
        <Group gap="lg" component="ul" p={0} m={0} mb="sm" aria-label="Sides">
          {sides.map(({ label, answer }, index) => (
            <Group key={label} component="li" gap={6} className={classes.legend} data-side={index}>
              <span className={classes.swatch} aria-hidden />
              <Text size="sm">
                {label} ({formatCount(answer.entrants)} enter)
              </Text>
            </Group>
          ))}
        </Group>
      )}
      <ol className={classes.list}>
        {first.answer.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and may repeat.
          <li key={index} className={classes.step} data-testid="funnel-bar">
            <Group gap="xs" mb={4}>
              <Title order={3} fz="sm" fw={400}>
                <Text span size="sm" c="dimmed">
                  {index + 1}
                </Text>{" "}
                <TouchpointChip touchpoint={step.touchpoint} stage={stageOf(step.touchpoint)} />
              </Title>
              {step.optional && (
                <Text size="xs" c="dimmed">
                  optional
                </Text>
              )}
              {sides.map(({ label, answer }, at) => {
                const own = answer.steps[index];
                return own && <Onward key={label} step={own} side={several ? { label, index: at } : undefined} />;
              })}
            </Group>
            {sides.map((side, at) => {
              const own = side.answer.steps[index];
              return (
                own && (
                  <div key={side.label} data-side={at}>
                    <Bar step={own} side={side} index={index} question={question} />
                  </div>
                )
              );
            })}
            <ExitsLine exits={exits} index={index} question={question} />
          </li>
        ))}
      </ol>
    </>
  );
}
