/**
 * When Waymark cannot tell how a file is read: the same form, empty, over the file's columns.
 * It begins with the first column as the time, which people then change.
 */
import { Alert, Button, Group, Paper, Stack, Title } from "@mantine/core";
import { useState } from "react";
import { z } from "zod";
import { type Mapping, mappingSchema } from "../../../src/domain/mapping.ts";
import type { Problem } from "../../api/types.ts";
import { MappingForm, type MappingFormProps } from "./mapping-form.tsx";

const sourcesSchema = z.array(
  z.object({
    name: z.string(),
    files: z.array(z.object({ name: z.string(), bytes: z.number() })),
    columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
    records: z.number().nullable(),
  }),
);

/** The columns a refusal names; undefined when it is about something else. */
export function readRefusedSources(problem: Problem | undefined): MappingFormProps["sources"] | undefined {
  const parsed = sourcesSchema.safeParse(problem?.details.sources);
  return parsed.success && parsed.data.some(({ columns }) => columns.length > 0) ? parsed.data : undefined;
}

function startMapping(sources: MappingFormProps["sources"]): Mapping {
  const first = sources[0]?.columns[0]?.name ?? "time";
  return mappingSchema.parse({
    recipe: "my-data",
    events: [{ touchpoint: { literal: "Event" }, time: { column: first }, properties: "rest" }],
  });
}

interface ByHandProps {
  /** Why nothing could be proposed. */
  readonly why: string;
  readonly sources: MappingFormProps["sources"];
  readonly onLook: (mapping: Mapping) => void;
  readonly onCancel: () => void;
}

export function ByHand({ why, sources, onLook, onCancel }: ByHandProps) {
  const [mapping, setMapping] = useState(() => startMapping(sources));
  // The rest of the sentence is for the command line.
  const [sentence] = why.split(" If some of them do hold this");
  return (
    <Stack gap="md">
      <Alert color="yellow" title="Waymark needs your help to read this">
        {sentence} Say which columns hold what.
      </Alert>
      <Paper withBorder p="md" component="section" aria-label="How to read it" maw={620}>
        <Title order={2} mb="xs">
          How to read it
        </Title>
        <MappingForm sources={sources} reasons={[]} mapping={mapping} onChange={setMapping} />
      </Paper>
      <Group>
        <Button size="md" onClick={() => onLook(mapping)}>
          Look at the first events
        </Button>
        <Button size="md" variant="default" onClick={onCancel}>
          Choose other files
        </Button>
      </Group>
    </Stack>
  );
}
