/**
 * A Must at risk: which, why, and the proposal of what to drop to save it; what to do where dropping is not enough.
 * The proposal comes with the report; people with a business role decide.
 */
import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { DropProposal } from "../../../../src/domain/dsdm/report.ts";
import { ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Dialog } from "../initiative/act/dialog.tsx";
import { describeShares, formatEffort, namePriority } from "../priority-words.ts";
import { DropForm } from "./drop-form.tsx";
import { RaiseExceptionForm } from "./end-part.tsx";
import { SplitForm } from "./split-form.tsx";
import { useTimebox } from "./timebox-context.ts";
import { describeProposal } from "./timebox-words.ts";

function useTitles(): (id: number) => string {
  const { initiative } = useTimebox();
  const titles = new Map(initiative.requirements.map(({ id, title }) => [id, title]));
  return (id) => `${id} ${titles.get(id) ?? ""}`;
}

/** More than these push the board out of sight. */
const MOST_SHOWN = 4;

function Shortened({ items }: { readonly items: readonly ReactNode[] }) {
  const more = items.slice(MOST_SHOWN);
  return (
    <div>
      <List size="sm">{items.slice(0, MOST_SHOWN)}</List>
      {more.length > 0 && (
        <details>
          <Text component="summary" size="sm">
            and {more.length} more
          </Text>
          <List size="sm">{more}</List>
        </details>
      )}
    </div>
  );
}

function AskWhom({ ask }: Pick<DropProposal, "ask">) {
  const { initiative } = useTimebox();
  if (ask.length === 0)
    return (
      <Text size="sm">
        Nobody holds a business role yet:{" "}
        <ScopeLink to="deliver/initiative" search={{ id: initiative.id, tab: "people" }} inherit>
          assign an ambassador, a visionary or a sponsor
        </ScopeLink>{" "}
        who may choose.
      </Text>
    );
  const names = ask.map(({ person, role }) => `${person} (${ROLE_FACTS[role].name.toLowerCase()})`);
  return <Text size="sm">Ask {names.join(", ")}.</Text>;
}

function Proposal({ proposal }: { readonly proposal: DropProposal }) {
  const { initiative } = useTimebox();
  const nameOf = useTitles();
  const { drop, sharesAfter, enough, ask } = proposal;
  return (
    <Stack gap="xs" data-testid="drop-proposal">
      <Text size="sm" fw={600}>
        {describeProposal(proposal, initiative.effortUnit)}
      </Text>
      {drop.length > 0 && (
        <Shortened
          items={drop.map(({ requirement, priority, frees, started }) => (
            <List.Item key={requirement} data-drop={requirement}>
              {nameOf(requirement)}: {namePriority(priority)}, frees {formatEffort(frees, initiative.effortUnit)}
              {started ? ", already begun" : ""}
            </List.Item>
          ))}
        />
      )}
      {drop.length > 0 && <Text size="sm">Then: {describeShares(sharesAfter)} of the effort.</Text>}
      {drop.length > 0 && <AskWhom ask={ask} />}
      <Group gap="xs">
        {drop.length > 0 && (
          <Dialog label="Drop these" title="Drop to save a Must" variant="filled" size="sm">
            {(close) => <DropForm proposal={proposal} close={close} />}
          </Dialog>
        )}
        <Dialog label="Split the Must" title={`Split “${nameOf(proposal.saves)}”`} size="sm" wide>
          {(close) => <SplitForm must={proposal.saves} close={close} />}
        </Dialog>
        {!enough && (
          <Dialog label="Raise an exception" title="Raise an exception" size="sm">
            {(close) => <RaiseExceptionForm close={close} />}
          </Dialog>
        )}
      </Group>
      {!enough && (
        <Text size="sm">
          Split the Must into a smaller Must and a Should or Could; where that is not enough either, raise an exception.
        </Text>
      )}
    </Stack>
  );
}

export function MustAtRisk() {
  const { facts } = useTimebox();
  const nameOf = useTitles();
  const { atRisk, proposal } = facts;
  if (atRisk.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={atRisk.length === 1 ? "A Must is at risk" : `${atRisk.length} Musts are at risk`}
      data-testid="must-at-risk"
    >
      <Stack gap="sm">
        <Shortened
          items={atRisk.map(({ requirement, why }) => (
            <List.Item key={requirement} data-at-risk={requirement}>
              <strong>{nameOf(requirement)}</strong>: {why}
            </List.Item>
          ))}
        />
        {proposal && <Proposal proposal={proposal} />}
      </Stack>
    </Alert>
  );
}
