/**
 * What came out, and how far a measurement is: in words with a sign, the colour only repeats them.
 */
import { Badge } from "@mantine/core";
import { IconArrowsHorizontal, IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { plainVerdict, STATUS_WORDS, type Status, VERDICT_WORDS, type Verdict } from "./effect-words.ts";

/** A word is never cut short, however narrow the column. */
const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

const LOOKS = {
  better: { color: "teal", Icon: IconCheck },
  worse: { color: "red", Icon: IconX },
  "no meaningful change": { color: "blue", Icon: IconArrowsHorizontal },
  inconclusive: { color: "gray", Icon: IconQuestionMark },
} as const;

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { color, Icon } = LOOKS[plainVerdict(verdict)];
  return (
    <Badge variant="light" tt="none" color={color} leftSection={<Icon size={12} aria-hidden />} styles={PLAIN_LABEL}>
      {VERDICT_WORDS[verdict]}
    </Badge>
  );
}

const STATUS_COLORS: Readonly<Record<Status, string>> = { planned: "blue", running: "orange", ended: "gray" };

export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <Badge variant="outline" tt="none" color={STATUS_COLORS[status]} styles={PLAIN_LABEL}>
      {STATUS_WORDS[status]}
    </Badge>
  );
}

/** For numbers that nobody announced beforehand. */
export function UnregisteredBadge({ late = false }: { readonly late?: boolean }) {
  return (
    <Badge variant="outline" tt="none" color="orange" styles={PLAIN_LABEL}>
      {late ? "registered late" : "not registered"}
    </Badge>
  );
}
