/**
 * A mapping as text (YAML), for those with several event rules and for whoever prefers it. The language: docs/import.md.
 */
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { type Mapping, parseMapping } from "../../../src/domain/mapping.ts";

interface MappingTextProps {
  readonly yaml: string;
  readonly onChange: (mapping: Mapping) => void;
}

export function MappingText({ yaml, onChange }: MappingTextProps) {
  const [text, setText] = useState(yaml);
  const [fault, setFault] = useState("");
  const use = async () => {
    setFault("");
    try {
      // Loaded when somebody writes a mapping: few do.
      const { parse } = await import("yaml");
      onChange(parseMapping(parse(text, { maxAliasCount: 100 }), "here"));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Stack gap="xs">
      <Textarea
        label="The mapping as text"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fault === "" ? undefined : fault}
        autosize
        minRows={12}
        maxRows={28}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
      />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          Comments say why Waymark proposes it.
        </Text>
        <Button size="compact-md" variant="default" onClick={() => void use()} disabled={text === yaml}>
          Look at it with this mapping
        </Button>
      </Group>
    </Stack>
  );
}
