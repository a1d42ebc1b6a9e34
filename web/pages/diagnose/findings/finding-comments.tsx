/**
 * What people said about a finding, the oldest first, and a line to add to it.
 */
import { Alert, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useChange } from "../../../api/use-answer.ts";
import { formatMoment } from "../../../ui/format.ts";
import type { Finding } from "./finding-words.ts";

function AddComment({ id }: { readonly id: number }) {
  const add = useChange("comment-finding");
  const [text, setText] = useState("");
  const [by, setBy] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = by.trim();
    add.mutate({ id, text: text.trim(), ...(name === "" ? {} : { by: name }) }, { onSuccess: () => setText("") });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          label="Comment"
          required
          autosize
          minRows={2}
          maxLength={5_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Your name"
            placeholder="may stay empty"
            maxLength={200}
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
            flex="1 1 160px"
          />
          <Button type="submit" variant="default" loading={add.isPending} disabled={text.trim() === ""}>
            Add the comment
          </Button>
        </Group>
        {add.isError && (
          <Alert color="red" variant="light" title="This was not added" role="alert">
            {add.error.message}
          </Alert>
        )}
      </Stack>
    </form>
  );
}

export function FindingComments({ finding, zone }: { readonly finding: Finding; readonly zone: string }) {
  return (
    <Paper component="section" withBorder p="md" aria-label="Comments">
      <Stack gap="sm">
        <Title order={2}>Comments</Title>
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }} data-testid="comments">
          {finding.comments.length === 0 && (
            <Text component="li" size="sm" c="dimmed">
              None yet.
            </Text>
          )}
          {finding.comments.map(({ id, at, by, text }) => (
            <li key={id}>
              <Text size="xs" c="dimmed">
                {by ?? "somebody"}, {formatMoment(at, zone)}
              </Text>
              <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {text}
              </Text>
            </li>
          ))}
        </Stack>
        <AddComment id={finding.id} />
      </Stack>
    </Paper>
  );
}
