/**
 * What was kept because it matters: the list, and one finding with its numbers then and now, its status, owner and comments.
 */
import { Stack } from "@mantine/core";
import { useViewSearch } from "../../../scope/use-scope.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingList } from "./finding-list.tsx";
import { findingsSearchSchema } from "./findings-search.ts";

const GUIDE: GuideContent = {
  sentences: [
    "A finding is a result that somebody should act on, kept with its numbers, its filter and the data they came from.",
    "It has a status and an owner; one that nobody has acted on for two weeks is raised to the top.",
    "When new data come in, measure it again: its numbers of then stand beside those of now.",
  ],
  example: {
    text: "In the demo: find the live chat, open it, and keep it.",
    to: "diagnose/moments",
    search: { journey: "visit", outcome: 'touchpoint = "Order Completed"', within: "1d" },
  },
};

export function FindingsPage() {
  const { finding, status } = useViewSearch(findingsSearchSchema);
  return (
    <PageFrame title="Findings" guide={GUIDE}>
      <Stack gap="md">
        {finding === undefined ? <FindingList status={status} /> : <FindingDetail key={finding} id={finding} />}
      </Stack>
    </PageFrame>
  );
}
