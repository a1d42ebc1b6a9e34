/**
 * What people said about something that is kept, the oldest first, and a line to add to it.
 */
import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAnswer, useChange } from "../api/use-answer.ts";
import { formatMoment } from "./format.ts";
import { WordsField } from "./words-field.tsx";

export interface Comment {
  readonly id: number;
  readonly at: string;
  readonly by: string | null;
  readonly text: string;
}

interface CommentsProps {
  readonly of: "finding" | "effect";
  readonly id: number;
  readonly comments: readonly Comment[];
}

function AddComment({ of, id }: Pick<CommentsProps, "of" | "id">) {
  const add = useChange(`comment-${of}`);
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
        <WordsField label="Comment" required value={text} onChange={setText} />
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

export function Comments({ of, id, comments }: CommentsProps) {
  const { data: extent } = useAnswer("extent", {});
  const zone = extent?.zone ?? "UTC";
  return (
    <Paper component="section" withBorder p="md" aria-label="Comments">
      <Stack gap="sm">
        <Title order={2}>Comments</Title>
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }} data-testid="comments">
          {comments.length === 0 && (
            <Text component="li" size="sm" c="dimmed">
              None yet.
            </Text>
          )}
          {comments.map((comment) => (
            <li key={comment.id}>
              <Text size="xs" c="dimmed">
                {comment.by ?? "somebody"}, {formatMoment(comment.at, zone)}
              </Text>
              <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {comment.text}
              </Text>
            </li>
          ))}
        </Stack>
        <AddComment of={of} id={id} />
      </Stack>
    </Paper>
  );
}
