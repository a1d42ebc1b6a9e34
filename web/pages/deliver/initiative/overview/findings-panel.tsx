/**
 * The findings that the initiative acts on, with their newest numbers; another can be linked, one can be let go.
 */
import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { FindingState } from "../../../../../src/domain/dsdm/report.ts";
import { amountPerMonth } from "../../../../../src/domain/finding.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { formatCount } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { describeMeasure, type Finding } from "../../../diagnose/findings/finding-words.ts";
import { readQuestion } from "../../../diagnose/findings/findings-search.ts";
import { StatusBadges } from "../../../diagnose/findings/status-badge.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionButton } from "../act/action-button.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";

function LinkForm({ onDone }: { readonly onDone: () => void }) {
  const { initiative } = useInitiative();
  const { data } = useAnswer("findings", {});
  const [chosen, setChosen] = useState("");
  const free = data?.findings.filter(({ id }) => !initiative.findings.includes(id)) ?? [];
  // What was chosen is no longer free once it is linked: the form stays until it has closed the dialog.
  if (data && free.length === 0 && chosen === "") {
    return (
      <Nothing>
        There is no other finding. Keep one from{" "}
        <ScopeLink to="diagnose/moments" inherit>
          the moments of truth
        </ScopeLink>
        .
      </Nothing>
    );
  }
  return (
    <ActionForm
      type="link-finding"
      make={() => ({ type: "link-finding", finding: Number(chosen), linked: true })}
      lacks={chosen === "" ? ["which finding"] : []}
      submit="Link it"
      onDone={onDone}
      onCancel={onDone}
    >
      <NativeSelect
        label="Finding"
        data={[
          { value: "", label: "choose one" },
          ...free.map(({ id, title }) => ({ value: String(id), label: title })),
        ]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

interface FindingRowProps {
  readonly state: FindingState;
  readonly finding: Finding | undefined;
}

function FindingRow({ state, finding }: FindingRowProps) {
  const { money } = useInitiative();
  const monthly = amountPerMonth(state.money, state.months);
  const stake = monthly ?? state.money;
  return (
    <Stack component="li" gap={4} data-testid="acted-finding">
      <Text size="sm" fw={600} component="div" style={{ overflowWrap: "anywhere" }}>
        <ScopeLink to="diagnose/findings" search={{ finding: state.id }} inherit>
          {state.title}
        </ScopeLink>
      </Text>
      {finding && (
        <Text size="sm">
          {describeMeasure(finding.measures.at(-1), readQuestion(finding.question).moment.of ?? null)}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        reaches {formatCount(state.reach)}
        {stake === null
          ? ", what it costs was not measured"
          : `, ${money(Math.abs(stake))} ${monthly === null ? "in all" : "a month"} at stake`}
      </Text>
      <Group gap="xs">
        {finding && <StatusBadges finding={finding} />}
        <ActionButton
          action={{ type: "link-finding", finding: state.id, linked: false }}
          name={`Let it go: ${state.title}`}
          size="compact-xs"
          variant="subtle"
        >
          Let it go
        </ActionButton>
      </Group>
    </Stack>
  );
}

export function FindingsPanel() {
  const { report } = useInitiative();
  const { data } = useAnswer("findings", {});
  return (
    <Section
      title="Findings it acts on"
      actions={
        <Dialog label="Link a finding" title="Which finding does it act on?">
          {(close) => <LinkForm onDone={close} />}
        </Dialog>
      }
    >
      {report.findings.length === 0 && (
        <Nothing>
          None is linked. Without a finding, nothing says what is wrong today and what mending it is worth.
        </Nothing>
      )}
      <PlainList gap="md">
        {report.findings.map((state) => (
          <FindingRow key={state.id} state={state} finding={data?.findings.find(({ id }) => id === state.id)} />
        ))}
      </PlainList>
    </Section>
  );
}
