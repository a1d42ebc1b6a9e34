/**
 * The parts of a timebox's page in their order: head, what is at risk, then one of the tabs; a closed one begins with its record.
 */
import { Stack, Tabs } from "@mantine/core";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { Blockers } from "./blockers.tsx";
import { Board } from "./board/board.tsx";
import { BurnDown } from "./burn-down.tsx";
import { CloseOutRecord } from "./close-out-record.tsx";
import { History } from "./history.tsx";
import { MustAtRisk } from "./must-at-risk.tsx";
import { Reviews } from "./reviews.tsx";
import { StandUps } from "./stand-ups.tsx";
import { TimeboxHead } from "./timebox-head.tsx";
import { TAB_NAMES, TIMEBOX_TABS, type TimeboxTab } from "./timebox-search.ts";
import { VelocityPart } from "./velocity-part.tsx";

function TabContent({ tab }: { readonly tab: TimeboxTab }) {
  if (tab === "board") return <Board />;
  if (tab === "progress")
    return (
      <Stack gap="md">
        <BurnDown />
        <VelocityPart />
      </Stack>
    );
  if (tab === "stand-ups")
    return (
      <Stack gap="md">
        <StandUps />
        <Blockers />
      </Stack>
    );
  return (
    <Stack gap="md">
      <Reviews />
      <History />
    </Stack>
  );
}

export function TimeboxParts({ tab }: { readonly tab: TimeboxTab }) {
  const set = useSetSearch();
  return (
    <Stack gap="md">
      <TimeboxHead />
      <CloseOutRecord />
      <MustAtRisk />
      <Tabs value={tab} onChange={(next) => set({ tab: next ?? undefined }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md" aria-label="Parts of the timebox">
          {TIMEBOX_TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {TAB_NAMES[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TIMEBOX_TABS.map((one) => (
          <Tabs.Panel key={one} value={one}>
            <TabContent tab={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
