/**
 * What was looked at and is not claimed, grouped by the reason: a heading with how many, what the reason means, the first few.
 * What a member says is the page's business.
 */
import { Button, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { formatCount } from "../../../ui/format.ts";

/** So many of each are listed at first: there may be a hundred that show nothing. */
const FIRST = 4;

/** "Too few: not enough data." under a heading that says "Too few". */
const withoutName = (sentence: string) =>
  sentence.replace(/^[^:.]*: (.)/u, (_, letter: string) => letter.toUpperCase());

interface Member<Reason extends string> {
  readonly reason: Reason;
}

interface GroupProps<Reason extends string, One extends Member<Reason>> {
  readonly members: readonly One[];
  readonly keyOf: (one: One) => string;
  readonly explain: (reason: Reason) => string;
  readonly item: (one: One) => ReactNode;
}

function Group<Reason extends string, One extends Member<Reason>>({
  reason,
  members,
  keyOf,
  explain,
  item,
}: GroupProps<Reason, One> & { readonly reason: Reason }) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, FIRST);
  return (
    <section aria-label={reason}>
      <Title order={3}>
        {reason.charAt(0).toUpperCase() + reason.slice(1)}: {formatCount(members.length)}
      </Title>
      <Text size="sm" c="dimmed" maw={820}>
        {withoutName(explain(reason))}
      </Text>
      <Stack component="ul" gap={6} m={0} mt="xs" pl="lg">
        {shown.map((one) => (
          <li key={keyOf(one)} data-reason={reason}>
            {item(one)}
          </li>
        ))}
      </Stack>
      {members.length > FIRST && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(members.length)}`}
        </Button>
      )}
    </section>
  );
}

export interface ReasonGroupsProps<Reason extends string, One extends Member<Reason>> extends GroupProps<Reason, One> {
  /** In the order in which they matter to people; those without a member are left out. */
  readonly reasons: readonly Reason[];
}

export function ReasonGroups<Reason extends string, One extends Member<Reason>>({
  reasons,
  members,
  ...group
}: ReasonGroupsProps<Reason, One>) {
  return (
    <Stack gap="lg" data-testid="rejected">
      {reasons.map((reason) => {
        const own = members.filter((one) => one.reason === reason);
        return own.length > 0 && <Group key={reason} reason={reason} members={own} {...group} />;
      })}
    </Stack>
  );
}
