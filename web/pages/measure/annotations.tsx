/**
 * What people know about days: a release, a campaign, an outage. Marked on every trend of the workspace; added and removed here.
 */
import { ActionIcon, Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useAnswer, useChange } from "../../api/use-answer.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { formatDate } from "./kpi-words.ts";

function AddForm() {
  const add = useChange("annotate");
  const [date, setDate] = useState("");
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ date, text: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          type="date"
          label="Day"
          required
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
          w={150}
        />
        <TextInput
          label="What happened"
          placeholder="New checkout released"
          required
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          flex="1 1 200px"
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          Add
        </Button>
      </Group>
      {add.isError && (
        <Alert color="red" variant="light" mt="xs" title="This was not added" role="alert">
          {add.error.message}
        </Alert>
      )}
    </form>
  );
}

function AnnotationList() {
  const query = useAnswer("annotations", {});
  const remove = useChange("remove-annotation");
  return (
    <AnswerView query={query} height={60}>
      {({ annotations }) => (
        <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
          {annotations.length === 0 && (
            <Text component="li" size="sm" c="dimmed">
              None yet. Note a release or an outage, and you will see it again beside every number.
            </Text>
          )}
          {annotations.map(({ id, date, text }) => (
            <Group component="li" key={id} gap="xs" wrap="nowrap" justify="space-between">
              <Text size="sm">
                <strong>{formatDate(date)}</strong> {text}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove «${text}» of ${formatDate(date)}`}
                disabled={remove.isPending}
                onClick={() => remove.mutate({ id })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
          {remove.isError && (
            <Text component="li" size="sm" c="red" role="alert">
              {remove.error.message}
            </Text>
          )}
        </Stack>
      )}
    </AnswerView>
  );
}

export function Annotations() {
  return (
    <Paper component="section" withBorder p="md" aria-label="Days to remember">
      <Stack gap="sm">
        <Title order={2}>Days to remember</Title>
        <Text size="sm" c="dimmed">
          Marked on the trend of every KPI. A mark says when something happened, not that it was the cause.
        </Text>
        <AnnotationList />
        <AddForm />
      </Stack>
    </Paper>
  );
}
