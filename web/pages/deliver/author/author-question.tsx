/**
 * Asks for the name under which changes are recorded. What is done with it is said by whoever asks.
 */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { LONGEST_NAME, useAuthor } from "./use-author.ts";

interface AuthorQuestionProps {
  /** After the name was kept. */
  readonly onAnswer?: (author: string) => void;
  readonly focus?: boolean;
}

export function AuthorQuestion({ onAnswer, focus = false }: AuthorQuestionProps) {
  const { setAuthor } = useAuthor();
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // It may stand inside a form of its own, whose submit is not meant.
    event.stopPropagation();
    const author = name.trim();
    if (author === "") return;
    setAuthor(author);
    onAnswer?.(author);
  };
  return (
    <form onSubmit={submit} data-testid="author-question">
      <Stack gap="xs">
        <Text size="sm">
          Who are you? Every change is recorded with its author, its reason and its time. The name is kept in this
          browser; you can change it in Settings.
        </Text>
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Your name"
            required
            maxLength={LONGEST_NAME}
            autoComplete="name"
            data-autofocus={focus}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            flex="1 1 180px"
          />
          <Button type="submit" disabled={name.trim() === ""}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
