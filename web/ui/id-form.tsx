/**
 * A form that asks for one id. Which id it is, and where it leads, is the page's matter.
 */
import { Button, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

export interface IdFormProps {
  readonly label: string;
  /** The id that is shown now. */
  readonly id: string | undefined;
  /** With undefined when the field was emptied. */
  readonly onAsk: (id: string | undefined) => void;
  /** What stands beside it. */
  readonly children?: ReactNode;
}

export function IdForm({ label, id, onAsk, children }: IdFormProps) {
  const [text, setText] = useState(id ?? "");
  const [before, setBefore] = useState(id);
  // A link or "back" may show somebody else.
  if (before !== id) {
    setBefore(id);
    setText(id ?? "");
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text.trim() === "" ? undefined : text.trim());
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label={label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          w={320}
        />
        <Button type="submit">Show</Button>
        {children}
      </Group>
    </form>
  );
}
