/**
 * A finding's status, and whether it waits for somebody or for new numbers: in words, the colour only repeats them.
 */
import { Badge, Group } from "@mantine/core";
import type { FindingStatus } from "../../../../src/domain/finding.ts";
import type { Finding } from "./finding-words.ts";
import { STATUS_WORDS } from "./findings-search.ts";

const COLORS: Readonly<Record<FindingStatus, string>> = {
  open: "blue",
  accepted: "blue",
  dismissed: "gray",
  "being-fixed": "orange",
  fixed: "teal",
  verified: "teal",
};

/** A word is never cut short, however narrow the column. */
const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

export function StatusBadges({ finding }: { readonly finding: Pick<Finding, "status" | "waiting" | "outdated"> }) {
  const { status, waiting, outdated } = finding;
  return (
    <Group gap={6}>
      <Badge variant="light" tt="none" color={COLORS[status]} styles={PLAIN_LABEL}>
        {STATUS_WORDS[status]}
      </Badge>
      {waiting && (
        <Badge variant="light" tt="none" color="orange" styles={PLAIN_LABEL}>
          waits
        </Badge>
      )}
      {outdated && (
        <Badge variant="outline" tt="none" color="gray" styles={PLAIN_LABEL}>
          older numbers
        </Badge>
      )}
    </Group>
  );
}
