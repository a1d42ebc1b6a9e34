/**
 * What the initiative is for, what it acts on, by which numbers it is judged, and in which phases it is.
 */
import { SimpleGrid } from "@mantine/core";
import { About } from "./about.tsx";
import { Constraints } from "./constraints.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { KpisPanel } from "./kpis-panel.tsx";
import { PhaseBoard } from "./phase-board.tsx";

export function OverviewTab() {
  return (
    <>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <About />
        <FindingsPanel />
      </SimpleGrid>
      <KpisPanel />
      <PhaseBoard />
      <Constraints />
    </>
  );
}
