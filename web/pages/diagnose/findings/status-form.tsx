/**
 * What people decide about a finding: its status, its owner, and why it is dismissed.
 */
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { FINDING_STATUSES, findingStatusSchema } from "../../../../src/domain/finding.ts";
import { useChange } from "../../../api/use-answer.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import type { Finding } from "./finding-words.ts";
import { STATUS_WORDS } from "./findings-search.ts";

export function StatusForm({ finding }: { readonly finding: Finding }) {
  const save = useChange("update-finding");
  const [status, setStatus] = useState(finding.status);
  const [reason, setReason] = useState(finding.reason ?? "");
  const [owner, setOwner] = useState(finding.owner ?? "");
  // Only an effect verifies a finding; one that is verified may stay so, or be taken up again.
  const offered = FINDING_STATUSES.filter((value) => value !== "verified" || finding.status === "verified");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const named = owner.trim() === "" ? null : owner.trim();
    save.mutate({
      id: finding.id,
      ...(status === "verified" ? {} : { status }),
      // Something is always said: a verified finding keeps its status, and has an owner or none.
      ...(named === finding.owner && status !== "verified" ? {} : { owner: named }),
      ...(status === "dismissed" ? { reason: reason.trim() } : {}),
    });
  };
  return (
    <Paper component="section" withBorder p="md" aria-label="Status and owner">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2}>Status and owner</Title>
          <NativeSelect
            label="Status"
            description={
              finding.status === "verified"
                ? "Verified by a measured effect."
                : "It turns verified by a measured effect, in the benefits assessment of an initiative."
            }
            data={offered.map((value) => ({ value, label: STATUS_WORDS[value] }))}
            value={status}
            onChange={(event) => setStatus(findingStatusSchema.parse(event.currentTarget.value))}
          />
          {status === "dismissed" && (
            <WordsField label="Why it is dismissed" required longest={1_000} value={reason} onChange={setReason} />
          )}
          <TextInput
            label="Owner"
            placeholder="nobody yet"
            maxLength={200}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={status === "dismissed" && reason.trim() === ""}>
              Save
            </Button>
            <Text size="sm" c="dimmed" role="status" aria-live="polite">
              {save.isSuccess ? "Saved." : ""}
            </Text>
          </Group>
          {save.isError && (
            <Alert color="red" variant="light" title="This was not saved" role="alert">
              {save.error.message}
            </Alert>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
