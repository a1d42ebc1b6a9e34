/**
 * What customers write about, in their own words: themes of free text with how many say it, how they rate, and real texts.
 * How themes are found is the API's matter; docs/themes.md says it in full.
 */
import { Box, Group, Paper, Select, Stack, Text } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { drawBreakdown } from "../../../charts/svg-breakdown.ts";
import { useScope, useSetSearch, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Caveats } from "../moments/moments-notes.tsx";
import { ThemeItem } from "./theme-item.tsx";
import { describeCovered, describeLanguages, THEME_COLUMNS, type ThemesReport, toThemeRow } from "./theme-words.ts";
import classes from "./themes.module.css";
import { type ThemesSearch, themesQuestion, themesSearchSchema } from "./themes-search.ts";

const GUIDE: GuideContent = {
  sentences: [
    "A theme is what many customers write in their own words, found in comments and subjects; a text may speak of several.",
    "Each says how many texts speak of it, how their writers rate, and shows real texts, so that you can judge whether it is one thing.",
    "What a theme costs is estimated like any other friction: switch on “Read comments too” among the pain points.",
  ],
  example: { text: "In the demo: what customers write after a purchase.", to: "diagnose/themes" },
};

function NoTexts() {
  return (
    <EmptyState title="There are no texts here" actions={<ScopeLink to="collect">See the imports</ScopeLink>}>
      No event in this scope carries a text of several words. Import an export with comments, reviews or ticket
      subjects, and keep that column as a property; or take a longer period.
    </EmptyState>
  );
}

const ALL = "";
const keyOf = ({ touchpoint, property }: ThemesSearch) =>
  touchpoint === undefined && property === undefined ? ALL : JSON.stringify([touchpoint, property]);

/** Which texts: all, or those of one property of one touchpoint. Stays while nothing is left, so that there is a way back. */
function SourceSelect({
  sources,
  search,
}: {
  readonly sources: ThemesReport["sources"];
  readonly search: ThemesSearch;
}) {
  const set = useSetSearch();
  const known = sources.map((one) => ({
    ...{ value: keyOf({ ...one, theme: undefined }), source: one },
    label: `${one.touchpoint}: ${one.property} (${formatCount(one.texts)})`,
  }));
  const present = keyOf(search);
  const missing = present !== ALL && !known.some(({ value }) => value === present);
  const own = { value: present, label: [search.touchpoint, search.property].filter(Boolean).join(": ") };
  return (
    <Select
      label="Texts"
      size="xs"
      w={{ base: "100%", xs: 360 }}
      data={[
        { value: ALL, label: "all texts" },
        ...known.map(({ value, label }) => ({ value, label })),
        ...(missing ? [own] : []),
      ]}
      value={present}
      allowDeselect={false}
      onChange={(next) => {
        const chosen = known.find(({ value }) => value === next)?.source;
        set({ touchpoint: chosen?.touchpoint, property: chosen?.property, theme: undefined });
      }}
    />
  );
}

interface ThemesFigureProps {
  readonly report: ThemesReport;
  readonly search: ThemesSearch;
  readonly zone: string;
}

function ThemesFigure({ report, search, zone }: ThemesFigureProps) {
  const { themes } = report;
  const rows = themes.map(toThemeRow);
  const title = "What customers write about";
  return (
    <ChartFrame
      title={title}
      name="themes"
      description={`${describeCovered(report)} The largest first; the line shows its share of the texts by month.`}
      table={{ columns: THEME_COLUMNS, rows: themes }}
      svg={() => drawBreakdown({ title, rows, format: (value) => formatShare(value) })}
      total={
        <Text span size="sm" c="dimmed">
          Languages: {describeLanguages(report)}. A text may speak of several themes, so that shares add up to more than
          all.
        </Text>
      }
    >
      {themes.length === 0 ? (
        <Text size="sm">No theme is said by enough customers. More texts may show some.</Text>
      ) : (
        <Box component="ol" className={classes.list}>
          {themes.map((theme) => (
            <ThemeItem key={theme.id} theme={theme} report={report} open={search.theme === theme.id} zone={zone} />
          ))}
        </Box>
      )}
    </ChartFrame>
  );
}

export function ThemesPage() {
  const { input } = useScope();
  const search = useViewSearch(themesSearchSchema);
  const query = useAnswer("themes", themesQuestion(input, search));
  const { data: extent } = useAnswer("extent", {});
  const { data } = query;
  return (
    <PageFrame title="Themes" guide={GUIDE} scope={true}>
      <Stack gap="md">
        {data && (data.sources.length > 0 || keyOf(search) !== ALL) && (
          <Paper component="section" aria-label="Which texts" withBorder px="sm" py="xs">
            <Group gap="lg" align="flex-end">
              <SourceSelect sources={data.sources} search={search} />
              <ScopeLink to="diagnose/pain-points" search={{ themes: true }} fz="sm">
                What they cost
              </ScopeLink>
            </Group>
          </Paper>
        )}
        <AnswerView query={query} height={640} empty={({ texts }) => (texts === 0 ? <NoTexts /> : undefined)}>
          {(report) => (
            <Stack gap="md">
              <ThemesFigure report={report} search={search} zone={extent?.zone ?? "UTC"} />
              <Caveats report={report} />
            </Stack>
          )}
        </AnswerView>
      </Stack>
    </PageFrame>
  );
}
