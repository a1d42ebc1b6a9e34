/**
 * Finding a customer by id, with a few that exist to begin with.
 */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";

export function CustomerSearchBox({ customer }: { readonly customer: string | undefined }) {
  const set = useSetSearch();
  const [text, setText] = useState(customer ?? "");
  const [before, setBefore] = useState(customer);
  // A link or "back" may show somebody else.
  if (before !== customer) {
    setBefore(customer);
    setText(customer ?? "");
  }
  const { data } = useAnswer("customers", { select: { kind: "all" }, limit: 20 });
  const examples = [...new Set(data?.rows.flatMap((row) => (row.customer ? [row.customer] : [])))].slice(0, 4);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set({ customer: text.trim() === "" ? undefined : text.trim(), owner: undefined, shown: undefined });
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Customer id"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          w={320}
        />
        <Button type="submit">Show</Button>
        {examples.length > 0 && (
          <Text size="sm" c="dimmed" pb={8}>
            For example{" "}
            {examples.map((id, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <ScopeLink to="map/customer" search={{ customer: id }} inherit>
                  {id}
                </ScopeLink>
              </span>
            ))}
          </Text>
        )}
      </Group>
    </form>
  );
}
