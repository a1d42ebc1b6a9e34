/**
 * One theme: its phrase, how many say it, how they rate, its months, and real texts that say it.
 */
import { Badge, Blockquote, Button, Group, Stack, Text, Title } from "@mantine/core";
import { Sparkline } from "../../../charts/svg-sparkline.tsx";
import { describeTrend } from "../../../charts/trend.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { formatCount, formatDay, formatDecimal, formatShare } from "../../../ui/format.ts";
import { TREND_WORDS } from "../views/pain-words.ts";
import { describeRating, describeTexts, type Theme, type ThemesReport, toThemePoints } from "./theme-words.ts";
import classes from "./themes.module.css";

const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

type Example = Theme["examples"][number];

function Quote({
  example,
  language,
  zone,
}: {
  readonly example: Example;
  readonly language: string;
  readonly zone: string;
}) {
  const { text, time, touchpoint, score } = example;
  const rated = score === null ? "" : `, rated ${formatDecimal(score, Number.isInteger(score) ? 0 : 1)}`;
  return (
    <Blockquote
      p="xs"
      pl="md"
      fz="sm"
      m={0}
      color="gray"
      cite={`${touchpoint}, ${formatDay(time, zone)}${rated}`}
      className={classes.quote}
    >
      <span lang={language === "und" ? undefined : language}>{text}</span>
    </Blockquote>
  );
}

function Months({ theme }: { readonly theme: Theme }) {
  const points = toThemePoints(theme);
  if (points.length < 2) return null;
  const trend = { title: theme.label, points, lines: [], marks: [], format: formatShare, fromZero: true };
  return <Sparkline points={points} label={`By month: ${describeTrend(trend)}`} width={200} height={36} />;
}

interface ThemeItemProps {
  readonly theme: Theme;
  readonly report: ThemesReport;
  readonly open: boolean;
  readonly zone: string;
}

export function ThemeItem({ theme, report, open, zone }: ThemeItemProps) {
  const set = useSetSearch();
  const { id, label, words, language, examples, trend, where } = theme;
  const rating = describeRating(theme, report.meanScore);
  const shown = open ? examples : examples.slice(0, 1);
  return (
    <li className={classes.theme} data-testid="theme">
      <Stack gap={4}>
        <Group gap="sm">
          <Title order={3}>
            <span lang={language === "und" ? undefined : language}>{label}</span>
          </Title>
          {trend !== null && (
            <Badge
              variant={trend === "steady" ? "outline" : "light"}
              tt="none"
              color={trend === "steady" ? "gray" : "orange"}
              styles={PLAIN_LABEL}
            >
              {TREND_WORDS[trend]}
            </Badge>
          )}
        </Group>
        <Text size="sm">{describeTexts(theme, report.texts)}</Text>
        {rating !== undefined && <Text size="sm">{rating}</Text>}
        <Text size="xs" c="dimmed">
          told by {words.join(", ")};{" "}
          {where
            .slice(0, 3)
            .map((one) => `${one.touchpoint} (${one.property}) ${formatCount(one.texts)}`)
            .join(", ")}
        </Text>
      </Stack>
      <div className={classes.months}>
        <Months theme={theme} />
      </div>
      <Stack gap={6} className={classes.examples}>
        {shown.map((example) => (
          <Quote key={`${example.time} ${example.text}`} example={example} language={language} zone={zone} />
        ))}
        {examples.length > 1 && (
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            aria-expanded={open}
            aria-label={`${open ? "Show one example" : `Show ${examples.length} examples`} of ${label}`}
            onClick={() => set({ theme: open ? undefined : id }, { replace: true })}
          >
            {open ? "Show one example" : `Show ${formatCount(examples.length)} examples`}
          </Button>
        )}
      </Stack>
    </li>
  );
}
