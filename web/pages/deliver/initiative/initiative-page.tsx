/**
 * One initiative: its head with the eight principles at a glance, and a tab for each side of it.
 * The board of a timebox is deliver/timebox; how outsiders see it is deliver/progress.
 */
import { Group, Stack, Tabs, Text } from "@mantine/core";
import { type ComponentType, useMemo } from "react";
import { PHASE_FACTS } from "../../../../src/domain/dsdm/phase.ts";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch, useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { ControlTab } from "./control/control-tab.tsx";
import { DocumentsTab } from "./documents/documents-tab.tsx";
import { EffectTab } from "./effect/effect-tab.tsx";
import { HealthTab } from "./health/health-tab.tsx";
import { PrinciplesStrip } from "./health/principles-strip.tsx";
import { FORGOTTEN, initiativeSearchSchema, TAB_NAMES, TABS, type Tab } from "./initiative-search.ts";
import { OverviewTab } from "./overview/overview-tab.tsx";
import { PeopleTab } from "./people/people-tab.tsx";
import { RecordsTab } from "./records/records-tab.tsx";
import { RequirementsTab } from "./requirements/requirements-tab.tsx";
import { TimeboxesTab } from "./timeboxes/timeboxes-tab.tsx";
import { InitiativeProvider, speakOfInitiative, useInitiative } from "./use-initiative.ts";
import { StateBadge } from "./word-badge.tsx";

const SHOWN: Readonly<Record<Tab, ComponentType>> = {
  overview: OverviewTab,
  people: PeopleTab,
  requirements: RequirementsTab,
  timeboxes: TimeboxesTab,
  control: ControlTab,
  effect: EffectTab,
  health: HealthTab,
  documents: DocumentsTab,
  records: RecordsTab,
};

function Subtitle() {
  const { report, initiative } = useInitiative();
  const phases = report.activePhases.map((phase) => PHASE_FACTS[phase].name);
  return (
    <Group component="span" gap="xs" mt={4}>
      <StateBadge state={initiative.state} />
      <span>
        {phases.length === 0 ? "in no phase now" : `in ${phases.join(" and ")}`}
        {report.goal && ` · for the goal “${report.goal.title}”`}
      </span>
    </Group>
  );
}

function Shown() {
  const { report, initiative } = useInitiative();
  const { tab } = useViewSearch(initiativeSearchSchema);
  const set = useSetSearch();
  const broken = report.health.length;
  return (
    <PageFrame
      title={initiative.title}
      subtitle={<Subtitle />}
      actions={
        <Group gap="md">
          <ScopeLink to="deliver/progress" search={{ initiative: initiative.id }} fz="sm">
            Progress, to read and to show
          </ScopeLink>
          <ScopeLink to="deliver/portfolio" fz="sm">
            All initiatives
          </ScopeLink>
        </Group>
      }
    >
      <PrinciplesStrip />
      <Tabs
        value={tab}
        onChange={(next) => set({ ...FORGOTTEN, tab: next ?? "overview" })}
        keepMounted={false}
        activateTabWithKeyboard={false}
      >
        <Tabs.List mb="md" aria-label="Sides of the initiative">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one} px="sm">
              {TAB_NAMES[one]}
              {one === "health" && broken > 0 && ` (${broken})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((one) => {
          const Content = SHOWN[one];
          return (
            <Tabs.Panel key={one} value={one}>
              <Stack gap="md">
                <Content />
              </Stack>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </PageFrame>
  );
}

function Provided({ report }: { readonly report: InitiativeReport }) {
  const facts = useMemo(() => speakOfInitiative(report), [report]);
  return (
    <InitiativeProvider value={facts}>
      <Shown />
    </InitiativeProvider>
  );
}

function Loaded({ id }: { readonly id: number }) {
  const query = useAnswer("initiative", { id }, { keep: false });
  if (query.data === undefined) {
    return (
      <PageFrame title={`Initiative ${id}`}>
        <AnswerView query={query} height={480}>
          {() => <Text>…</Text>}
        </AnswerView>
      </PageFrame>
    );
  }
  return (
    <AnswerView query={query} height={480}>
      {(report) => <Provided report={report} />}
    </AnswerView>
  );
}

export function InitiativePage() {
  const { id } = useViewSearch(initiativeSearchSchema);
  if (id !== undefined) return <Loaded key={id} id={id} />;
  return (
    <PageFrame title="Initiative">
      <EmptyState
        title="No initiative is chosen"
        actions={<ScopeLink to="deliver/portfolio">See all initiatives</ScopeLink>}
      >
        An initiative carries a finding through requirements and timeboxes to a measured effect. Choose one in the
        portfolio, or begin one from a finding.
      </EmptyState>
    </PageFrame>
  );
}
