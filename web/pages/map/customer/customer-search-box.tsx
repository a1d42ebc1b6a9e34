/**
 * Finding a customer by id, with a few that exist to begin with.
 */
import { Text } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { IdForm } from "../../../ui/id-form.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";

export function CustomerSearchBox({ customer }: { readonly customer: string | undefined }) {
  const set = useSetSearch();
  const { data } = useAnswer("customers", { select: { kind: "all" }, limit: 20 });
  const examples = [...new Set(data?.rows.flatMap((row) => (row.customer ? [row.customer] : [])))].slice(0, 4);
  return (
    <IdForm
      label="Customer id"
      id={customer}
      onAsk={(asked) => set({ customer: asked, owner: undefined, shown: undefined })}
    >
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
    </IdForm>
  );
}
