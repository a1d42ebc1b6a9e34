/**
 * Who is behind one id: a form to ask, and the answer as a sentence with its table.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf } from "../../../ui/format.ts";
import { IdForm } from "../../../ui/id-form.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { linkColumns, linkKey } from "./link-columns.tsx";

function sayWho({ known, anonymous, customers }: Answer<"identity">): string {
  if (known)
    return `is a customer's id; ${formatCountOf(anonymous.length, "anonymous id")} ${anonymous.length === 1 ? "leads" : "lead"} to it.`;
  const people = new Set(customers.map(({ customer }) => customer)).size;
  if (people > 1) return `is an anonymous id that leads to ${formatCount(people)} customers in turn.`;
  return people === 1 ? "is an anonymous id that leads to a customer." : "is an anonymous id that leads to nobody.";
}

function Described({ answer }: { readonly answer: Answer<"identity"> }) {
  const { id, anonymous, customers, zone } = answer;
  const links = customers.length > 0 ? customers : anonymous;
  return (
    <Stack gap="xs">
      <Text size="sm">
        <strong>{id}</strong> {sayWho(answer)}{" "}
        {customers.length === 0 && (
          <ScopeLink to="map/customer" search={{ customer: id }} inherit>
            What they did
          </ScopeLink>
        )}
      </Text>
      {links.length > 0 && (
        <DataTable
          caption={`Links of ${id}`}
          hideCaption
          columns={linkColumns(zone)}
          rows={links}
          rowKey={linkKey}
          maxHeight={320}
        />
      )}
    </Stack>
  );
}

function Identity({ id }: { readonly id: string }) {
  const query = useAnswer("identity", { id }, { keep: false });
  return (
    <AnswerView query={query} height={120}>
      {(answer) => <Described answer={answer} />}
    </AnswerView>
  );
}

export function OneIdentity({ id }: { readonly id: string | undefined }) {
  const set = useSetSearch();
  return (
    <Paper component="section" aria-labelledby="one-identity" withBorder p="md">
      <Stack gap="sm">
        <Title order={2} id="one-identity">
          Who is behind an id
        </Title>
        <IdForm label="A customer's id, or an anonymous one" id={id} onAsk={(asked) => set({ id: asked })} />
        {id !== undefined && <Identity id={id} />}
      </Stack>
    </Paper>
  );
}
