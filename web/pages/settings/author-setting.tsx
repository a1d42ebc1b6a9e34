/**
 * The name under which changes of initiatives are recorded, kept in this browser until sign-in exists.
 */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { LONGEST_NAME, useAuthor } from "../deliver/author/use-author.ts";

/** What stands under the field; what is typed is not kept yet. */
function describeState(author: string | undefined, name: string): string {
  if (name.trim() !== (author ?? "")) return "Not saved yet.";
  return author === undefined ? "Nobody is named. You are asked before the first change." : `You are ${author}.`;
}

export function AuthorSetting() {
  const { author, setAuthor } = useAuthor();
  const [name, setName] = useState(author ?? "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAuthor(name);
    setName(name.trim());
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" maw={640}>
        <TextInput
          label="Your name"
          description="Every change of an initiative, a requirement or a timebox is recorded with it, its reason and its time. Kept in this browser; empty takes it away."
          maxLength={LONGEST_NAME}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          flex="1 1 240px"
        />
        <Button type="submit" variant="default" disabled={name.trim() === (author ?? "")}>
          Save
        </Button>
      </Group>
      <Text size="sm" role="status" aria-live="polite" c="dimmed" mt="xs">
        {describeState(author, name)}
      </Text>
    </form>
  );
}
